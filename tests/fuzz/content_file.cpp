// Target: content::Content::load and load_page. Promise: whatever loads can be used without another look: tables in range, the map whole, its starts
// free, its props known.

#include "content/content.h"
#include "content/limits.h"
#include "entry.h"

using namespace cudgel;

CUDGEL_DECLARE_FUZZ(fuzz_content_file);

namespace {

void check(const content::BodySpec& body, content::AttackKind last) {
  CUDGEL_ASSERT(content::is_content_name(body.name) && content::is_content_name(body.sprite));
  CUDGEL_ASSERT(content::k_radius.holds(body.radius) && content::k_speed.holds(body.speed) &&
                content::k_health.holds(body.health));
  const content::AttackSpec& attack = body.attack;
  CUDGEL_ASSERT(attack.kind <= last);
  CUDGEL_ASSERT(attack.damage_min >= 0 && attack.damage_min <= attack.damage_max);
  CUDGEL_ASSERT(attack.windup_ms >= 0 && attack.recovery_ms >= 0 && attack.windup_ms + attack.recovery_ms <= attack.cooldown_ms);
  CUDGEL_ASSERT(content::flies(attack.kind) == (attack.projectile_speed > 0));
  CUDGEL_ASSERT((attack.kind == content::AttackKind::charge) == (attack.run_speed > 0));
}

void check(const content::MapSpec& map, std::size_t props) {
  CUDGEL_ASSERT(content::k_map_side.holds(map.width) && content::k_map_side.holds(map.height));
  const auto tiles = static_cast<std::size_t>(map.width) * static_cast<std::size_t>(map.height);
  CUDGEL_ASSERT(map.ground.size() == tiles && map.blocked.size() == tiles);
  const auto inside = [&](base::Vec2 at) { return at.x >= 0 && at.y >= 0 && at.x < map.width * 256 && at.y < map.height * 256; };
  for (const content::Ground ground : map.ground) CUDGEL_ASSERT(static_cast<int>(ground) < content::k_grounds);
  for (const content::PropPlacement& prop : map.props) CUDGEL_ASSERT(prop.prop < props && inside(prop.position));
  CUDGEL_ASSERT(!map.player_starts.empty());
  for (const base::Vec2 start : map.player_starts) {
    CUDGEL_ASSERT(inside(start));
    if (!map.regions.empty()) continue;  // page.bin: nothing is known of the tiles yet
    CUDGEL_ASSERT(map.blocked[static_cast<std::size_t>(start.y / 256 * map.width + start.x / 256)] == 0);
  }
}

void check_zones(const content::MapSpec& map) {
  for (const content::ZoneSpec& zone : map.zones) {
    CUDGEL_ASSERT(content::is_content_name(zone.name) && zone.level_min <= zone.level_max);
  }
  for (std::int32_t y = -300; y < map.height * 256 + 300; y += 700) {
    for (std::int32_t x = -300; x < map.width * 256 + 300; x += 700) {
      CUDGEL_ASSERT(map.zone_at({x, y}) < static_cast<int>(map.zones.size()));
    }
  }
}

}  // namespace

int fuzz_content_file(std::span<const std::uint8_t> bytes) {
  auto content = content::Content::load(bytes);
  if (!content) {
    CUDGEL_ASSERT(!content.error().text.empty());
    content = content::Content::load_page(bytes);
    if (!content) return 0;
  }
  CUDGEL_ASSERT(!content->classes().empty());
  for (const content::ClassSpec& spec : content->classes()) check(spec.body, content::AttackKind::stone);
  for (const content::MonsterSpec& spec : content->monsters()) {
    check(spec.body, content::AttackKind::charge);
    for (const content::PhaseSpec& phase : spec.traits.phases)
      CUDGEL_ASSERT(phase.call_monster < static_cast<std::int32_t>(content->monsters().size()));
    CUDGEL_ASSERT(spec.sight <= spec.leash && spec.visit_weight >= 0);
    CUDGEL_ASSERT(content::k_level.holds(spec.level) && content::k_experience.holds(spec.experience));
  }
  for (const std::int32_t points : content->levels().experience) CUDGEL_ASSERT(points > 0);
  CUDGEL_ASSERT(content->levels().level_max() <= content::k_level.max);
  CUDGEL_ASSERT(content->rules().visit_distance_min <= content->rules().visit_distance_max);
  for (const content::Lair& lair : content->map().lairs) CUDGEL_ASSERT(lair.monster < content->monsters().size());
  check(content->map(), content->props().size());
  check_zones(content->map());
  return 0;
}
