#pragma once
// One client's stay: from the open connection through Hello to play and to the end. Decides what a client may say and when,
// and which frame it gets; knows nothing of sockets and nothing of the rules of the game.
//
//   state     | Hello          | Acts           | Request, Answer | Bye     | verdict joined | verdict full | deadline 5 s | another speaks
//   ----------+----------------+----------------+-----------------+---------+----------------+--------------+--------------+---------------
//   hello     | -> joining     | 4003 closing   | 4003 closing    | closing | -              | -            | 4005 closing | -
//   joining   | 4003 closing   | stamp is kept  | 4003 closing    | closing | -> playing     | 1013 closing | -            | 4008 closing
//   playing   | 4003 closing   | to the realm   | to Requests *   | closing | -              | -            | -            | 4008 closing
//   * once the Welcome has been sent; before that 4003
//   watching  | 4010 closing   | 4010 closing   | 4010 closing    | closing | -              | -            | -            | -
//   closing   | everything is ignored until the transport says closed()
//
// A Watch instead of the Hello: from hello to watching, or 4009. Who watches has no character; it is shown what the watched player sees, at the
// same limits, until that one has left or forbids it (4009).
//
// The character outlives the session: only Bye takes it out of the world at once. Otherwise it is away, and whoever comes with its token
// within a minute speaks for it (Residents).
// In every state but closing: bytes that are no message 4002, a text message 1003, too big 1009, too often 4004, a reader that
// takes nothing for 15 s 4007, the server ends 1001.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include <flatbuffers/flatbuffers.h>

#include "base/prefetch.h"
#include "content/content.h"
#include "ops/log.h"
#include "ops/metrics.h"
#include "protocol/client_message.h"
#include "realm/inbox.h"
#include "replication/viewer.h"
#include "session/census.h"
#include "session/connection.h"
#include "session/frame_batch.h"
#include "session/goods_desk.h"
#include "session/ladder.h"
#include "session/rate_limit.h"
#include "session/requests.h"
#include "session/residents.h"
#include "session/together_desk.h"

namespace cudgel::session {

inline constexpr ops::Nanoseconds k_hello_deadline_ns = 5 * ops::k_ns_per_s;
/// The store and the realm answer within this, or the player is asked to try later.
inline constexpr ops::Nanoseconds k_answer_deadline_ns = 10 * ops::k_ns_per_s;
/// A reader that takes no frame for this long is gone or hostile.
inline constexpr ops::Nanoseconds k_stalled_ns = 15 * ops::k_ns_per_s;
/// Who was away for longer is told that they are back. A change of roads takes less, and its player is not to notice.
inline constexpr ops::Nanoseconds k_missed_ns = 10 * ops::k_ns_per_s;
/// Usual traffic is 10-20 messages of 60-100 bytes a second.
inline constexpr std::int64_t k_messages_per_s = 60;
inline constexpr std::int64_t k_messages_burst = 120;
inline constexpr std::int64_t k_bytes_per_s = 32 * 1024;
inline constexpr std::int64_t k_bytes_burst = 128 * 1024;

/// What all sessions of one network thread share.
struct SessionContext {
  const content::Content& content;
  std::uint8_t tick_hz = 20;
  std::uint16_t arena_side = 0;
  realm::Inbox& inbox;
  Residents& residents;
  ops::Metrics& metrics;
  ops::LimitedLog& refusal_log;
  std::function<ops::Nanoseconds()> clock = ops::monotonic_ns;
  std::shared_ptr<const replication::Picture> shown = nullptr;  ///< the newest; null before the first
  replication::FrameWorkspace work = {};                        ///< scratch of whoever encodes
  Census census = {};
  Ladder ladder = {};
  std::size_t ended = 0;     ///< sessions to be forgotten
  bool free_fights = false;  ///< of an arena_side

  /// The zone of the realm's map that a place belongs to, -1 none. An arena has one for all of it, or none (content::make_arena_map).
  [[nodiscard]] int zone_at(base::Vec2 position) const {
    if (arena_side > 0) return free_fights ? 0 : -1;
    return content.map().zone_at(position);
  }
};

class alignas(base::k_cache_line_bytes) Session final : public ConnectionEvents {
 public:
  Session(Connection& connection, const Offer& offer, SessionContext& context, ops::Nanoseconds now_ns);

  void message(std::span<const std::uint8_t> bytes) override;
  void text_message() override;
  void oversized_message() override;
  void pull() override;
  void closed() override;

  /// Once per tick, with the newest picture in the context: puts this client's frame into the batch, or notes that it is behind. A frame
  /// that carries more than the picture is sent at once.
  void show(ops::Nanoseconds now_ns, FrameBatch& batch);
  /// Sends what show() put into the batch.
  void deliver(std::span<const std::uint8_t> frame);
  /// Hints. Thousands of sessions do not stay in the processor's caches from tick to tick: what each needs is fetched while those before it
  /// are served, first the session, then what it points to, then what that points to. Of an ended session the connection is gone.
  void expect_show_soon() const;
  void expect_show() const;
  void expect_deliver() const;
  /// The server ends: tells the client so.
  void go_away(std::string_view reason);

  [[nodiscard]] bool ended() const { return state_ == State::ended; }

 private:
  // hello --known here--> joining, or playing at once;  hello --token unknown here--> seeking --found or not--> joining --> playing
  enum class State : std::uint8_t { hello, seeking, joining, playing, watching, closing, ended };

  void on(const protocol::Hello& hello);
  void on(const protocol::Acts& acts);
  void on(const protocol::Bye& bye);
  void on(const protocol::Watch& watch);
  void on(const protocol::Request& request) { hear(request); }
  void on(const protocol::Answer& answer) { hear(answer); }
  template <class Spoken>
  void hear(const Spoken& spoken);
  /// With a token: finds its character, here or in the store. Asked at each tick until it is known where that is.
  void seek();
  /// Speaks for a character that is in the world.
  void resume(Residents::Entry entry);
  /// A body for a new character, or for `known`, one of the store's.
  void join(const store::Character* known);
  /// False when another connection speaks for the character by now; this one is then closing.
  bool still_speaks();
  /// False while the store has yet to take the key that the client is to be told.
  bool key_is_safe();
  void check_verdict();
  /// Whether its turn has come: the character stands in the picture and the connection takes a frame.
  bool may_be_told(const replication::Picture& picture, ops::Nanoseconds now_ns);
  /// Into the batch if there is one and the frame carries the picture only.
  void send_frame(const replication::Picture& picture, ops::Nanoseconds now_ns, FrameBatch* batch);
  /// The same for who only looks on.
  void watch_on(const replication::Picture& picture, ops::Nanoseconds now_ns, FrameBatch* batch);
  /// False while the reader takes nothing; one that does not for too long is closed.
  bool reads(ops::Nanoseconds now_ns);
  /// True when it is refused for saying what only players may.
  bool only_watches();
  /// Closes with a reason in words, counted and logged at a limited rate.
  void refuse(ops::Refusal refusal, protocol::CloseCode code, std::string_view reason);
  [[nodiscard]] const std::string& class_name(std::uint8_t index) const { return context_.content.classes()[index].body.name; }
  void close(protocol::CloseCode code, std::string_view reason);
  void let_go();
  /// A frame of the picture shown has gone out.
  void note_sent(std::size_t frame_bytes);

  // What every tick looks at lies together, down to requests_ (k_session_lines in sessions.cpp).
  Connection& connection_;
  SessionContext& context_;
  State state_ = State::hello;
  bool resumed_ = false;
  bool welcomed_ = false;
  bool confirmed_ = false;    ///< the client has shown that it holds the token
  std::uint32_t stamp_ = 0;   ///< newest of the client's, echoed with each frame
  base::Tick told_tick_ = 0;  ///< of the last frame sent, once welcomed
  Speaker speaker_;
  std::shared_ptr<Resident> resident_;
  std::shared_ptr<realm::PlayerLink> link_;
  ops::Nanoseconds behind_since_ns_ = 0;  ///< when the reader first was not ready, 0 while it is
  GoodsDesk goods_;
  TogetherDesk together_;
  std::optional<replication::Viewer> viewer_;
  Requests requests_;

  ops::Nanoseconds opened_ns_;
  RateLimit messages_{k_messages_per_s, k_messages_burst};
  RateLimit bytes_{k_bytes_per_s, k_bytes_burst};
  ops::Nanoseconds asked_ns_ = 0;         ///< when Hello came
  std::optional<protocol::Hello> hello_;  ///< while seeking
  store::Ticket search_;                  ///< while seeking, once the store was asked
  protocol::Token token_{};               ///< until the client has been told
  store::Ticket written_;                 ///< what has to be on disk before that; null when nothing
};

}  // namespace cudgel::session
