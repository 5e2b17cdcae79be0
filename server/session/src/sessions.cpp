#include "session/sessions.h"

#include <algorithm>

namespace cudgel::session {

namespace {
/// Who has left the realm for good is forgotten every few seconds: nobody waits for that.
constexpr std::uint32_t k_sweeps_per_resident_sweep = 64;
}  // namespace

ConnectionEvents& Sessions::opened(Connection& connection, const Offer& offer) {
  sessions_.push_back(std::make_unique<Session>(connection, offer, context_, context_.clock()));
  return *sessions_.back();
}

void Sessions::show(std::shared_ptr<const replication::Picture> picture, ops::Nanoseconds now_ns) {
  context_.shown = std::move(picture);
  for (const auto& session : sessions_) session->show(now_ns);
}

void Sessions::go_away(std::string_view reason) {
  for (const auto& session : sessions_) session->go_away(reason);
}

void Sessions::sweep() {
  std::erase_if(sessions_, [](const auto& session) { return session->ended(); });
  if (++sweeps_ % k_sweeps_per_resident_sweep == 0) context_.residents.sweep();
}

}  // namespace cudgel::session
