#include "store/store_thread.h"

#include <pthread.h>

#include "ops/log.h"

namespace cudgel::store {

StoreThread::StoreThread(std::unique_ptr<WorldStore> store, ops::Metrics& metrics)
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

bool StoreThread::flush() {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [this] { return !waiting_ && !busy_; });
  return !last_failed_;
}

void StoreThread::run() {
  pthread_setname_np(pthread_self(), "store");  // what top -H and debuggers show
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return waiting_ || stop_; });
    if (!waiting_) return;
    const Snapshot snapshot = std::move(*waiting_);
    waiting_.reset();
    busy_ = true;
    lock.unlock();
    const auto saved = store_->save(snapshot);
    if (saved) {
      metrics_.saves.add();
      spdlog::debug("world saved at tick {} ({} bytes)", snapshot.tick, snapshot.bytes.size());
    } else {
      metrics_.save_failures.add();
      spdlog::error("the world was not saved: {}", saved.error().text);
    }
    lock.lock();
    last_failed_ = !saved;
    busy_ = false;
    idle_.notify_all();
  }
}

}  // namespace cudgel::store
