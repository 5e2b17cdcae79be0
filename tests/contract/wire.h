#pragma once
// A client, a server and the wire between them, for each of the five connections: what the contract suite runs over.

#include <memory>
#include <string>

#include "core/transport.h"
#include "recording_host.h"

namespace cudgel::test {

class Wire {
 public:
  virtual ~Wire() = default;
  /// Of the client, not opened yet. The wire must outlive it.
  virtual std::unique_ptr<core::Transport> make_transport() = 0;
  /// What open() is given.
  [[nodiscard]] virtual std::string url() const = 0;
  /// A clock for whoever stands in front of the transport, ms.
  [[nodiscard]] virtual double now_ms() const = 0;

  /// Both ends have a turn; a little time goes by.
  void turn() {
    server_turn();
    client_turn();
  }
  /// Only one end has: the other one stalls.
  virtual void server_turn() = 0;
  virtual void client_turn() = 0;

  /// The network is gone, in the middle of whatever was on its way; it does not come back.
  virtual void cut() = 0;
  /// Lets the server wait out its patience with who is silent.
  virtual void skip_server_patience() = 0;

  RecordingHost host;
};

/// "ws", "sse", "longpoll", "poll": the real network code of both sides and a relay between them, in this thread. "memory": the network of
/// the other tests.
std::unique_ptr<Wire> make_wire(const std::string& name);

}  // namespace cudgel::test
