#pragma once
// Notices what can be heard, from the bodies as they are drawn and from what happened: steps, blows that are lifted, that fall and that
// land, cries, calls of those who come running, deaths, wakings, duels. Knows events and names only, no sounds: which sound a cue is stands in the book (sound_book.h). It plays
// nothing and changes nothing but its own memory of who did what last.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "content/content.h"
#include "core/game_client.h"

namespace cudgel::game {

/// Something to be heard at a place. `keys` from the most special to the most general: "goblin_clubber.hurt", "hurt".
struct Cue {
  std::array<std::string, 3> keys;
  double x = 0, y = 0;  ///< tiles
};

class Cues {
 public:
  /// Beyond this distance from the ears nobody's steps are listened to.
  static constexpr double k_steps_tiles = 9;
  /// Held back between two calls of take(), at most; what comes on top is not heard.
  static constexpr std::size_t k_waiting_max = 128;
  /// Events that a WHO may have a key of its own for: a class, a monster or a kind of attack; "sheep" for whoever is one now.
  static constexpr std::array<std::string_view, 11> k_events{"step",  "windup", "swing", "launch",   "hit",    "hurt",
                                                             "death", "wake",   "rouse", "level_up", "triumph"};
  /// Every other key that is begun here; skill.NAME comes to them.
  static constexpr std::array<std::string_view, 12> k_cues{"step.grass", "step.path", "step.water",       "sheep.bleat",
                                                           "skill",      "refused",   "heartbeat",        "duel.begun",
                                                           "duel.won",   "duel.off",  "duel.turned_down", "rare_drop"};

  /// `content` must outlive this.
  explicit Cues(const content::Content& content) : content_(&content) {}
  /// A new map: nobody is remembered. `map` must stay until the next; null: no ground is known.
  void enter(const content::MapSpec* map);
  /// Something happened. `target`: whom it happened to, as far as known, else null.
  void happen(const core::Moment& moment, const core::BodyView* target);
  /// A body as it is drawn now; once per body and display frame. The ears are the own character's, which comes first.
  void watch(const core::BodyView& body, double now_ms);
  /// Everybody has been watched: who was not is forgotten after a while.
  void watched(double now_ms);

  std::vector<Cue> take();

 private:
  struct Memory {
    double x = 0, y = 0;
    double walked_tiles = 0;
    sim::Action action = sim::Action::idle;
    double action_age_ms = 0;
    bool struck = false;                         ///< the blow of this attack has been heard
    double mark_x = 0, mark_y = 0, mark_ms = 0;  ///< where it was a moment ago
    bool nears = false;                          ///< it came straight at the ears since the mark before
    double roused_ms = -1e9;
    double bleat_ms = -1e9;
    std::uint16_t level = 0;
    double seen_ms = 0;
  };
  void add(std::string first, std::string second, std::string third, double x, double y);
  void watch_steps(const core::BodyView& body, const content::BodySpec& spec, Memory& memory);
  void watch_attack(const core::BodyView& body, const content::BodySpec& spec, Memory& memory);
  void watch_approach(const core::BodyView& body, const content::BodySpec& spec, Memory& memory, double now_ms);
  void watch_sheep(const core::BodyView& body, Memory& memory, double now_ms);
  void watch_heart(const core::BodyView& self, double now_ms);
  [[nodiscard]] const char* ground_key(double x, double y) const;

  const content::Content* content_;
  const content::MapSpec* map_ = nullptr;
  std::unordered_map<std::uint32_t, Memory> memories_;
  std::vector<Cue> waiting_;
  double ears_x_ = 0, ears_y_ = 0;  ///< tiles
  double heartbeat_ms_ = -1e9;
};

/// "strike", "bolt", "talisman".
const char* attack_key(content::AttackKind kind);

}  // namespace cudgel::game
