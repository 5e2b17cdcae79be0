#pragma once
// Who lives in the realm, whatever connection speaks for them: finds a character again by the token its client holds. One for all
// network threads. Tokens are 256 random bits from the system; only their hashes are kept, and each use brings a new one, while the
// one before stays good until the client has shown that it holds the new one: the answer may be lost on the way.
//
//   admit --> spoken for --connection lost--> away --claim--> spoken for
//                 |  claim by another connection: the newer one speaks     |
//                 +--Bye--> leaving                   60 s (the realm) ----+--> gone
//                              +--the realm has let go of it--> gone
//
// Who has earned something is written down in the store, with the hashes of its keys: then it is found there when it is gone here. A key
// that the store does not have yet is never told to a client (Entry::written).

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/fixed_text.h"
#include "base/ids.h"
#include "ops/clock.h"
#include "ops/log.h"
#include "protocol/client_message.h"
#include "realm/crier.h"
#include "realm/player_link.h"
#include "session/outbox.h"
#include "session/voice.h"
#include "store/store_thread.h"

namespace cudgel::session {

using store::TokenHash;

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
  Voice voice;                                 ///< under outbox_mutex
  std::atomic<bool> may_be_watched{true};      ///< its player says so
};

/// How many may look on without playing.
struct WatchLimits {
  std::uint16_t each = 20;  ///< at one player
  std::uint16_t all = 200;  ///< in all; 0: nobody
};

class Residents : public realm::Crier {
 public:
  struct Entry {
    std::shared_ptr<Resident> resident;
    protocol::Token token{};  ///< the new one, for the client only
    store::Ticket written;    ///< the client must not be told before this is done; null: nothing to wait for
  };
  enum class Standing : std::uint8_t {
    unknown,  ///< not here; perhaps in the store
    leaving,  ///< the realm has not let go of it yet: ask again at the next tick
    taken,    ///< spoken for by who asked
  };
  struct Claim {
    Standing standing = Standing::unknown;
    Entry entry;  ///< of one that was taken
  };
  /// Whom the store found, and by which key.
  struct Known {
    std::uint64_t character = 0;
    protocol::Token token{};
  };

  /// `store` may be null: then nobody is found again once gone. It must outlive this.
  explicit Residents(store::StoreThread* store = nullptr) : store_(store) {}

  Speaker next_speaker() { return next_speaker_.fetch_add(1, std::memory_order_relaxed); }
  /// A new body that `speaker` speaks for: of a new character or, with `known`, of one that the store has. Nothing when that one is here already.
  std::optional<Entry> admit(std::shared_ptr<realm::PlayerLink> link, const base::PlayerName& name, std::uint8_t class_index,
                             Speaker speaker, const std::optional<Known>& known = std::nullopt);
  /// The character of that token, from now on spoken for by `speaker`; unknown, too, when it has another name or class.
  Claim claim(const protocol::Token& token, const base::PlayerName& name, std::uint8_t class_index, Speaker speaker);
  /// Looks in the store; null without one.
  store::Ticket seek(const protocol::Token& token);
  store::Ticket strongest();
  /// The store has to know it from now on, because it has earned something.
  void write_down(const Resident& resident, const std::string& class_name);
  /// Whether it is written down by now: PlayerLink::written.
  void look_after(const Resident& resident);
  /// The client has shown that it holds the newest token: the one before is void.
  void confirm(const Resident& resident);
  /// Its player has said goodbye. One that is written down stays until the realm has let go of it.
  void remove(const Resident& resident);
  /// Forgets those whom the realm has let go; call now and then.
  void sweep();
  /// Everybody hears it, also who is away: when he is back. An outbox that is full goes without.
  void cry(const std::string& words) override;
  /// Before the first watcher comes.
  void limit_watchers(const WatchLimits& limits) { watch_limits_ = limits; }
  /// One more looks on; false when there are too many already. Each that was let in is let out once.
  bool let_watcher_in(Resident& resident);
  void let_watcher_out(Resident& resident);
  /// It has a body now: at() finds it by that.
  void settle(const Resident& resident);
  /// Those of these bodies that somebody belongs to.
  [[nodiscard]] std::vector<std::shared_ptr<Resident>> at(std::span<const base::EntityId> bodies) const;
  /// Names are not unique.
  [[nodiscard]] std::vector<std::shared_ptr<Resident>> named(const base::PlayerName& name) const;
  [[nodiscard]] std::vector<std::shared_ptr<Resident>> everybody() const;
  /// Whose connection is lost and awaited.
  [[nodiscard]] std::vector<base::EntityId> away() const;
  [[nodiscard]] std::size_t size() const;
  /// Where players' complaints of each other are written.
  [[nodiscard]] ops::LimitedLog& complaints() { return complaints_; }

 private:
  struct Keys {
    store::TokenKeys tokens;
    std::shared_ptr<Resident> resident;
    store::Ticket creation;  ///< until it is seen to have succeeded
  };
  /// The first bytes of a hash are a hash.
  struct Prefix {
    std::size_t operator()(const TokenHash& hash) const;
  };
  protocol::Token renew(Keys& keys);
  /// The store learns of the keys as they are now; null when it need not.
  store::Ticket rewrite(const Keys& keys);
  void erase(Keys& keys);
  /// A character that could not be written down is tried again, under another id.
  void look_after(Keys& keys);

  store::StoreThread* store_;
  ops::LimitedLog complaints_{ops::k_ns_per_s};
  WatchLimits watch_limits_;
  std::atomic<std::uint32_t> watchers_{0};
  std::atomic<Speaker> next_speaker_{1};
  mutable std::mutex mutex_;
  std::unordered_map<const Resident*, Keys> residents_;              ///< under mutex_
  std::unordered_map<TokenHash, const Resident*, Prefix> by_token_;  ///< under mutex_
  std::unordered_map<std::uint32_t, const Resident*> by_body_;  ///< under mutex_; by PlayerLink::entity, of those who have one
  std::unordered_map<std::uint64_t, const Resident*> by_character_;  ///< under mutex_; those that are written down
};

}  // namespace cudgel::session
