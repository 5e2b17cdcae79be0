#include "wire.h"

#include <deque>

#include "net_memory/memory_network.h"
#include "socket_wire.h"

namespace cudgel::test {

namespace {

/// One turn of the memory wire.
constexpr double k_turn_ms = 1;
constexpr double k_delay_ms = 5;
/// Under way in one direction: room for the largest frame and some.
constexpr std::size_t k_buffer_bytes = std::size_t{192} * 1024;

class MemoryConnection final : public session::Connection {
 public:
  explicit MemoryConnection(net::MemoryServerEnd end) : end_(std::move(end)) {}

  [[nodiscard]] bool ready() const override { return !ended_ && end_.has_room(protocol::k_server_frame_bytes_max); }
  session::SendResult send(std::span<const std::uint8_t> message) override {
    if (ended_) return session::SendResult::closed;
    return end_.send(message) == core::SendResult::sent ? session::SendResult::sent : session::SendResult::backpressure;
  }
  void close(protocol::CloseCode code, std::string_view reason) override {
    if (!ended_) end_.close(static_cast<std::uint16_t>(code), std::string(reason));
    ended_ = true;
  }
  [[nodiscard]] const std::string& address() const override { return address_; }

  /// The session hears what has come; false when it was the last.
  bool read(session::ConnectionEvents& events) {
    core::TransportEvent event;
    while (!ended_ && end_.poll(event)) {
      if (event.type == core::TransportEvent::Type::message) events.message(event.message);
      ended_ = ended_ || event.type == core::TransportEvent::Type::closed;
    }
    return !ended_;
  }

 private:
  net::MemoryServerEnd end_;
  bool ended_ = false;
  std::string address_ = "memory";
};

class MemoryWire final : public Wire {
 public:
  MemoryWire() {
    network_.conditions().delay_ms = k_delay_ms;
    network_.conditions().buffer_bytes_max = k_buffer_bytes;
  }

  std::unique_ptr<core::Transport> make_transport() override { return network_.make_transport(); }
  [[nodiscard]] std::string url() const override { return "memory"; }
  [[nodiscard]] double now_ms() const override { return network_.now_ms(); }

  void server_turn() override {
    pass();
    while (auto end = network_.accept()) {
      MemoryConnection& connection = connections_.emplace_back(*std::move(end));
      static_cast<void>(host.opened(connection, {}));
    }
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      RecordingSession& session = *host.sessions[i];
      if (session.is_closed()) continue;
      session.push();
      if (!connections_[i].read(session)) session.closed();
    }
  }
  void client_turn() override { pass(); }
  void cut() override {
    network_.cut_all();
    network_.conditions().accepting = false;
  }
  void skip_server_patience() override { network_.set_time(network_.now_ms() + 13000); }

 private:
  void pass() { network_.set_time(network_.now_ms() + k_turn_ms); }

  net::MemoryNetwork network_{1};
  std::deque<MemoryConnection> connections_;  ///< as many as there are sessions, in their order
};

}  // namespace

std::unique_ptr<Wire> make_wire(const std::string& name) {
  if (name == "memory") return std::make_unique<MemoryWire>();
  return make_socket_wire(name);
}

}  // namespace cudgel::test
