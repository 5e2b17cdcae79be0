#pragma once
// What both kinds of WebSocket connection share towards libwebsockets: their reads are watched, frame by frame, and a peer's
// close is checked before it is answered. For web_socket.cpp and echo.cpp only.

#include <libwebsockets.h>

#include "frame_watch.h"
#include "ops/metrics.h"

namespace cudgel::net {

/// A connection as the library knows it: its wsi's opaque user data, as a LibraryPeer*.
class LibraryPeer {
 public:
  virtual ~LibraryPeer() = default;
  /// The frame watch found a fault: end the connection. Called while the library reads, before it sees the frame.
  virtual void fault() = 0;

  FrameWatch watch;
  ops::Counter* received_bytes = nullptr;  ///< counts what is read, unless null
};

/// One that takes its time: what it is sent, it reads when it can answer.
class PacedPeer : public LibraryPeer {
 public:
  /// Nothing is read while this says so.
  [[nodiscard]] virtual bool paused() const = 0;
  /// What ends the connection is not read while this says so: something must be sent first.
  [[nodiscard]] virtual bool has_unsent() const = 0;
  /// Something was read.
  virtual void reads() = 0;
};

enum class Pace : unsigned { watched = 0x63756467, watched_in_turns };  ///< lws_protocols::id; "cudg"

/// A protocol whose connections are LibraryPeers (Pace::watched) or PacedPeers.
lws_protocols library_protocol(const char* name, lws_callback_function* callback, Pace pace);

LibraryPeer* peer_of(lws* wsi);

/// For LWS_CALLBACK_WS_PEER_INITIATED_CLOSE: its return value. The library echoes code and reason; what RFC 6455 forbids and the
/// library does not know is answered here: one byte, codes above 4999 (1002), a reason that is not UTF-8 (1007).
int answer_close(lws* wsi, const void* payload, std::size_t size);

}  // namespace cudgel::net
