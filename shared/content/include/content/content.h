#pragma once
// The baked tables of the game, read-only: classes, monsters, props and the map, as plain structs in the units of the
// content files (milliseconds, 1/256 tile). Made once from the bytes of content.bin, which are checked as if they came from a stranger.
// It never holds anything that changes during play, and knows nothing of ticks: sim converts.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fixed.h"
#include "base/result.h"
#include "content/items.h"
#include "content/zones.h"

namespace cudgel::content {

/// How an attack meets its target. strike: within reach when the blow falls. bolt and stone: fly straight; talisman: seeks. charge:
/// after the wind-up the body runs straight ahead and hits the first who stands in its way (monsters only).
enum class AttackKind : std::uint8_t { strike, bolt, talisman, stone, charge };
inline constexpr int k_attack_kinds = 5;
constexpr bool flies(AttackKind kind) {
  return kind == AttackKind::bolt || kind == AttackKind::talisman || kind == AttackKind::stone;
}

/// One basic attack. The blow falls `windup_ms` after the start; the body stands still for windup + recovery.
struct AttackSpec {
  AttackKind kind = AttackKind::strike;
  std::int32_t damage_min = 0;         ///< health points
  std::int32_t damage_max = 0;         ///< health points, >= damage_min
  std::int32_t reach = 0;              ///< units, from edge to edge for a strike or charge; flight length for a projectile
  std::int32_t windup_ms = 0;          ///< start to blow: what a victim can see coming
  std::int32_t recovery_ms = 0;        ///< blow to free again
  std::int32_t cooldown_ms = 0;        ///< start to next start, >= windup + recovery
  std::int32_t projectile_speed = 0;   ///< units per second, 0 for what does not fly
  std::int32_t projectile_radius = 0;  ///< units
  std::int32_t run_speed = 0;          ///< charge: units per second, 0 else
  std::int32_t run_length = 0;         ///< charge: units that it runs at most
  friend bool operator==(const AttackSpec&, const AttackSpec&) = default;
};

/// What can walk and fight: shared by classes and monsters.
struct BodySpec {
  std::string name;         ///< key in the content file, for example "warrior", "goblin_clubber"
  std::string sprite;       ///< body in the atlas
  std::int32_t radius = 0;  ///< units; bodies closer than the sum of their radii push each other apart
  std::int32_t speed = 0;   ///< units per second
  std::int32_t health = 0;  ///< points when whole
  AttackSpec attack;
  friend bool operator==(const BodySpec&, const BodySpec&) = default;
};

/// What an effect does to a body while it lasts.
///   poison, burn  takes `magnitude` health points every period
///   mend          gives as much
///   slow, haste   legs slower, faster by `magnitude` percent
///   stun          neither walks nor strikes
///   root          does not walk
///   sheep         a monster: grazes, strikes nobody, is slow; the first harm ends it
///   might, guard  deals more, takes less damage by `magnitude` percent
enum class EffectKind : std::uint8_t { poison, burn, mend, slow, stun, root, haste, might, guard, sheep };
inline constexpr int k_effect_kinds = 10;
/// Those that are laid on foes; the others are for oneself and friends.
constexpr bool harms(EffectKind kind) {
  return kind == EffectKind::poison || kind == EffectKind::burn || kind == EffectKind::slow || kind == EffectKind::stun ||
         kind == EffectKind::root || kind == EffectKind::sheep;
}

/// Who has an effect of the kind already. refresh: it lasts as long as the longer and is as strong as the stronger. stack: another one.
enum class Stacking : std::uint8_t { refresh, stack };

struct EffectSpec {
  EffectKind kind = EffectKind::poison;
  std::int32_t magnitude = 0;  ///< points or percent, by kind; 0 for stun, root and sheep
  std::int32_t duration_ms = 0;
  std::int32_t period_ms = 0;  ///< of poison, burn and mend, else 0
  Stacking stacking = Stacking::refresh;
  friend bool operator==(const EffectSpec&, const EffectSpec&) = default;
};

/// Whom a skill meets.
///   arc    foes in front within reach           burst  foes around within radius
///   area   foes around a point within reach,    aid    oneself and players around within radius
///          once or, when it lasts, again and again: one such place for each caster, the next takes the place of the last
///   dash   runs up to `reach` towards a point until a wall or a foe stops it, then as arc
///   blink  stands at once at the free place nearest to a point within reach, in sight
///   summon nobody: one more of a monster's kind stands at the caster's side and obeys him
///   hurl   the nearest monster in front, at most as broad as `radius`, flies up to `reach` towards a point, until a wall or another foe
///          stops it
enum class SkillKind : std::uint8_t { arc, burst, area, aid, dash, blink, summon, hurl };
inline constexpr int k_skill_kinds = 8;

/// Of one player at once.
inline constexpr std::size_t k_summoned_max = 9;

/// Whom a skill of kind summon brings.
struct SummonSpec {
  std::int32_t monster = -1;  ///< index of whose body, health and attack it has; -1: the skill summons nobody
  std::vector<std::int32_t> more_at =
      {};                           ///< levels, ascending, from each of which the caster may have one more; 1..k_summoned_max
  std::int32_t health = 0;          ///< points more for each level above the skill's
  std::int32_t damage_percent = 0;  ///< of its damage, more for each of those levels
  friend bool operator==(const SummonSpec&, const SummonSpec&) = default;
};

/// A skill beside the basic attack. Its blow falls `windup_ms` after the start (of a dash: when the run is over).
struct SkillSpec {
  std::string name;
  std::string picture;  ///< in the atlas: shown once where the blow falls
  SkillKind kind = SkillKind::arc;
  std::int32_t level = 1;  ///< from which it is learned
  std::int32_t mana = 0;
  std::int32_t damage_min = 0;  ///< health points at level 1 of the caster
  std::int32_t damage_max = 0;
  std::int32_t reach =
      0;  ///< units: arc from edge to edge, area and blink to the point, dash the longest run, hurl the longest flight
  std::int32_t radius = 0;  ///< units: burst, area, aid; hurl: of the broadest body it lifts
  std::int32_t windup_ms = 0;
  std::int32_t recovery_ms = 0;
  std::int32_t cooldown_ms = 0;
  std::int32_t speed = 0;     ///< units per second: dash, hurl
  std::int32_t lasts_ms = 0;  ///< area: how long it stays on the ground after the blow; 0: it falls once
  std::int32_t pulse_ms = 0;  ///< area that lasts: every so often it falls again
  std::vector<EffectSpec> effects;
  SummonSpec summon = {};
  friend bool operator==(const SkillSpec&, const SkillSpec&) = default;
};
/// Of one class. The wire and a saved world have room for so many.
inline constexpr std::size_t k_skills_max = 4;

/// What a player gains with each level above the first.
struct GrowthSpec {
  std::int32_t health = 0;          ///< points
  std::int32_t damage_percent = 0;  ///< of the damage at level 1
  std::int32_t mana = 0;            ///< points
  friend bool operator==(const GrowthSpec&, const GrowthSpec&) = default;
};

struct ClassSpec {
  BodySpec body;
  GrowthSpec growth = {};
  std::int32_t mana = 0;               ///< points when full, at level 1
  std::int32_t mana_per_s = 0;         ///< points that come back in a second
  std::vector<SkillSpec> skills = {};  ///< by level, at most k_skills_max
  friend bool operator==(const ClassSpec&, const ClassSpec&) = default;
};

/// From a share of its health on, a monster fights otherwise. Each phase comes once, in the order of the list.
struct PhaseSpec {
  std::int32_t below_percent = 0;  ///< of its whole health; each lower than the one before
  std::int32_t call_monster = -1;  ///< index of the monster that comes to its help, -1 nobody
  std::int32_t call_count = 0;
  std::int32_t area = 0;  ///< units: from then on its strike meets everybody within this gap; 0: one victim, as before
  friend bool operator==(const PhaseSpec&, const PhaseSpec&) = default;
};

/// What a mind can do beside seeing, chasing and striking. As it stands here: nothing of it.
struct TraitsSpec {
  std::string kin;                      ///< monsters of equal kin help each other
  std::int32_t pack_size = 1;           ///< so many come at once
  std::int32_t pack_share = 0;          ///< units: when it begins to chase, its calm kin this near take the same target
  std::int32_t call_for_help = 0;       ///< units: when it is hurt, its calm kin this near come
  std::int32_t keep_distance = 0;       ///< units, edge to edge: between its attacks it steps back from a target nearer than this
  std::int32_t flee_below_percent = 0;  ///< of its whole health: then it runs away, once; 0 never
  std::int32_t flee_ms = 0;             ///< for so long; then it comes back
  std::vector<PhaseSpec> phases;
  friend bool operator==(const TraitsSpec&, const TraitsSpec&) = default;
};

struct MonsterSpec {
  BodySpec body;
  std::int32_t sight = 0;         ///< units at which it notices a player
  std::int32_t leash = 0;         ///< units from where it first noticed; beyond, it gives up and walks home
  std::int32_t corpse_ms = 0;     ///< how long the dead body lies
  std::int32_t visit_weight = 0;  ///< how often the spawn rule picks it to visit players; 0 never
  std::int32_t level = 1;         ///< how strong it counts as; what it gives to players far above shrinks
  std::int32_t experience = 0;    ///< points that its death is worth, shared by those who harmed it
  bool steadfast = false;         ///< nothing lifts it, and nothing turns it into a sheep
  TraitsSpec traits;
  LootSpec loot;
  std::string
      slays_with;       ///< the word for what it does to its victims, a name (assets/text: "death.WORD"); empty: none of its own
  std::string appears;  ///< told to everybody when it comes into the world; empty: nobody is told
  std::string falls;    ///< told to everybody when it dies, with k_killer_mark where the killer's name belongs
  friend bool operator==(const MonsterSpec&, const MonsterSpec&) = default;
};

/// How players rise.
struct LevelsSpec {
  std::vector<std::int32_t> experience;  ///< points from each level to the next; the last level is one above their number
  std::int32_t fair_levels = 0;          ///< a monster so many levels below its slayer is still worth all its experience ...
  std::int32_t lost_percent = 0;         ///< ... and for each level further below, so much of it less

  [[nodiscard]] std::int32_t level_max() const { return 1 + static_cast<std::int32_t>(experience.size()); }
  /// Points from `level` to the next; 0 at the last.
  [[nodiscard]] std::int32_t to_next(std::int32_t level) const {
    return level >= 1 && level < level_max() ? experience[static_cast<std::size_t>(level) - 1] : 0;
  }
  friend bool operator==(const LevelsSpec&, const LevelsSpec&) = default;
};

/// Stands in MonsterSpec::falls for the name of whoever killed it.
inline constexpr std::string_view k_killer_mark = "{killer}";
/// Takes its place when that one is not here any more.
inline constexpr std::string_view k_killer_left = "somebody who has left";

/// The rules of life and death that are the same for everybody.
struct RulesSpec {
  std::int32_t respawn_ms = 0;          ///< death of a player to waking up
  std::int32_t guard_ms = 0;            ///< after waking up or entering, no harm is done to a player
  std::int32_t visit_within_ms = 0;     ///< a player nobody threatens is visited within this time of the last threat
  std::int32_t visitors_max = 0;        ///< visiting monsters at once per player
  std::int32_t visit_distance_min = 0;  ///< units; beyond the view, so that visitors come from out of sight
  std::int32_t visit_distance_max = 0;  ///< units
  // Fighting players.
  std::int32_t fights_from_level = 5;     ///< whoever is below neither fights players nor is fought
  std::int32_t challenge_ms = 20000;      ///< how long a challenge to a duel waits for its answer
  std::int32_t duel_countdown_ms = 3000;  ///< from the consent to the first blow
  std::int32_t duel_ms = 180000;          ///< a duel that has no winner by then has none
  std::int32_t duel_ring = 2304;          ///< units around the middle between the two: who leaves it has lost
  std::int32_t duel_reach = 2048;         ///< units: so far off may they stand when one challenges the other
  std::int32_t ask_ms = 0;                ///< so long somebody may think about an offer to trade or to join a party
  std::int32_t party_size = 0;            ///< most members of a party
  std::int32_t party_share = 0;           ///< units: mates this near to what they beat share the experience
  std::int32_t party_bonus_percent = 0;   ///< more experience for each mate beyond the first who shares
  friend bool operator==(const RulesSpec&, const RulesSpec&) = default;
};

/// A kind of thing that stands on the map, by sprite name.
struct PropSpec {
  std::string name;
  std::string sprite;
  bool blocks = false;  ///< its tile cannot be walked
  bool hides = false;   ///< tall: fades when a player stands behind it
  friend bool operator==(const PropSpec&, const PropSpec&) = default;
};

/// What lies under the feet. Only water cannot be walked.
enum class Ground : std::uint8_t { grass, path, water, forest_floor, dirt, cave_floor, cobble, rock };
inline constexpr int k_grounds = 8;

struct PropPlacement {
  std::uint16_t prop = 0;  ///< index into Content::props()
  base::Vec2 position;     ///< units
  friend bool operator==(const PropPlacement&, const PropPlacement&) = default;
};

/// Where monsters live: they are there from the beginning, and who is slain comes back.
struct Lair {
  std::uint8_t monster = 0;     ///< index into Content::monsters()
  base::Vec2 position;          ///< units
  std::int32_t packs = 1;       ///< each of the monster's pack_size
  std::int32_t respawn_ms = 0;  ///< death to coming back
  friend bool operator==(const Lair&, const Lair&) = default;
};

struct MapSpec {
  std::string name;
  std::int32_t width = 0;      ///< tiles, 16..1024
  std::int32_t height = 0;     ///< tiles, 16..1024
  std::vector<Ground> ground;  ///< width * height, row by row (y), left to right (x)
  std::vector<std::uint8_t>
      blocked;  ///< width * height, 1 where nobody can walk (water, blocking props, the map's own "blocked" objects)
  std::vector<PropPlacement> props;       ///< sorted by x + y (painter's order)
  std::vector<base::Vec2> player_starts;  ///< at least one; where players enter and wake
  std::vector<Lair> lairs;
  std::vector<NpcPlacement> npcs;
  std::vector<ZoneSpec> zones;
  std::vector<std::uint8_t>
      zone_cells;  ///< index into zones or k_no_zone, a square of k_zone_cell_tiles each, row by row; or empty

  // Of page.bin only (content/region.h): there, tiles are blocked grass until their region comes, and `props` grows. Empty: all is here.
  std::vector<std::uint64_t> regions;  ///< fingerprint of each region, row by row
  std::vector<std::uint8_t> here;      ///< 1 for each region that has come
  std::vector<std::uint8_t> chart;     ///< a rough picture of the whole map for the map screen, see chart_cell()

  /// The zone that a place (units, on the map or not) belongs to: index into zones, -1 none.
  [[nodiscard]] int zone_at(base::Vec2 position) const {
    constexpr std::int32_t k_cell_units = k_zone_cell_tiles * base::k_units_per_tile;
    if (zone_cells.empty() || position.x < 0 || position.y < 0) return -1;
    const std::int32_t column = position.x / k_cell_units, row = position.y / k_cell_units;
    if (column >= zone_columns() || row >= (height + k_zone_cell_tiles - 1) / k_zone_cell_tiles) return -1;
    const std::uint8_t zone = zone_cells[static_cast<std::size_t>(row * zone_columns() + column)];
    return zone == k_no_zone ? -1 : zone;
  }
  [[nodiscard]] std::int32_t zone_columns() const { return (width + k_zone_cell_tiles - 1) / k_zone_cell_tiles; }
  friend bool operator==(const MapSpec&, const MapSpec&) = default;
};

/// A square of MapSpec::chart, k_chart_cell_tiles wide: the ground that most of its tiles have, with k_chart_stands when most are
/// blocked by something that stands there.
inline constexpr std::int32_t k_chart_cell_tiles = 4;
inline constexpr std::uint8_t k_chart_stands = 16;
std::vector<std::uint8_t> draw_chart(const MapSpec& map);

struct ContentError {
  std::string text;  ///< names what is wrong in words, for example "content.bin: monsters[0].body.speed: must be 1..4096, is 0"
};

class Content {
 public:
  /// Checks and copies; the bytes are not kept. Errors: not our file, truncated, an index or a number out of range.
  static base::Result<Content, ContentError> load(std::span<const std::uint8_t> bytes);
  /// The page's part of it, page.bin, whose map is completed by regions (content/region.h). Neither takes the other's file.
  static base::Result<Content, ContentError> load_page(std::span<const std::uint8_t> bytes);

  /// From tables that the caller vouches for: tests and tools. Nothing is checked; hash() is 0.
  static Content from_tables(std::vector<ClassSpec> classes, std::vector<MonsterSpec> monsters, RulesSpec rules, MapSpec map,
                             LevelsSpec levels = {}) {
    Content content;
    content.classes_ = std::move(classes);
    content.monsters_ = std::move(monsters);
    content.rules_ = rules;
    content.levels_ = std::move(levels);
    content.map_ = std::move(map);
    return content;
  }
  /// The same with what can be owned.
  void set_goods(std::vector<ItemSpec> items, std::vector<NpcSpec> npcs, TradeSpec trade) {
    items_ = std::move(items);
    npcs_ = std::move(npcs);
    trade_ = trade;
  }

  [[nodiscard]] const std::vector<ClassSpec>& classes() const { return classes_; }
  [[nodiscard]] const std::vector<MonsterSpec>& monsters() const { return monsters_; }
  [[nodiscard]] const std::vector<PropSpec>& props() const { return props_; }
  [[nodiscard]] const std::vector<ItemSpec>& items() const { return items_; }
  [[nodiscard]] const std::vector<NpcSpec>& npcs() const { return npcs_; }
  [[nodiscard]] const TradeSpec& trade() const { return trade_; }
  [[nodiscard]] const RulesSpec& rules() const { return rules_; }
  [[nodiscard]] const LevelsSpec& levels() const { return levels_; }
  [[nodiscard]] const MapSpec& map() const { return map_; }
  /// For put_region() on the page; nobody else changes a map.
  [[nodiscard]] MapSpec& map_to_complete() { return map_; }
  /// Fingerprint of content.bin: equal on client and server, or the client is told to reload. page.bin brings that of its content.bin.
  [[nodiscard]] std::uint64_t hash() const { return hash_; }
  /// Index of the class or monster of that name, or -1.
  [[nodiscard]] int find_class(std::string_view name) const;
  [[nodiscard]] int find_monster(std::string_view name) const;
  [[nodiscard]] int find_item(std::string_view name) const;
  /// Index of the item that lies on the ground for gold, or -1.
  [[nodiscard]] int gold_item() const;

 private:
  static base::Result<Content, ContentError> load_any(std::span<const std::uint8_t> bytes);

  std::vector<ClassSpec> classes_;
  std::vector<MonsterSpec> monsters_;
  std::vector<PropSpec> props_;
  std::vector<ItemSpec> items_;
  std::vector<NpcSpec> npcs_;
  TradeSpec trade_;
  RulesSpec rules_;
  LevelsSpec levels_;
  MapSpec map_;
  std::uint64_t hash_ = 0;
};

/// Names of classes, monsters, props, sprites and maps: 1..32 of a-z, 0-9 and _.
bool is_content_name(std::string_view name);
/// Words for people: nothing, or at most `bytes_max` of valid UTF-8 without control characters and not only spaces.
bool is_content_text(std::string_view text, std::size_t bytes_max);

/// The load-test world: a flat open grass map of side x side tiles (16..1024) with one start in the middle. `free_fights`: all of it is
/// a place where players fight freely.
MapSpec make_arena_map(std::int32_t side, bool free_fights = false);

}  // namespace cudgel::content
