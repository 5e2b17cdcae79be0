#include "session/sessions.h"

#include <algorithm>

#include "base/prefetch.h"

namespace cudgel::session {

namespace {
/// Who has left the realm for good is forgotten every few seconds: nobody waits for that.
constexpr std::uint32_t k_sweeps_per_resident_sweep = 64;
/// So many sessions ahead memory is fetched: a fetch takes about as long as one or two frames take to encode.
constexpr std::size_t k_session_ahead = 8;
constexpr std::size_t k_show_ahead = 4;
constexpr std::size_t k_send_ahead = 2;
/// What a tick looks at stands first in a session; the rest is for coming and going.
constexpr std::size_t k_session_lines = 7;
}  // namespace

ConnectionEvents& Sessions::opened(Connection& connection, const Offer& offer) {
  sessions_.push_back(std::make_unique<Session>(connection, offer, context_, context_.clock()));
  return *sessions_.back();
}

void Sessions::show(std::shared_ptr<const replication::Picture> picture, ops::Nanoseconds now_ns) {
  context_.shown = std::move(picture);
  const std::size_t count = sessions_.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (i + k_session_ahead < count) base::prefetch(sessions_[i + k_session_ahead].get(), k_session_lines);
    if (i + k_show_ahead < count) sessions_[i + k_show_ahead]->expect_show_soon();
    if (i + k_send_ahead < count) sessions_[i + k_send_ahead]->expect_show();
    sessions_[i]->show(now_ns, batch_);
    if (batch_.full()) deliver_batch();
  }
  deliver_batch();
}

void Sessions::deliver_batch() {
  const auto entries = batch_.entries();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i + k_send_ahead < entries.size()) entries[i + k_send_ahead].session->expect_deliver();
    entries[i].session->deliver(entries[i].frame);
  }
  batch_.clear();
}

void Sessions::go_away(std::string_view reason) {
  for (const auto& session : sessions_) session->go_away(reason);
}

void Sessions::sweep() {
  if (context_.ended > 0) std::erase_if(sessions_, [](const auto& session) { return session->ended(); });
  context_.ended = 0;
  if (++sweeps_ % k_sweeps_per_resident_sweep == 0) context_.residents.sweep();
}

}  // namespace cudgel::session
