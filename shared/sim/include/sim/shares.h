#pragma once
// Who has harmed a monster by how much, so that its experience can be shared when it dies. It only counts; what a share is worth is
// src/experience.cpp's business.

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/ids.h"

namespace cudgel::sim {

/// More than so many are not told apart: whoever has done least gives way. Larger: fairer to crowds, 8 bytes for each and monster.
inline constexpr std::size_t k_shares_max = 8;

struct Share {
  base::EntityId who;
  std::int32_t damage = 0;  ///< points taken
  friend bool operator==(const Share&, const Share&) = default;
};

struct Shares {
  std::array<Share, k_shares_max> list{};
  std::uint8_t size = 0;

  /// Adds to the share of `who`. When nobody else fits, the smallest share (the first of equals) gives way to a larger one.
  void add(base::EntityId who, std::int32_t damage) {
    Share* least = nullptr;
    for (std::size_t i = 0; i < size; ++i) {
      if (list[i].who == who) {
        list[i].damage += damage;
        return;
      }
      if (least == nullptr || list[i].damage < least->damage) least = &list[i];
    }
    if (size < k_shares_max) {
      list[size++] = {who, damage};
    } else if (damage > least->damage) {
      *least = {who, damage};
    }
  }
};

}  // namespace cudgel::sim
