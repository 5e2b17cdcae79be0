#include "session/outbox.h"

#include <algorithm>

namespace cudgel::session {

bool Outbox::push(std::string text) {
  if (waiting_.size() == k_waiting_max) return false;
  waiting_.push_back({next_sequence_++, std::move(text)});
  return true;
}

bool Outbox::push(const replication::Speaker& speaker, std::string words) {
  if (waiting_.size() >= k_waiting_max - k_kept_from_speech) return false;
  waiting_.push_back({next_sequence_++, std::move(words), speaker});
  return true;
}

std::span<const replication::Notice> Outbox::unsent(std::size_t count_max) const {
  return std::span(waiting_).subspan(sent_, std::min(count_max, waiting_.size() - sent_));
}

void Outbox::acknowledge(std::uint32_t sequence) {
  std::size_t count = 0;
  while (count < sent_ && waiting_[count].sequence <= sequence) ++count;
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count));
  sent_ -= count;
}

}  // namespace cudgel::session
