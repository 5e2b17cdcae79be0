#pragma once
// Server side, one per session: remembers what this client has been told and encodes the difference to a picture.
// State, not differences in time: a viewer that missed frames gets the newest state of what it missed, never a backlog.
// Knows no socket; whoever calls encode must send the bytes, for WebSocket is reliable and the viewer counts them as told.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <flatbuffers/flatbuffers.h>

#include "protocol/schema/server_generated.h"
#include "replication/publisher.h"

namespace cudgel::replication {

/// What the session adds to a frame.
struct FrameExtras {
  std::uint32_t echo = 0;            ///< newest stamp received
  std::int8_t slack_ticks = -128;
  struct Welcome {
    std::uint8_t tick_hz = 20;
    std::uint16_t arena_side = 0;
    std::uint64_t content_hash = 0;
  };
  std::optional<Welcome> welcome;
  std::span<const std::string> notices;
};

class Viewer {
 public:
  explicit Viewer(base::EntityId self) : self_(self) {}

  /// The frame for this viewer, valid until the builder's next use; never larger than protocol::k_server_frame_bytes_max.
  /// Nearest arrivals first when not all fit. Reuses its memory.
  std::span<const std::uint8_t> encode(const Picture& picture, const FrameExtras& extras, flatbuffers::FlatBufferBuilder& builder);

  [[nodiscard]] base::EntityId self() const { return self_; }
  /// Entities the client holds now, without itself; ascending by index.
  struct Known {
    base::EntityId id;
  };
  [[nodiscard]] std::span<const Known> known() const { return known_; }

 private:
  base::EntityId self_;
  base::Tick last_frame_ = 0;
  bool first_ = true;
  std::vector<Known> known_;
  std::vector<Known> next_known_;
  std::vector<std::uint16_t> in_view_;
  std::optional<protocol::Own> last_own_;
};

/// What a viewer may see in a picture: everything but itself within k_view_tiles of its own exact position.
/// The tests' independent definition; encode must agree with it.
bool may_see(const Picture& picture, base::EntityId viewer, base::EntityId other);

}  // namespace cudgel::replication
