#include "app.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "browser.h"
#include "content/region.h"
#include "core/update_report.h"
#include "net_http/http_road.h"
#include "net_web/fetch_client.h"
#include "net_web/web_transport.h"
#include "page_textures.h"
#include "play/aiming.h"
#include "play/chart.h"
#include "play/json.h"
#include "play/names.h"
#include "play/token_text.h"
#include "play/told.h"

namespace cudgel::game {

namespace {
constexpr std::size_t k_events_max = 200;
constexpr std::size_t k_lines_max = 16;  ///< a hidden page reads none for a while
/// Longer gaps (a hidden tab) are not animated through.
constexpr float k_elapsed_max_ms = 100;
constexpr float k_finger_slack_css_px = 14;
constexpr float k_mouse_slack_css_px = 2;
/// A blow of this share of the whole health shakes the camera at full strength.
constexpr double k_full_shake_share = 0.2;
/// What one's own blow that lands shakes it: felt rather than seen.
constexpr float k_own_blow_shake = 0.18F;
/// How long dusk takes to fall over one's own death, and what colours are left then.
constexpr float k_dusk_ms = 900;
constexpr float k_zone_light_ms = 900;  ///< the light of another zone is there after about thrice this
constexpr float k_dusk_red = 0.52F, k_dusk_green = 0.44F, k_dusk_blue = 0.42F;

base::Vec2 place_of(const core::BodyView& body) {
  return {static_cast<std::int32_t>(body.x * base::k_units_per_tile), static_cast<std::int32_t>(body.y * base::k_units_per_tile)};
}

/// Best first.
std::vector<core::Road> all_roads(net::HttpClient& http) {
  std::vector<core::Road> roads;
  roads.push_back({net::make_web_transport(), true});
  for (const auto road : {net::HttpRoad::sse, net::HttpRoad::longpoll, net::HttpRoad::poll}) {
    roads.push_back({net::make_http_road(road, http, browser::now_ms), road == net::HttpRoad::sse});
  }
  return roads;
}
}  // namespace

std::string App::open(std::span<const std::uint8_t> content_bytes, std::span<const std::uint8_t> atlas_bytes) {
  auto content = content::Content::load_page(content_bytes);
  if (!content) return "The game's content could not be read: " + content.error().text;
  auto atlas = Atlas::load(atlas_bytes);
  if (!atlas) return "The game's pictures could not be read: " + atlas.error().text;
  content_.emplace(std::move(*content));
  atlas_.emplace(std::move(*atlas));
  if (const char* problem = painter_.open(); problem != nullptr) return problem;
  if (std::string problem = upload_pages(painter_, *atlas_); !problem.empty()) return problem;
  if (!text_.open(painter_)) return "This device's graphics memory is full.";
  const double now_ms = browser::now_ms();
  http_ = net::make_fetch_client();
  client_.emplace(*content_, all_roads(*http_), static_cast<std::uint64_t>(now_ms * 1000));
#ifndef NDEBUG
  client_->watch_prediction([](const std::string& text) { std::fputs(text.c_str(), stderr); });  // the browser's console
#endif
  late_pages_.emplace(painter_, *atlas_);
  stream_.emplace(content_->map());
  scene_.emplace(*content_, *atlas_, words_);
  sounds_.emplace(*content_);
  orders_.emplace(*content_);
  last_frame_ms_ = now_ms;
  return {};
}

void App::run() {
  browser::run_each_frame([](void* app) { static_cast<App*>(app)->frame(); }, this);
}

bool App::join(const std::string& url, const std::string& name, const std::string& class_name, const std::string& token,
               const std::string& only_road) {
  const int class_index = content_->find_class(class_name);
  if (class_index < 0) return false;
  orders_->forget();
  people_ = {};
  goods_ = {};
  sounds_->forget();
  client_->join({url, name, static_cast<std::uint8_t>(class_index), true, token_of(token), only_road}, browser::now_ms());
  return true;
}

bool App::watch(const std::string& url, const std::string& name, const std::string& only_road) {
  orders_->forget();
  people_ = {};
  goods_ = {};
  sounds_->forget();
  core::JoinOptions options{url, name, 0, true, std::nullopt, only_road};
  options.watches = true;
  client_->join(std::move(options), browser::now_ms());
  return true;
}

void App::let_watch(bool allowed) {
  if (client_->in_play() && !client_->watches()) {
    static_cast<void>(client_->ask(protocol::LetWatch{allowed}, 5000, browser::now_ms()));  // the frames tell how many watch
  }
}

std::string App::token() { return client_->token() ? text_of(*client_->token()) : std::string(); }

void App::page_came(std::size_t page, bool fetched) {
  if (!late_pages_) return;
  late_pages_->came(page, fetched, browser::now_ms());
}

void App::region_came(std::int32_t column, std::int32_t row, std::span<const std::uint8_t> bytes) {
  if (stream_) regions_.push_back({column, row, {bytes.begin(), bytes.end()}});
}

void App::take_region() {
  if (regions_.empty()) return;
  const RawRegion raw = std::move(regions_.front());
  regions_.pop_front();
  const auto& [column, row, bytes] = raw;
  auto region = bytes.empty() ? base::Result<content::Region, content::ContentError>(base::fail(content::ContentError{}))
                              : content::load_region(bytes, *content_, column, row);
  stream_->came({column, row}, region.has_value(), browser::now_ms());
  if (!region) {
    if (!region.error().text.empty()) std::fprintf(stderr, "%s\n", region.error().text.c_str());
    return;
  }
  if (content_->map().here[static_cast<std::size_t>(row * content::regions_along(content_->map().width) + column)] != 0) return;
  ++frame_.deeds.regions;
  content::put_region(content_->map_to_complete(), *region);
  client_->put_region(*region);
  if (map_ != nullptr && !map_->regions.empty()) scene_->region_came(*region);
}

void App::fetch_map(double now_ms) {
  const bool in_arena = map_ != nullptr && map_->regions.empty();
  if (in_arena) return;
  double x = 0, y = 0;
  if (self_) {
    x = self_->x, y = self_->y;
  } else {
    // Before one stands anywhere: where newcomers come in.
    const base::Vec2 start = content_->map().player_starts.front();
    x = static_cast<double>(start.x) / base::k_units_per_tile, y = static_cast<double>(start.y) / base::k_units_per_tile;
  }
  for (const RegionPlace place : stream_->want(x, y, now_ms)) browser::fetch_region(place.column, place.row);
}

void App::leave() {
  client_->leave();
  input_.release_all();
}

void App::pulse() {
  const double now_ms = browser::now_ms();
  was_hidden_ = true;
  steer(now_ms);
  update(now_ms, true);
  sounds_->skip();
}

const core::BodyView* App::find(base::EntityId id) {
  if (self_ && self_->id == id) return &*self_;
  const auto others = client_->others();
  const auto found = std::find_if(others.begin(), others.end(), [&](const core::BodyView& body) { return body.id == id; });
  return found == others.end() ? nullptr : &*found;
}

void App::take_moments(double now_ms) {
  for (const core::Moment& moment : client_->take_moments()) {
    const base::EntityId self = self_ ? self_->id : base::EntityId{};
    Happened event;
    event.moment = moment;
    event.by_self = self.valid() && moment.source == self;
    event.source_kind = kind_key(*content_, moment.source_kind, moment.source_archetype);
    const core::BodyView* source = find(moment.source);
    const core::BodyView* target = find(moment.target);
    if (target != nullptr) {
      event.target_kind = kind_key(*content_, target->kind, target->archetype);
    }
    if (moment.type == sim::EventType::hit && moment.on_self) {
      last_struck_ms_ = now_ms;
      const double share = self_ && self_->health_max > 0 ? static_cast<double>(moment.amount) / self_->health_max : 0.0;
      camera_.shake(static_cast<float>(0.3 + share / k_full_shake_share));
      orders_->struck_by(moment.source);
      if (source != nullptr) {
        killer_ = words_for(*content_, words_, *source);
        slain_with_ = slays_with(*content_, source->kind, source->archetype);
      }
    } else if (moment.type == sim::EventType::hit && event.by_self) {
      camera_.shake(k_own_blow_shake);
    }
    if (moment.type == sim::EventType::cast && self_) shake_by(moment);
    if (moment.type == sim::EventType::level_up) tell_level(moment);
    if (moment.type == sim::EventType::duel) tell_duel(moment);
    if (moment.type == sim::EventType::refused && moment.on_self) refusal_ = moment.amount, ++refusals_;
    scene_->happen(moment, self, now_ms);
    sounds_->happen(moment, target);
    events_.push_back(std::move(event));
    if (events_.size() > k_events_max) events_.pop_front();
  }
}

void App::tell_treasure(const core::BodyView& thing, double now_ms) {
  sounds_->cue("rare_drop", now_ms);
  scene_->treasure(thing, now_ms);
  if (lines_.size() < k_lines_max) {
    const std::string name = words_.name(content_->items()[thing.archetype].name);
    lines_.push_back(words_.filled("loot.rare", "On the ground: {item}!", "item", name));
  }
}

/// A line for everybody who stands near.
void App::tell_level(const core::Moment& moment) {
  if (lines_.size() == k_lines_max) return;
  const core::BodyView* who = find(moment.target);
  if (moment.on_self) {
    lines_.push_back(words_.filled("risen.you", "You have reached level {level}.", "level", std::to_string(moment.amount)));
  } else if (who != nullptr && !who->name.empty()) {
    lines_.push_back(words_.filled("risen.other", "{name} has reached a new level.", "name", who->name));
  }
}

/// A line for everybody who stands near; that nothing came of a challenge is the challenger's alone.
void App::tell_duel(const core::Moment& moment) {
  const core::BodyView* const source = find(moment.source);
  const core::BodyView* const target = find(moment.target);
  if (lines_.size() == k_lines_max || source == nullptr || target == nullptr) return;
  constexpr std::array k_keys{"duel.begun", "duel.won", "duel.off", "duel.turned_down"};
  constexpr std::array k_words{"{one} and {other} fight a duel.", "{one} has beaten {other} in a duel.",
                               "Nobody has won the duel of {one} and {other}.", "{other} does not want to fight {one}."};
  const auto news = static_cast<std::size_t>(moment.amount);
  if (news >= k_keys.size()) return;
  if (static_cast<sim::DuelNews>(news) == sim::DuelNews::turned_down && !source->self && !target->self) return;
  lines_.push_back(words_.filled(k_keys[news], k_words[news], {{"one", source->name}, {"other", target->name}}));
}

void App::order_summoned(sim::Order order, const Surroundings& around, double now_ms) {
  // Who never had any is not told that he has none: the keys may lie beside those that he does use.
  if (summoned_max_at(*content_, *self_) == 0) return;
  goods_.ask(*client_, order_deed(order, foe_for(around, orders_->target())), now_ms);
}

void App::steer(double now_ms) {
  controls_ = input_.take();
  const float slack = (controls_.pointer_is_finger ? k_finger_slack_css_px : k_mouse_slack_css_px) * painter_.pixel_ratio();
  pointed_at_ = controls_.pointer_x >= 0 ? scene_->pick(controls_.pointer_x, controls_.pointer_y, slack) : base::EntityId{};
  if (!self_ || !client_->in_play() || client_->tiles() == nullptr || client_->watches()) return;
  if (controls_.clicked) {
    goods_.fetch(pointed_at_.valid() ? base::EntityId{}
                                     : scene_->pick_thing(controls_.pointer_x, controls_.pointer_y, camera_.zoom()));
  }
  const Surroundings around{*self_, client_->others(), *client_->tiles(), camera_, pointed_at_};
  client_->want(orders_->decide(controls_, around, now_ms));
  if (controls_.order > 0) order_summoned(static_cast<sim::Order>(controls_.order - 1), around, now_ms);
  if (self_->archetype >= content_->classes().size() || controls_.skill <= 0) return;
  const auto& skills = content_->classes()[self_->archetype].skills;
  if (static_cast<std::size_t>(controls_.skill) > skills.size()) return;
  const content::SkillSpec& skill = skills[static_cast<std::size_t>(controls_.skill) - 1];
  client_->use_skill(static_cast<std::uint8_t>(controls_.skill), aim_of_skill(skill, controls_, around, orders_->target()));
}

void App::update(double now_ms, bool hidden) {
  client_->update(now_ms);
  monitor_.on_update(client_->last_update(), client_->transport_name(), hidden);
  self_ = client_->self_view();
  if (self_ && self_->action == sim::Action::attack) last_attack_ms_ = now_ms - self_->action_age_ms;
  if (client_->map() != map_) {
    map_ = client_->map();
    if (map_ != nullptr) scene_->enter(*map_);
    sounds_->enter(map_);
  }
  take_region();
  fetch_map(now_ms);
  take_moments(now_ms);
  for (const core::BodyView& thing : goods_.tend(*client_, *content_, now_ms)) tell_treasure(thing, now_ms);
}

void App::dim(float elapsed_ms) {
  const bool dead = self_ && self_->action == sim::Action::dead;
  const int zone = self_ && map_ != nullptr ? map_->zone_at(place_of(*self_)) : -1;
  const std::uint32_t lit = zone < 0 ? 0xFFFFFFU : map_->zones[static_cast<std::size_t>(zone)].light;
  for (std::size_t i = 0; i < zone_light_.size(); ++i) {
    const float wanted = static_cast<float>(lit >> (16U - 8U * i) & 0xFFU) / 255.0F;
    zone_light_[i] += (wanted - zone_light_[i]) * std::min(1.0F, elapsed_ms / k_zone_light_ms);
  }
  const float step = elapsed_ms / k_dusk_ms;
  dusk_ = dead ? std::min(1.0F, dusk_ + step) : std::max(0.0F, dusk_ - 3 * step);
  const auto left = [this](float share) { return 1.0F - dusk_ * (1.0F - share); };
  painter_.set_light(
      tint(left(k_dusk_red) * zone_light_[0], left(k_dusk_green) * zone_light_[1], left(k_dusk_blue) * zone_light_[2], 1));
}

void App::draw(double now_ms, float elapsed_ms) {
  dim(elapsed_ms);
  painter_.begin(tint(0.055F, 0.07F, 0.045F, 1));
  text_.begin_frame();
  camera_.resize(painter_.width(), painter_.height());
  if (self_) camera_.follow(self_->x, self_->y, elapsed_ms);
  if (map_ != nullptr) {
    SceneView view;
    view.self = self_ ? &*self_ : nullptr;
    view.others = client_->others();
    view.target = orders_->target();
    view.pointed_at = controls_.pointer_is_finger ? base::EntityId{} : pointed_at_;
    view.has_goal = orders_->has_goal();
    view.goal_x = static_cast<double>(orders_->goal().x) / base::k_units_per_tile;
    view.goal_y = static_cast<double>(orders_->goal().y) / base::k_units_per_tile;
    if (const sim::Duel& duel = client_->replica().duel(); duel.stage >= sim::DuelStage::countdown) {
      view.ring_x = static_cast<double>(duel.ring.x) / base::k_units_per_tile;
      view.ring_y = static_cast<double>(duel.ring.y) / base::k_units_per_tile;
      view.ring_tiles = static_cast<double>(content_->rules().duel_ring) / base::k_units_per_tile;
    }
    show_aim(view);
    view.now_ms = now_ms;
    view.elapsed_ms = elapsed_ms;
    scene_->draw(painter_, text_, camera_, view);
    for (const std::size_t page : scene_->wanted_pages()) late_pages_->want(page, now_ms);
  }
  painter_.end();
}

void App::next_frame(double now_ms, float interval_ms) {
  frame_.interval_ms = interval_ms;
  const std::size_t bytes = browser::memory_bytes();
  frame_.deeds.grew = memory_bytes_ != 0 && bytes != memory_bytes_;
  memory_bytes_ = bytes;
  stats_.interval_ms.add(interval_ms);
  if (!was_hidden_) stats_.slow.add(frame_);
  frame_ = {};
  frame_.at_ms = now_ms;
}

void App::frame() {
  const double now_ms = browser::now_ms();
  const auto interval_ms = static_cast<float>(now_ms - last_frame_ms_);
  last_frame_ms_ = now_ms;
  next_frame(now_ms, interval_ms);
  if (resolution_.on_frame(now_ms, interval_ms)) browser::set_resolution(resolution_.scale());
  input_.poll(painter_.pixel_ratio());
  steer(now_ms);
  update(now_ms, false);
  if (self_) {
    const sim::Duel& duel = client_->replica().duel();
    const double duel_left_ticks = static_cast<double>(duel.until) - client_->replica().tick();
    const replication::PartyView& party = client_->party();
    sounds_->own({client_->belongings(), client_->trade(), party.mates.size(), party.invited_by.size(), duel,
                  duel_left_ticks * 1000 / client_->tick_hz()},
                 now_ms);
    sounds_->frame(*self_, client_->others(), now_ms);
  }
  if (const auto page = late_pages_->take_in(now_ms)) {
    ++frame_.deeds.pages;
    scene_->page_came(*page);
  }
  draw(now_ms, std::min(interval_ms, k_elapsed_max_ms));
  client_->shown();
  stats_.draw_calls = painter_.draw_calls();
  stats_.quads = painter_.quads();
  stats_.bodies_in_window = scene_->bodies_in_window();
  stats_.render_scale = resolution_.scale();
  const double work_ms = browser::now_ms() - now_ms;
  stats_.work_ms.add(static_cast<float>(work_ms));
  frame_.work_ms = static_cast<float>(work_ms);
  frame_.deeds.squares = scene_->squares_painted();
  frame_.deeds.texts = text_.written();
  if (!was_hidden_) monitor_.on_page_frame(now_ms, interval_ms, work_ms);
  was_hidden_ = false;
}

std::string App::open_sounds(std::span<const std::uint8_t> bytes) {
  return sounds_->open(bytes, static_cast<std::uint64_t>(browser::now_ms() * 1000));
}

void App::set_look(bool shake, bool calm, bool safe_colours, int quality) {
  camera_.set_reduced_motion(calm || !shake);
  scene_->set_look(calm, safe_colours);
  resolution_.fix(quality == 1 ? 1.0 : quality == 2 ? 0.5 : 0.0);
  browser::set_resolution(resolution_.scale());
}

void App::cue(const std::string& key) {
  if (sounds_) sounds_->cue(key, browser::now_ms());
}

std::string App::state() {
  stats_.regions_here = stream_->here();
  return state_json(*client_, *content_, stats_);
}
std::string App::events() { return events_json(events_); }

std::string App::hud() {
  const double now_ms = browser::now_ms();
  HudFacts facts;
  facts.target = orders_->target();
  facts.attack_age_ms = now_ms - last_attack_ms_;
  facts.struck_age_ms = now_ms - last_struck_ms_;
  facts.killer = killer_;
  facts.slain_with = slain_with_;
  facts.refusal = refusal_;
  facts.refusals = refusals_;
  facts.land_is_late = self_ && map_ != nullptr && !map_->regions.empty() && !stream_->sees_all(self_->x, self_->y);
  return hud_json(*client_, *content_, stats_, facts, words_, now_ms);
}

std::string App::monitor(double since_ms) { return monitor_.graph_json(since_ms, browser::now_ms(), words_); }
std::string App::trace() { return monitor_.trace_json(browser::now_ms()); }
void App::ask_people() { people_.ask(*client_, browser::now_ms()); }
void App::ask_strongest() { people_.ask_strongest(*client_, browser::now_ms()); }
std::string App::people() { return people_.json(*content_); }

std::vector<std::uint8_t> App::chart_pixels() {
  const content::MapSpec* map = client_->map();
  return map == nullptr ? std::vector<std::uint8_t>() : game::chart_pixels(*map);
}
std::string App::zones() {
  const content::MapSpec* map = client_->map();
  return map == nullptr ? "[]" : zones_json(*map);
}
std::string App::chart_marks() { return chart_marks_json(*client_); }

bool App::speak(const std::string& channel, const std::string& to, const std::string& words) {
  return talk_.speak(*client_, channel, to, words, browser::now_ms());
}
bool App::report(const std::string& name) { return talk_.report(*client_, name, browser::now_ms()); }
std::string App::talk() { return talk_.json(*client_); }
void App::show_line(std::uint32_t entity, const std::string& words) {
  scene_->say(base::EntityId::unpack(entity), words, browser::now_ms());
}

std::string App::items() { return items_json(*content_); }
std::string App::goods() { return goods_.json(*client_, *content_); }
void App::take_nearest() { goods_.take_nearest(*client_, *content_, browser::now_ms()); }

bool App::do_deed(const std::string& deed, int cell, int to, int item, int count, double gold) {
  const std::optional<protocol::Deed> wanted = deed_of(deed, cell, to, item, count, gold);
  if (wanted) goods_.ask(*client_, *wanted, browser::now_ms());
  return wanted.has_value();
}

bool App::duel(const std::string& action, std::uint32_t entity) {
  if (action != "challenge" && action != "accept_duel" && action != "decline_duel") return false;
  std::optional<protocol::Deed> wanted = deed_of(action, 0, 0, -1, 0, 0);
  if (!wanted) return false;
  wanted->thing = base::EntityId::unpack(entity);
  goods_.ask(*client_, *wanted, browser::now_ms());
  return true;
}

const char* App::challenge(const std::string& name) {
  const core::BodyView* meant = nullptr;
  for (const core::BodyView& body : client_->others()) {
    if (body.kind != sim::Kind::player || body.name != name) continue;
    if (meant != nullptr) return "several";
    meant = &body;
  }
  if (meant == nullptr) return "nobody";
  duel("challenge", meant->id.packed());
  return "";
}

std::string App::together() { return together_json(*client_, *content_); }

bool App::deal(const std::string& deed, std::uint32_t who, int cell, int count, double gold) {
  const std::optional<protocol::Deed> wanted = deal_of(deed, who, cell, count, gold);
  if (wanted) goods_.ask(*client_, *wanted, browser::now_ms());
  return wanted.has_value();
}

std::string App::notices() {
  Json json;
  json.open('[');
  for (const std::string& line : std::exchange(lines_, {})) json.value(std::string_view(line));
  for (const std::string& notice : client_->take_notices()) json.value(std::string_view(notice_words(notice, *content_, words_)));
  json.close(']');
  return json.take();
}

}  // namespace cudgel::game
