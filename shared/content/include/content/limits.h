#pragma once
// Every limit of the content in one place, with its unit: the baker refuses what lies outside in the words of the content files,
// Content::load in its own. Numbers only; it checks nothing itself.

#include <cstddef>
#include <cstdint>

namespace cudgel::content {

struct Range {
  std::int32_t min = 0;
  std::int32_t max = 0;
  [[nodiscard]] constexpr bool holds(std::int64_t value) const { return value >= min && value <= max; }
};

inline constexpr std::size_t k_file_bytes_max = 16U << 20U;     ///< content.bin; a map of 1024 x 1024 tiles takes 2 MB
inline constexpr std::size_t k_region_bytes_max = 256U << 10U;  ///< map/COLUMN_ROW.bin
inline constexpr std::size_t k_name_bytes_max = 32;             ///< of a class, monster, prop, sprite or map: a-z, 0-9 and _
inline constexpr Range k_classes{1, 16};
inline constexpr Range k_monsters{0, 128};  ///< the wire has 8 bits for them
inline constexpr Range k_props{0, 256};
inline constexpr Range k_placements{0, 262144};
inline constexpr Range k_zones{0, 64};
inline constexpr Range k_starts{1, 256};
inline constexpr Range k_map_side{16, 1024};  ///< tiles; the wire's 16 bits of 1/64 tile end there

// Bodies.
inline constexpr Range k_radius{16, 128};   ///< units; at most half a tile, so that one free tile is a way through
inline constexpr Range k_speed{32, 4096};   ///< units per second: 1/8 to 16 tiles
inline constexpr Range k_health{1, 30000};  ///< the wire has 16 bits
inline constexpr Range k_damage{0, 10000};
inline constexpr Range k_strike_reach{16, 1024};   ///< units, edge to edge
inline constexpr Range k_flight_reach{128, 4096};  ///< units; 16 tiles is as far as anybody sees
inline constexpr Range k_windup_ms{0, 10000};
inline constexpr Range k_recovery_ms{0, 10000};
inline constexpr Range k_cooldown_ms{50, 60000};
inline constexpr Range k_projectile_speed{256, 8192};  ///< units per second: 1 to 32 tiles
inline constexpr Range k_projectile_radius{8, 128};    ///< units
inline constexpr Range k_charge_reach{128, 2560};      ///< units, edge to edge
inline constexpr Range k_run_length{128, 4096};        ///< units

// Levels.
inline constexpr Range k_levels_above_first{0, 39};  ///< to level 40
inline constexpr Range k_level{1, 40};
inline constexpr Range k_experience_to_next{1, 1000000};
inline constexpr Range k_fair_levels{0, 39};
inline constexpr Range k_lost_percent{0, 100};
inline constexpr Range k_growth_health{0, 500};  ///< at level 40 the wire's 16 bits still hold it: 30000 + 39 * 500
inline constexpr Range k_growth_damage_percent{0, 100};

inline constexpr Range k_growth_mana{0, 500};

// Skills and effects.
inline constexpr Range k_skills{0, 64};
inline constexpr Range k_skills_of_a_class{0, 4};
inline constexpr Range k_skill_effects{0, 4};
inline constexpr Range k_mana{0, 30000};  ///< the wire has 16 bits for it and what levels add
inline constexpr Range k_mana_per_s{0, 1000};
inline constexpr Range k_skill_reach{16, 4096};  ///< units; 16 tiles is as far as anybody sees
inline constexpr Range k_skill_radius{64, 2048};
inline constexpr Range k_dash_speed{256, 8192};  ///< units per second
inline constexpr Range k_skill_lasts_ms{50, 60000};
inline constexpr Range k_skill_pulse_ms{200, 60000};
inline constexpr Range k_skill_cooldown_ms{50, 600000};
inline constexpr Range k_effect_points{1, 10000};
inline constexpr Range k_effect_percent{1, 90};
inline constexpr Range k_effect_ms{50, 600000};
inline constexpr Range k_effect_period_ms{50, 60000};

inline constexpr Range k_summoned{1, 9};  ///< of one player at once

// Monsters.
inline constexpr Range k_experience{0, 100000};
inline constexpr Range k_sight{0, 4096};     ///< units; 16 tiles is as far as a player sees
inline constexpr Range k_leash{256, 32768};  ///< units
inline constexpr Range k_corpse_ms{0, 60000};
inline constexpr Range k_visit_weight{0, 1000};
inline constexpr Range k_pack_size{1, 9};
inline constexpr Range k_call_range{0, 4096};     ///< units: how far kin hear each other
inline constexpr Range k_keep_distance{0, 4096};  ///< units; at most the reach
inline constexpr Range k_flee_percent{0, 99};
inline constexpr Range k_flee_ms{0, 30000};
inline constexpr Range k_phases{0, 4};
inline constexpr Range k_phase_percent{1, 99};
inline constexpr Range k_call_count{0, 8};
inline constexpr Range k_phase_area{0, 1024};             ///< units, edge to edge
inline constexpr std::size_t k_announce_bytes_max = 160;  ///< of UTF-8; with a name in it still a notice of the protocol

// Lairs.
inline constexpr Range k_lairs{0, 256};
inline constexpr Range k_lair_packs{1, 16};
inline constexpr Range k_lair_respawn_ms{1000, 3600000};

// Fighting players.
inline constexpr Range k_challenge_ms{1000, 120000};
inline constexpr Range k_countdown_ms{0, 30000};
inline constexpr Range k_duel_ms{1000, 3600000};
inline constexpr Range k_duel_ring{512, 4096};  ///< units; 16 tiles is as far as anybody sees
inline constexpr Range k_duel_reach{128, 4096};

// Items, loot and trade.
inline constexpr Range k_items{0, 250};  ///< the wire has 8 bits for them, 0 is none
inline constexpr Range k_tier{0, 5};
inline constexpr Range k_stack{1, 999};
inline constexpr Range k_price{0, 1000000};
inline constexpr Range k_item_damage{0, 1000};
inline constexpr Range k_item_armour{0, 1000};
inline constexpr Range k_item_health{0, 2000};
inline constexpr Range k_heals{1, 30000};
inline constexpr Range k_loot_gold{1, 60000};
inline constexpr Range k_percent{0, 100};
inline constexpr Range k_loot_rolls{0, 6};
inline constexpr Range k_loot_weight{0, 100000};
inline constexpr Range k_drops{0, 24};
inline constexpr Range k_npcs{0, 32};
inline constexpr Range k_npcs_on_map{0, 64};
inline constexpr Range k_sells{0, 24};
inline constexpr Range k_owned_ms{0, 60000};
inline constexpr Range k_lies_ms{1000, 600000};
inline constexpr Range k_near{64, 2048};  ///< units: how near one stands to take or to talk

// Rules.
inline constexpr Range k_respawn_ms{0, 600000};
inline constexpr Range k_guard_ms{0, 60000};
inline constexpr Range k_visit_within_ms{0, 600000};
inline constexpr Range k_visitors_max{0, 16};
inline constexpr Range k_visit_distance{256, 16384};  ///< units: 1 to 64 tiles
inline constexpr Range k_ask_ms{1000, 120000};
inline constexpr Range k_party_size{2, 5};
inline constexpr Range k_party_share{256, 65536};  ///< units: 1 to 256 tiles
inline constexpr Range k_party_bonus_percent{0, 100};

}  // namespace cudgel::content
