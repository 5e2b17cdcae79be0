#pragma once
// The three HTTP roads (docs/TRANSPORTS.md) as core::Transport: the same whole messages, the same closes as a WebSocket, over POST requests
// of an HttpClient. No socket and no clock of its own, single thread.

#include <cstdint>
#include <functional>
#include <memory>

#include "core/transport.h"
#include "net_http/http_client.h"

namespace cudgel::net {

enum class HttpRoad : std::uint8_t { sse, longpoll, poll };
/// As in docs, options and the header Cudgel-Kind: "sse", "longpoll", "poll".
const char* name_of(HttpRoad road);

/// open() takes the same address as for a WebSocket, ws://HOST[:PORT]/ws or wss://...; the road's own are beside it. send() begins the
/// request at once when none is under way; else the message waits in a batch, and a full batch is backpressure. close() lets what was
/// sent before go out first, as long as somebody still pumps.
class PumpedTransport : public core::Transport {
 public:
  /// Moves on what is due without taking anything; true when poll() has something. poll() and send() do it too: for programs that
  /// poll only what has something.
  virtual bool pump() = 0;
};

/// `now_ms` gives milliseconds of any steady origin; never backwards. The client must outlive the transport.
std::unique_ptr<PumpedTransport> make_http_road(HttpRoad road, HttpClient& client, std::function<double()> now_ms);

}  // namespace cudgel::net
