#pragma once
// A player's side of the game without window or sound: connection, server clock, prediction of the own character,
// interpolation of everyone else. The browser game, the bots and the tests all drive this one class.
// Time is an argument (milliseconds of any steady origin); it never reads a clock and never draws.

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "content/content.h"
#include "core/play_map.h"
#include "core/road.h"
#include "core/transport.h"
#include "protocol/client_message.h"
#include "protocol/dialogue.h"
#include "replication/party.h"
#include "replication/replica.h"
#include "sim/tile_map.h"
#include "sim/walker.h"

namespace cudgel::core {

/// Where the client stands with the server.
///   idle --join()--> connecting --opened--> greeting --Welcome--> playing
///   playing --the road is lost--> switching --Welcome over it or another--> playing
///   connecting/greeting/switching --no road works--> waiting --back-off over--> connecting
///   any --refused for good (wrong version, wrong content, name refused)--> refused
/// While switching the game goes on as in a stall of the network.
enum class Phase : std::uint8_t { idle, connecting, greeting, playing, switching, waiting, refused };

/// "idle", "connecting" ... for reports.
const char* phase_key(Phase phase);

struct JoinOptions {
  std::string url;  ///< ws://host:port/ws or wss://
  std::string name;
  std::uint8_t class_index = 0;
  bool draws = true;                                    ///< false: nobody looks, others() stays empty and costs nothing (bots)
  std::optional<protocol::Token> token = std::nullopt;  ///< of a character to come back to; a new one when it is not known
  std::string only_road = {};                           ///< name of the one road to take; empty: the best that works
  bool watches = false;  ///< only looks on at the player of that name; class and token are nothing then
};

struct ClientStats {
  std::uint64_t frames_received = 0;
  std::uint64_t bytes_received = 0;
  std::uint64_t bytes_sent = 0;
  std::uint64_t corrections = 0;     ///< frames after which the predicted position had to move by more than 1/16 tile
  double correction_last_tiles = 0;  ///< how far the last frame moved the prediction
  double round_trip_ms = 0;          ///< smoothed; includes the wait for the server's next tick
  double round_trip_last_ms = 0;     ///< the newest sample of it
  std::uint64_t round_trips = 0;     ///< samples so far
  double snapshot_age_ms = 0;        ///< how long ago the last frame arrived
  double interpolation_delay_ms = 0;
  double lead_ticks = 0;           ///< how far ahead of the server the own character is predicted
  std::uint64_t disconnects = 0;   ///< times the road was lost, whether another was found at once or not
  std::uint64_t switches = 0;      ///< times the game went on over another road than before
  std::uint64_t climbs = 0;        ///< of these, to a better one while the old one still worked
  std::uint64_t resumed = 0;       ///< came back to the same character
  std::uint64_t answers_late = 0;  ///< of the server, after the time was over or a second time
};

/// A body as it should be drawn now. Positions in tiles.
struct BodyView {
  base::EntityId id;
  sim::Kind kind = sim::Kind::none;
  std::uint8_t archetype = 0;
  std::uint16_t level = 1;  ///< of a thing on the ground: how many
  double x = 0;
  double y = 0;
  std::uint8_t facing = 0;
  sim::Action action = sim::Action::idle;
  double action_age_ms = 0;      ///< since the action began, on the drawn clock
  double speed_tiles_per_s = 0;  ///< of its legs
  double health_fraction = 1;    ///< 0..1
  std::uint8_t weapon = 0;       ///< what a player wears: 1 + index into the content's items, 0 none
  std::uint8_t coat = 0;
  std::uint8_t helmet = 0;
  std::uint16_t master = 0;  ///< of somebody summoned, and of a thing on the ground: 1 + slot of whose it is, 0 nobody's
  std::int32_t health_max = 0;
  std::uint8_t looks = 0;  ///< bit 0: something harmful lies on it, bit 1: something helpful, bit 2: it is a sheep
  bool self = false;
  bool fights = false;    ///< of a player: he can be fought now, as a rival or in an arena
  std::string_view name;  ///< valid until the next update()

  [[nodiscard]] bool is_foe() const { return kind == sim::Kind::monster || fights; }
};

/// Something to show once: floating number, flash, spark. Given out when the drawn clock reaches it.
struct Moment {
  sim::EventType type = sim::EventType::hit;
  base::Tick tick = 0;
  base::EntityId source;
  base::EntityId target;
  std::int32_t amount = 0;
  double x = 0;  ///< tiles
  double y = 0;
  sim::Kind source_kind = sim::Kind::none;  ///< as far as known when it happened
  std::uint8_t source_archetype = 0;
  bool on_self = false;
};

/// What another player has said.
struct SpokenLine {
  protocol::Channel channel = protocol::Channel::say;
  std::string from;
  base::EntityId entity;  ///< its body; need not be in view
  std::string words;
  std::uint8_t zone = 0;  ///< of Channel::zone: 1 + index into the map's zones, 0 outside all of them
};

struct UpdateReport;

class GameClient {
 public:
  /// `content` must outlive the client. `roads`: at least one, best first. `seed` feeds the jitter of reconnect attempts only. Clients of one
  /// process may share `maps`.
  GameClient(const content::Content& content, std::vector<Road> roads, std::uint64_t seed,
             std::shared_ptr<PlayMaps> maps = nullptr);
  /// With one road only.
  GameClient(const content::Content& content, std::unique_ptr<Transport> transport, std::uint64_t seed,
             std::shared_ptr<PlayMaps> maps = nullptr);
  ~GameClient();
  GameClient(GameClient&&) noexcept;
  GameClient& operator=(GameClient&&) noexcept;

  void join(JoinOptions options, double now_ms);
  /// Leaves of one's own will and stays idle.
  void leave();
  /// Pumps the transport, applies frames, predicts up to now, sends what is due. Call once per display frame, or per server frame for bots.
  void update(double now_ms);
  /// What the player wants from now on; predicted and sent at the next predicted tick.
  void want(const sim::Intent& intent);
  /// Uses a skill of the class (1 + index), aimed at `point` (units), with the next predicted tick. Whether it begins, the rules decide.
  void use_skill(std::uint8_t skill, base::Vec2 point);
  /// Asks the server; sent with the next update(). Within `timeout_ms`, or when the connection ends, the ticket tells what became of it.
  /// At most protocol::k_requests_under_way_max are under way: one more has failed at once.
  template <protocol::AskedByClient Body>
  protocol::Ticket<Body> ask(const Body& body, double timeout_ms, double now_ms) {
    using Milliseconds = protocol::Dialogue::Milliseconds;
    return dialogue().ask(body, static_cast<Milliseconds>(timeout_ms), static_cast<Milliseconds>(now_ms));
  }
  /// A display frame was shown: the server asks now and then how smooth it is.
  void shown();

  /// For the search of faults: from now on `tell` gets the text of Disagreements::compare() whenever the server's word differs from what
  /// was predicted; an empty function: no more.
  void watch_prediction(std::function<void(const std::string&)> tell);

  [[nodiscard]] Phase phase() const;
  /// Playing or switching: what the player does counts.
  [[nodiscard]] bool in_play() const;
  /// In words for people, why we are in this phase: the server's reason, or "no answer from the server"; empty while all is well.
  [[nodiscard]] const std::string& message() const;
  /// Milliseconds until the next attempt while waiting.
  [[nodiscard]] double retry_in_ms(double now_ms) const;
  [[nodiscard]] const ClientStats& stats() const;
  /// What the last update() saw; valid until the next.
  [[nodiscard]] const UpdateReport& last_update() const;
  [[nodiscard]] const replication::Replica& replica() const;
  /// The road we play on; before, the one being tried.
  [[nodiscard]] const char* transport_name() const;
  /// How each road has served since join(), best first.
  [[nodiscard]] std::span<const RoadStats> roads() const;
  [[nodiscard]] std::int32_t tick_hz() const;
  /// The map being played: the content's, or the arena told by Welcome. Null before Welcome.
  [[nodiscard]] const content::MapSpec* map() const;
  [[nodiscard]] const sim::TileMap* tiles() const;
  /// A region of the content's map has come (content::load_region); the caller has put it into the content. Nothing happens in an arena.
  void put_region(const content::Region& region);

  /// The own character now, predicted and smoothed; nothing before the first frame. Who watches: the watched one, as others() drew it last.
  [[nodiscard]] std::optional<BodyView> self_view() const;
  /// Predicted exact state, for tests.
  [[nodiscard]] const sim::Walker* predicted() const;
  /// Where the three clocks are, in ticks with fractions; 0 before the first frame. Own character, everybody else, the server.
  [[nodiscard]] double predicted_tick() const;
  [[nodiscard]] double render_tick() const;
  [[nodiscard]] double server_tick(double now_ms) const;
  /// Everybody else, at the interpolated time; refills and returns an internal buffer, valid until the next update().
  [[nodiscard]] std::span<const BodyView> others();
  /// Whether another player of that level who stands there can be fought now.
  [[nodiscard]] bool may_fight_with(base::EntityId other, std::int32_t level, base::Vec2 place) const;
  /// What has become visible since the last call, oldest first.
  std::vector<Moment> take_moments();
  /// The secret to come back to this character with, also from another page; nothing while there is none. Changes with every Welcome.
  [[nodiscard]] const std::optional<protocol::Token>& token() const;
  /// It only looks on.
  [[nodiscard]] bool watches() const;
  /// What the own character owns, as the server last told it; nothing before that.
  [[nodiscard]] const std::optional<sim::Belongings>& belongings() const;
  /// How its bargain stands, as the server last told it on this connection; nothing before that. trades_told(): how often it has.
  [[nodiscard]] const std::optional<sim::TradeView>& trade() const;
  [[nodiscard]] std::uint32_t trades_told() const;
  /// Its party, itself included, wherever they are.
  [[nodiscard]] const replication::PartyView& party() const;
  /// Notices in words from the server since the last call.
  std::vector<std::string> take_notices();
  /// What other players have said since the last call, oldest first.
  std::vector<SpokenLine> take_lines();

 private:
  [[nodiscard]] protocol::Dialogue& dialogue();

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cudgel::core
