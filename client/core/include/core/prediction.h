#pragma once
// The own character ahead of the server: the acts the server has not confirmed, replayed through the same sim::advance_walker
// the server runs, with everybody else where their tracks say. When the server's word differs, the exact state jumps at once
// and the drawn one follows softly. Advances in whole ticks; knows no clock and no wire.

#include <algorithm>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "base/ids.h"
#include "content/content.h"
#include "core/disagreements.h"
#include "core/drawn_point.h"
#include "replication/replica.h"
#include "sim/fighter.h"
#include "sim/tile_map.h"
#include "sim/walker.h"

namespace cudgel::core {

/// From `tick` on the player wants this.
struct PredictedAct {
  std::uint32_t sequence = 0;
  base::Tick tick = 0;
  sim::Intent intent;
  std::uint8_t skill = 0;     ///< to begin now, 0 none
  base::Vec2 point;           ///< where it is aimed
  std::uint8_t view_age = 0;  ///< how old the view of everybody else was that it was made from, 1/16 ticks
};

/// The own character as the rule of who may fight whom takes it.
sim::Fighter own_fighter(const replication::Replica& replica, base::Vec2 position);

class Prediction {
 public:
  /// `content` and `map` must outlive it. `class_index` is of the own class.
  Prediction(const content::Content& content, const sim::TileMap& map, std::int32_t tick_hz, std::uint8_t class_index);

  /// What the player wants from now on. A press of attack shorter than a tick is kept until it has become a blow.
  void want(const sim::Intent& intent);
  /// The skill (1 + index into the class's) begins with the next tick, aimed at `point` (units, rounded to the wire).
  void use_skill(std::uint8_t skill, base::Vec2 point);
  /// How far behind the predicted tick everybody else is drawn now, in 1/16 ticks, at most sim::view_age_max(): told with the acts.
  void set_view_age(std::uint8_t age) { view_age_ = age; }
  /// True when the next tick will carry something new: worth hurrying for.
  [[nodiscard]] bool has_news() const;

  /// Starts again from the server's word and replays up to the predicted tick. Returns by how many tiles the prediction
  /// moved; `fraction` is how far the drawn character has gone from the tick before to the predicted one.
  double reconcile(const replication::Replica& replica, double fraction);
  /// Predicts ticks up to `tick`, at most k_ahead_ticks_max beyond the server's last word.
  void advance_to(base::Tick tick);
  /// From now on every predicted tick is written into these, to be compared with the server's word; null: no more. Must outlive it.
  void note_in(Disagreements* disagreements) { disagreements_ = disagreements; }
  /// The drawn character must not jump because its clock did: what was drawn at `before` is now drawn at `after`.
  void keep_drawn(DrawnPoint before, DrawnPoint after);
  /// Lets the drawn error fade.
  void fade(double elapsed_ms);

  [[nodiscard]] bool started() const { return started_; }
  [[nodiscard]] base::Tick tick() const { return tick_; }
  [[nodiscard]] const sim::Walker& walker() const { return now_; }
  [[nodiscard]] bool dead() const { return now_.action == sim::Action::dead; }
  [[nodiscard]] DrawnPoint drawn(double fraction) const;

  /// Acts not sent yet, oldest first. mark_sent() after they went out.
  /// At most as many as a message holds. Numbers below the newest ever sent are the server's too and never change.
  [[nodiscard]] std::span<const PredictedAct> unsent();
  void mark_sent();
  /// Another connection to the same character: what was not acknowledged may have been lost and is sent again under its old numbers,
  /// so that the server does nothing twice.
  void send_again();
  /// A character that somebody played before: numbers go on above `sequence`. Before the first act.
  void begin_after(std::uint32_t sequence);

  static constexpr base::Tick k_ahead_ticks_max = 20;  ///< the server clamps acts further ahead

 private:
  struct Near {
    base::EntityId id;
    bool foe = false;
    replication::Track track;
    std::int32_t radius = 0;
  };
  void make_act(base::Tick tick);
  void push_act(base::Tick tick, const sim::Intent& intent);
  [[nodiscard]] sim::Condition condition_at(base::Tick tick) const;
  void run_tick(base::Tick tick);
  void apply_due(base::Tick tick);
  void look_around(const replication::Replica& replica);
  void gather_neighbours(base::Tick tick);
  void aim(base::Tick tick, sim::Surroundings& surroundings) const;
  [[nodiscard]] std::int32_t radius_of(const replication::Sight& sight) const;
  void coalesce_unsent();
  [[nodiscard]] std::uint32_t newest_given() const { return std::max(sent_sequence_, given_sequence_); }

  const content::Content* content_;
  const sim::TileMap* map_;
  sim::WalkerSpec spec_;
  std::int32_t attack_reach_ = 0;
  bool strikes_ = false;        ///< its blows are judged by what it saw; shots are not
  base::Tick press_ticks_ = 0;  ///< how long an attack press waits for the cooldown
  base::Tick say_again_ticks_ = 0;
  base::Tick leap_ticks_ = 0;  ///< more than this at once is no walk but a clock that was set

  bool started_ = false;
  base::Tick server_tick_ = 0;  ///< of the last word of the server
  base::Tick tick_ = 0;         ///< predicted tick
  sim::Walker before_;          ///< at tick_ - 1
  sim::Walker now_;             ///< at tick_
  DrawnPoint error_;            ///< drawn minus predicted, fades
  double drawn_fraction_ = 1;   ///< last known of what is on the screen: from before_ to now_

  sim::Intent wanted_;
  bool pressed_ = false;  ///< attack was pressed and has not become a blow yet
  base::EntityId pressed_target_;
  base::Tick pressed_until_ = 0;  ///< last tick whose act may carry the press
  std::uint8_t skill_ = 0;        ///< wanted and not in an act yet
  base::Vec2 skill_point_;
  std::vector<sim::Effect> effects_;  ///< on the own character, as the server last told
  std::int32_t level_ = 1;
  std::int32_t summoned_ = 0;
  sim::Intent told_;  ///< of the newest act
  base::Tick told_tick_ = 0;
  std::uint8_t view_age_ = 0;       ///< now
  std::uint8_t told_view_age_ = 0;  ///< of the newest act

  std::uint32_t next_sequence_ = 1;
  std::uint32_t sent_sequence_ = 0;         ///< newest that was sent on this connection
  std::uint32_t given_sequence_ = 0;        ///< newest that was ever sent: the server may know its number
  std::uint8_t acknowledged_view_age_ = 0;  ///< of the newest act the server has carried out
  std::uint8_t run_view_age_ = 0;           ///< of the newest act in now_
  std::deque<PredictedAct> acts_;           ///< not acknowledged, ascending sequence
  std::size_t replayed_ = 0;                ///< how many of them are in now_
  std::vector<PredictedAct> unsent_;
  std::vector<Near> near_;
  std::vector<sim::Neighbour> neighbours_;
  Disagreements* disagreements_ = nullptr;
};

}  // namespace cudgel::core
