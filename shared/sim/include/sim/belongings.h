#pragma once
// What one player owns: a bag, what is worn, what lies in the bank, and gold, as plain values. Every place where a thing can be is one
// cell of one list, so that taking up, wearing, splitting and storing are all the same move. It checks nothing: src/deeds.cpp does.

#include <array>
#include <cstddef>
#include <cstdint>

namespace cudgel::sim {

inline constexpr std::size_t k_bag_cells = 40;
inline constexpr std::size_t k_worn_cells = 5;  ///< weapon, armour, helmet, ring, ring
inline constexpr std::size_t k_bank_cells = 40;
inline constexpr std::size_t k_worn_begin = k_bag_cells;
inline constexpr std::size_t k_bank_begin = k_worn_begin + k_worn_cells;
inline constexpr std::size_t k_cells = k_bank_begin + k_bank_cells;

/// Nobody has more, in the purse or in the bank; what would go beyond is refused.
inline constexpr std::int32_t k_gold_max = 1'000'000'000;

constexpr bool in_bag(std::size_t cell) { return cell < k_bag_cells; }
constexpr bool in_worn(std::size_t cell) { return cell >= k_worn_begin && cell < k_bank_begin; }
constexpr bool in_bank(std::size_t cell) { return cell >= k_bank_begin && cell < k_cells; }

/// Some of one item, or nothing.
struct Stack {
  std::uint8_t item = 0;    ///< 1 + index into the content's items; 0 nothing
  std::uint16_t count = 0;  ///< 0 exactly when there is nothing
  friend bool operator==(const Stack&, const Stack&) = default;
};

struct Belongings {
  std::array<Stack, k_cells> cells{};
  std::int32_t gold = 0;       ///< carried, 0..k_gold_max
  std::int32_t bank_gold = 0;  ///< 0..k_gold_max
  std::uint32_t revision = 0;  ///< raised by each change: who was told a revision knows everything up to it
  friend bool operator==(const Belongings&, const Belongings&) = default;
};

/// What worn things add to a body.
struct Gear {
  std::int32_t damage_min = 0;  ///< points
  std::int32_t damage_max = 0;
  std::int32_t armour = 0;
  std::int32_t health = 0;
  std::uint8_t weapon = 0;  ///< 1 + index into the content's items; 0 none
  std::uint8_t coat = 0;    ///< the same, of the armour
  std::uint8_t helmet = 0;  ///< the same
  friend bool operator==(const Gear&, const Gear&) = default;
};

}  // namespace cudgel::sim
