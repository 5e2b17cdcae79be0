#include "content/exchange.h"

namespace cudgel::content {
namespace {

constexpr const char* k_stays = "cannot change while pages hold the old content: restart the server";

std::string hinders(const std::string& place, const std::string& why) { return "content.bin: " + place + ": " + why; }

/// `spec` with the values of `now` for all that may differ.
MonsterSpec as_before(MonsterSpec spec, const MonsterSpec& now) {
  spec.body.health = now.body.health;
  spec.body.speed = now.body.speed;
  spec.body.attack.damage_min = now.body.attack.damage_min;
  spec.body.attack.damage_max = now.body.attack.damage_max;
  spec.body.attack.cooldown_ms = now.body.attack.cooldown_ms;
  spec.sight = now.sight;
  spec.leash = now.leash;
  spec.visit_weight = now.visit_weight;
  spec.level = now.level;
  spec.experience = now.experience;
  spec.traits = now.traits;
  spec.loot = now.loot;
  spec.appears = now.appears;
  spec.falls = now.falls;
  return spec;
}

/// The first thing of the monster that may not differ and does.
std::string other_field(const MonsterSpec& now, const MonsterSpec& next) {
  if (next.body.name != now.body.name) return "name";
  if (next.body.sprite != now.body.sprite) return "sprite";
  if (next.body.radius != now.body.radius) return "radius";
  if (next.corpse_ms != now.corpse_ms) return "corpse_ms";
  if (next.slays_with != now.slays_with) return "slays_with";
  if (next.body.attack.kind != now.body.attack.kind) return "attack.kind";
  if (next.body.attack.reach != now.body.attack.reach) return "attack.reach";
  if (next.body.attack.windup_ms != now.body.attack.windup_ms) return "attack.windup_ms";
  if (next.body.attack.recovery_ms != now.body.attack.recovery_ms) return "attack.recovery_ms";
  return "attack: how it flies or runs";
}

std::string hinders_monsters(const Content& now, const Content& next) {
  if (next.monsters().size() != now.monsters().size()) {
    return hinders("monsters", "there must be " + std::to_string(now.monsters().size()) + " as before, there are " +
                                   std::to_string(next.monsters().size()) + ": restart the server");
  }
  for (std::size_t i = 0; i < now.monsters().size(); ++i) {
    const MonsterSpec& before = now.monsters()[i];
    const MonsterSpec& after = next.monsters()[i];
    if (as_before(after, before) == before) continue;
    return hinders("monsters." + before.body.name + "." + other_field(before, after), k_stays);
  }
  return {};
}

std::string hinders_map(const MapSpec& now, const MapSpec& next) {
  std::vector<Lair> lairs = next.lairs;
  for (std::size_t i = 0; i < lairs.size() && i < now.lairs.size(); ++i) lairs[i].respawn_ms = now.lairs[i].respawn_ms;
  if (lairs != now.lairs) return hinders("map.lairs", "only respawn_ms can change while the server runs: restart it");
  const bool same = next.name == now.name && next.width == now.width && next.height == now.height && next.ground == now.ground &&
                    next.blocked == now.blocked && next.props == now.props && next.player_starts == now.player_starts &&
                    next.npcs == now.npcs && next.zones == now.zones && next.zone_cells == now.zone_cells;
  return same ? std::string() : hinders("map", k_stays);
}

}  // namespace

std::string hinders_exchange(const Content& now, const Content& next) {
  if (next.classes() != now.classes()) return hinders("classes", k_stays);
  if (next.props() != now.props()) return hinders("props", k_stays);
  if (next.items() != now.items()) return hinders("items", k_stays);
  if (next.npcs() != now.npcs()) return hinders("npcs", k_stays);
  if (next.trade() != now.trade()) return hinders("trade", k_stays);
  if (next.rules() != now.rules()) return hinders("rules", k_stays);
  if (next.levels() != now.levels()) return hinders("levels", k_stays);
  if (std::string monsters = hinders_monsters(now, next); !monsters.empty()) return monsters;
  return hinders_map(now.map(), next.map());
}

}  // namespace cudgel::content
