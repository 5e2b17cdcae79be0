// How the adventurer's hands carry out what it has resolved on: ten times a second, by what they see at that moment.

#include <algorithm>

#include "adventure/adventurer.h"
#include "play/path.h"

namespace cudgel::bots {

namespace {
constexpr double k_hand_ms = 100;
/// Stay this much inside the weapon's reach, for the foe moves too.
constexpr std::int32_t k_reach_margin_units = 24;
/// Near enough to a thing to stand on it.
constexpr std::int32_t k_on_it_units = 24;
/// A way around obstacles is looked for this often.
constexpr double k_way_ms = 800;
/// Who wants to walk and has not come half a tile far in this time steps aside for a moment.
constexpr double k_stuck_ms = 1500;
constexpr double k_sidestep_ms = 700;
/// Between two skills, so long at least; nobody presses all keys at once.
constexpr std::int32_t k_skill_pause_ms_min = 500;
constexpr std::int32_t k_skill_pause_ms_max = 1500;
/// Between two things done with the bag.
constexpr std::int32_t k_bag_pause_ms_min = 700;
constexpr std::int32_t k_bag_pause_ms_max = 1400;
constexpr double k_answer_within_ms = 5000;
/// A foe that has not suffered for so long is given up, and left alone for a while.
constexpr double k_foe_patience_ms = 8000;
constexpr double k_shun_ms = 20000;

const replication::Sight* find(const core::GameClient& client, base::EntityId id) {
  const auto found = client.replica().entities().find(id.packed());
  return found == client.replica().entities().end() ? nullptr : &found->second.sight;
}

std::uint8_t heading_to(base::Vec2 way) {
  return base::chebyshev(way) <= k_on_it_units ? std::uint8_t{0} : static_cast<std::uint8_t>(1 + base::heading_of(way));
}
}  // namespace

void Adventurer::carry_out(core::GameClient& client, double now_ms) {
  if (now_ms < next_hand_ms_) return;
  next_hand_ms_ = now_ms + k_hand_ms;
  if (resolve_.doing == Doing::lies || client.replica().own().health <= 0) {
    client.want({});
    return;
  }
  use_bag(client, now_ms);
  client.want(unstick(hands(client, now_ms), client, now_ms));
}

sim::Intent Adventurer::hands(core::GameClient& client, double now_ms) {
  switch (resolve_.doing) {
    case Doing::fights:
      return fight(client, now_ms);
    case Doing::flees:
      return flee(client);
    case Doing::gathers:
      if (const auto* thing = find(client, resolve_.whom))
        return walk_to(client, thing->track.at(client.replica().tick()), now_ms);
      break;
    case Doing::trades:
      return trade(client, now_ms);
    case Doing::travels:
      if (has_spot_) return travel(client, spot_, now_ms);
      break;
    case Doing::idles:
      if (const auto skill = choose_calm_skill(content_, scene_.self); skill && now_ms >= skill_again_ms_) {
        client.use_skill(skill->skill, skill->point);
        skill_again_ms_ = now_ms + random_.between(k_skill_pause_ms_min, k_skill_pause_ms_max);
      }
      break;
    case Doing::lies:
      break;
  }
  return {};
}

sim::Intent Adventurer::fight(core::GameClient& client, double now_ms) {
  const replication::Sight* sight = find(client, resolve_.whom);
  const auto seen = std::find_if(scene_.creatures.begin(), scene_.creatures.end(),
                                 [&](const Creature& each) { return each.id == resolve_.whom; });
  if (sight == nullptr || sight->action == sim::Action::dead || seen == scene_.creatures.end()) return {};
  if (foe_ != resolve_.whom || seen->health < foe_health_) {
    foe_ = resolve_.whom;
    foe_health_ = seen->health;
    foe_since_ms_ = now_ms;
  }
  if (now_ms - foe_since_ms_ > k_foe_patience_ms) shunned_.push_back({foe_, now_ms + k_shun_ms});

  const content::BodySpec& body = content_.classes()[class_index_].body;
  const content::BodySpec& other = content_.monsters()[seen->monster].body;
  const base::Vec2 here = client.predicted()->position;
  const base::Vec2 there = sight->track.at(client.replica().tick());
  const std::int32_t away = base::length(there - here);
  if (now_ms >= skill_again_ms_) {
    Creature foe = *seen;
    foe.place = there;
    foe.away = away;
    const std::vector<Creature> foes = hunters(scene_);
    if (const auto skill = choose_skill(content_, scene_.self, foe, foes)) {
      client.use_skill(skill->skill, skill->point);
      skill_again_ms_ = now_ms + random_.between(k_skill_pause_ms_min, k_skill_pause_ms_max);
    }
  }
  const bool flies = content::flies(body.attack.kind);
  const std::int32_t reach =
      flies ? body.attack.reach * 9 / 10 : body.attack.reach + body.radius + other.radius - k_reach_margin_units;
  const bool free = !flies || !client.tiles()->stops_flight(here, there);
  if (away > reach || !free) return walk_to(client, there, now_ms);
  sim::Intent intent;
  intent.target = resolve_.whom;
  intent.attack = true;
  return intent;
}

/// Away from the nearest that hunts; where something stands in the way, past it.
sim::Intent Adventurer::flee(const core::GameClient& client) {
  const base::Vec2 here = client.predicted()->position;
  const auto hunter =
      std::find_if(scene_.creatures.begin(), scene_.creatures.end(), [](const Creature& each) { return each.hunts; });
  if (hunter == scene_.creatures.end()) return {};
  const std::int32_t radius = content_.classes()[class_index_].body.radius;
  const int away = base::heading_of(here - hunter->place);
  sim::Intent intent;
  for (const int turn : {0, 6, -6, 12, -12, 18, -18}) {
    const int heading = (away + turn + base::k_headings) % base::k_headings;
    intent.heading = static_cast<std::uint8_t>(1 + heading);
    if (client.tiles()->straight_walk(here, here + base::along(heading, 2 * base::k_units_per_tile), radius)) break;
  }
  return intent;
}

sim::Intent Adventurer::travel(core::GameClient& client, std::size_t spot, double now_ms) {
  const base::Vec2 here = client.predicted()->position;
  const std::int32_t radius = content_.classes()[class_index_].body.radius;
  return walk_to(client, land_->next_point(spot, here, radius), now_ms);
}

sim::Intent Adventurer::trade(core::GameClient& client, double now_ms) {
  const base::Vec2 here = client.predicted()->position;
  const base::Vec2 stand = land_->spots()[Land::k_home].place;
  if (base::chebyshev(stand - here) > base::k_units_per_tile) return travel(client, Land::k_home, now_ms);
  if (asking() || now_ms < bag_again_ms_ || !client.belongings()) return {};
  if (const auto deed = next_deal(content_, *client.belongings(), wearer())) {
    ask(client, *deed, now_ms);
  } else {
    to_trader_ = false;
    traded_ms_ = now_ms;
    ++diary_.visits;
  }
  return {};
}

sim::Intent Adventurer::walk_to(const core::GameClient& client, base::Vec2 goal, double now_ms) {
  const base::Vec2 here = client.predicted()->position;
  const std::int32_t radius = content_.classes()[class_index_].body.radius;
  sim::Intent intent;
  if (client.tiles()->straight_walk(here, goal, radius)) {
    way_.clear();
    intent.heading = heading_to(goal - here);
    return intent;
  }
  const bool moved = base::chebyshev(goal - way_goal_) > base::k_units_per_tile;
  if (way_.empty() || ((moved || now_ms - way_made_ms_ > 4 * k_way_ms) && now_ms - way_made_ms_ > k_way_ms)) {
    way_ = game::find_way(*client.tiles(), here, goal, radius);
    way_goal_ = goal;
    way_made_ms_ = now_ms;
  }
  while (way_.size() > 1 && base::chebyshev(way_.front() - here) < base::k_units_per_tile / 3) way_.erase(way_.begin());
  intent.heading = heading_to(way_.front() - here);
  return intent;
}

sim::Intent Adventurer::unstick(sim::Intent intent, const core::GameClient& client, double now_ms) {
  const base::Vec2 here = client.predicted()->position;
  if (now_ms < sidestep_until_ms_) {
    intent.heading = sidestep_heading_;
    intent.attack = false;
    return intent;
  }
  const bool walks = intent.heading != 0 && !intent.attack;
  if (!walks || base::chebyshev(here - stuck_at_) > base::k_units_per_tile / 2) {
    stuck_at_ = here;
    stuck_since_ms_ = now_ms;
  } else if (now_ms - stuck_since_ms_ > k_stuck_ms) {
    sidestep_until_ms_ = now_ms + k_sidestep_ms;
    sidestep_heading_ = static_cast<std::uint8_t>(1 + random_.below(base::k_headings));
    stuck_since_ms_ = now_ms;
    way_.clear();
  }
  return intent;
}

/// Drinks when it goes badly, and puts on what is better when all is calm.
void Adventurer::use_bag(core::GameClient& client, double now_ms) {
  if (asking() || now_ms < bag_again_ms_ || !client.belongings()) return;
  const bool in_fight = resolve_.doing == Doing::fights || resolve_.doing == Doing::flees;
  if (wants_to_drink(scene_.self, in_fight)) {
    const auto deed = drink(content_, *client.belongings(), scene_.self.level, scene_.self.health_max - scene_.self.health);
    if (deed) {
      ++diary_.potions;
      return ask(client, *deed, now_ms);
    }
  }
  if (in_fight) return;
  if (const auto deed = wear_better(content_, *client.belongings(), wearer())) ask(client, *deed, now_ms);
}

void Adventurer::ask(core::GameClient& client, const protocol::Deed& deed, double now_ms) {
  under_way_ = client.ask(deed, k_answer_within_ms, now_ms);
  bag_again_ms_ = now_ms + random_.between(k_bag_pause_ms_min, k_bag_pause_ms_max);
}

}  // namespace cudgel::bots
