#pragma once
// The thread that waits for the disk so that nobody else does. Of the world it holds one snapshot, and of each character one state: a
// newer one replaces an older one that was not begun, because only the newest matters. In each round characters are made and their keys
// changed first, then states are written, then searches answered: whoever is looked for is found as it was last kept.

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <variant>
#include <vector>

#include "ops/metrics.h"
#include "store/receipt.h"
#include "store/store.h"

namespace cudgel::store {

/// Questions and orders about characters that may wait. More: the newest is refused.
inline constexpr std::size_t k_errands_max = 8192;
/// After a disk that could not write, what could not be written waits this long for the next try.
inline constexpr std::int32_t k_retry_ms = 1000;

/// What became of an errand, for whoever asked; looked at, never waited for.
struct Answer {
  enum class State : std::uint8_t { pending, done, failed };
  std::atomic<State> state{State::pending};
  std::optional<Character> found;  ///< of a search, once done
  std::vector<Rank> ranks;         ///< of strongest(), once done
};
using Ticket = std::shared_ptr<const Answer>;

class StoreThread {
 public:
  StoreThread(std::unique_ptr<Store> store, ops::Metrics& metrics);
  /// Writes what still waits, then ends.
  ~StoreThread();
  StoreThread(const StoreThread&) = delete;
  StoreThread& operator=(const StoreThread&) = delete;

  // None of these waits for the disk.
  void save(Snapshot snapshot);
  Ticket create(Character character, const TokenKeys& keys);
  Ticket rotate(std::uint64_t id, const TokenKeys& keys);
  Ticket find(const TokenHash& key);
  Ticket strongest(std::size_t count);
  /// The newest state of a character that was created. Tried again until the disk takes it; then the receipt, if there is one, has the
  /// revision of what the character owns.
  void keep(Character character, std::shared_ptr<Receipt> receipt = nullptr);

  struct Keeping {
    Character character;
    std::shared_ptr<Receipt> receipt;
  };
  /// The same of several, of whom the disk then has all or none: what one has given the other has.
  void keep(std::vector<Keeping> together);

  /// Returns when everything handed over so far is on disk; false when the last save failed or characters still wait for the disk.
  bool flush();

 private:
  struct Create {
    Character character;
    TokenKeys keys;
    std::shared_ptr<Answer> answer;
  };
  struct Rotate {
    std::uint64_t id = 0;
    TokenKeys keys;
    std::shared_ptr<Answer> answer;
  };
  struct Find {
    TokenHash key{};
    std::shared_ptr<Answer> answer;
  };
  struct Strongest {
    std::size_t count = 0;
    std::shared_ptr<Answer> answer;
  };
  using Errand = std::variant<Create, Rotate, Find, Strongest>;

  Ticket add(Errand errand, std::shared_ptr<Answer> answer);
  void run();
  /// False when the disk did not take it.
  bool save_now(const Snapshot& snapshot);
  /// Under the lock: everything there is to do becomes the thread's own.
  void take_errands();
  void do_errands();
  void do_errand(const Create& create);
  void do_errand(const Rotate& rotate);
  void do_errand(const Find& find);
  void do_errand(const Strongest& strongest);
  void settle(Answer& answer, const base::Result<void, StoreError>& result);
  void keep_now();

  std::unique_ptr<Store> store_;
  ops::Metrics& metrics_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable idle_;
  std::optional<Snapshot> waiting_;
  std::vector<Errand> errands_;
  std::unordered_map<std::uint64_t, Keeping> kept_;  ///< newest state by id, to be written
  bool busy_ = false;
  bool stop_ = false;
  bool last_failed_ = false;
  std::size_t unwritten_ = 0;  ///< states that the disk did not take
  // The store thread's own.
  std::vector<Errand> doing_;
  std::vector<Character> keeping_;                  ///< what the disk did not take stays here
  std::vector<std::shared_ptr<Receipt>> receipts_;  ///< of those in keeping_, in the same order
  std::thread thread_;
};

}  // namespace cudgel::store
