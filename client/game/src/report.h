#pragma once
// The game as JSON for the page: window.cudgel.state(), window.cudgel.events() and what the HUD shows. Only reads.

#include <deque>
#include <string>

#include "content/content.h"
#include "core/game_client.h"
#include "frame_times.h"
#include "painter.h"
#include "play/slow_frames.h"
#include "play/words.h"

namespace cudgel::game {

/// A moment with the names that were known when it happened.
struct Happened {
  core::Moment moment;
  std::string source_kind;
  std::string target_kind;
  bool by_self = false;
};

/// How the drawing goes, for the F3 overlay.
struct DrawStats {
  FrameTimes interval_ms;  ///< one display frame to the next
  FrameTimes work_ms;      ///< of that, what the game itself took
  SlowFrames slow;
  int draw_calls = 0;
  int quads = 0;
  int bodies_in_window = 0;
  int regions_here = 0;     ///< of the map, of those that come one by one
  double render_scale = 1;  ///< drawn pixels per pixel of the screen, along each side
};

struct HudFacts {
  base::EntityId target;
  double attack_age_ms = 1e9;  ///< since the own character's last attack began
  double struck_age_ms = 1e9;  ///< since it was last hit
  std::int32_t refusal = 0;    ///< sim::Refusal of the last skill that did not begin
  std::int32_t refusals = 0;   ///< how many there were
  bool land_is_late = false;   ///< a part of the map that could be seen has not come
  std::string killer;          ///< words for who struck last: "a goblin clubber"
  std::string slain_with;      ///< the word for what he does to his victims (assets/text: death.WORD), or nothing
};

std::string state_json(core::GameClient& client, const content::Content& content, const DrawStats& draw);
std::string events_json(const std::deque<Happened>& events);
std::string hud_json(core::GameClient& client, const content::Content& content, const DrawStats& draw, const HudFacts& facts,
                     const Words& words, double now_ms);

/// "a goblin clubber" or a player's name.
std::string words_for(const content::Content& content, const Words& words, const core::BodyView& view);

}  // namespace cudgel::game
