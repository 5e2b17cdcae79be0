#pragma once
// Roads of a native program (bots, tools) to a server: WebSockets on one libwebsockets context, HTTP roads on one libcurl handle, all
// serviced from the program's own loop. Thousands of them; never blocks. WebSockets are plain ws:// only. Single thread.

#include <cstddef>
#include <memory>

#include "core/transport.h"
#include "net_http/http_road.h"

namespace cudgel::net {

struct NativeNetworkOptions {
  std::size_t connections_max = 8192;
  double connects_per_second = 500;  ///< new WebSockets are begun no faster than this; later ones wait their turn
};

class NativeNetwork {
 public:
  explicit NativeNetwork(NativeNetworkOptions options);
  ~NativeNetwork();
  NativeNetwork(const NativeNetwork&) = delete;
  NativeNetwork& operator=(const NativeNetwork&) = delete;

  /// Reads and writes everything that is ready, then returns: many events cost one wake-up. False when there is no context. `now_ms`:
  /// of any steady origin.
  bool service(double now_ms);
  /// The network must outlive its transports. `stirred`, if given, becomes true whenever something waits for poll(), so that a
  /// program with thousands of connections need not ask each; it must outlive the transport.
  std::unique_ptr<core::Transport> make_transport(bool* stirred = nullptr);
  /// The same over HTTP; it waits by the process's steady clock.
  std::unique_ptr<core::Transport> make_http_transport(HttpRoad road, bool* stirred = nullptr);
  /// WebSockets begun or waiting to begin.
  [[nodiscard]] std::size_t connecting() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cudgel::net
