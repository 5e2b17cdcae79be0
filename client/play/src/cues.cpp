#include "play/cues.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "play/names.h"

namespace cudgel::game {

namespace {

constexpr double k_step_tiles = 1.1;     ///< from one foot's fall to the other's
constexpr double k_jump_tiles = 1.0;     ///< farther in one frame is no walk: somebody woke elsewhere
constexpr double k_swing_lead_ms = 110;  ///< a swing is loudest so long after its beginning (assets/sounds/effects/swing.json)
constexpr double k_heart_below = 0.25;   ///< of the health: as the rims of the page turn red (web/js/hud.js)
constexpr double k_heartbeat_ms = 1000;
constexpr double k_forget_ms = 1500;
constexpr double k_mark_ms = 400;         ///< who comes at the ears through two of these in a row, comes for whoever has them
constexpr double k_straight = 0.85;       ///< of the way that its legs can make: so straight it comes
constexpr double k_calm_ms = 15000;       ///< who has not come at the ears for so long calls anew
constexpr double k_bleat_ms = 2600;       ///< a sheep has something to say so often
constexpr std::uint8_t k_sheep_look = 4;  ///< sim::looks_of()
constexpr std::array<const char*, 4> k_duel_keys{"duel.begun", "duel.won", "duel.off", "duel.turned_down"};  ///< sim::DuelNews

std::string of(const content::BodySpec* spec, const char* event) {
  return spec == nullptr ? std::string() : spec->name + "." + event;
}
std::string of_attack(const content::BodySpec* spec, const char* event) {
  return spec == nullptr ? std::string() : std::string(attack_key(spec->attack.kind)) + "." + event;
}

bool is_sheep(const core::BodyView* body) { return body != nullptr && (body->looks & k_sheep_look) != 0; }

}  // namespace

const char* attack_key(content::AttackKind kind) {
  switch (kind) {
    case content::AttackKind::strike:
      return "strike";
    case content::AttackKind::bolt:
      return "bolt";
    case content::AttackKind::talisman:
      return "talisman";
    case content::AttackKind::stone:
      return "stone";
    case content::AttackKind::charge:
      return "charge";
  }
  return "strike";
}

void Cues::enter(const content::MapSpec* map) {
  map_ = map;
  memories_.clear();
}

void Cues::add(std::string first, std::string second, std::string third, double x, double y) {
  if (waiting_.size() >= k_waiting_max) return;
  waiting_.push_back({{std::move(first), std::move(second), std::move(third)}, x, y});
}

void Cues::happen(const core::Moment& moment, const core::BodyView* target) {
  const content::BodySpec* by = body_spec(*content_, moment.source_kind, moment.source_archetype);
  const content::BodySpec* to = target == nullptr ? nullptr : body_spec(*content_, target->kind, target->archetype);
  switch (moment.type) {
    case sim::EventType::hit:
      add(of(by, "hit"), of_attack(by, "hit"), "hit", moment.x, moment.y);
      add(is_sheep(target) ? "sheep.hurt" : of(to, "hurt"), "hurt", "", moment.x, moment.y);
      break;
    case sim::EventType::death:
      add(is_sheep(target) ? "sheep.death" : of(to, "death"), "death", "", moment.x, moment.y);
      // Who beat a player lets it be heard; there is no general word for that.
      if (target != nullptr && target->kind == sim::Kind::player) add(of(by, "triumph"), "", "", moment.x, moment.y);
      break;
    case sim::EventType::respawn:
      add(of(to, "wake"), "wake", "", moment.x, moment.y);
      break;
    case sim::EventType::cast:
      if (const content::SkillSpec* skill = skill_of(*content_, moment)) {
        add("skill." + skill->name, "skill", "", moment.x, moment.y);
      }
      break;
    case sim::EventType::refused:
      if (moment.on_self) add("refused", "", "", moment.x, moment.y);
      break;
    case sim::EventType::duel:
      if (moment.amount >= 0 && static_cast<std::size_t>(moment.amount) < k_duel_keys.size()) {
        add(k_duel_keys[static_cast<std::size_t>(moment.amount)], "", "", moment.x, moment.y);
      }
      break;
    case sim::EventType::spawn:
    case sim::EventType::joined:
    case sim::EventType::left:
    case sim::EventType::missed:
    case sim::EventType::shot:
    case sim::EventType::mended:
    case sim::EventType::gained:
    case sim::EventType::level_up:  // heard when the body has the level: watch()
      break;
  }
}

// Feet that fall in the grass beside water splash: nobody walks in it.
const char* Cues::ground_key(double x, double y) const {
  const auto at = [this](std::int32_t column, std::int32_t row) {
    if (map_ == nullptr || column < 0 || row < 0 || column >= map_->width || row >= map_->height) return content::Ground::grass;
    return map_->ground[static_cast<std::size_t>(row) * static_cast<std::size_t>(map_->width) + static_cast<std::size_t>(column)];
  };
  const auto column = static_cast<std::int32_t>(std::floor(x)), row = static_cast<std::int32_t>(std::floor(y));
  if (at(column, row) == content::Ground::path) return "step.path";
  for (const auto& [dx, dy] : {std::pair{0, 0}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
    if (at(column + dx, row + dy) == content::Ground::water) return "step.water";
  }
  return "step.grass";
}

void Cues::watch_steps(const core::BodyView& body, const content::BodySpec& spec, Memory& memory) {
  const double moved = std::hypot(body.x - memory.x, body.y - memory.y);
  memory.x = body.x;
  memory.y = body.y;
  if (body.action != sim::Action::walk || moved >= k_jump_tiles) return;
  const double before = memory.walked_tiles;
  memory.walked_tiles += moved;
  if (std::floor(before / k_step_tiles) == std::floor(memory.walked_tiles / k_step_tiles)) return;
  if (std::hypot(body.x - ears_x_, body.y - ears_y_) > k_steps_tiles) return;
  add(spec.name + ".step", ground_key(body.x, body.y), "step", body.x, body.y);
}

void Cues::watch_attack(const core::BodyView& body, const content::BodySpec& spec, Memory& memory) {
  const bool attacks = body.action == sim::Action::attack;
  const bool begins = attacks && (memory.action != sim::Action::attack || body.action_age_ms < memory.action_age_ms);
  memory.action = body.action;
  memory.action_age_ms = body.action_age_ms;
  if (!attacks) return;
  if (begins) {
    memory.struck = false;
    add(spec.name + ".windup", std::string(attack_key(spec.attack.kind)) + ".windup", "windup", body.x, body.y);
  }
  const bool strikes = spec.attack.kind == content::AttackKind::strike;
  if (memory.struck || body.action_age_ms < spec.attack.windup_ms - (strikes ? k_swing_lead_ms : 0)) return;
  memory.struck = true;
  const char* event = strikes ? "swing" : "launch";
  add(of(&spec, event), of_attack(&spec, event), event, body.x, body.y);
}

// Whoever hunts says so: it comes straight at the ears, as fast as it can. Who follows somebody, or was summoned, does not.
void Cues::watch_approach(const core::BodyView& body, const content::BodySpec& spec, Memory& memory, double now_ms) {
  if (body.kind != sim::Kind::monster || now_ms - memory.mark_ms < k_mark_ms) return;
  const auto to_ears = [this](double x, double y) { return std::hypot(ears_x_ - x, ears_y_ - y); };
  const double came = to_ears(memory.mark_x, memory.mark_y) - to_ears(body.x, body.y);
  const double legs = static_cast<double>(spec.speed) / base::k_units_per_tile * (now_ms - memory.mark_ms) / 1000;
  const bool nears = body.action == sim::Action::walk && !is_sheep(&body) && came >= k_straight * legs;
  if (nears && memory.nears) {
    if (now_ms - memory.roused_ms >= k_calm_ms) add(spec.name + ".rouse", "", "", body.x, body.y);
    memory.roused_ms = now_ms;
  }
  memory.nears = nears;
  memory.mark_x = body.x;
  memory.mark_y = body.y;
  memory.mark_ms = now_ms;
}

void Cues::watch_sheep(const core::BodyView& body, Memory& memory, double now_ms) {
  if (!is_sheep(&body) || body.action == sim::Action::dead || now_ms - memory.bleat_ms < k_bleat_ms) return;
  memory.bleat_ms = now_ms;
  add("sheep.bleat", "", "", body.x, body.y);
}

void Cues::watch_heart(const core::BodyView& self, double now_ms) {
  const bool weak = self.action != sim::Action::dead && self.health_fraction < k_heart_below;
  if (!weak || now_ms - heartbeat_ms_ < k_heartbeat_ms) return;
  heartbeat_ms_ = now_ms;
  add("heartbeat", "", "", self.x, self.y);
}

void Cues::watch(const core::BodyView& body, double now_ms) {
  const content::BodySpec* spec = body_spec(*content_, body.kind, body.archetype);
  if (spec == nullptr) return;
  if (body.self) {
    ears_x_ = body.x;
    ears_y_ = body.y;
    watch_heart(body, now_ms);
  }
  auto [place, fresh] = memories_.try_emplace(body.id.packed());
  Memory& memory = place->second;
  memory.seen_ms = now_ms;
  if (fresh) {
    // Who comes into view in the middle of a blow began it unheard.
    memory.x = body.x;
    memory.y = body.y;
    memory.action = body.action;
    memory.action_age_ms = body.action_age_ms;
    memory.struck = true;
    memory.level = body.level;
    memory.mark_x = body.x;
    memory.mark_y = body.y;
    memory.mark_ms = now_ms;
    return;
  }
  watch_steps(body, *spec, memory);
  watch_attack(body, *spec, memory);
  watch_approach(body, *spec, memory, now_ms);
  watch_sheep(body, memory, now_ms);
  if (body.level > memory.level) add(spec->name + ".level_up", "level_up", "", body.x, body.y);
  memory.level = body.level;
}

void Cues::watched(double now_ms) {
  std::erase_if(memories_, [&](const auto& entry) { return now_ms - entry.second.seen_ms > k_forget_ms; });
}

std::vector<Cue> Cues::take() { return std::exchange(waiting_, {}); }

}  // namespace cudgel::game
