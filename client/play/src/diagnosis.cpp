#include "play/diagnosis.h"

#include <algorithm>
#include <cmath>

namespace cudgel::game {

namespace {
/// A pause a player notices: shorter ones are hidden by interpolation and prediction.
constexpr double k_stall_ms = 150;
/// On an uneven network only what is so much worse than usual is a stall.
constexpr double k_stall_over_usual = 1.5;
constexpr double k_page_pause_ms = 150;
/// On a page that always draws seldom, only what is so much longer than usual is a pause.
constexpr double k_pause_over_usual = 2.5;
/// A tick that is less late is hidden by interpolation, too; more often than that busy machines are.
constexpr double k_tick_late_ms = 100;
/// Acts that miss their tick by one happen on every network now and then.
constexpr int k_slack_ticks = -2;
/// The world is painted, the lead is learned: the first moments say nothing.
constexpr double k_arriving_ms = 2000;
/// Disturbances of one kind that begin so soon after each other are one.
constexpr double k_together_ms = 1000;
/// What a disturbance leaves behind (acts that come late) is not another one.
constexpr double k_aftermath_ms = 1500;
/// How long the verdict speaks of what is over.
constexpr double k_spoken_of_ms = 6000;
/// How things are in general, beyond which it is worth a word.
constexpr double k_slow_interval_ms = 1000.0 / 30;
constexpr double k_far_ms = 250;
constexpr double k_uneven_ms = 120;
constexpr double k_stuck_ms = 400;
constexpr double k_smoothing = 0.05;

std::string time_words(double ms, const Words& words) {
  if (ms < 9950) return words.filled("f3.ms", "{n} ms", "n", std::to_string(std::lround(ms / 10) * 10));
  return words.filled("f3.s", "{n} s", "n", std::to_string(std::lround(ms / 1000)));
}

std::string times(int count, const Words& words) {
  return count == 2 ? words.word("f3.twice", "twice") : words.filled("f3.times", "{n} times", "n", std::to_string(count));
}
}  // namespace

const char* cause_key(Cause cause) {
  switch (cause) {
    case Cause::none:
      return "none";
    case Cause::network:
      return "network";
    case Cause::server:
      return "server";
    case Cause::page:
      return "page";
  }
  return "none";
}

Cause cause_of(Trouble trouble) {
  switch (trouble) {
    case Trouble::stalled:
    case Trouble::held_back:
    case Trouble::lost:
      return Cause::network;
    case Trouble::tick_late:
      return Cause::server;
    case Trouble::slow:
      return Cause::page;
  }
  return Cause::none;
}

std::string words_of(const Disturbance& disturbance, const Words& words) {
  const std::string time = time_words(disturbance.worst_ms, words);
  const auto once = [&](std::string_view key, std::string_view english) { return words.filled(key, english, "time", time); };
  const auto several = [&](std::string_view key, std::string_view english) {
    return words.filled(key, english, {{"times", times(disturbance.times, words)}, {"time", time}});
  };
  const bool one = disturbance.times == 1;
  switch (disturbance.trouble) {
    case Trouble::stalled:
      return one ? once("f3.stalled", "Your network stalled for {time}")
                 : several("f3.stalled_often", "Your network stalled {times}, for up to {time}");
    case Trouble::held_back:
      return once("f3.held_back", "Your network held back what you did for {time}");
    case Trouble::lost:
      return one ? once("f3.lost", "The connection was lost for {time}")
                 : several("f3.lost_often", "The connection was lost {times}, for up to {time}");
    case Trouble::tick_late:
      return one ? once("f3.tick_late", "A server tick was {time} late")
                 : once("f3.tick_late_often", "Server ticks were up to {time} late");
    case Trouble::slow:
      return one ? once("f3.slow", "This page was slow: it stood still for {time}")
                 : several("f3.slow_often", "This page was slow: it stood still {times}, for up to {time}");
  }
  return {};
}

void Diagnosis::on_update(const core::UpdateReport& report, bool hidden) {
  tick_ms_ = report.tick_ms;
  usual_lateness_ms_ = report.usual_lateness_ms;
  while (!recent_.empty() && report.at_ms - recent_.front().ended_ms > k_recent_ms) recent_.pop_front();
  watch_connection(report);
  if (report.phase != core::Phase::playing || hidden || was_hidden_) {
    begin_anew();
  } else {
    watch_page(report);
    watch_arrivals(report);
    watch_acts(report);
  }
  was_hidden_ = hidden;
  updated_ms_ = report.at_ms;
}

/// Time that has passed tells nothing any more.
void Diagnosis::begin_anew() {
  updated_ms_ = arrived_ms_ = stuck_since_ms_ = -1;
  page_pause_ms_ = 0;
}

void Diagnosis::watch_connection(const core::UpdateReport& report) {
  const core::Phase before = phase_;
  phase_ = report.phase;
  if (phase_ == before) return;
  if (phase_ == core::Phase::idle || phase_ == core::Phase::refused) lost_ms_ = -1;
  const bool away = phase_ == core::Phase::switching || phase_ == core::Phase::waiting;
  if (before == core::Phase::playing && away) lost_ms_ = arrived_ms_ >= 0 ? arrived_ms_ : report.at_ms;
  if (phase_ != core::Phase::playing) return;
  playing_since_ms_ = report.at_ms;
  if (lost_ms_ >= 0) note(Trouble::lost, lost_ms_, report.at_ms, report.at_ms - lost_ms_);
  lost_ms_ = -1;
}

void Diagnosis::watch_page(const core::UpdateReport& report) {
  if (updated_ms_ < 0) return;
  const double interval_ms = report.at_ms - updated_ms_;
  const bool paused = interval_ms >= std::max(k_page_pause_ms, k_pause_over_usual * interval_ms_);
  interval_ms_ += k_smoothing * (std::min(interval_ms, 4 * k_page_pause_ms) - interval_ms_);
  page_pause_ms_ = std::max(page_pause_ms_, interval_ms);
  if (paused && report.at_ms - playing_since_ms_ > k_arriving_ms) {
    note(Trouble::slow, updated_ms_, report.at_ms, interval_ms);
  }
}

void Diagnosis::watch_arrivals(const core::UpdateReport& report) {
  if (report.arrivals.empty()) return;
  double server_ms = 0;
  for (const core::FrameArrival& arrival : report.arrivals) {
    server_ms = std::max(server_ms, static_cast<double>(arrival.server_late_ms));
    if (arrival.round_trip_ms <= 0) continue;
    round_trip_ms_ =
        round_trip_ms_ == 0 ? arrival.round_trip_ms : round_trip_ms_ + 0.2 * (arrival.round_trip_ms - round_trip_ms_);
  }
  const bool settled = report.at_ms - playing_since_ms_ > k_arriving_ms;
  if (settled && server_ms >= k_tick_late_ms) note(Trouble::tick_late, report.at_ms - server_ms, report.at_ms, server_ms);
  if (arrived_ms_ >= 0) {
    const double overdue_ms = report.at_ms - arrived_ms_ - report.tick_ms;
    const double page_ms = page_pause_ms_ >= k_page_pause_ms ? page_pause_ms_ : 0;
    const double network_ms = overdue_ms - std::max(page_ms, server_ms);
    const bool stalled = network_ms >= std::max(k_stall_ms, k_stall_over_usual * report.usual_lateness_ms);
    if (settled && stalled) note(Trouble::stalled, report.at_ms - network_ms, report.at_ms, network_ms);
  }
  arrived_ms_ = report.at_ms;
  page_pause_ms_ = 0;
}

void Diagnosis::watch_acts(const core::UpdateReport& report) {
  if (report.buffered_bytes == 0) {
    stuck_since_ms_ = -1;
  } else if (stuck_since_ms_ < 0) {
    stuck_since_ms_ = report.at_ms;
  }
  const bool calm = report.at_ms - disturbed_ms_ > k_aftermath_ms && report.at_ms - playing_since_ms_ > k_arriving_ms;
  for (const core::FrameArrival& arrival : report.arrivals) {
    const bool none = arrival.slack_ticks == -128;
    if (!calm || none || arrival.slack_ticks > k_slack_ticks) continue;
    const double late_ms = -arrival.slack_ticks * report.tick_ms;
    note(Trouble::held_back, report.at_ms - late_ms, report.at_ms, late_ms);
  }
}

void Diagnosis::note(Trouble trouble, double began_ms, double ended_ms, double lasted_ms) {
  disturbed_ms_ = ended_ms;
  const auto same =
      std::find_if(recent_.rbegin(), recent_.rend(), [&](const Disturbance& one) { return one.trouble == trouble; });
  if (same != recent_.rend() && began_ms - same->ended_ms < k_together_ms) {
    Disturbance both = *same;
    both.ended_ms = ended_ms;
    both.worst_ms = std::max(both.worst_ms, lasted_ms);
    ++both.times;
    recent_.erase(std::next(same).base());
    recent_.push_back(both);
    return;
  }
  if (recent_.size() == k_recent_max) recent_.pop_front();
  recent_.push_back({trouble, began_ms, ended_ms, lasted_ms, 1});
}

Verdict Diagnosis::verdict(double now_ms, const Words& words) const {
  const auto now = [&](Cause cause, std::string_view key, std::string_view english, double ms) {
    return Verdict{cause, words.filled(key, english, "time", time_words(ms, words))};
  };
  if (lost_ms_ >= 0) return now(Cause::network, "f3.lost_since", "The connection is lost since {time}", now_ms - lost_ms_);
  const double overdue_ms = arrived_ms_ < 0 ? 0 : now_ms - arrived_ms_ - tick_ms_;
  const bool silent = updated_ms_ >= 0 && overdue_ms - page_pause_ms_ >= 2 * std::max(k_stall_ms, usual_lateness_ms_);
  // Whose fault it is will be known when it is over.
  if (silent) return now(Cause::none, "f3.silent", "No news from the server for {time}", overdue_ms);
  if (stuck_since_ms_ >= 0 && now_ms - stuck_since_ms_ >= k_stuck_ms) {
    return {Cause::network, words.word("f3.stuck", "Your network does not take what you do")};
  }
  if (!recent_.empty() && now_ms - recent_.back().ended_ms <= k_spoken_of_ms) {
    const Disturbance& newest = recent_.back();
    return {cause_of(newest.trouble), words_of(newest, words), std::max(0.0, now_ms - newest.ended_ms)};
  }
  return in_general(words);
}

Verdict Diagnosis::in_general(const Words& words) const {
  if (phase_ != core::Phase::playing) return {Cause::none, words.word("f3.away", "Not in the world")};
  if (interval_ms_ > k_slow_interval_ms) {
    const std::string rate = std::to_string(std::lround(1000 / interval_ms_));
    return {Cause::page, words.filled("f3.draws_seldom", "This page is slow: {n} pictures a second", "n", rate)};
  }
  if (round_trip_ms_ > k_far_ms) {
    return {Cause::network,
            words.filled("f3.far", "Your network is slow: {time} there and back", "time", time_words(round_trip_ms_, words))};
  }
  if (usual_lateness_ms_ > k_uneven_ms) {
    return {Cause::network, words.filled("f3.uneven", "Your network is uneven: news come up to {time} late", "time",
                                         time_words(usual_lateness_ms_, words))};
  }
  return {Cause::none, words.word("f3.well", "All is well"), -1, true};
}

}  // namespace cudgel::game
