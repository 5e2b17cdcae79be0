#include "realm/command_schedule.h"

#include <algorithm>

namespace cudgel::realm {

CommandSchedule::Accepted CommandSchedule::add(const protocol::Act& act, base::Tick next_tick, base::Tick ahead_max) {
  if (act.sequence <= newest_sequence_) return Accepted::old;
  newest_sequence_ = act.sequence;
  protocol::Act scheduled = act;
  scheduled.tick = std::min(scheduled.tick, next_tick + ahead_max);
  if (size_ == k_schedule_max) {
    at(size_ - 1) = scheduled;
    return Accepted::replaced_newest;
  }
  at(size_) = scheduled;
  ++size_;
  return Accepted::yes;
}

std::optional<protocol::Act> CommandSchedule::take_due(base::Tick tick) {
  std::size_t due = 0;
  while (due < size_ && at(due).tick <= tick) ++due;
  if (due == 0) return std::nullopt;
  std::size_t chosen = due - 1;
  for (std::size_t i = chosen; i-- > 0;) {
    const bool pressed = at(i).skill != 0 || (at(i).attack && !at(chosen).attack);
    if (!pressed) continue;
    // Everything between the press and the newest is passed over: only the newest follows.
    const protocol::Act press = at(i);
    drop_front(chosen);
    return press;
  }
  const protocol::Act act = at(chosen);
  drop_front(due);
  return act;
}

void CommandSchedule::drop_front(std::size_t count) {
  first_ = (first_ + count) % k_schedule_max;
  size_ -= count;
}

std::int8_t slack_of(base::Tick due, base::Tick next_tick) {
  const std::int64_t slack = static_cast<std::int64_t>(due) - static_cast<std::int64_t>(next_tick);
  return static_cast<std::int8_t>(std::clamp<std::int64_t>(slack, -127, 127));
}

std::uint8_t view_age_at(const protocol::Act& act, base::Tick carried_out) {
  const std::int64_t late =
      std::max<std::int64_t>(0, static_cast<std::int64_t>(carried_out) - static_cast<std::int64_t>(act.tick));
  return static_cast<std::uint8_t>(std::min<std::int64_t>(act.view_age + late * protocol::k_view_age_parts, UINT8_MAX));
}

}  // namespace cudgel::realm
