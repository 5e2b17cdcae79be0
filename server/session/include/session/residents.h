#pragma once
// Who lives in the realm, whatever connection speaks for them: finds a character again by the token its client holds. One for all
// network threads. Tokens are 256 random bits from the system; only their hashes are kept, and each use brings a new one, while the
// one before stays good until the client has shown that it holds the new one: the answer may be lost on the way.
//
//   admit --> spoken for --connection lost--> away --claim--> spoken for
//                 |  claim by another connection: the newer one speaks     |
//                 +--Bye--> gone                      60 s (the realm) ----+--> gone

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/fixed_text.h"
#include "base/ids.h"
#include "ops/clock.h"
#include "protocol/client_message.h"
#include "realm/crier.h"
#include "realm/player_link.h"
#include "session/outbox.h"

namespace cudgel::session {

using TokenHash = std::array<std::uint8_t, 32>;

/// Name of a connection among all of the process; never 0.
using Speaker = std::uint64_t;

/// One character's stay. It belongs to whoever speaks for it (PlayerLink::speaker).
struct Resident {
  std::shared_ptr<realm::PlayerLink> link;
  base::PlayerName name;
  std::uint8_t class_index = 0;
  std::atomic<ops::Nanoseconds> let_go_ns{0};  ///< when nobody spoke for it any more, last time
  std::mutex outbox_mutex;                     ///< a connection that was replaced may still be at it on another thread
  Outbox outbox;                               ///< under outbox_mutex
};

class Residents : public realm::Crier {
 public:
  struct Entry {
    std::shared_ptr<Resident> resident;
    protocol::Token token{};  ///< the new one, for the client only
  };

  Speaker next_speaker() { return next_speaker_.fetch_add(1, std::memory_order_relaxed); }
  /// A new character that `speaker` speaks for.
  Entry admit(std::shared_ptr<realm::PlayerLink> link, const base::PlayerName& name, std::uint8_t class_index, Speaker speaker);
  /// The character of that token, from now on spoken for by `speaker`; nothing when it is unknown, gone, or of another name or class.
  std::optional<Entry> claim(const protocol::Token& token, const base::PlayerName& name, std::uint8_t class_index,
                             Speaker speaker);
  /// The client has shown that it holds the newest token: the one before is void.
  void confirm(const Resident& resident);
  void remove(const Resident& resident);
  /// Forgets those whom the realm has let go; call now and then.
  void sweep();
  /// Everybody hears it, also who is away: when he is back. An outbox that is full goes without.
  void cry(const std::string& words) override;
  /// Whose connection is lost and awaited.
  [[nodiscard]] std::vector<base::EntityId> away() const;
  [[nodiscard]] std::size_t size() const;

 private:
  struct Keys {
    TokenHash newest{};
    std::optional<TokenHash> before;
    std::shared_ptr<Resident> resident;
  };
  /// The first bytes of a hash are a hash.
  struct Prefix {
    std::size_t operator()(const TokenHash& hash) const;
  };
  protocol::Token renew(Keys& keys);
  void erase(Keys& keys);

  std::atomic<Speaker> next_speaker_{1};
  mutable std::mutex mutex_;
  std::unordered_map<const Resident*, Keys> residents_;              ///< under mutex_
  std::unordered_map<TokenHash, const Resident*, Prefix> by_token_;  ///< under mutex_
};

}  // namespace cudgel::session
