#include "bot.h"

namespace cudgel::bots {

namespace {
/// Without anything arriving a bot looks after its time-outs and keep-alives this often.
constexpr double k_idle_wake_ms = 100;
}  // namespace

Bot::Bot(const content::Content& content, net::NativeNetwork& network, std::shared_ptr<core::PlayMaps> maps,
         const Options& options, int number, const Cast& cast)
    : content_(content),
      options_(options),
      number_(number),
      class_index_(static_cast<std::uint8_t>(static_cast<std::size_t>(number) % content.classes().size())),
      stirred_(std::make_unique<bool>(false)),
      client_(content, network.make_transport(stirred_.get()), options.seed * 7919 + static_cast<std::uint64_t>(number),
              std::move(maps)),
      mind_(options.behaviour, options.inputs_hz, options.seed * 104729 + static_cast<std::uint64_t>(number)) {
  if (cast.empty()) return;
  actor_.emplace(cast, number - 1);
  // Of other content a class may be missing.
  class_index_ = static_cast<std::uint8_t>(cast.part(number - 1).class_index % content.classes().size());
}

void Bot::join(double now_ms) {
  client_.join({options_.url, "bot " + std::to_string(number_), class_index_, false}, now_ms);
}

void Bot::leave() {
  left_ = connected();
  client_.leave();
}

void Bot::work(double now_ms, Report& report) {
  *stirred_ = false;
  wake_ms_ = now_ms + k_idle_wake_ms;
  client_.update(now_ms);
  if (client_.phase() != phase_) note_phase(now_ms, report);
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
  if (const core::ClientStats& stats = client_.stats(); stats.round_trips != round_trips_) {
    round_trips_ = stats.round_trips;
    report.latency.record(stats.round_trip_last_ms);
  }
  for (const core::Moment& moment : client_.take_moments()) {
    if (moment.type != sim::EventType::hit) continue;
    if (moment.on_self) ++report.hits_taken;
    if (moment.source == client_.replica().own().id) ++report.hits_given;
  }
  if (!connected()) return;
  if (actor_) {
    if (sim::Intent intent; actor_->next(now_ms - playing_since_ms_, intent)) client_.want(intent);
  } else if (mind_.due(now_ms)) {
    mind_.decide(client_, content_, class_index_, now_ms);
  }
}

void Bot::note_phase(double now_ms, Report& report) {
  phase_ = client_.phase();
  if (phase_ == core::Phase::playing) {
    if (!was_connected_) playing_since_ms_ = now_ms;
    was_connected_ = true;
  }
  if (phase_ == core::Phase::waiting || phase_ == core::Phase::refused) {
    ++report.errors[client_.message()];
    last_frame_ms_ = -1;
  }
}

void Bot::begin_measuring() { before_ = client_.stats(); }

void Bot::add_totals(Report& report) const {
  const core::ClientStats& now = client_.stats();
  report.players_connected += was_connected_ ? 1 : 0;
  report.frames_received += now.frames_received - before_.frames_received;
  report.bytes_received += now.bytes_received - before_.bytes_received;
  report.bytes_sent += now.bytes_sent - before_.bytes_sent;
  report.corrections += now.corrections - before_.corrections;
  report.disconnects += now.disconnects;
}

}  // namespace cudgel::bots
