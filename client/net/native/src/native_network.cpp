#include "net_native/native_network.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <vector>

#include <libwebsockets.h>

#include "curl_client.h"
#include "library_loop.h"
#include "native_road.h"
#include "native_transport.h"
#include "protocol/limits.h"
#include "steady_clock.h"

namespace cudgel::net {

namespace {
/// Handshakes under way at once: a server's accept queue is finite.
constexpr std::size_t k_handshakes_max = 128;
/// An HTTP road has one request for each direction under way.
constexpr std::size_t k_connections_per_road = 2;
/// Bytes read from one connection at a time.
constexpr unsigned int k_read_bytes = 16384;

const lws_protocols k_protocols[] = {
    {protocol::k_subprotocol, NativeTransport::callback, 0, k_read_bytes, 0, nullptr, 0},
    {protocol::k_subprotocol_any, NativeTransport::callback, 0, k_read_bytes, 0, nullptr, 0},
    LWS_PROTOCOL_LIST_TERM,
};
}  // namespace

struct NativeNetwork::Impl final : Connector, RoadKeeper {
  void request(NativeTransport& transport) override { waiting.push_back(&transport); }
  void withdraw(NativeTransport& transport) override { std::erase(waiting, &transport); }
  void connected(int socket) override {
    --handshakes;
    loop.watch(socket);
  }
  void failed() override { --handshakes; }
  void wants_turn() override { loop.expect(); }
  std::vector<std::uint8_t>& scratch() override { return outgoing; }
  void add(NativeRoad& road) override { roads.push_back(&road); }
  void remove(NativeRoad& road) override { std::erase(roads, &road); }

  /// The HTTP roads' turn.
  void service_roads() {
    if (http) http->service();
    for (NativeRoad* road : roads) road->pump();
  }

  void begin_connections(double now_ms) {
    const double elapsed_s = last_ms < 0 ? 0 : std::max(0.0, now_ms - last_ms) / 1000;
    last_ms = now_ms;
    // At most a tenth of a second's worth is saved up, so that a pause is not followed by a burst.
    allowance = std::min(allowance + elapsed_s * options.connects_per_second, std::max(1.0, options.connects_per_second / 10));
    while (!waiting.empty() && allowance >= 1 && handshakes < k_handshakes_max) {
      allowance -= 1;
      ++handshakes;
      NativeTransport* transport = waiting.front();
      waiting.pop_front();
      transport->connect(context);
    }
  }

  NativeNetworkOptions options;
  LibraryLoop loop;
  lws_context* context = nullptr;
  std::vector<std::uint8_t> outgoing;
  std::deque<NativeTransport*> waiting;
  std::size_t handshakes = 0;
  double allowance = 1;
  double last_ms = -1;
  std::optional<CurlClient> http;  ///< from the first HTTP road on
  std::vector<NativeRoad*> roads;
};

NativeNetwork::NativeNetwork(NativeNetworkOptions options) : impl_(std::make_unique<Impl>()) {
  impl_->options = options;
  lws_set_log_level(LLL_ERR, nullptr);
  lws_context_creation_info info{};
  info.port = CONTEXT_PORT_NO_LISTEN;
  info.protocols = k_protocols;
  // No fd_limit_per_thread: below the process's limit the library looks for a socket's connection by walking over all of them.
  info.pt_serv_buf_size = k_read_bytes;
  impl_->context = lws_create_context(&info);
}

NativeNetwork::~NativeNetwork() {
  if (impl_->context != nullptr) lws_context_destroy(impl_->context);
}

bool NativeNetwork::service(double now_ms) {
  if (impl_->context == nullptr) return false;
  impl_->begin_connections(now_ms);
  impl_->service_roads();
  if (impl_->handshakes > 0) impl_->loop.expect();
  impl_->loop.turn(impl_->context, static_cast<std::int64_t>(now_ms));
  return true;
}

std::unique_ptr<core::Transport> NativeNetwork::make_transport(bool* stirred) {
  return std::make_unique<NativeTransport>(*impl_, stirred);
}

std::unique_ptr<core::Transport> NativeNetwork::make_http_transport(HttpRoad road, bool* stirred) {
  if (!impl_->http) impl_->http.emplace(impl_->options.connections_max * k_connections_per_road);
  return std::make_unique<NativeRoad>(*impl_, make_http_road(road, *impl_->http, steady_ms), stirred);
}

std::size_t NativeNetwork::connecting() const { return impl_->waiting.size() + impl_->handshakes; }

}  // namespace cudgel::net
