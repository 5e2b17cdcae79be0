#pragma once
// The connection's life over one or several roads: takes the best that works, changes it in the middle of the game, climbs back,
// waits and tries again, or gives up for good with words. It carries messages but never looks into them.
//
// Two places: the road we play on and the road we try. Trying beside playing, the old road is heard until the new one's Welcome.
//
//   play on | try      | phase
//   --------+----------+------------------------------
//   -       | -        | idle, waiting or refused
//   -       | yes      | connecting, after Hello greeting; switching when a road was lost in play and this is its round
//   yes     | -        | playing
//   yes     | yes      | playing (a climb, or the way off a road that brings lumps)
//
//                       join                    Welcome
//   idle ------------------------> connecting ----------> playing <---------------------------+
//     refused <--- no use ---------- greeting                |  |   lumps, or time to climb:   |
//                                       ^                    |  +-> another road is tried ---> | its Welcome: moved over
//                        back-off over  |                    |      beside this one           | no: nothing happened
//                                    waiting                 | lost                           |
//                                       ^                    v                                |
//                                       +-- no road left -- switching -- Welcome -------------+
//                                                        the same road, then the next, and the next ...
//
// A round is one pass over the roads: whichever does not open in time, or opens and brings no Welcome in time, or dies within seconds of
// it, leads to the next at once. Only when all have failed there is a pause, longer with every round. What a server says in so many
// words when it closes (it restarts, it is full, we are of another version) is believed at once: no other road would say otherwise.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/random.h"
#include "core/game_client.h"
#include "core/lump_watch.h"
#include "core/road.h"
#include "core/road_choice.h"
#include "core/transport.h"

namespace cudgel::core {

class Link {
 public:
  /// At least one road, best first. `goodbye` is what leaves a character behind.
  Link(std::vector<Road> roads, std::uint64_t seed, std::vector<std::uint8_t> goodbye);

  /// Connects over all roads or `only` that one, and from now on again whenever the connection is lost. What set_hello() was given begins
  /// each of them.
  void join(std::string url, std::optional<std::size_t> only, double now_ms);
  /// Says goodbye if there is somebody to hear it.
  void leave();
  /// Watches the time: tries the next road, begins to connect again, gives up a silent road. Call after the messages are drained.
  void watch(double now_ms);
  /// The next message, in order, valid until the next call; false when there is none.
  bool next_message(double now_ms, std::span<const std::uint8_t>& message);
  /// Over the road we play on.
  SendResult send(std::span<const std::uint8_t> message);
  /// What the next connection begins with; `resumes`: with the token of a character.
  void set_hello(std::vector<std::uint8_t> hello, bool resumes);

  /// The last message came over a road that has not brought its Welcome yet.
  [[nodiscard]] bool expects_welcome() const { return from_attempt_ && attempt_.has_value(); }
  /// Somebody plays, here or elsewhere, whom the Welcome at hand must bring back; one of a new character is to be declined.
  [[nodiscard]] bool must_resume() const { return playing_ || !replaced_words_.empty(); }
  /// The Welcome in the last message was understood: we play on that road.
  void welcomed(double now_ms);
  /// The Welcome in the last message is of a character that nobody asked for: goodbye to it.
  void decline(double now_ms);
  /// The last message cannot be used: its road is lost.
  void broken(const std::string& why, double now_ms);
  /// No use in trying again, unless we still play on another road than the last message's.
  void refuse(std::string why, double now_ms);

  [[nodiscard]] Phase phase() const;
  [[nodiscard]] const std::string& message() const { return message_; }
  [[nodiscard]] double retry_in_ms(double now_ms) const;
  [[nodiscard]] std::uint64_t disconnects() const { return disconnects_; }
  [[nodiscard]] std::uint64_t switches() const { return switches_; }
  [[nodiscard]] std::uint64_t climbs() const { return climbs_; }
  [[nodiscard]] double last_heard_ms() const { return last_heard_ms_; }
  /// The road we play on, else the one we try, else the last of these.
  [[nodiscard]] const Transport& transport() const;
  [[nodiscard]] std::optional<std::size_t> find_road(std::string_view name) const;
  /// Of every road, best first.
  [[nodiscard]] std::span<const RoadStats> road_stats() const { return stats_; }

 private:
  enum class State : std::uint8_t { idle, under_way, waiting, refused };
  enum class Stage : std::uint8_t { pausing, opening, greeting };
  struct Attempt {
    std::size_t road = 0;
    Stage stage = Stage::opening;
    bool beside = false;           ///< while we play on another
    double opens_ms = 0;           ///< end of the pause
    double deadline_awake_ms = 0;  ///< of this stage
  };

  [[nodiscard]] Transport& transport_of(std::size_t road) { return *roads_[road].transport; }
  [[nodiscard]] double patience_ms() const;
  void pass_time(double now_ms);
  void watch_attempt(double now_ms);
  void watch_playing(double now_ms);
  void drain_left_roads();
  bool try_next(double pause_ms, double now_ms);
  void open_attempt();
  void attempt_opened();
  void attempt_closed(std::uint16_t code, const std::string& reason, double now_ms);
  void attempt_failed(const std::string& why, double now_ms);
  void playing_closed(std::uint16_t code, const std::string& reason, double now_ms);
  void playing_lost(const std::string& why, double now_ms);
  void leave_for_round(const std::string& why, bool same_again, double now_ms);
  [[nodiscard]] bool late_hello_may_speak() const { return awake_ms_ < late_hello_until_awake_ms_; }
  [[nodiscard]] bool expects_replacement() const;
  void wait(std::string why, double first_delay_ms, double now_ms);
  void give_up(std::string why, double now_ms);
  void drop_all(double now_ms);
  void end_stay(double now_ms);

  std::vector<Road> roads_;
  std::vector<RoadStats> stats_;
  base::Random random_;
  RoadChoice choice_;
  LumpWatch lumps_;
  std::vector<std::uint8_t> goodbye_;
  std::vector<std::uint8_t> hello_;
  bool hello_resumes_ = false;
  std::string url_;

  State state_ = State::idle;
  std::optional<std::size_t> playing_;
  std::optional<Attempt> attempt_;
  RoadChoice::Order round_;    ///< still to be tried, next first
  bool in_play_ = false;       ///< between join and the next failure of a whole round, after the first Welcome
  std::size_t last_road_ = 0;  ///< played on or tried
  std::optional<std::size_t> last_played_;
  bool from_attempt_ = false;  ///< the last message
  std::string message_;
  std::string round_words_;                ///< why the round's first road failed
  std::string replaced_words_;             ///< the road we played on was replaced while another had said our Hello
  double late_hello_until_awake_ms_ = -1;  ///< a Hello of ours that was given up may still take over until then
  TransportEvent event_;
  std::uint32_t rounds_failed_ = 0;  ///< in a row
  double retry_at_ms_ = 0;
  double playing_since_ms_ = 0;
  double earlier_played_ms_ = 0;  ///< on the present road, stays before this one
  double last_heard_ms_ = 0;
  double heard_awake_ms_ = 0;
  /// The time that passes while the page runs: what it sleeps through counts one step at most, so no patience ends in a hidden tab.
  double awake_ms_ = 0;
  double last_watch_ms_ = -1;
  std::uint64_t disconnects_ = 0;
  std::uint64_t switches_ = 0;
  std::uint64_t climbs_ = 0;
};

}  // namespace cudgel::core
