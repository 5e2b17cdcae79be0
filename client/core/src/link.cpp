#include "link.h"

#include <algorithm>

#include "protocol/limits.h"
#include "protocol/sentences.h"

namespace cudgel::core {

namespace {
using protocol::CloseCode;
using protocol::Sentence;

std::string say(Sentence sentence) { return std::string(protocol::words_of(sentence)); }

/// Without a message for this long the road counts as lost: the server sends a frame every tick.
constexpr double k_silence_ms = 5000;
/// Between two calls of watch() the awake clock goes on by this much at most.
constexpr double k_awake_step_ms = 1000;
/// For a road to open, and again for its Welcome: some round trips each. Longer makes a player stand still behind a middlebox that
/// swallows, shorter passes over a good road of a slow network; whoever has nothing else to try, or tried all in vain, waits longer.
constexpr double k_patience_ms = 3000;
constexpr double k_patience_again_ms = 6000;
constexpr double k_patience_one_road_ms = 5000;
/// The server has let the old road go for the new one: then the new one's Welcome is on its way already.
constexpr double k_patience_replaced_ms = 1000;
/// So long after it was given up, a Hello of ours may still reach the server and have the road we are on by now replaced.
constexpr double k_late_hello_ms = 5000;
/// A lost road is tried again after up to this time, so that a crowd does not come back in one instant.
constexpr std::uint32_t k_again_max_ms = 250;
constexpr double k_backoff_first_ms = 500;
constexpr double k_backoff_max_ms = 8000;
/// Share by which waits differ, so that a crowd does not come back in one instant.
constexpr double k_backoff_jitter = 0.3;
/// A server that announced its restart is tried after this time.
constexpr double k_restart_ms = 1000;
/// Having played this long, a lost road begins a new round, and back-off and patience begin anew.
constexpr double k_settled_ms = 5000;

/// Would the same hello be refused again? Only asked before Welcome.
bool refuses_hello(CloseCode code) {
  switch (code) {
    case CloseCode::malformed:
    case CloseCode::policy:
    case CloseCode::protocol_error:
    case CloseCode::unsupported_data:
    case CloseCode::invalid_payload:
    case CloseCode::too_big:
      return true;
    default:
      return false;
  }
}

/// What a middlebox may have done to the frames: another road may be spared.
bool is_framing_fault(CloseCode code) {
  return code == CloseCode::protocol_error || code == CloseCode::unsupported_data || code == CloseCode::invalid_payload;
}

/// There is nothing to see, whatever the road.
bool ends_watching(CloseCode code) { return code == CloseCode::unwatchable || code == CloseCode::only_watching; }

/// The server itself ended it, for a reason that has nothing to do with the road.
bool is_servers_word(CloseCode code) {
  switch (code) {
    case CloseCode::internal_error:
    case CloseCode::try_later:
    case CloseCode::malformed:
    case CloseCode::too_early:
    case CloseCode::too_often:
      return true;
    default:
      return false;
  }
}
}  // namespace

Link::Link(std::vector<Road> roads, std::uint64_t seed, std::vector<std::uint8_t> goodbye)
    : roads_(std::move(roads)), random_(seed), choice_(roads_.size(), seed + 1), goodbye_(std::move(goodbye)) {
  for (const Road& road : roads_) stats_.push_back({road.transport->name()});
}

void Link::set_hello(std::vector<std::uint8_t> hello, bool resumes) {
  hello_ = std::move(hello);
  hello_resumes_ = resumes;
}

void Link::join(std::string url, std::optional<std::size_t> only, double now_ms) {
  drop_all(now_ms);
  url_ = std::move(url);
  choice_.begin(only);
  for (RoadStats& stats : stats_) stats = {stats.name};
  rounds_failed_ = 0;
  message_.clear();
  replaced_words_.clear();
  late_hello_until_awake_ms_ = -1;
  in_play_ = false;
  last_played_.reset();
  last_watch_ms_ = last_heard_ms_ = now_ms;
  state_ = State::under_way;
  round_ = choice_.from_best(now_ms);
  try_next(0, now_ms);
}

void Link::leave() {
  // Whoever of the two speaks for the character hears it.
  if (playing_) transport_of(*playing_).send(goodbye_);
  if (attempt_ && attempt_->stage == Stage::greeting) transport_of(attempt_->road).send(goodbye_);
  drop_all(last_watch_ms_);
  state_ = State::idle;
  message_.clear();
}

SendResult Link::send(std::span<const std::uint8_t> message) {
  return playing_ ? transport_of(*playing_).send(message) : SendResult::closed;
}

Phase Link::phase() const {
  switch (state_) {
    case State::idle:
      return Phase::idle;
    case State::waiting:
      return Phase::waiting;
    case State::refused:
      return Phase::refused;
    case State::under_way:
      break;
  }
  if (playing_) return Phase::playing;
  if (in_play_) return Phase::switching;
  return attempt_ && attempt_->stage == Stage::greeting ? Phase::greeting : Phase::connecting;
}

void Link::pass_time(double now_ms) {
  awake_ms_ += std::clamp(now_ms - last_watch_ms_, 0.0, k_awake_step_ms);
  last_watch_ms_ = now_ms;
}

void Link::watch(double now_ms) {
  if (last_watch_ms_ < 0) return;
  pass_time(now_ms);
  if (state_ == State::waiting && now_ms >= retry_at_ms_) {
    state_ = State::under_way;
    round_ = choice_.from_best(now_ms);
    try_next(0, now_ms);
  }
  if (attempt_) watch_attempt(now_ms);
  if (playing_) watch_playing(now_ms);
  drain_left_roads();
}

/// What still arrives on a road we have left is nobody's; but a road may need to be polled until its last words are out.
void Link::drain_left_roads() {
  for (std::size_t road = 0; road < roads_.size(); ++road) {
    if (road == playing_ || (attempt_ && attempt_->road == road && attempt_->stage != Stage::pausing)) continue;
    while (transport_of(road).poll(event_)) {}
  }
}

void Link::watch_attempt(double now_ms) {
  if (attempt_->stage == Stage::pausing) {
    if (now_ms >= attempt_->opens_ms) open_attempt();
  } else if (awake_ms_ > attempt_->deadline_awake_ms) {
    attempt_failed(say(Sentence::no_answer), now_ms);
  }
}

void Link::watch_playing(double now_ms) {
  const std::size_t road = *playing_;
  RoadStats& stats = stats_[road];
  stats.last_stay_ms = now_ms - playing_since_ms_;
  stats.played_ms = earlier_played_ms_ + stats.last_stay_ms;
  if (stats.last_stay_ms > k_settled_ms) rounds_failed_ = 0;
  lumps_.ran(now_ms);
  if (awake_ms_ - heard_awake_ms_ > k_silence_ms) {
    transport_of(road).close(static_cast<std::uint16_t>(CloseCode::unresponsive), "silence");
    return playing_lost(say(Sentence::no_answer), now_ms);
  }
  if (attempt_) return;
  if (roads_[road].streams && lumps_.lumpy() && !choice_.was_lumpy(road, now_ms)) {
    choice_.lumpy(road, now_ms);
    round_ = choice_.below(road);
    try_next(0, now_ms);
  } else if (choice_.climb_due(road, now_ms)) {
    round_ = choice_.above(road, now_ms);
    try_next(0, now_ms);
  }
}

/// False when the round is over.
bool Link::try_next(double pause_ms, double now_ms) {
  if (round_.empty()) return false;
  attempt_ = Attempt{round_.front(), Stage::pausing, playing_.has_value(), now_ms + pause_ms, 0};
  round_.erase(round_.begin());
  if (pause_ms <= 0) open_attempt();
  return true;
}

double Link::patience_ms() const {
  if (choice_.one_road()) return k_patience_one_road_ms;
  return rounds_failed_ == 0 ? k_patience_ms : k_patience_again_ms;
}

void Link::open_attempt() {
  attempt_->stage = Stage::opening;
  attempt_->deadline_awake_ms = awake_ms_ + patience_ms();
  if (!playing_) last_road_ = attempt_->road;
  transport_of(attempt_->road).open(url_);
}

void Link::attempt_opened() {
  attempt_->stage = Stage::greeting;
  attempt_->deadline_awake_ms = awake_ms_ + patience_ms();
  transport_of(attempt_->road).send(hello_);
}

bool Link::next_message(double now_ms, std::span<const std::uint8_t>& message) {
  for (;;) {
    if (playing_ && transport_of(*playing_).poll(event_)) {
      from_attempt_ = false;
      if (event_.type == TransportEvent::Type::closed) playing_closed(event_.close_code, event_.close_reason, now_ms);
      if (event_.type != TransportEvent::Type::message) continue;
      last_heard_ms_ = now_ms;
      heard_awake_ms_ = awake_ms_;
      lumps_.arrived();
    } else if (attempt_ && attempt_->stage != Stage::pausing && transport_of(attempt_->road).poll(event_)) {
      from_attempt_ = true;
      if (event_.type == TransportEvent::Type::opened) attempt_opened();
      if (event_.type == TransportEvent::Type::closed) attempt_closed(event_.close_code, event_.close_reason, now_ms);
      if (event_.type != TransportEvent::Type::message) continue;
    } else {
      return false;
    }
    message = event_.message;
    return true;
  }
}

void Link::attempt_closed(std::uint16_t code, const std::string& reason, double now_ms) {
  const auto known = static_cast<CloseCode>(code);
  const std::string words = reason.empty() ? say(Sentence::no_answer) : reason;
  // We still play on another: whatever it was, it is no worse than before.
  if (playing_) return attempt_failed(words, now_ms);
  if (known == CloseCode::replaced && !late_hello_may_speak()) {
    return give_up(reason.empty() ? say(Sentence::elsewhere) : reason, now_ms);
  }
  if (known == CloseCode::wrong_version || known == CloseCode::wrong_content) return give_up(say(Sentence::updated), now_ms);
  if (ends_watching(known)) return give_up(reason, now_ms);
  if (known == CloseCode::going_away) return wait(reason.empty() ? say(Sentence::restarting) : reason, k_restart_ms, now_ms);
  const bool another_may_do = is_framing_fault(known) && !round_.empty();
  if (attempt_->stage == Stage::greeting && refuses_hello(known) && !another_may_do) {
    return give_up(reason.empty() ? say(Sentence::refused) : reason, now_ms);
  }
  if (is_servers_word(known)) return wait(words, k_backoff_first_ms, now_ms);
  attempt_failed(words, now_ms);
}

/// On to the next road of the round; at its end back to the road we play on, or a pause.
void Link::attempt_failed(const std::string& why, double now_ms) {
  const Attempt failed = *attempt_;
  attempt_.reset();
  Transport& road = transport_of(failed.road);
  if (failed.stage == Stage::greeting) {
    // A new character whose Welcome is lost would stay behind with nobody to play it.
    if (!hello_resumes_) road.send(goodbye_);
    late_hello_until_awake_ms_ = awake_ms_ + k_late_hello_ms;
  }
  road.close(static_cast<std::uint16_t>(CloseCode::normal), "");
  if (round_words_.empty()) round_words_ = why;
  const bool more = try_next(0, now_ms);
  if (failed.beside && !(playing_ && more)) choice_.climb_failed(now_ms);
  if (more) return;
  if (playing_) {
    round_words_.clear();
  } else {
    wait(round_words_, k_backoff_first_ms, now_ms);
  }
}

/// A Hello of ours is at the server or may be: whoever speaks there has the road we play on replaced.
bool Link::expects_replacement() const { return (attempt_ && attempt_->stage == Stage::greeting) || late_hello_may_speak(); }

void Link::playing_closed(std::uint16_t code, const std::string& reason, double now_ms) {
  const auto known = static_cast<CloseCode>(code);
  if (known == CloseCode::replaced) {
    const std::string words = reason.empty() ? say(Sentence::elsewhere) : reason;
    if (!expects_replacement()) return give_up(words, now_ms);
    replaced_words_ = words;
    if (attempt_) attempt_->deadline_awake_ms = std::min(attempt_->deadline_awake_ms, awake_ms_ + k_patience_replaced_ms);
    return leave_for_round(say(Sentence::lost), true, now_ms);
  }
  if (known == CloseCode::wrong_version || known == CloseCode::wrong_content) return give_up(say(Sentence::updated), now_ms);
  if (ends_watching(known)) return give_up(reason, now_ms);
  if (known == CloseCode::going_away) return wait(reason.empty() ? say(Sentence::restarting) : reason, k_restart_ms, now_ms);
  const std::string words = reason.empty() ? say(Sentence::lost) : reason;
  if (is_servers_word(known)) return wait(words, k_backoff_first_ms, now_ms);
  playing_lost(words, now_ms);
}

void Link::playing_lost(const std::string& why, double now_ms) {
  ++disconnects_;
  leave_for_round(why, choice_.lost(*playing_, now_ms), now_ms);
}

/// The game goes on while the round lasts: a try that is under way already, this road again, the others.
void Link::leave_for_round(const std::string& why, bool same_again, double now_ms) {
  const std::size_t road = *playing_;
  if (now_ms - playing_since_ms_ > k_settled_ms) round_ = choice_.after(road, now_ms);
  if (attempt_) std::erase(round_, attempt_->road);
  if (same_again) round_.insert(round_.begin(), road);
  end_stay(now_ms);
  message_ = round_words_ = why;
  if (attempt_) {
    last_road_ = attempt_->road;
  } else if (!try_next(random_.below(k_again_max_ms), now_ms)) {
    wait(why, k_backoff_first_ms, now_ms);
  }
}

void Link::end_stay(double now_ms) {
  if (!playing_) return;
  stats_[*playing_].last_stay_ms = now_ms - playing_since_ms_;
  stats_[*playing_].played_ms = earlier_played_ms_ + stats_[*playing_].last_stay_ms;
  playing_.reset();
}

void Link::welcomed(double now_ms) {
  const std::size_t road = attempt_->road;
  const bool moved = last_played_ && *last_played_ != road;
  const bool climbed = attempt_->beside && last_played_ && road < *last_played_;
  // Should the new one die within seconds, this is the round.
  if (attempt_->beside) round_ = choice_.after(road, now_ms);
  if (playing_) {
    const std::size_t old = *playing_;
    end_stay(now_ms);
    transport_of(old).close(static_cast<std::uint16_t>(CloseCode::normal), "moved to another road");
  }
  attempt_.reset();
  if (moved) ++switches_;
  if (climbed) ++climbs_;
  playing_ = last_played_ = road;
  last_road_ = road;
  in_play_ = true;
  playing_since_ms_ = last_heard_ms_ = now_ms;
  heard_awake_ms_ = awake_ms_;
  earlier_played_ms_ = stats_[road].played_ms;
  ++stats_[road].stays;
  stats_[road].last_stay_ms = 0;
  choice_.began(road, climbed, now_ms);
  lumps_.begin(now_ms);
  message_.clear();
  round_words_.clear();
  replaced_words_.clear();
}

void Link::decline(double now_ms) {
  transport_of(attempt_->road).send(goodbye_);
  if (playing_) return attempt_failed(say(Sentence::forgotten), now_ms);
  give_up(replaced_words_, now_ms);
}

void Link::broken(const std::string& why, double now_ms) {
  const std::string words = say(Sentence::unreadable) + ": " + why;
  if (expects_welcome()) return attempt_failed(words, now_ms);
  if (!playing_) return;
  transport_of(*playing_).close(static_cast<std::uint16_t>(CloseCode::malformed), why);
  playing_lost(words, now_ms);
}

void Link::refuse(std::string why, double now_ms) {
  if (expects_welcome() && playing_) return attempt_failed(why, now_ms);
  give_up(std::move(why), now_ms);
}

void Link::wait(std::string why, double first_delay_ms, double now_ms) {
  if (playing_) ++disconnects_;
  drop_all(now_ms);
  const double doubled = k_backoff_first_ms * static_cast<double>(1U << std::min(rounds_failed_, 10U));
  const double base_ms = rounds_failed_ == 0 ? first_delay_ms : std::min(doubled, k_backoff_max_ms);
  const double share = static_cast<double>(random_.between(-1000, 1000)) / 1000.0;
  retry_at_ms_ = now_ms + base_ms * (1 + k_backoff_jitter * share);
  ++rounds_failed_;
  message_ = std::move(why);
  state_ = State::waiting;
}

void Link::give_up(std::string why, double now_ms) {
  if (playing_) ++disconnects_;
  drop_all(now_ms);
  message_ = std::move(why);
  state_ = State::refused;
}

/// No road any more, neither to play on nor to try.
void Link::drop_all(double now_ms) {
  if (playing_) transport_of(*playing_).close(static_cast<std::uint16_t>(CloseCode::normal), "");
  if (attempt_ && attempt_->stage != Stage::pausing) {
    transport_of(attempt_->road).close(static_cast<std::uint16_t>(CloseCode::normal), "");
  }
  end_stay(now_ms);
  attempt_.reset();
  round_.clear();
  round_words_.clear();
  in_play_ = false;
}

double Link::retry_in_ms(double now_ms) const { return state_ == State::waiting ? std::max(0.0, retry_at_ms_ - now_ms) : 0.0; }

const Transport& Link::transport() const { return *roads_[playing_.value_or(last_road_)].transport; }

std::optional<std::size_t> Link::find_road(std::string_view name) const {
  const auto found = std::find_if(stats_.begin(), stats_.end(), [&](const RoadStats& road) { return road.name == name; });
  if (found == stats_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - stats_.begin());
}

}  // namespace cudgel::core
