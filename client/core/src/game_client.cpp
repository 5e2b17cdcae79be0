#include "core/game_client.h"

#include <algorithm>
#include <cmath>

#include <flatbuffers/flatbuffers.h>

#include "core/disagreements.h"
#include "core/interpolation.h"
#include "core/lead.h"
#include "core/prediction.h"
#include "core/server_clock.h"
#include "core/update_report.h"
#include "link.h"
#include "moments.h"
#include "protocol/client_message.h"
#include "protocol/sentences.h"
#include "protocol/server_frame.h"
#include "requests.h"
#include "told.h"

namespace cudgel::core {

namespace {
/// The server is told that we are alive, and the road is measured, at least this often.
constexpr double k_keep_alive_ms = 1000;
/// More often at first, so that clock and lead settle within the first second or two.
constexpr double k_keep_alive_first_ms = 200;
constexpr double k_settling_ms = 2000;
/// A prediction that the server moves by more than this counts as corrected.
constexpr double k_correction_tiles = 1.0 / 16;
/// Acts that the server may hold beyond the last it has carried out, at most.
constexpr std::uint32_t k_acts_under_way_max = 64;
/// After a pause in update() longer than this the frames that waited tell nothing about the network's jitter.
constexpr double k_slept_ms = 250;
/// Beyond the own reach monsters are still drawn as those within it for so far: a body's radius, and a way to settle on.
constexpr double k_near_beyond_reach_tiles = 0.75;
/// Over this way the nearer clock goes over into the render clock; shorter is more abrupt, longer shows more of what is guessed.
constexpr double k_change_over_tiles = 2.5;
constexpr std::int32_t k_tick_hz_min = 5;
constexpr std::int32_t k_tick_hz_max = 60;
constexpr std::uint16_t k_arena_side_min = 16;
constexpr std::uint16_t k_arena_side_max = 1024;

std::vector<std::uint8_t> encoded_goodbye() {
  flatbuffers::FlatBufferBuilder builder;
  const auto bytes = protocol::encode(protocol::Bye{}, builder);
  return {bytes.begin(), bytes.end()};
}
std::vector<Road> only(std::unique_ptr<Transport> transport) {
  std::vector<Road> roads;
  roads.push_back({std::move(transport)});
  return roads;
}
}  // namespace

/// What exists between a Welcome and the end of that connection.
struct Play {
  Play(const content::Content& content, std::shared_ptr<PlayMap> play_map, std::int32_t hz, std::uint8_t class_index)
      : map(std::move(play_map)), clock(hz), prediction(content, map->tiles, hz, class_index), interpolation(hz) {}

  std::shared_ptr<PlayMap> map;
  ServerClock clock;
  Lead lead;
  Prediction prediction;
  Interpolation interpolation;
  double began_ms = 0;
  double predicted_tick = 0;  ///< with fractions
  double sent_ms = 0;
  bool sent_any = false;
};

struct GameClient::Impl {
  Impl(const content::Content& game_content, std::vector<Road> roads, std::uint64_t seed, std::shared_ptr<PlayMaps> shared_maps)
      : content(game_content),
        maps(shared_maps ? std::move(shared_maps) : std::make_shared<PlayMaps>()),
        link(std::move(roads), seed, encoded_goodbye()) {}

  void forget();
  void make_hello();
  bool keeps_playing(const protocol::Welcome& welcome) const;
  bool on_message(std::span<const std::uint8_t> bytes, double now_ms);
  bool on_notes(const protocol::Frame& frame, double now_ms);
  bool on_welcome(const protocol::Welcome& welcome, double now_ms);
  void receive(double now_ms);
  void watch_prediction();
  void predict(double now_ms, double elapsed_ms);
  void hurry_if_new();
  void note_view_age();
  void keep_up_near();
  void flush(double now_ms);
  void begin_report(double now_ms);
  void end_report();
  void refresh_stats(double now_ms);
  [[nodiscard]] double fraction() const;
  std::span<BodyView> take_watched(std::span<BodyView> views);

  const content::Content& content;
  std::shared_ptr<PlayMaps> maps;
  Link link;
  Requests requests;
  JoinOptions options;
  std::int32_t tick_hz = 20;
  replication::Replica replica;
  std::unique_ptr<Play> play;
  sim::Intent intent;  ///< survives reconnects
  Moments moments;
  Told told;
  std::optional<BodyView> watched;  ///< of who watches: whom
  std::optional<protocol::Token> token;
  bool numbers_unknown = false;  ///< resumed without a memory of what was sent before: the frame at hand tells
  ClientStats stats;
  UpdateReport report;
  std::function<void(const std::string&)> tell_disagreement;  ///< empty: nobody looks
  Disagreements disagreements;
  protocol::FrameReader reader;
  flatbuffers::FlatBufferBuilder builder;
  double updated_ms = -1;
  bool frame_arrived = false;  ///< during this update
};

void GameClient::Impl::forget() {
  play.reset();
  replica = {};
  told.forget();
  watched.reset();
  moments.clear();
}

bool GameClient::Impl::on_welcome(const protocol::Welcome& welcome, double now_ms) {
  if (welcome.tick_hz() < k_tick_hz_min || welcome.tick_hz() > k_tick_hz_max) {
    link.broken("welcome: tick_hz must be 5..60", now_ms);
    return false;
  }
  if (welcome.content_hash() != content.hash()) {
    link.refuse(std::string(protocol::words_of(protocol::Sentence::updated)), now_ms);
    return false;
  }
  if ((welcome.watched_class() != 0) != options.watches || welcome.watched_class() > content.classes().size()) {
    link.broken("welcome: watched_class is not what was asked for", now_ms);
    return false;
  }
  if (options.watches) options.class_index = static_cast<std::uint8_t>(welcome.watched_class() - 1);
  if (!options.watches && !welcome.resumed() && link.must_resume()) {
    link.decline(now_ms);
    return false;
  }
  tick_hz = welcome.tick_hz();
  const std::uint16_t side = welcome.arena_side();
  if (side != 0 && (side < k_arena_side_min || side > k_arena_side_max)) {
    link.broken("welcome: arena_side must be 0 or 16..1024", now_ms);
    return false;
  }
  auto map = maps->get(content, side, welcome.free_fights());
  if (!options.watches) std::copy(welcome.token()->begin(), welcome.token()->end(), token.emplace().begin());
  make_hello();
  // Until here the page showed the world as it stood when the connection was lost.
  if (keeps_playing(welcome)) {
    replica = {};
    play->prediction.send_again();
    play->sent_any = false;
  } else {
    forget();
    if (!welcome.resumed()) told.numbered = 0;
    numbers_unknown = welcome.resumed();
    play = std::make_unique<Play>(content, std::move(map), tick_hz, options.class_index);
    watch_prediction();
  }
  if (welcome.resumed()) ++stats.resumed;
  told.forget_together();
  play->began_ms = now_ms;
  play->prediction.want(intent);
  if (!options.watches) requests.begin(now_ms);
  link.welcomed(now_ms);
  return true;
}

/// The same character goes on, and we know what we told it.
bool GameClient::Impl::keeps_playing(const protocol::Welcome& welcome) const {
  return welcome.resumed() && play && replica.own().id.packed() == welcome.self();
}

void GameClient::Impl::make_hello() {
  if (options.watches) {
    protocol::Watch watch;
    if (!watch.name.assign(options.name)) return;
    watch.content_hash = content.hash();
    const auto bytes = protocol::encode(watch, builder);
    return link.set_hello({bytes.begin(), bytes.end()}, false);
  }
  protocol::Hello hello;
  if (!hello.name.assign(options.name)) return;
  hello.class_index = options.class_index;
  hello.content_hash = content.hash();
  hello.token = token;
  const auto bytes = protocol::encode(hello, builder);
  link.set_hello({bytes.begin(), bytes.end()}, token.has_value());
}

bool GameClient::Impl::on_notes(const protocol::Frame& frame, double now_ms) {
  if (frame.notes() == nullptr) return true;
  for (const protocol::Note* note : *frame.notes()) {
    if (const auto* welcome = note->body_as_Welcome(); welcome != nullptr && link.expects_welcome()) {
      if (!on_welcome(*welcome, now_ms)) return false;
      continue;
    }
    const Told::Heard heard = told.hear(*note);
    if (heard == Told::Heard::number_missing) {
      link.broken("notes: a number is missing", now_ms);
      return false;
    }
    // The rest is of the road we play on, not of one that is only being tried.
    if (heard == Told::Heard::taken || link.expects_welcome() || told.keep(*note)) continue;
    if (const char* fault = requests.hear(*note); fault != nullptr) {
      link.broken(fault, now_ms);
      return false;
    }
  }
  return true;
}

bool GameClient::Impl::on_message(std::span<const std::uint8_t> bytes, double now_ms) {
  const auto frame = reader.read(bytes);
  if (!frame) {
    link.broken(frame.error().reason, now_ms);
    return false;
  }
  if (!on_notes(**frame, now_ms)) return false;
  if (link.expects_welcome()) {
    link.broken("a frame before the welcome", now_ms);
    return false;
  }
  if (const auto applied = replica.apply(**frame); !applied) {
    link.broken(applied.error().reason, now_ms);
    return false;
  }
  if (numbers_unknown) play->prediction.begin_after(replica.acknowledged() + k_acts_under_way_max);
  numbers_unknown = false;
  ++stats.frames_received;
  stats.bytes_received += bytes.size();
  frame_arrived = true;
  if (options.draws) play->interpolation.on_frame(replica);
  moments.add(replica, play->interpolation, options.class_index);
  const protocol::Head& head = *(*frame)->head();
  const bool round_trip = play->lead.on_echo(head.echo(), head.tick(), now_ms);
  if (round_trip) ++stats.round_trips;
  play->lead.on_slack(head.slack_ticks());
  report.arrivals.push_back({head.tick(), static_cast<std::uint32_t>(bytes.size()), head.late_ms(), head.slack_ticks(),
                             round_trip ? play->lead.round_trip_last_ms() : 0});
  return true;
}

void GameClient::Impl::receive(double now_ms) {
  const bool slept = updated_ms >= 0 && now_ms - updated_ms > k_slept_ms;
  std::span<const std::uint8_t> message;
  while (link.next_message(now_ms, message)) {
    if (!on_message(message, now_ms)) return;
    if (!slept) play->clock.on_frame(replica.tick(), now_ms);
  }
  if (!frame_arrived) return;
  if (slept) play->clock.on_frame(replica.tick(), now_ms);
  requests.experience().on_frames(now_ms, slept);
}

double GameClient::Impl::fraction() const { return std::clamp(play->predicted_tick - play->prediction.tick(), 0.0, 1.0); }

/// A key is answered in the display frame it was pressed in: the next tick begins now, and what that skips is smoothed over.
void GameClient::Impl::hurry_if_new() {
  Prediction& prediction = play->prediction;
  if (!prediction.has_news() || play->predicted_tick >= prediction.tick() + 1) return;
  const double ticks = prediction.tick() + 1 - play->predicted_tick;
  const DrawnPoint before = prediction.drawn(fraction());
  if (!play->lead.hurry(ticks)) return;
  play->predicted_tick = prediction.tick() + 1;
  note_view_age();
  prediction.advance_to(prediction.tick() + 1);
  prediction.keep_drawn(before, prediction.drawn(fraction()));
}

/// An act made now is made from what is drawn now.
void GameClient::Impl::note_view_age() {
  const double age = (play->predicted_tick - play->interpolation.render_tick()) * sim::k_view_age_parts;
  const double most = sim::view_age_max(tick_hz);
  play->prediction.set_view_age(static_cast<std::uint8_t>(std::clamp(age, 0.0, most)));
}

/// Whoever strikes sees those around no older than the server will look back.
void GameClient::Impl::keep_up_near() {
  const content::BodySpec& own = content.classes()[options.class_index].body;
  if (options.watches || own.attack.kind != content::AttackKind::strike || !play->prediction.started()) {
    play->interpolation.keep_up_near(std::nullopt);
    return;
  }
  Striking striking;
  striking.at = play->prediction.drawn(fraction());
  striking.near_tiles = static_cast<double>(own.attack.reach + own.radius) / base::k_units_per_tile + k_near_beyond_reach_tiles;
  striking.far_tiles = striking.near_tiles + k_change_over_tiles;
  striking.tick = play->predicted_tick - static_cast<double>(sim::view_age_max(tick_hz)) / sim::k_view_age_parts;
  play->interpolation.keep_up_near(striking);
}

/// What was predicted for another character is nothing to this one.
void GameClient::Impl::watch_prediction() {
  disagreements = {};
  if (play) play->prediction.note_in(tell_disagreement ? &disagreements : nullptr);
}

void GameClient::Impl::predict(double now_ms, double elapsed_ms) {
  Prediction& prediction = play->prediction;
  play->lead.update(now_ms);
  if (frame_arrived && replica.has_own()) {
    if (tell_disagreement) {
      if (const std::string text = disagreements.compare(replica.tick(), replica.own().walker); !text.empty())
        tell_disagreement(text);
    }
    const double moved = prediction.reconcile(replica, prediction.started() ? fraction() : 0);
    stats.correction_last_tiles = moved;
    report.corrected_tiles = moved;
    if (moved > k_correction_tiles) ++stats.corrections;
  }
  if (!prediction.started()) return;
  prediction.fade(elapsed_ms);
  const double ahead_max = replica.tick() + static_cast<double>(Prediction::k_ahead_ticks_max);
  const double goal = std::min(play->clock.tick_at(now_ms) + play->lead.ticks(), ahead_max);
  // Never back: a walk may pause, not reverse.
  play->predicted_tick = std::max({play->predicted_tick, goal, static_cast<double>(prediction.tick())});
  note_view_age();
  prediction.advance_to(static_cast<base::Tick>(std::floor(play->predicted_tick)));
  hurry_if_new();
}

void GameClient::Impl::flush(double now_ms) {
  const auto unsent = play->prediction.unsent();
  const bool settling = now_ms - play->began_ms < k_settling_ms;
  const double keep_alive_ms = settling ? k_keep_alive_first_ms : k_keep_alive_ms;
  if (unsent.empty() && play->sent_any && now_ms - play->sent_ms < keep_alive_ms) return;
  protocol::Acts message;
  for (const PredictedAct& act : unsent) {
    message.acts[message.count++] = {act.sequence,
                                     act.tick,
                                     act.intent.target,
                                     act.intent.heading,
                                     act.intent.attack,
                                     act.view_age,
                                     act.skill,
                                     replication::to_wire_position(act.point.x),
                                     replication::to_wire_position(act.point.y)};
  }
  message.frame_tick = replica.tick();
  message.notes = told.numbered;
  message.stamp = play->lead.stamp(now_ms, play->clock.tick_at(now_ms));
  const auto bytes = protocol::encode(message, builder);
  if (link.send(bytes) != SendResult::sent) return;
  stats.bytes_sent += bytes.size();
  report.sent_bytes = static_cast<std::uint32_t>(bytes.size());
  report.sent_acts = static_cast<std::uint32_t>(message.count);
  play->prediction.mark_sent();
  play->sent_ms = now_ms;
  play->sent_any = true;
}

void GameClient::Impl::begin_report(double now_ms) {
  report.at_ms = now_ms;
  report.arrivals.clear();
  report.corrected_tiles = 0;
  report.sent_bytes = report.sent_acts = 0;
}

void GameClient::Impl::end_report() {
  report.phase = link.phase();
  report.buffered_bytes = link.transport().buffered_bytes();
  report.tick_ms = play ? play->clock.tick_ms() : 1000.0 / tick_hz;
  report.usual_lateness_ms = play ? play->clock.lateness_ms() : 0;
}

void GameClient::Impl::refresh_stats(double now_ms) {
  stats.disconnects = link.disconnects();
  stats.switches = link.switches();
  stats.climbs = link.climbs();
  stats.answers_late = requests.dialogue().late_answers();
  if (!play) return;
  stats.round_trip_ms = play->lead.round_trip_ms();
  stats.round_trip_last_ms = play->lead.round_trip_last_ms();
  stats.snapshot_age_ms = now_ms - link.last_heard_ms();
  stats.interpolation_delay_ms = play->interpolation.delay_ticks() * play->clock.tick_ms();
  stats.lead_ticks = play->lead.ticks();
}

GameClient::GameClient(const content::Content& content, std::vector<Road> roads, std::uint64_t seed,
                       std::shared_ptr<PlayMaps> maps)
    : impl_(std::make_unique<Impl>(content, std::move(roads), seed, std::move(maps))) {}
GameClient::GameClient(const content::Content& content, std::unique_ptr<Transport> transport, std::uint64_t seed,
                       std::shared_ptr<PlayMaps> maps)
    : GameClient(content, only(std::move(transport)), seed, std::move(maps)) {}
GameClient::~GameClient() = default;
GameClient::GameClient(GameClient&&) noexcept = default;
GameClient& GameClient::operator=(GameClient&&) noexcept = default;

void GameClient::join(JoinOptions options, double now_ms) {
  Impl& self = *impl_;
  self.forget();
  self.requests.end();
  self.options = std::move(options);
  self.intent = {};
  if (!protocol::Hello{}.name.assign(self.options.name)) {
    self.link.refuse(std::string(protocol::words_of(protocol::Sentence::name_bytes)), now_ms);
    return;
  }
  if (self.options.class_index >= self.content.classes().size()) {
    self.link.refuse(std::string(protocol::words_of(protocol::Sentence::no_class)), now_ms);
    return;
  }
  const auto only_road = self.link.find_road(self.options.only_road);
  if (!self.options.only_road.empty() && !only_road) {
    self.link.refuse("there is no road called " + self.options.only_road, now_ms);
    return;
  }
  self.token = self.options.token;
  self.told.numbered = 0;
  self.make_hello();
  self.link.join(self.options.url, only_road, now_ms);
}

void GameClient::leave() {
  impl_->link.leave();
  impl_->requests.end();
  impl_->token.reset();
  impl_->forget();
}

void GameClient::update(double now_ms) {
  Impl& self = *impl_;
  const double elapsed_ms = self.updated_ms < 0 ? 0 : std::max(0.0, now_ms - self.updated_ms);
  self.frame_arrived = false;
  self.begin_report(now_ms);
  self.receive(now_ms);
  self.link.watch(now_ms);
  self.updated_ms = now_ms;
  if (self.play && in_play() && self.play->clock.started()) {
    Play& play = *self.play;
    play.clock.update(now_ms);
    play.interpolation.update(now_ms, play.clock.tick_at(now_ms), play.clock.lateness_ms(), self.replica.tick());
    self.predict(now_ms, elapsed_ms);
    self.keep_up_near();
    if (self.link.phase() == Phase::playing && !self.options.watches) self.flush(now_ms);
    self.moments.release(play.interpolation);
  }
  self.refresh_stats(now_ms);
  if (self.link.phase() == Phase::playing && !self.options.watches) {
    self.stats.bytes_sent += self.requests.tend(now_ms, self.stats, self.link, self.builder);
  } else {
    self.requests.end();
  }
  self.end_report();
}

void GameClient::shown() { impl_->requests.experience().on_shown(); }
protocol::Dialogue& GameClient::dialogue() { return impl_->requests.dialogue(); }

void GameClient::want(const sim::Intent& intent) {
  if (impl_->options.watches) return;
  impl_->intent = intent;
  if (impl_->play) impl_->play->prediction.want(intent);
}

void GameClient::use_skill(std::uint8_t skill, base::Vec2 point) {
  if (impl_->play && !impl_->options.watches && skill >= 1 && skill <= content::k_skills_max)
    impl_->play->prediction.use_skill(skill, point);
}

void GameClient::watch_prediction(std::function<void(const std::string&)> tell) {
  impl_->tell_disagreement = std::move(tell);
  impl_->watch_prediction();
}

const char* phase_key(Phase phase) {
  switch (phase) {
    case Phase::idle:
      return "idle";
    case Phase::connecting:
      return "connecting";
    case Phase::greeting:
      return "greeting";
    case Phase::playing:
      return "playing";
    case Phase::switching:
      return "switching";
    case Phase::waiting:
      return "waiting";
    case Phase::refused:
      return "refused";
  }
  return "idle";
}

Phase GameClient::phase() const { return impl_->link.phase(); }
bool GameClient::in_play() const { return phase() == Phase::playing || phase() == Phase::switching; }
const std::string& GameClient::message() const { return impl_->link.message(); }
double GameClient::retry_in_ms(double now_ms) const { return impl_->link.retry_in_ms(now_ms); }
const ClientStats& GameClient::stats() const { return impl_->stats; }
const UpdateReport& GameClient::last_update() const { return impl_->report; }
const replication::Replica& GameClient::replica() const { return impl_->replica; }
const char* GameClient::transport_name() const { return impl_->link.transport().name(); }
std::span<const RoadStats> GameClient::roads() const { return impl_->link.road_stats(); }
std::int32_t GameClient::tick_hz() const { return impl_->tick_hz; }

const content::MapSpec* GameClient::map() const { return impl_->play ? &impl_->play->map->spec : nullptr; }
void GameClient::put_region(const content::Region& region) {
  if (impl_->play && !impl_->play->map->spec.regions.empty()) impl_->play->map->put(region);
}
const sim::TileMap* GameClient::tiles() const { return impl_->play ? &impl_->play->map->tiles : nullptr; }

const sim::Walker* GameClient::predicted() const {
  return impl_->play && impl_->play->prediction.started() ? &impl_->play->prediction.walker() : nullptr;
}
double GameClient::predicted_tick() const { return impl_->play ? impl_->play->predicted_tick : 0; }
double GameClient::render_tick() const { return impl_->play ? impl_->play->interpolation.render_tick() : 0; }
double GameClient::server_tick(double now_ms) const {
  return impl_->play && impl_->play->clock.started() ? impl_->play->clock.tick_at(now_ms) : 0;
}

std::optional<BodyView> GameClient::self_view() const {
  const Impl& self = *impl_;
  if (!self.play || !self.play->prediction.started()) return std::nullopt;
  const Play& play = *self.play;
  if (self.options.watches) return self.watched;
  const sim::Walker& walker = play.prediction.walker();
  const replication::OwnState& own = self.replica.own();
  const double tick_ms = play.clock.tick_ms();
  const DrawnPoint point = play.prediction.drawn(self.fraction());
  BodyView view;
  view.id = own.id;
  view.kind = sim::Kind::player;
  view.archetype = self.options.class_index;
  view.level = own.level;
  view.x = point.x;
  view.y = point.y;
  view.facing = walker.facing;
  view.action = walker.action;
  view.action_age_ms = std::max(0.0, (play.predicted_tick - walker.action_since) * tick_ms);
  view.speed_tiles_per_s = std::hypot(walker.velocity.x, walker.velocity.y) / base::k_units_per_tile * 1000 / tick_ms;
  view.health_fraction = own.health_max > 0 ? static_cast<double>(own.health) / own.health_max : 0;
  view.health_max = own.health_max;
  view.looks = sim::looks_of(self.replica.effects());
  if (self.told.belongings) {
    // Nobody is told of its own body what it wears: it owns it. The first three cells are those of weapon, armour and helmet.
    view.weapon = self.told.belongings->cells[sim::k_worn_begin].item;
    view.coat = self.told.belongings->cells[sim::k_worn_begin + 1].item;
    view.helmet = self.told.belongings->cells[sim::k_worn_begin + 2].item;
  }
  view.self = true;
  view.name = self.options.name;
  return view;
}

std::span<const BodyView> GameClient::others() {
  if (!impl_->play) return {};
  std::span<BodyView> views = impl_->play->interpolation.draw(impl_->content);
  if (impl_->options.watches) views = impl_->take_watched(views);
  for (BodyView& view : views) {
    if (view.kind != sim::Kind::player) continue;
    const base::Vec2 place{static_cast<std::int32_t>(std::lround(view.x * base::k_units_per_tile)),
                           static_cast<std::int32_t>(std::lround(view.y * base::k_units_per_tile))};
    view.fights = may_fight_with(view.id, view.level, place);
  }
  return views;
}

/// The watched one is told among the others, and shown as one's own.
std::span<BodyView> GameClient::Impl::take_watched(std::span<BodyView> views) {
  watched.reset();
  const auto found = std::find_if(views.begin(), views.end(), [&](const BodyView& view) { return view.id == replica.own().id; });
  if (found == views.end()) return views;
  watched = *found;
  watched->self = true;
  watched->name = options.name;
  std::swap(*found, views.back());
  return views.first(views.size() - 1);
}

bool GameClient::may_fight_with(base::EntityId other, std::int32_t level, base::Vec2 place) const {
  if (!impl_->play || !impl_->play->prediction.started()) return false;
  const replication::Replica& replica = impl_->replica;
  return sim::may_fight(impl_->play->map->tiles, impl_->content.rules(),
                        own_fighter(replica, impl_->play->prediction.walker().position), {other, {}, level, place});
}

bool GameClient::watches() const { return impl_->options.watches; }
const std::optional<protocol::Token>& GameClient::token() const { return impl_->token; }
std::vector<Moment> GameClient::take_moments() { return impl_->moments.take(); }
const std::optional<sim::Belongings>& GameClient::belongings() const { return impl_->told.belongings; }
const std::optional<sim::TradeView>& GameClient::trade() const { return impl_->told.trade; }
std::uint32_t GameClient::trades_told() const { return impl_->told.trades_told; }
const replication::PartyView& GameClient::party() const { return impl_->told.party; }
std::vector<std::string> GameClient::take_notices() { return std::exchange(impl_->told.notices, {}); }
std::vector<SpokenLine> GameClient::take_lines() { return std::exchange(impl_->told.lines, {}); }

}  // namespace cudgel::core
