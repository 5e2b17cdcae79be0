#include "bot.h"

#include <algorithm>
#include <cstdio>

#include "road.h"

namespace cudgel::bots {

namespace {
/// Without anything arriving a bot looks after its time-outs and keep-alives this often.
constexpr double k_idle_wake_ms = 100;
/// Bodies whose centres are further apart than this do not touch within the ticks of a round trip.
constexpr std::int32_t k_near_units = 2 * base::k_units_per_tile;
/// How long who churns stays.
constexpr std::int32_t k_stay_ms_min = 500;
constexpr std::int32_t k_stay_ms_max = 2000;
/// A connection that was lost on purpose is found again within this time, back-off and greeting included.
constexpr double k_come_back_ms = 10000;
}  // namespace

Bot::Bot(const content::Content& content, net::NativeNetwork& network, std::shared_ptr<core::PlayMaps> maps,
         std::shared_ptr<Lands> lands, const Options& options, int number, double (*now_ms)(), const Cast& cast)
    : content_(content),
      options_(options),
      number_(number),
      class_index_(static_cast<std::uint8_t>(static_cast<std::size_t>(number) % content.classes().size())),
      client_(content, make_road(network, now_ms), options.seed * 7919 + static_cast<std::uint64_t>(number), std::move(maps)),
      mind_(options.behaviour, options.inputs_hz, options.seed * 104729 + static_cast<std::uint64_t>(number)),
      random_(options.seed * 32452843 + static_cast<std::uint64_t>(number)) {
  if (options.print_disagreements) {
    client_.watch_prediction([number](const std::string& text) { std::fprintf(stderr, "bot %d\n%s", number, text.c_str()); });
  }
  if (options.behaviour == Behaviour::adventure) {
    adventurer_.emplace(content, std::move(lands), class_index_, name(),
                        options.seed * 86028121 + static_cast<std::uint64_t>(number));
  }
  if (cast.empty()) return;
  actor_.emplace(cast, number - 1);
  // Of other content a class may be missing.
  class_index_ = static_cast<std::uint8_t>(cast.part(number - 1).class_index % content.classes().size());
}

std::unique_ptr<core::Transport> Bot::make_road(net::NativeNetwork& network, double (*now_ms)()) {
  if (!options_.net) return begin_road(network, options_, &stirred_);
  const std::uint64_t seed = options_.seed * 49979687 + static_cast<std::uint64_t>(number_);
  auto road = std::make_unique<net::SimulatedTransport>(begin_road(network, options_, nullptr), *options_.net, seed, now_ms);
  road_ = road.get();
  return road;
}

std::string Bot::name() const { return "bot " + std::to_string(number_); }

void Bot::join(double now_ms) { client_.join({options_.url, name(), class_index_, false}, now_ms); }

std::string Bot::progress() const {
  if (!adventurer_) return {};
  return adventurer_->diary().class_name + " " + std::to_string(adventurer_->diary().level);
}

void Bot::leave() {
  left_ = connected();
  client_.leave();
}

void Bot::work(double now_ms, Report& report) {
  stirred_ = false;
  wake_ms_ = now_ms + k_idle_wake_ms;
  client_.update(now_ms);
  if (client_.phase() != phase_) note_phase(now_ms, report);
  if (options_.behaviour == Behaviour::churn) churn(now_ms);
  const std::uint64_t frames = client_.stats().frames_received - frames_;
  if (frames == 0) return;
  frames_ += frames;
  on_frames(now_ms, report, frames);
}

void Bot::on_frames(double now_ms, Report& report, std::uint64_t frames) {
  if (last_frame_ms_ >= 0) report.frame_interval.record(now_ms - last_frame_ms_);
  for (std::uint64_t i = 1; i < frames; ++i) report.frame_interval.record(0);
  last_frame_ms_ = now_ms;
  report.entities_seen += client_.replica().entities().size() * frames;
  note_correction(report);
  if (const core::ClientStats& stats = client_.stats(); stats.round_trips != round_trips_) {
    round_trips_ = stats.round_trips;
    report.latency.record(stats.round_trip_last_ms);
  }
  for (const core::Moment& moment : client_.take_moments()) {
    if (adventurer_) adventurer_->notice(moment, client_, now_ms);
    if (moment.type != sim::EventType::hit) continue;
    if (moment.on_self) ++report.hits_taken;
    if (moment.source == client_.replica().own().id) ++report.hits_given;
  }
  if (!connected()) return;
  if (actor_) {
    if (sim::Intent intent; actor_->next(now_ms - playing_since_ms_, intent)) client_.want(intent);
  } else if (adventurer_) {
    adventurer_->tend(client_, now_ms);
  } else if (mind_.due(now_ms)) {
    mind_.decide(client_, content_, class_index_, now_ms);
  }
}

void Bot::note_correction(Report& report) const {
  if (client_.predicted() == nullptr) return;
  const double tiles = client_.stats().correction_last_tiles;
  report.correction.record(tiles);
  if (!somebody_near()) report.correction_free.record(tiles);
}

bool Bot::somebody_near() const {
  const replication::Replica& replica = client_.replica();
  const base::Vec2 self = client_.predicted()->position;
  return std::any_of(replica.entities().begin(), replica.entities().end(), [&](const auto& item) {
    return base::chebyshev(item.second.sight.track.at(replica.tick()) - self) < k_near_units;
  });
}

/// Whoever has stayed long enough leaves, and comes again in the next turn.
void Bot::churn(double now_ms) {
  if (phase_ == core::Phase::playing && now_ms >= stays_until_ms_) {
    client_.leave();
    phase_ = client_.phase();
    wake_ms_ = now_ms;
  } else if (phase_ == core::Phase::idle && joins_ > 0) {
    join(now_ms);
  }
}

void Bot::note_phase(double now_ms, Report& report) {
  phase_ = client_.phase();
  phase_since_ms_ = now_ms;
  if (phase_ == core::Phase::playing) {
    if (!was_connected_) playing_since_ms_ = now_ms;
    was_connected_ = true;
    ++joins_;
    stays_until_ms_ = now_ms + random_.between(k_stay_ms_min, k_stay_ms_max);
  }
  if (phase_ == core::Phase::switching || phase_ == core::Phase::waiting || phase_ == core::Phase::refused) {
    ++report.errors[client_.message()];
    last_frame_ms_ = -1;
  }
}

void Bot::begin_measuring(double now_ms) {
  static_cast<void>(now_ms);
  before_ = client_.stats();
}

bool Bot::settled() const { return was_connected_ || client_.phase() == core::Phase::refused; }

bool Bot::answered(double now_ms) const {
  if (!was_connected_ || client_.phase() == core::Phase::refused) return false;
  // Those who come and go, or whose network cuts them off, may be on their way at the end.
  const bool cut = options_.net && options_.net->cut_every_ms > 0;
  if (cut) return connected() || now_ms - phase_since_ms_ < k_come_back_ms;
  if (options_.behaviour == Behaviour::churn)
    return client_.stats().disconnects == 0 && now_ms - phase_since_ms_ < k_come_back_ms;
  return (connected() || left_) && client_.stats().disconnects == 0;
}

void Bot::add_totals(Report& report) const {
  const core::ClientStats& now = client_.stats();
  report.players_connected += was_connected_ ? 1 : 0;
  report.frames_received += now.frames_received - before_.frames_received;
  report.bytes_received += now.bytes_received - before_.bytes_received;
  report.bytes_sent += now.bytes_sent - before_.bytes_sent;
  report.corrections += now.corrections - before_.corrections;
  report.disconnects += now.disconnects;
  report.joins += joins_;
  report.resumed += now.resumed;
  if (adventurer_) report.diaries.push_back(adventurer_->diary());
}

}  // namespace cudgel::bots
