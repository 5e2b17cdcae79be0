#include "net_memory/memory_network.h"

#include <algorithm>
#include <utility>

namespace cudgel::net {

using core::SendResult;
using core::TransportEvent;

namespace {
constexpr std::uint16_t k_lost_code = 1006;

struct Parcel {
  double due_ms = 0;
  TransportEvent::Type type = TransportEvent::Type::message;
  std::vector<std::uint8_t> bytes;
  std::uint16_t close_code = 0;
  std::string close_reason;
};

/// One direction of a road.
struct Lane {
  std::deque<Parcel> parcels;
  std::size_t bytes = 0;
  double last_due_ms = 0;
  bool closed = false;              ///< nothing can be sent any more
  std::vector<std::uint8_t> given;  ///< the message poll() handed out
};
}  // namespace

struct MemoryRoad {
  explicit MemoryRoad(MemoryNetwork& owner) : network(&owner) {}

  void put(Lane& lane, Parcel parcel) {
    if (silent) return;
    parcel.due_ms = std::max(lane.last_due_ms, network->now_ms() + network->travel_ms());
    lane.last_due_ms = parcel.due_ms;
    lane.bytes += parcel.bytes.size();
    lane.parcels.push_back(std::move(parcel));
  }
  SendResult send(Lane& lane, std::span<const std::uint8_t> message) {
    if (lane.closed) return SendResult::closed;
    if (lane.bytes + message.size() > network->conditions().buffer_bytes_max) return SendResult::backpressure;
    put(lane, {0, TransportEvent::Type::message, {message.begin(), message.end()}, 0, {}});
    return SendResult::sent;
  }
  /// The end that sends on `lane` closes: the other end hears the words, this end hears nothing more.
  void close(Lane& lane, Lane& other, std::uint16_t code, const std::string& reason) {
    if (!lane.closed) put(lane, {0, TransportEvent::Type::closed, {}, code, reason});
    lane.closed = other.closed = true;
    other.parcels.clear();
    other.bytes = 0;
  }
  void cut() {
    for (Lane* lane : {&to_server, &to_client}) {
      if (!lane->closed) put(*lane, {0, TransportEvent::Type::closed, {}, k_lost_code, {}});
      lane->closed = true;
    }
  }
  bool poll(Lane& lane, TransportEvent& event) {
    if (lane.parcels.empty() || lane.parcels.front().due_ms > network->now_ms()) return false;
    Parcel parcel = std::move(lane.parcels.front());
    lane.parcels.pop_front();
    lane.bytes -= parcel.bytes.size();
    lane.given = std::move(parcel.bytes);
    event.type = parcel.type;
    event.message = lane.given;
    event.close_code = parcel.close_code;
    event.close_reason = std::move(parcel.close_reason);
    return true;
  }

  MemoryNetwork* network;
  double opens_ms = 0;  ///< when the server sees it
  Lane to_server;
  Lane to_client;
  bool silent = false;
};

SendResult MemoryServerEnd::send(std::span<const std::uint8_t> message) { return road_->send(road_->to_client, message); }
void MemoryServerEnd::close(std::uint16_t code, const std::string& reason) {
  road_->close(road_->to_client, road_->to_server, code, reason);
}
bool MemoryServerEnd::has_room(std::size_t bytes) const {
  return road_->to_client.bytes + bytes <= road_->network->conditions().buffer_bytes_max;
}
bool MemoryServerEnd::poll(TransportEvent& event) { return road_->poll(road_->to_server, event); }

class MemoryTransport final : public core::Transport {
 public:
  explicit MemoryTransport(MemoryNetwork& network) : network_(network) {}
  ~MemoryTransport() override { drop(); }
  MemoryTransport(const MemoryTransport&) = delete;
  MemoryTransport& operator=(const MemoryTransport&) = delete;

  void open(const std::string& url) override {
    static_cast<void>(url);  // there is one server in this network
    drop();
    road_ = std::make_shared<MemoryRoad>(network_);
    ++network_.attempts_;
    if (!network_.conditions_.accepting) {
      road_->put(road_->to_client, {0, TransportEvent::Type::closed, {}, k_lost_code, "connection refused"});
      road_->to_client.closed = road_->to_server.closed = true;
      return;
    }
    road_->opens_ms = road_->to_server.last_due_ms = network_.now_ms() + network_.travel_ms();
    road_->to_client.last_due_ms = road_->opens_ms;
    road_->put(road_->to_client, {0, TransportEvent::Type::opened, {}, 0, {}});
    network_.arriving_.push_back(road_);
    std::erase_if(network_.roads_, [](const auto& road) { return road.expired(); });
    network_.roads_.push_back(road_);
  }
  SendResult send(std::span<const std::uint8_t> message) override {
    return road_ ? road_->send(road_->to_server, message) : SendResult::closed;
  }
  void close(std::uint16_t code, const std::string& reason) override {
    if (road_) road_->close(road_->to_server, road_->to_client, code, reason);
  }
  bool poll(TransportEvent& event) override { return road_ && road_->poll(road_->to_client, event); }
  [[nodiscard]] std::size_t buffered_bytes() const override { return road_ ? road_->to_server.bytes : 0; }
  [[nodiscard]] const char* name() const override { return "memory"; }

 private:
  void drop() {
    if (road_) road_->close(road_->to_server, road_->to_client, k_lost_code, "");
    road_.reset();
  }

  MemoryNetwork& network_;
  std::shared_ptr<MemoryRoad> road_;
};

double MemoryNetwork::travel_ms() {
  const double share = random_.between(-1000, 1000) / 1000.0;
  return std::max(0.0, conditions_.delay_ms + conditions_.jitter_ms * share);
}

std::unique_ptr<core::Transport> MemoryNetwork::make_transport() { return std::make_unique<MemoryTransport>(*this); }

std::optional<MemoryServerEnd> MemoryNetwork::accept() {
  if (arriving_.empty() || arriving_.front()->opens_ms > now_ms_) return std::nullopt;
  std::shared_ptr<MemoryRoad> road = std::move(arriving_.front());
  arriving_.pop_front();
  return MemoryServerEnd(std::move(road));
}

void MemoryNetwork::cut_all() {
  for (const auto& weak : roads_) {
    if (const auto road = weak.lock()) road->cut();
  }
}

void MemoryNetwork::silence_all() {
  for (const auto& weak : roads_) {
    if (const auto road = weak.lock()) road->silent = true;
  }
}

}  // namespace cudgel::net
