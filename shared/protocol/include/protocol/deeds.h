#pragma once
// What a client asks to do with what its character owns, and what came of it, as plain values. The meaning of a deed and of its verdict
// is the sim's; replication checks that the numbers agree.

#include <cstdint>

#include "base/ids.h"
#include "protocol/limits.h"

namespace cudgel::protocol {

/// Answer to Deed.
struct Outcome;

/// Take, move, use, drop, buy, sell, deposit, withdraw, and what is done with other players: sim::Deed says which field means what for which. Fields that mean nothing are 0.
struct Deed {
  using Answer = Outcome;
  std::uint8_t type = 0;  ///< sim::DeedType, below k_wire_deed_types
  std::uint8_t cell = 0;
  std::uint8_t to = 0;
  std::uint8_t item = 0;  ///< 1 + index into the content's items, 0 none
  std::uint16_t count = 0;
  std::uint32_t gold = 0;
  base::EntityId thing;
  bool operator==(const Deed&) const = default;
};

}  // namespace cudgel::protocol
