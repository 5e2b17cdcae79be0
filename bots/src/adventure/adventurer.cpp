#include "adventure/adventurer.h"

#include <algorithm>
#include <array>

namespace cudgel::bots {

namespace {
/// Looks are so far apart; what one leads to is done from the next on. So whatever is new is answered after some 300 ms in the mean.
constexpr std::int32_t k_look_ms_min = 150;
constexpr std::int32_t k_look_ms_max = 250;
/// Whoever struck is an enemy for so long.
constexpr double k_harmer_ms = 6000;
/// What was given up is left alone for so long.
constexpr double k_shun_ms = 20000;
/// A thing that is not to be had is given up.
constexpr double k_thing_patience_ms = 3000;
constexpr std::int32_t k_thing_units = 12 * base::k_units_per_tile;
/// What lies this near to where its foe fell is its own, for so long.
constexpr std::int32_t k_loot_units = 2 * base::k_units_per_tile;
constexpr double k_own_loot_ms = 15000;
/// At a spot without prey it goes on to another one.
constexpr std::int32_t k_arrived_units = 4 * base::k_units_per_tile;
constexpr std::size_t k_spots_nearest = 4;
/// How long it runs at least; and it keeps running while hunters are this near.
constexpr double k_flight_ms = 3000;
/// Nobody runs to the trader more often than this, unless he stands there anyway.
constexpr double k_trade_pause_ms = 150000;
constexpr double k_trade_pause_near_ms = 20000;
constexpr std::int32_t k_trader_near_steps = 30;
/// Percent of the health that a fight may cost; and for a while after a death.
constexpr int k_boldness = 55;
constexpr int k_boldness_shy = 40;
constexpr double k_shy_ms = 240000;
/// Breaks: a few seconds every minute or two, half a minute now and then.
constexpr std::int32_t k_break_every_ms_min = 40000;
constexpr std::int32_t k_break_every_ms_max = 120000;
constexpr std::int32_t k_break_ms_min = 3000;
constexpr std::int32_t k_break_ms_max = 10000;
constexpr std::uint32_t k_long_break_one_in = 6;
constexpr std::int32_t k_long_break_ms = 45000;

constexpr std::array<const char*, k_doings> k_doing_keys{"lies", "travels", "fights", "gathers", "flees", "trades", "idles"};

base::Vec2 trader_place(const content::Content& content, const content::MapSpec& map) {
  for (const content::NpcPlacement& placement : map.npcs) {
    if (content.npcs()[placement.npc].role == content::NpcRole::vendor) return placement.position;
  }
  return map.player_starts.front();
}
}  // namespace

const char* doing_key(Doing doing) { return k_doing_keys[static_cast<std::size_t>(doing)]; }

void Lands::prepare(const content::Content& content, std::shared_ptr<const core::PlayMap> map) {
  map_ = std::move(map);
  spec_ = &map_->spec;
  land_ = std::make_shared<const Land>(map_->spec, map_->tiles, trader_place(content, map_->spec));
}

std::shared_ptr<const Land> Lands::get(const content::Content& content, const core::GameClient& client) {
  if (land_ == nullptr || spec_ != client.map()) {
    spec_ = client.map();
    land_ = std::make_shared<const Land>(*spec_, *client.tiles(), trader_place(content, *spec_));
  }
  return land_;
}

Adventurer::Adventurer(const content::Content& content, std::shared_ptr<Lands> lands, std::uint8_t class_index, std::string name,
                       std::uint64_t seed)
    : content_(content), lands_(std::move(lands)), class_index_(class_index), random_(seed) {
  diary_.name = std::move(name);
  diary_.class_name = content.classes()[class_index].body.name;
}

Wearer Adventurer::wearer() const { return {class_index_, scene_.self.level, scene_.self.health_max}; }

int Adventurer::boldness(double now_ms) const { return now_ms < shy_until_ms_ ? k_boldness_shy : k_boldness; }

std::string Adventurer::monster_name(const core::GameClient& client, base::EntityId id) const {
  const auto found = client.replica().entities().find(id.packed());
  if (found == client.replica().entities().end()) return "out of sight";
  const replication::Sight& sight = found->second.sight;
  if (sight.kind != sim::Kind::monster || sight.archetype >= content_.monsters().size()) return "other";
  return content_.monsters()[sight.archetype].body.name;
}

void Adventurer::notice(const core::Moment& moment, const core::GameClient& client, double now_ms) {
  const base::EntityId self = client.replica().own().id;
  switch (moment.type) {
    case sim::EventType::hit:
      if (moment.target != self || !moment.source.valid()) break;
      std::erase_if(harmers_, [&](const Remembered& each) { return each.id == moment.source; });
      harmers_.push_back({moment.source, now_ms + k_harmer_ms});
      last_harmer_ = monster_name(client, moment.source);
      break;
    case sim::EventType::gained:
      if (moment.target != self) break;
      diary_.experience += moment.amount;
      ++diary_.kills;
      break;
    case sim::EventType::death: {
      if (moment.target == foe_ && foe_.valid()) {
        ++diary_.slain[monster_name(client, foe_)];
        const auto units = [](double tiles) { return static_cast<std::int32_t>(tiles * base::k_units_per_tile); };
        kills_.push_back({{units(moment.x), units(moment.y)}, now_ms + k_own_loot_ms});
      }
      if (moment.target != self) break;
      ++diary_.deaths;
      ++diary_.killed_by[last_harmer_];
      shy_until_ms_ = now_ms + k_shy_ms;
      has_spot_ = to_trader_ = false;
      harmers_.clear();
      break;
    }
    default:
      break;
  }
}

void Adventurer::remember_play(const core::GameClient& client, double now_ms) {
  if (began_ms_ < 0) {
    began_ms_ = tended_ms_ = now_ms;
    break_at_ms_ = now_ms + random_.between(k_break_every_ms_min, k_break_every_ms_max);
  }
  diary_.minutes = (now_ms - began_ms_) / 60000;
  diary_.minutes_of[doing_key(resolve_.doing)] += (now_ms - tended_ms_) / 60000;
  tended_ms_ = now_ms;
  const int level = client.replica().own().level;
  while (diary_.level < level) {
    ++diary_.level;
    diary_.minutes_to_level.push_back(diary_.minutes);
  }
  if (client.belongings()) diary_.gold = client.belongings()->gold;
}

void Adventurer::tend(core::GameClient& client, double now_ms) {
  if (!client.replica().has_own() || client.predicted() == nullptr || client.map() == nullptr) return;
  if (land_ == nullptr) land_ = lands_->get(content_, client);
  remember_play(client, now_ms);
  if (now_ms >= next_look_ms_) {
    next_look_ms_ = now_ms + random_.between(k_look_ms_min, k_look_ms_max);
    resolve_ = considered_;
    scene_ = look_around(client, content_, class_index_, ids_of(harmers_, now_ms));
    considered_ = consider(client, now_ms);
  }
  carry_out(client, now_ms);
}

std::vector<base::EntityId> Adventurer::ids_of(std::vector<Remembered>& list, double now_ms) const {
  std::erase_if(list, [now_ms](const Remembered& each) { return now_ms >= each.until_ms; });
  std::vector<base::EntityId> ids;
  for (const Remembered& each : list) ids.push_back(each.id);
  return ids;
}

Adventurer::Resolve Adventurer::consider(const core::GameClient& client, double now_ms) {
  if (scene_.self.health <= 0) return {Doing::lies, {}};
  const std::vector<base::EntityId> shunned = ids_of(shunned_, now_ms);
  std::vector<Creature> foes = hunters(scene_);
  std::erase_if(foes, [&](const Creature& foe) { return std::find(shunned.begin(), shunned.end(), foe.id) != shunned.end(); });
  Potions potions;
  if (client.belongings()) potions = potions_in(content_, *client.belongings(), scene_.self.level);

  if (must_flee(content_, scene_, potions, foes)) fled_until_ms_ = now_ms + k_flight_ms;
  if (now_ms < fled_until_ms_ && !foes.empty()) return {Doing::flees, {}};
  // The one it fights already, if that still stands; else whoever comes first.
  const auto still =
      std::find_if(scene_.creatures.begin(), scene_.creatures.end(), [&](const Creature& each) { return each.id == foe_; });
  const bool given_up = std::find(shunned.begin(), shunned.end(), foe_) != shunned.end();
  if (still != scene_.creatures.end() && !given_up && considered_.doing == Doing::fights) return {Doing::fights, foe_};
  if (!foes.empty()) return {Doing::fights, foes.front().id};
  return consider_calm(client, now_ms);
}

Adventurer::Resolve Adventurer::consider_calm(const core::GameClient& client, double now_ms) {
  if (takes_a_break(now_ms)) return {Doing::idles, {}};
  if (const Thing* thing = thing_to_take(now_ms)) return {Doing::gathers, thing->id};
  if (trader_calls(client, now_ms)) return {Doing::trades, {}};
  // A healer heals himself before he goes on.
  if (const auto skill = choose_calm_skill(content_, scene_.self); skill && now_ms >= skill_again_ms_) return {Doing::idles, {}};
  Potions potions;
  if (client.belongings()) potions = potions_in(content_, *client.belongings(), scene_.self.level);
  if (hunts_here(client)) {
    const Creature* prey = choose_prey(content_, scene_, potions, boldness(now_ms), ids_of(shunned_, now_ms));
    if (prey != nullptr) return {Doing::fights, prey->id};
  }
  set_out(scene_.self.level, now_ms);
  return {Doing::travels, {}};
}

/// Where the map says that the player is past it, and in the village, only what comes is fought.
bool Adventurer::hunts_here(const core::GameClient& client) const {
  const int zone = client.map()->zone_at(scene_.self.place);
  if (zone < 0) return true;
  const content::ZoneSpec& spec = client.map()->zones[static_cast<std::size_t>(zone)];
  const bool chosen = has_spot_ && land_->spots()[spot_].zone == zone;
  return !spec.safe && !spec.free_fight && (chosen || scene_.self.level <= spec.level_max);
}

bool Adventurer::takes_a_break(double now_ms) {
  if (now_ms < break_until_ms_) return true;
  if (now_ms < break_at_ms_) return false;
  const bool is_long = random_.below(k_long_break_one_in) == 0;
  break_until_ms_ = now_ms + (is_long ? k_long_break_ms : random_.between(k_break_ms_min, k_break_ms_max));
  break_at_ms_ = break_until_ms_ + random_.between(k_break_every_ms_min, k_break_every_ms_max);
  return true;
}

const Thing* Adventurer::thing_to_take(double now_ms) {
  const std::vector<base::EntityId> shunned = ids_of(shunned_, now_ms);
  std::erase_if(kills_, [now_ms](const Kill& kill) { return now_ms >= kill.until_ms; });
  for (const Thing& thing : scene_.things) {
    if (thing.away > k_thing_units) break;
    const bool own = std::any_of(kills_.begin(), kills_.end(),
                                 [&](const Kill& kill) { return base::length(thing.place - kill.place) < k_loot_units; });
    if (!own) continue;
    if (std::find(shunned.begin(), shunned.end(), thing.id) != shunned.end()) continue;
    if (thing.id != thing_) {
      thing_ = thing.id;
      thing_since_ms_ = now_ms;
    }
    if (now_ms - thing_since_ms_ < k_thing_patience_ms) return &thing;
    shunned_.push_back({thing.id, now_ms + k_shun_ms});  // somebody else's, or out of reach
  }
  return nullptr;
}

bool Adventurer::trader_calls(const core::GameClient& client, double now_ms) {
  if (!client.belongings() || content_.npcs().empty()) return false;
  if (to_trader_) return true;
  const int steps = land_->steps_to(Land::k_home, scene_.self.place);
  const bool near = steps >= 0 && steps < k_trader_near_steps;
  if (now_ms - traded_ms_ < (near ? k_trade_pause_near_ms : k_trade_pause_ms)) return false;
  to_trader_ = near ? next_deal(content_, *client.belongings(), wearer()).has_value()
                    : wants_to_trade(content_, *client.belongings(), wearer());
  return to_trader_;
}

/// Chooses where to hunt, if there is no such place yet, it is reached, or the level belongs elsewhere now.
void Adventurer::set_out(int level, double now_ms) {
  const base::Vec2 here = scene_.self.place;
  const bool arrived = has_spot_ && base::chebyshev(land_->spots()[spot_].place - here) < k_arrived_units;
  if (has_spot_ && !arrived && spot_level_ == level) return;
  // Whoever has just died starts again where it is easier.
  const int wanted = now_ms < shy_until_ms_ ? std::max(1, level - 1) : level;
  std::vector<std::size_t> spots = land_->spots_for(wanted);
  if (arrived) std::erase(spots, spot_);
  std::erase_if(spots, [&](std::size_t spot) { return land_->steps_to(spot, here) < 0; });
  if (spots.empty()) return;
  std::sort(spots.begin(), spots.end(),
            [&](std::size_t a, std::size_t b) { return land_->steps_to(a, here) < land_->steps_to(b, here); });
  spot_ = spots[random_.below(static_cast<std::uint32_t>(std::min(spots.size(), k_spots_nearest)))];
  has_spot_ = true;
  spot_level_ = level;
}

}  // namespace cudgel::bots
