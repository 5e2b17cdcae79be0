#pragma once
// A bot that plays as a beginner does: hunts what it can beat where the map says its level belongs, takes up what falls, wears and drinks
// and sells it, runs when it goes badly, dies, wakes and goes on. It sees what a player sees, answers late like a person, and idles now and
// then. The judgement is in judgement.h and goods.h; here is what it is at, and how its hands carry that out.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adventure/diary.h"
#include "adventure/goods.h"
#include "adventure/judgement.h"
#include "adventure/land.h"
#include "adventure/scene.h"
#include "base/random.h"
#include "core/game_client.h"
#include "core/play_map.h"
#include "protocol/dialogue.h"

namespace cudgel::bots {

/// What it is at. lies: dead, waits to wake.
enum class Doing : std::uint8_t { lies, travels, fights, gathers, flees, trades, idles };
inline constexpr int k_doings = 7;
const char* doing_key(Doing doing);

/// The land of a map, made once for all bots. Making it takes half a second: prepare() does that before the first of them plays.
class Lands {
 public:
  void prepare(const content::Content& content, std::shared_ptr<const core::PlayMap> map);
  /// Of the map that the client plays; made at once when another one was prepared.
  std::shared_ptr<const Land> get(const content::Content& content, const core::GameClient& client);

 private:
  std::shared_ptr<const core::PlayMap> map_;  ///< of the prepared one
  const content::MapSpec* spec_ = nullptr;    ///< of land_
  std::shared_ptr<const Land> land_;
};

class Adventurer {
 public:
  Adventurer(const content::Content& content, std::shared_ptr<Lands> lands, std::uint8_t class_index, std::string name,
             std::uint64_t seed);

  /// Something happened that the player saw.
  void notice(const core::Moment& moment, const core::GameClient& client, double now_ms);
  /// Call with every frame.
  void tend(core::GameClient& client, double now_ms);

  /// As of the last tend().
  [[nodiscard]] const Diary& diary() const { return diary_; }

 private:
  /// What a look led to. It is carried out from the next look on: nobody answers at once.
  struct Resolve {
    Doing doing = Doing::idles;
    base::EntityId whom;  ///< foe or thing
  };
  struct Remembered {
    base::EntityId id;
    double until_ms = 0;
  };

  [[nodiscard]] std::string monster_name(const core::GameClient& client, base::EntityId id) const;
  void remember_play(const core::GameClient& client, double now_ms);
  [[nodiscard]] Resolve consider(const core::GameClient& client, double now_ms);
  [[nodiscard]] Resolve consider_calm(const core::GameClient& client, double now_ms);
  [[nodiscard]] const Thing* thing_to_take(double now_ms);
  [[nodiscard]] bool hunts_here(const core::GameClient& client) const;
  [[nodiscard]] bool trader_calls(const core::GameClient& client, double now_ms);
  [[nodiscard]] std::vector<base::EntityId> ids_of(std::vector<Remembered>& list, double now_ms) const;
  void set_out(int level, double now_ms);
  [[nodiscard]] bool takes_a_break(double now_ms);

  // The hands.
  void carry_out(core::GameClient& client, double now_ms);
  [[nodiscard]] sim::Intent hands(core::GameClient& client, double now_ms);
  [[nodiscard]] sim::Intent fight(core::GameClient& client, double now_ms);
  [[nodiscard]] sim::Intent flee(const core::GameClient& client);
  [[nodiscard]] sim::Intent travel(core::GameClient& client, std::size_t spot, double now_ms);
  [[nodiscard]] sim::Intent trade(core::GameClient& client, double now_ms);
  [[nodiscard]] sim::Intent walk_to(const core::GameClient& client, base::Vec2 goal, double now_ms);
  [[nodiscard]] sim::Intent unstick(sim::Intent intent, const core::GameClient& client, double now_ms);
  void use_bag(core::GameClient& client, double now_ms);
  void ask(core::GameClient& client, const protocol::Deed& deed, double now_ms);
  [[nodiscard]] bool asking() const { return !under_way_.empty() && !under_way_.over(); }
  [[nodiscard]] Wearer wearer() const;
  [[nodiscard]] int boldness(double now_ms) const;

  const content::Content& content_;
  std::shared_ptr<Lands> lands_;
  std::shared_ptr<const Land> land_;
  std::uint8_t class_index_;
  base::Random random_;
  Diary diary_;
  double began_ms_ = -1;
  double tended_ms_ = 0;

  Scene scene_;         ///< of the last look
  Resolve resolve_;     ///< what the hands do
  Resolve considered_;  ///< what they will do from the next look on
  double next_look_ms_ = 0;
  double next_hand_ms_ = 0;

  std::vector<Remembered> harmers_;     ///< who struck it lately
  std::string last_harmer_ = "nobody";  ///< its name
  std::vector<Remembered> shunned_;     ///< foes and things that it has given up for now
  base::EntityId foe_;
  double foe_since_ms_ = 0;
  int foe_health_ = 0;  ///< when it was last seen to shrink
  struct Kill {
    base::Vec2 place;
    double until_ms = 0;  ///< what lies there is its own until then
  };
  std::vector<Kill> kills_;
  base::EntityId thing_;
  double thing_since_ms_ = 0;
  std::size_t spot_ = 0;
  bool has_spot_ = false;
  int spot_level_ = 0;  ///< at which the spot was chosen
  bool to_trader_ = false;
  double traded_ms_ = -1e12;
  double fled_until_ms_ = 0;
  double shy_until_ms_ = 0;  ///< after a death: takes on less
  double break_at_ms_ = 0;
  double break_until_ms_ = 0;
  double skill_again_ms_ = 0;
  double bag_again_ms_ = 0;
  protocol::Ticket<protocol::Deed> under_way_;
  std::vector<base::Vec2> way_;  ///< around what stands in the way
  base::Vec2 way_goal_;
  double way_made_ms_ = 0;
  base::Vec2 stuck_at_;
  double stuck_since_ms_ = 0;
  double sidestep_until_ms_ = 0;
  std::uint8_t sidestep_heading_ = 0;
};

}  // namespace cudgel::bots
