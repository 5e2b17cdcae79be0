#pragma once
// The one thing a session and the realm share about a player: a few atomic words, so that neither ever waits for the other and
// no queue between them can grow; and the ledger of what it owns. Sessions write `speaker`, `watchers`, `news`, `gone`, `away`,
// `written` and `character`; the realm writes everything else.

#include <atomic>
#include <cstdint>

#include "base/prefetch.h"
#include "realm/ledger.h"

namespace cudgel::realm {

/// Head.slack_ticks when no act arrived since the last frame.
inline constexpr std::int8_t k_slack_none = -128;

/// What every tick looks at, of thousands, lies in one cache line: all of these words and the ledger's numbers.
struct alignas(base::k_cache_line_bytes) PlayerLink {
  enum class Verdict : std::uint8_t { pending, joined, full };
  std::atomic<std::uint64_t> speaker{0};    ///< the connection that speaks for the player, see session::Residents
  std::atomic<std::uint64_t> character{0};  ///< its id in the store, once it is written down there; 0 before
  std::atomic<std::uint32_t> entity{0};     ///< packed id, set before `verdict` becomes joined
  std::atomic<std::uint32_t> duel_wins{0};  ///< set before the realm hears of the player
  std::atomic<std::uint16_t> watchers{0};   ///< sessions that look on
  std::atomic<Verdict> verdict{Verdict::pending};
  std::atomic<std::int8_t> slack_ticks{k_slack_none};  ///< of the last act; the session takes it with each frame
  std::atomic<bool> news{false};                       ///< something waits to be said in words: spares a look at each tick
  std::atomic<bool> gone{false};                       ///< said goodbye: the realm removes the player at the next tick
  std::atomic<bool> away{false};                       ///< no connection speaks for the player: guarded for a while, then removed
  std::atomic<bool> expired{false};                    ///< the realm has let go of it, and its last state is with the store
  std::atomic<bool> earned{false};                     ///< has something that is worth to be kept
  std::atomic<bool> written{false};                    ///< the store has made it: a state of it that is handed over will be kept
  Ledger ledger;                                       ///< what it owns, and what of that may be told
};

}  // namespace cudgel::realm
