#pragma once
// What the store thread tells of a character: up to which revision what it owns is on disk. Written by the store thread once the
// transaction is committed; read by whoever may tell a player only what is kept.

#include <atomic>
#include <cstdint>

namespace cudgel::store {

struct Receipt {
  std::atomic<std::uint32_t> revision{0};
};

}  // namespace cudgel::store
