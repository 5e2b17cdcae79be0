#include "socket_wire.h"

#include <chrono>
#include <thread>

#include "contract_server.h"
#include "net_native/native_network.h"
#include "relay.h"

namespace cudgel::test {

namespace {

constexpr auto k_nap = std::chrono::microseconds(500);
/// A road that is silent for 12 s is gone.
constexpr ops::Nanoseconds k_server_patience_ns = 13 * ops::k_ns_per_s;

class SocketWire final : public Wire {
 public:
  explicit SocketWire(std::optional<net::HttpRoad> road)
      : road_(road), server_(std::make_unique<ContractServer>(host)), relay_(server_->port()) {
    net::silence_library_log();
  }

  std::unique_ptr<core::Transport> make_transport() override {
    if (!road_) return network_.make_transport();
    return network_.make_http_transport(*road_);
  }
  [[nodiscard]] std::string url() const override { return "ws://127.0.0.1:" + std::to_string(relay_.port()) + "/ws"; }
  [[nodiscard]] double now_ms() const override { return static_cast<double>(ops::monotonic_ns()) / ops::k_ns_per_ms; }

  void server_turn() override {
    relay_.turn();
    server_->turn();
    for (const auto& session : host.sessions) session->push();
    std::this_thread::sleep_for(k_nap);
  }
  void client_turn() override {
    network_.service(now_ms());
    relay_.turn();
  }
  void cut() override { relay_.cut(); }
  void skip_server_patience() override { server_->skip(k_server_patience_ns); }

 private:
  std::optional<net::HttpRoad> road_;
  std::unique_ptr<ContractServer> server_;
  Relay relay_;
  net::NativeNetwork network_{{}};
};

}  // namespace

std::unique_ptr<Wire> make_socket_wire(const std::string& name) {
  if (name == "sse") return std::make_unique<SocketWire>(net::HttpRoad::sse);
  if (name == "longpoll") return std::make_unique<SocketWire>(net::HttpRoad::longpoll);
  if (name == "poll") return std::make_unique<SocketWire>(net::HttpRoad::poll);
  return std::make_unique<SocketWire>(std::nullopt);
}

}  // namespace cudgel::test
