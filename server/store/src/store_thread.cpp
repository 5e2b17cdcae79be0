#include "store/store_thread.h"

#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "ops/log.h"

namespace cudgel::store {

namespace {

constexpr int k_niceness = 5;

/// Where processors are few, writing comes after whatever else wants one: no tick waits for the disk. What cannot be set stays as it is.
void step_back() {
  const sched_param usual{};
  pthread_setschedparam(pthread_self(), SCHED_BATCH, &usual);
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), k_niceness);
}

}  // namespace

StoreThread::StoreThread(std::unique_ptr<Store> store, ops::Metrics& metrics)
    : store_(std::move(store)), metrics_(metrics), thread_([this] { run(); }) {}

StoreThread::~StoreThread() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void StoreThread::save(Snapshot snapshot) {
  {
    const std::lock_guard lock(mutex_);
    waiting_ = std::move(snapshot);
  }
  wake_.notify_one();
}

Ticket StoreThread::add(Errand errand, std::shared_ptr<Answer> answer) {
  {
    const std::lock_guard lock(mutex_);
    if (errands_.size() >= k_errands_max) {
      metrics_.errands_refused.add();
      answer->state.store(Answer::State::failed, std::memory_order_release);
      return answer;
    }
    errands_.push_back(std::move(errand));
  }
  wake_.notify_one();
  return answer;
}

Ticket StoreThread::create(Character character, const TokenKeys& keys) {
  auto answer = std::make_shared<Answer>();
  return add(Create{std::move(character), keys, answer}, answer);
}

Ticket StoreThread::rotate(std::uint64_t id, const TokenKeys& keys) {
  auto answer = std::make_shared<Answer>();
  return add(Rotate{id, keys, answer}, answer);
}

Ticket StoreThread::find(const TokenHash& key) {
  auto answer = std::make_shared<Answer>();
  return add(Find{key, answer}, answer);
}

Ticket StoreThread::strongest(std::size_t count) {
  auto answer = std::make_shared<Answer>();
  return add(Strongest{count, answer}, answer);
}

void StoreThread::keep(Character character, std::shared_ptr<Receipt> receipt) {
  std::vector<Keeping> one;
  one.push_back({std::move(character), std::move(receipt)});
  keep(std::move(one));
}

/// Under one lock: a round takes all of them, or some of an even newer state, and writes them in one transaction.
void StoreThread::keep(std::vector<Keeping> together) {
  if (together.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    for (Keeping& keeping : together) {
      const std::uint64_t id = keeping.character.id;
      kept_.insert_or_assign(id, std::move(keeping));
    }
  }
  wake_.notify_one();
}

bool StoreThread::flush() {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [this] { return !waiting_ && errands_.empty() && kept_.empty() && !busy_; });
  return !last_failed_ && unwritten_ == 0;
}

void StoreThread::run() {
  pthread_setname_np(pthread_self(), "store");  // what top -H and debuggers show
  step_back();
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto called = [this] { return waiting_ || !errands_.empty() || !kept_.empty() || stop_; };
    if (unwritten_ == 0)
      wake_.wait(lock, called);
    else
      wake_.wait_for(lock, std::chrono::milliseconds(k_retry_ms), called);
    const bool nothing_new = !waiting_ && errands_.empty() && kept_.empty();
    const bool last_round = stop_ && nothing_new;
    if (last_round && unwritten_ == 0) return;
    const std::optional<Snapshot> snapshot = std::exchange(waiting_, std::nullopt);
    take_errands();
    busy_ = true;
    lock.unlock();
    do_errands();
    const bool saved = !snapshot || save_now(*snapshot);
    lock.lock();
    if (snapshot) last_failed_ = !saved;
    unwritten_ = keeping_.size();
    busy_ = false;
    idle_.notify_all();
    if (last_round && unwritten_ > 0) {
      spdlog::error("{} characters could not be written down before the end", unwritten_);
      return;
    }
  }
}

bool StoreThread::save_now(const Snapshot& snapshot) {
  const auto saved = store_->save(snapshot);
  if (saved) {
    metrics_.saves.add();
    spdlog::debug("world saved at tick {} ({} bytes)", snapshot.tick, snapshot.bytes.size());
    return true;
  }
  metrics_.save_failures.add();
  spdlog::error("the world was not saved: {}", saved.error().text);
  return false;
}

void StoreThread::take_errands() {
  doing_.clear();
  doing_.swap(errands_);
  // What could not be written before is tried again, unless something newer has come.
  for (std::size_t i = 0; i < keeping_.size(); ++i) {
    if (!kept_.contains(keeping_[i].id)) kept_.emplace(keeping_[i].id, Keeping{std::move(keeping_[i]), std::move(receipts_[i])});
  }
  keeping_.clear();
  receipts_.clear();
  for (auto& [id, keeping] : kept_) {
    keeping_.push_back(std::move(keeping.character));
    receipts_.push_back(std::move(keeping.receipt));
  }
  kept_.clear();
}

void StoreThread::do_errands() {
  const auto searches = std::stable_partition(doing_.begin(), doing_.end(), [](const Errand& errand) {
    return !std::holds_alternative<Find>(errand) && !std::holds_alternative<Strongest>(errand);
  });
  const auto run = [this](const Errand& errand) { std::visit([this](const auto& known) { do_errand(known); }, errand); };
  std::for_each(doing_.begin(), searches, run);
  keep_now();
  std::for_each(searches, doing_.end(), run);
}

void StoreThread::do_errand(const Create& create) { settle(*create.answer, store_->create(create.character, create.keys)); }

void StoreThread::do_errand(const Rotate& rotate) { settle(*rotate.answer, store_->rotate(rotate.id, rotate.keys)); }

void StoreThread::do_errand(const Find& find) {
  auto found = store_->find(find.key);
  if (found) find.answer->found = std::move(*found);
  settle(*find.answer, found ? base::Result<void, StoreError>() : base::fail(found.error()));
}

void StoreThread::do_errand(const Strongest& strongest) {
  auto ranks = store_->strongest(strongest.count);
  if (ranks) strongest.answer->ranks = std::move(*ranks);
  settle(*strongest.answer, ranks ? base::Result<void, StoreError>() : base::fail(ranks.error()));
}

void StoreThread::settle(Answer& answer, const base::Result<void, StoreError>& result) {
  if (!result) {
    metrics_.errands_failed.add();
    spdlog::error("{}", result.error().text);
  }
  answer.state.store(result ? Answer::State::done : Answer::State::failed, std::memory_order_release);
}

void StoreThread::keep_now() {
  if (keeping_.empty()) return;
  const auto kept = store_->keep(keeping_);
  if (!kept) {
    metrics_.errands_failed.add();
    spdlog::error("{} characters wait for the disk: {}", keeping_.size(), kept.error().text);
    return;
  }
  metrics_.characters_kept.add(keeping_.size());
  for (std::size_t i = 0; i < keeping_.size(); ++i) {
    if (receipts_[i]) receipts_[i]->revision.store(keeping_[i].revision, std::memory_order_release);
  }
  keeping_.clear();
  receipts_.clear();
}

}  // namespace cudgel::store
