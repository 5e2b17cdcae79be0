#pragma once
// All sessions of one network thread: makes them, shows each the newest picture, forgets those that ended.

#include <memory>
#include <utility>
#include <vector>

#include "session/session.h"

namespace cudgel::session {

class Sessions final : public ConnectionHost {
 public:
  explicit Sessions(SessionContext context) : context_(std::move(context)) {}

  ConnectionEvents& opened(Connection& connection, const Offer& offer) override;
  /// Once per tick. The picture is kept for those who ask between ticks.
  void show(std::shared_ptr<const replication::Picture> picture, ops::Nanoseconds now_ns);
  void go_away(std::string_view reason);
  /// Forgets ended sessions; not while a transport is in a callback.
  void sweep();
  [[nodiscard]] std::size_t size() const { return sessions_.size(); }

 private:
  void deliver_batch();

  SessionContext context_;
  std::vector<std::unique_ptr<Session>> sessions_;
  FrameBatch batch_;
  std::uint32_t sweeps_ = 0;
};

}  // namespace cudgel::session
