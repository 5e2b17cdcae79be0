#include "report.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "play/json.h"
#include "play/names.h"
#include "play/told.h"

namespace cudgel::game {

namespace {

std::int64_t health_of(const core::BodyView& view) { return std::llround(view.health_fraction * view.health_max); }

void class_field(Json& json, const content::Content& content, const core::BodyView& view) {
  const content::BodySpec* spec = body_spec(content, view.kind, view.archetype);
  if (view.kind == sim::Kind::player && spec != nullptr) json.field("class", std::string_view(spec->name));
}

/// Names of what is seen on the body; empty for nothing.
void worn_fields(Json& json, const content::Content& content, const core::BodyView& view) {
  const auto name = [&](std::uint8_t what) {
    return what == 0 || what > content.items().size() ? std::string_view() : std::string_view(content.items()[what - 1U].name);
  };
  json.field("weapon", name(view.weapon)).field("armour", name(view.coat)).field("helmet", name(view.helmet));
}

void self_fields(Json& json, const content::Content& content, const core::BodyView& self) {
  json.field("id", self.id.packed()).field("name", self.name);
  class_field(json, content, self);
  json.field("x", self.x).field("y", self.y);
  json.field("health", health_of(self)).field("health_max", self.health_max).field("level", std::uint32_t{self.level});
  json.field("action", action_key(self.action)).field("facing", std::uint32_t{self.facing});
  worn_fields(json, content, self);
}

/// The key of the zone; none in an arena.
void zone_field(Json& json, const core::GameClient& client, const core::BodyView& self) {
  const content::MapSpec* map = client.map();
  const int zone = map == nullptr ? -1
                                  : map->zone_at({static_cast<std::int32_t>(self.x * base::k_units_per_tile),
                                                  static_cast<std::int32_t>(self.y * base::k_units_per_tile)});
  if (zone >= 0) json.field("zone", std::string_view(map->zones[static_cast<std::size_t>(zone)].name));
}

void entity(Json& json, const content::Content& content, const core::BodyView& view) {
  json.open('{').field("id", view.id.packed()).field("kind", std::string_view(kind_key(content, view.kind, view.archetype)));
  class_field(json, content, view);
  if (view.kind == sim::Kind::player) {
    json.field("name", view.name);
    worn_fields(json, content, view);
  }
  json.field("x", view.x).field("y", view.y).field("health", health_of(view)).field("health_max", view.health_max);
  if (view.kind == sim::Kind::summoned) json.field("master", std::uint32_t{view.master});
  json.field("level", std::uint32_t{view.level}).field("action", action_key(view.action));
  json.field("sheep", (view.looks & 4U) != 0).close('}');
}

const core::BodyView* find(std::span<const core::BodyView> bodies, base::EntityId id) {
  const auto found = std::find_if(bodies.begin(), bodies.end(), [&](const core::BodyView& body) { return body.id == id; });
  return found == bodies.end() ? nullptr : &*found;
}

/// The skills of the class as the row shows them, and what lies on the own character.
void skill_fields(Json& json, const content::Content& content, const core::BodyView& self, const core::GameClient& client) {
  const sim::Walker* walker = client.predicted();
  const double tick_ms = 1000.0 / client.tick_hz();
  json.key("skills").open('[');
  if (walker != nullptr && self.archetype < content.classes().size()) {
    const auto& skills = content.classes()[self.archetype].skills;
    for (std::size_t i = 0; i < skills.size(); ++i) {
      const double left_ms = std::max(0.0, (walker->skill_ready[i] - client.predicted_tick()) * tick_ms);
      json.open('{').field("name", std::string_view(skills[i].name)).field("title", std::string_view(words_of(skills[i].name)));
      json.field("level", skills[i].level).field("mana", skills[i].mana).field("left_ms", left_ms);
      json.field("cooldown_ms", skills[i].cooldown_ms).close('}');
    }
  }
  json.close(']').key("effects").open('[');
  for (const sim::Effect& effect : client.replica().effects()) {
    const double left_ms = (static_cast<double>(effect.until) - client.replica().tick()) * tick_ms;
    if (left_ms <= 0) continue;
    json.open('{').field("kind", effect_key(effect.kind)).field("left_ms", left_ms).field("harms", content::harms(effect.kind));
    json.close('}');
  }
  json.close(']');
}

void own_fields(Json& json, const content::Content& content, const core::BodyView& self, const HudFacts& facts,
                const core::GameClient& client) {
  const replication::OwnMeans& means = client.replica().means();
  json.key("self").open('{');
  self_fields(json, content, self);
  zone_field(json, client, self);
  json.field("experience", means.experience).field("experience_next", content.levels().to_next(self.level));
  json.field("mana_max", means.mana_max).field("mana", client.predicted() == nullptr ? means.mana : client.predicted()->mana);
  json.close('}');
  skill_fields(json, content, self, client);
  if (const std::int32_t most = summoned_max_at(content, self); most > 0) {
    // Of those who wait for orders: how many there are and may be, and what they were told.
    constexpr std::array<const char*, sim::k_orders> k_order_keys{"come", "stay", "attack"};
    json.key("summoned").open('{').field("count", std::uint32_t{means.summoned}).field("most", most);
    json.field("order", k_order_keys[static_cast<std::size_t>(means.order)]).close('}');
  }
  json.field("refusal", facts.refusal).field("refusals", facts.refusals);
  const content::BodySpec* spec = body_spec(content, self.kind, self.archetype);
  const double cooldown_ms = spec == nullptr ? 1 : std::max(1, spec->attack.cooldown_ms);
  json.field("cooldown", std::clamp(1.0 - facts.attack_age_ms / cooldown_ms, 0.0, 1.0));
  json.field("dead", self.action == sim::Action::dead);
  if (self.action == sim::Action::dead)
    json.field("respawn_in_ms", std::max(0.0, content.rules().respawn_ms - self.action_age_ms));
}

/// The own duel, or what is about to be one.
void duel_fields(Json& json, const core::GameClient& client, std::span<const core::BodyView> others) {
  constexpr std::array<const char*, sim::k_duel_stages> k_stages{"none", "asks", "asked", "countdown", "fight"};
  const sim::Duel& duel = client.replica().duel();
  if (duel.stage == sim::DuelStage::none) return;
  const core::BodyView* const rival = find(others, duel.rival);
  const double tick_ms = 1000.0 / client.tick_hz();
  json.key("duel").open('{').field("stage", k_stages[static_cast<std::size_t>(duel.stage)]).field("rival", duel.rival.packed());
  json.field("name", rival == nullptr ? std::string_view() : rival->name);
  json.field("left_ms", std::max(0.0, (static_cast<double>(duel.until) - client.replica().tick()) * tick_ms)).close('}');
}

void road_fields(Json& json, const core::GameClient& client) {
  json.field("switches", client.stats().switches).field("climbs", client.stats().climbs).key("roads").open('[');
  for (const core::RoadStats& road : client.roads()) {
    json.open('{').field("name", road.name).field("stays", road.stays);
    json.field("played_ms", road.played_ms).field("last_stay_ms", road.last_stay_ms).close('}');
  }
  json.close(']');
}

void network_fields(Json& json, const core::GameClient& client, std::size_t entities) {
  const core::ClientStats& stats = client.stats();
  json.key("net").open('{').field("transport", client.transport_name()).field("tick", std::uint32_t{client.replica().tick()});
  json.field("round_trip_ms", stats.round_trip_ms)
      .field("frames_received", stats.frames_received)
      .field("bytes_received", stats.bytes_received);
  json.field("bytes_sent", stats.bytes_sent).field("snapshot_age_ms", stats.snapshot_age_ms);
  json.field("interpolation_delay_ms", stats.interpolation_delay_ms).field("lead_ticks", stats.lead_ticks);
  json.field("corrections", stats.corrections).field("correction_last_tiles", stats.correction_last_tiles);
  json.field("disconnects", stats.disconnects)
      .field("entities", static_cast<std::uint64_t>(entities))
      .field("tick_hz", client.tick_hz())
      .close('}');
}

void slow_fields(Json& json, const SlowFrames& slow) {
  json.key("slow_frames").open('[');
  for (const SlowFrame& one : slow.kept()) {
    json.open('{')
        .field("at_ms", one.at_ms)
        .field("ms", static_cast<double>(one.interval_ms))
        .field("work_ms", static_cast<double>(one.work_ms));
    json.field("squares", one.deeds.squares).field("texts", one.deeds.texts).field("pages", one.deeds.pages);
    json.field("regions", one.deeds.regions).field("grew", one.deeds.grew).close('}');
  }
  json.close(']');
}

void draw_fields(Json& json, const DrawStats& draw) {
  json.key("draw").open('{').field("frame_ms_p95", static_cast<double>(draw.interval_ms.percentile(0.95F)));
  json.field("frame_ms_mean", static_cast<double>(draw.interval_ms.mean()))
      .field("work_ms_p95", static_cast<double>(draw.work_ms.percentile(0.95F)));
  json.field("draw_calls", draw.draw_calls).field("quads", draw.quads).field("render_scale", draw.render_scale).close('}');
}

}  // namespace

std::string words_for(const content::Content& content, const Words& words, const core::BodyView& view) {
  if (view.kind == sim::Kind::player) return std::string(view.name);
  return words.one_of(kind_key(content, view.kind, view.archetype));
}

std::string state_json(core::GameClient& client, const content::Content& content, const DrawStats& draw) {
  const core::ClientStats& stats = client.stats();
  Json json;
  json.open('{').field("connected", client.phase() == core::Phase::playing).field("phase", core::phase_key(client.phase()));
  json.field("message", std::string_view(client.message())).field("transport", client.transport_name());
  json.field("tick", std::uint32_t{client.replica().tick()})
      .field("tick_hz", client.tick_hz())
      .field("round_trip_ms", stats.round_trip_ms);
  json.field("frames_received", stats.frames_received)
      .field("bytes_received", stats.bytes_received)
      .field("corrections", stats.corrections);
  json.field("snapshot_age_ms", stats.snapshot_age_ms)
      .field("disconnects", stats.disconnects)
      .field("resumed", stats.resumed)
      .field("frame_ms_p95", static_cast<double>(draw.interval_ms.percentile(0.95F)));
  json.field("frame_ms_mean", static_cast<double>(draw.interval_ms.mean()))
      .field("work_ms_p95", static_cast<double>(draw.work_ms.percentile(0.95F)));
  json.field("draw_calls", draw.draw_calls)
      .field("bodies_in_window", draw.bodies_in_window)
      .field("render_scale", draw.render_scale);
  json.field("regions_here", draw.regions_here);
  slow_fields(json, draw.slow);
  road_fields(json, client);
  json.key("self");
  if (const auto self = client.self_view()) {
    json.open('{');
    self_fields(json, content, *self);
    zone_field(json, client, *self);
    json.field("experience", client.replica().means().experience);
    json.close('}');
  } else {
    json.null();
  }
  json.key("entities").open('[');
  for (const core::BodyView& view : client.others()) entity(json, content, view);
  json.close(']').close('}');
  return json.take();
}

std::string events_json(const std::deque<Happened>& events) {
  Json json;
  json.open('[');
  for (const Happened& event : events) {
    json.open('{').field("tick", std::uint32_t{event.moment.tick}).field("type", event_key(event.moment.type));
    json.field("source", event.moment.source.packed()).field("source_kind", std::string_view(event.source_kind));
    json.field("target", event.moment.target.packed()).field("target_kind", std::string_view(event.target_kind));
    json.field("amount", event.moment.amount).field("on_self", event.moment.on_self).field("by_self", event.by_self);
    json.field("x", event.moment.x).field("y", event.moment.y).close('}');
  }
  json.close(']');
  return json.take();
}

std::string hud_json(core::GameClient& client, const content::Content& content, const DrawStats& draw, const HudFacts& facts,
                     const Words& words, double now_ms) {
  Json json;
  const auto others = client.others();
  json.open('{').field("phase", core::phase_key(client.phase())).field("message", std::string_view(client.message()));
  json.field("message_key", message_key(client.message()));
  json.field("retry_in_ms", client.retry_in_ms(now_ms)).field("land_is_late", facts.land_is_late);
  if (const auto self = client.self_view()) own_fields(json, content, *self, facts, client);
  json.field("struck_age_ms", facts.struck_age_ms).field("killer", std::string_view(facts.killer));
  json.field("slain_with", std::string_view(facts.slain_with));
  if (const core::BodyView* target = find(others, facts.target); target != nullptr) {
    json.key("target").open('{').field("kind", std::string_view(kind_key(content, target->kind, target->archetype)));
    const std::string title = target->kind == sim::Kind::player ? std::string(target->name)
                                                                : words.name(kind_key(content, target->kind, target->archetype));
    json.field("title", std::string_view(title))
        .field("level", std::uint32_t{target->level})
        .field("foe", target->is_foe())
        .field("id", target->id.packed())
        .field("player", target->kind == sim::Kind::player);
    json.field("health", health_of(*target)).field("health_max", target->health_max).close('}');
  }
  duel_fields(json, client, others);
  json.field("watches", client.watches()).field("watched_by", std::uint32_t{client.replica().watched_by()});
  network_fields(json, client, others.size());
  draw_fields(json, draw);
  json.close('}');
  return json.take();
}

}  // namespace cudgel::game
