#pragma once
// Between realm, store thread and session of one player: what it owns, how much of that is safely kept, and what became of its deeds. What
// is not kept yet is told to nobody: the session asks kept() before it speaks. One place each; the newest replaces what nobody fetched.

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "sim/belongings.h"
#include "sim/deeds.h"
#include "sim/together.h"
#include "store/receipt.h"

namespace cudgel::realm {

class Ledger {
 public:
  /// What became of a deed, and the revision of the belongings that it made.
  struct Settlement {
    std::uint64_t ticket = 0;
    sim::Verdict verdict = sim::Verdict::done;
    std::uint32_t revision = 0;
  };

  /// How its bargain stands, and the revision of the belongings that has to be kept before that is told.
  struct TradePost {
    sim::TradeView view;
    std::uint32_t revision = 0;
    std::uint32_t number = 0;  ///< 1, 2, 3 ...
  };
  /// Who is in its party, itself included, the leader first; and who has invited it.
  struct Company {
    std::vector<base::EntityId> members;
    std::vector<base::EntityId> invited_by;
    std::uint32_t number = 0;  ///< 1, 2, 3 ...
  };

  // Realm thread.
  /// The player has this now.
  void post(const sim::Belongings& own) {
    auto copy = std::make_shared<const sim::Belongings>(own);
    const std::lock_guard lock(mutex_);
    newest_ = std::move(copy);
    posted_.store(own.revision + 1U, std::memory_order_release);
  }
  void settle(const Settlement& settlement) {
    const std::lock_guard lock(mutex_);
    settlement_ = settlement;
  }
  void post(const sim::TradeView& view, std::uint32_t revision) {
    const std::uint32_t number = trades_posted() + 1;
    auto post = std::make_shared<const TradePost>(TradePost{view, revision, number});
    const std::lock_guard lock(mutex_);
    trade_ = std::move(post);
    trades_posted_.store(number, std::memory_order_release);
  }
  void post(Company company) {
    const std::uint32_t number = company.number = companies_posted() + 1;
    auto post = std::make_shared<const Company>(std::move(company));
    const std::lock_guard lock(mutex_);
    company_ = std::move(post);
    companies_posted_.store(number, std::memory_order_release);
  }
  /// For the store thread, or for a realm without one.
  [[nodiscard]] const std::shared_ptr<store::Receipt>& receipt() const { return receipt_; }

  // Session.
  /// 1 + the revision posted last, 0 before the first: cheap to look at in every tick.
  [[nodiscard]] std::uint32_t posted() const { return posted_.load(std::memory_order_acquire); }
  [[nodiscard]] std::shared_ptr<const sim::Belongings> newest() const {
    const std::lock_guard lock(mutex_);
    return newest_;
  }
  /// 0 before the first; likewise of companies.
  [[nodiscard]] std::uint32_t trades_posted() const { return trades_posted_.load(std::memory_order_acquire); }
  [[nodiscard]] std::shared_ptr<const TradePost> newest_trade() const {
    const std::lock_guard lock(mutex_);
    return trade_;
  }
  [[nodiscard]] std::uint32_t companies_posted() const { return companies_posted_.load(std::memory_order_acquire); }
  [[nodiscard]] std::shared_ptr<const Company> newest_company() const {
    const std::lock_guard lock(mutex_);
    return company_;
  }
  [[nodiscard]] std::optional<Settlement> settlement(std::uint64_t ticket) const {
    const std::lock_guard lock(mutex_);
    return settlement_.ticket == ticket ? std::optional(settlement_) : std::nullopt;
  }
  /// Whether that revision would survive a crash.
  [[nodiscard]] bool kept(std::uint32_t revision) const { return receipt_->revision.load(std::memory_order_acquire) >= revision; }

 private:
  std::atomic<std::uint32_t> posted_{0};  ///< first what every tick looks at
  std::atomic<std::uint32_t> trades_posted_{0};
  std::atomic<std::uint32_t> companies_posted_{0};
  mutable std::mutex mutex_;
  std::shared_ptr<const sim::Belongings> newest_;  ///< under mutex_
  Settlement settlement_;                          ///< under mutex_
  std::shared_ptr<const TradePost> trade_;         ///< under mutex_
  std::shared_ptr<const Company> company_;         ///< under mutex_
  std::shared_ptr<store::Receipt> receipt_ = std::make_shared<store::Receipt>();
};

}  // namespace cudgel::realm
