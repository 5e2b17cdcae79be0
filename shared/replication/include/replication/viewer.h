#pragma once
// Server side, one per session: remembers what this client has been told and encodes the difference to a picture.
// State, not differences in time: a viewer that missed frames gets the newest state of what it missed, never a backlog.
// In a crowd a frame does not tell everything: which of it, and how late at most, stands in budget.h.
// Knows no socket; whoever calls encode must send the bytes, for WebSocket is reliable and the viewer counts them as told.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <flatbuffers/flatbuffers.h>

#include "protocol/client_message.h"
#include "protocol/schema/server_generated.h"
#include "replication/frame_workspace.h"
#include "replication/known.h"
#include "replication/party.h"
#include "replication/publisher.h"

namespace cudgel::replication {

/// A player who says something, and how.
struct Speaker {
  protocol::Channel channel = protocol::Channel::say;
  base::PlayerName name;
  base::EntityId entity;
  std::uint8_t zone = 0;  ///< as protocol::Heard
};

/// Something said in words. Numbered for one character, so that nothing is lost or said twice across connections.
struct Notice {
  std::uint32_t sequence = 0;
  std::string text;                     ///< of a player what is_speech() takes
  std::optional<Speaker> speaker = {};  ///< nobody: the server itself
};

/// What the session adds to a frame.
struct FrameExtras {
  std::uint32_t echo = 0;  ///< newest stamp received
  std::int8_t slack_ticks = -128;
  struct Welcome {
    std::uint8_t tick_hz = 20;
    std::uint16_t arena_side = 0;
    std::uint64_t content_hash = 0;
    protocol::Token token{};
    bool resumed = false;
    bool free_fights = false;
    std::uint8_t watched_class = 0;  ///< 1 + the class of whom the receiver watches, 0: it plays
  };
  std::optional<Welcome> welcome;
  /// Displayable text of at most k_notice_bytes_max; with everything else at most k_notes_per_frame_max in one frame.
  std::span<const Notice> notices;
  std::optional<protocol::Request> request;      ///< what the server asks this client
  std::optional<protocol::Answer> answer;        ///< to what this client asked
  std::shared_ptr<const sim::Belongings> owned;  ///< what it owns, when that is to be told
  std::uint16_t watched_by = 0;                  ///< so many watch it
  std::shared_ptr<const sim::TradeView> trade;   ///< how its bargain stands, likewise
  std::shared_ptr<const PartyView> party;        ///< its party, likewise
};

class Viewer {
 public:
  /// `watches`: the receiver only looks on, and is told of `self` as of everybody else, too.
  explicit Viewer(base::EntityId self, bool watches = false) : self_(self), watches_(watches) {}

  /// The frame for this viewer, valid until the workspace's next use; never larger than protocol::k_server_frame_bytes_max.
  /// `picture` must be newer than the one before.
  std::span<const std::uint8_t> encode(const Picture& picture, const FrameExtras& extras, FrameWorkspace& work);

  /// Hints that encode() comes soon, and sooner: what it looks at first is fetched from memory meanwhile.
  void expect_encode_soon(const Picture& picture) const;
  void expect_encode(const Picture& picture) const;

  [[nodiscard]] base::EntityId self() const { return self_; }
  /// Everybody in view, without itself; ascending by index.
  [[nodiscard]] std::span<const Known> known() const { return known_; }

 private:
  using Builder = flatbuffers::FlatBufferBuilder;
  template <class T>
  using Written = flatbuffers::Offset<flatbuffers::Vector<T>>;

  [[nodiscard]] base::Tick gap(const Picture& picture) const;
  void gather(const Picture& picture, FrameWorkspace& work);
  void select_happenings(const Picture& picture, FrameWorkspace& work) const;
  void compare(const Picture& picture, FrameWorkspace& work) const;
  void note_pending(const Picture& picture, Known& known, std::uint32_t place, FrameWorkspace& work) const;
  static void mark_opponents(FrameWorkspace& work);
  void cut(const Picture& picture, std::span<const Known> known, const Allowance& allowance, std::vector<Pending>& pending) const;
  void choose_told(const Picture& picture, std::size_t bytes_left, FrameWorkspace& work) const;
  /// Whether the receiver was not told yet what has become so then.
  [[nodiscard]] bool untold(base::Tick changed) const { return first_ || changed > last_frame_; }
  [[nodiscard]] bool in_view(const Picture& picture, base::EntityId id) const;
  Written<flatbuffers::Offset<protocol::Note>> write_notes(const FrameExtras& extras, Builder& builder) const;
  void remember(base::Tick now, FrameWorkspace& work);

  base::EntityId self_;
  bool watches_;
  base::Tick last_frame_ = 0;
  base::Vec2 eye_;        ///< where the viewer stands in the picture at hand
  bool present_ = false;  ///< whether it stands there at all
  bool first_ = true;
  std::vector<Known> known_;
};

/// What a viewer may see in a picture: everything but itself within k_view_tiles of its own exact position.
/// The tests' independent definition; encode must agree with it.
bool may_see(const Picture& picture, base::EntityId viewer, base::EntityId other);

}  // namespace cudgel::replication
