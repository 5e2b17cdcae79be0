#pragma once
// The seam between sessions and transports: what a session needs of a connection, and what a transport tells a session.
// server/net implements it four times: WebSocket, and the three HTTP roads of docs/TRANSPORTS.md.
// One connection belongs to one network thread; nothing here is called from another.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "protocol/limits.h"

namespace cudgel::session {

enum class SendResult : std::uint8_t { sent, backpressure, closed };  ///< backpressure: not taken, nothing was queued

class Connection {
 public:
  virtual ~Connection() = default;
  /// True when a message would leave at once. Ask before encoding: what is encoded counts as told to the client.
  [[nodiscard]] virtual bool ready() const = 0;
  /// One whole message, after ready() said yes. The bytes are not kept.
  virtual SendResult send(std::span<const std::uint8_t> message) = 0;
  /// Says why in words (at most 123 bytes of UTF-8) and ends; a peer that does not listen is cut off within a few seconds.
  /// Later messages of the peer are still delivered until closed().
  virtual void close(protocol::CloseCode code, std::string_view reason) = 0;
  /// True when the peer asks for each message: between its questions the connection is not ready, and nobody is slow.
  [[nodiscard]] virtual bool asks() const { return false; }
  /// Peer's address in text, without port.
  [[nodiscard]] virtual const std::string& address() const = 0;
};

/// What a transport tells the session of a connection. Spans are valid during the call.
class ConnectionEvents {
 public:
  virtual ~ConnectionEvents() = default;
  /// A whole message of at most protocol::k_client_message_bytes_max bytes.
  virtual void message(std::span<const std::uint8_t> bytes) = 0;
  virtual void text_message() = 0;
  virtual void oversized_message() = 0;
  /// The peer has asked and the connection is ready: it is sent the newest state at once, if there is any that it was not told.
  virtual void pull() = 0;
  /// The last call; the connection is gone when it returns.
  virtual void closed() = 0;
};

/// What the client said about itself before the connection opened.
struct Offer {
  bool our_version = true;  ///< it offered protocol::k_subprotocol
  int their_version = 0;    ///< the highest it offered, 0 when unknown
};

/// Makes the session of a new connection.
class ConnectionHost {
 public:
  virtual ~ConnectionHost() = default;
  /// The returned object lives until its closed() was called.
  virtual ConnectionEvents& opened(Connection& connection, const Offer& offer) = 0;
};

}  // namespace cudgel::session
