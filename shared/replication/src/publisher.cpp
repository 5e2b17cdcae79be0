#include "replication/publisher.h"

#include <algorithm>
#include <atomic>
#include <cstring>

#include "base/assert.h"
#include "wire_values.h"

namespace cudgel::replication {

static_assert(sim::k_event_types == 14, "protocol::k_wire_event_types follows sim::EventType");

/// A picture and whether somebody outside holds it. The last holder gives it back with release, the publisher takes it
/// with acquire: everything the holder read has been read before it is written anew.
struct Publisher::Lent {
  Picture picture;
  std::atomic<bool> out{false};
};

/// Shared with the handles, so that pictures outlive the publisher as long as somebody reads them. Only the publisher's
/// thread touches the list; a handle touches its own Lent.
struct Publisher::Pool {
  std::vector<std::unique_ptr<Lent>> pictures;
};

const PublishedPlayer* Picture::player(base::EntityId id) const {
  const PublishedEntity* entity = find(id);
  return entity != nullptr && entity->sight.kind == sim::Kind::player ? &players[entity->player] : nullptr;
}

const PublishedEntity* Picture::find(base::EntityId id) const {
  if (id.index >= entities.size()) return nullptr;
  const PublishedEntity& entity = entities[id.index];
  return entity.sight.kind != sim::Kind::none && entity.sight.id == id ? &entity : nullptr;
}

std::uint16_t Picture::latest_ms(base::Tick ticks) const {
  std::uint16_t latest = 0;
  for (base::Tick back = 0; back < std::min<base::Tick>(ticks, k_lateness_ticks); ++back) {
    latest = std::max(latest, late_ms[(tick - back) % k_lateness_ticks]);
  }
  return latest;
}

namespace {

/// Everything of the sight but the track, as it is now.
Sight sight_of(const sim::Entity& entity) {
  Sight sight;
  sight.id = entity.id;
  sight.kind = entity.kind;
  sight.archetype = entity.archetype;
  sight.level = entity.level;
  sight.weapon = entity.gear.weapon;
  sight.coat = entity.gear.coat;
  sight.helmet = entity.gear.helmet;
  if (has_master(entity.kind) && entity.owner.valid()) sight.master = static_cast<std::uint16_t>(entity.owner.index + 1);
  sight.health_max = static_cast<std::uint16_t>(std::clamp<std::int32_t>(entity.health_max, 0, UINT16_MAX));
  sight.health = to_wire_health(entity.health, entity.health_max);
  sight.facing = entity.walker.facing;
  sight.action = entity.walker.action;
  sight.action_since = entity.walker.action_since;
  sight.looks = sim::looks_of(entity.effects.all());
  return sight;
}

bool same_introduction(const Sight& a, const Sight& b) {
  return a.id == b.id && a.kind == b.kind && a.archetype == b.archetype && a.level == b.level && a.health_max == b.health_max &&
         a.weapon == b.weapon && a.coat == b.coat && a.helmet == b.helmet && a.master == b.master;
}

bool same_pose(const Sight& a, const Sight& b) {
  return a.health == b.health && a.facing == b.facing && a.action == b.action && a.action_since == b.action_since &&
         a.looks == b.looks;
}

base::EntityId target_of(const sim::Entity& entity) {
  switch (entity.kind) {
    case sim::Kind::player:
      return entity.walker.intent.attack ? entity.walker.intent.target : base::EntityId{};
    case sim::Kind::monster:
    case sim::Kind::summoned:
      return entity.mind.target;
    case sim::Kind::projectile:
      return entity.homing;
    case sim::Kind::thing:
    case sim::Kind::none:
      break;
  }
  return {};
}

/// True when what is told of it has changed.
bool update(PublishedEntity& published, const sim::Entity& entity, base::Tick now) {
  published.position = entity.walker.position;
  published.target = target_of(entity);
  published.owner = entity.owner;
  Sight sight = sight_of(entity);
  sight.track = published.sight.track;
  const bool introduce = !same_introduction(sight, published.sight);
  if (!introduce && same_pose(sight, published.sight) && track_holds(sight.track, entity.walker, now)) return false;
  sight.track = make_track(entity.walker, now);
  published.sight = sight;
  if (introduce) published.introduced = now;
  return true;
}

template <class Wire>
bool same(const Wire& a, const Wire& b) {
  return std::memcmp(&a, &b, sizeof a) == 0;
}

/// `before`: the same player in the picture of `elapsed` ticks ago, or null. `published` may still hold it from an older picture.
void publish_player(const sim::Entity& entity, const PublishedPlayer* before, base::Tick elapsed, base::Tick now,
                    PublishedPlayer& published) {
  if (published.id != entity.id) published.name = entity.name;  // it never changes
  published.id = entity.id;
  published.last_sequence = entity.last_sequence;
  published.level = entity.level;
  published.archetype = entity.archetype;
  published.own = wire_own(entity);
  published.means = wire_means(entity);
  published.bout = wire_bout(entity.duel);
  published.effects_size = 0;
  for (const sim::Effect& effect : entity.effects.all()) published.effects[published.effects_size++] = wire_effect(effect);

  const auto note = [&](base::Tick PublishedPlayer::*changed, bool is_as_before) {
    published.*changed = is_as_before ? before->*changed : now;
  };
  const bool known = before != nullptr;
  note(&PublishedPlayer::own_changed, known && same(published.own, moved_on(before->own, elapsed)));
  note(&PublishedPlayer::means_changed, known && same(published.means, before->means));
  note(&PublishedPlayer::bout_changed, known && same(published.bout, before->bout));
  note(&PublishedPlayer::effects_changed,
       known && std::equal(published.lasting().begin(), published.lasting().end(), before->lasting().begin(),
                           before->lasting().end(), same<protocol::Lasting>));
}

/// Whatever of it stands in the picture lies between its `low` and `high`.
void enclose(const Picture& picture, PublishedHappening& happening) {
  happening.low = happening.high = happening.event.position;
  for (const base::EntityId id : {happening.event.source, happening.event.target}) {
    const PublishedEntity* body = picture.find(id);
    if (body == nullptr) continue;
    happening.low = {std::min(happening.low.x, body->position.x), std::min(happening.low.y, body->position.y)};
    happening.high = {std::max(happening.high.x, body->position.x), std::max(happening.high.y, body->position.y)};
  }
}

}  // namespace

Publisher::Publisher() : pool_(std::make_shared<Pool>()) {}

Publisher::Lent& Publisher::free_picture() {
  for (const auto& lent : pool_->pictures) {
    if (!lent->out.load(std::memory_order_acquire)) return *lent;
  }
  return *pool_->pictures.emplace_back(std::make_unique<Lent>());
}

void Publisher::publish_entities(const sim::World& world, Picture& picture) {
  static const Picture none;
  const Picture& before = before_ ? *before_ : none;
  auto player_before = before.players.begin();
  const auto alive = world.alive();
  const auto entities = world.entities();
  const std::size_t slots = alive.empty() ? 0 : std::size_t{alive.back()} + 1;
  if (last_.size() < slots) last_.resize(slots);
  changed_.resize(last_.size());
  items_.clear();
  std::size_t players = 0;
  std::size_t next = 0;
  for (const std::uint16_t index : alive) {
    for (; next < index; ++next) last_[next].sight.kind = sim::Kind::none;
    ++next;
    const sim::Entity& entity = entities[index];
    if (update(last_[index], entity, world.tick())) changed_[index] = world.tick();
    items_.push_back({entity.walker.position, index});
    if (entity.kind != sim::Kind::player) continue;
    while (player_before != before.players.end() && player_before->id.index < index) ++player_before;
    const bool was_there = player_before != before.players.end() && player_before->id == entity.id;
    last_[index].player = static_cast<std::uint16_t>(players);
    if (players == picture.players.size()) picture.players.emplace_back();
    publish_player(entity, was_there ? &*player_before : nullptr, world.tick() - before.tick, world.tick(),
                   picture.players[players++]);
  }
  picture.players.resize(players);
  last_.resize(slots);
  changed_.resize(slots);
  picture.entities = last_;
  picture.changed = changed_;
  if (picture.grid.columns() == 0) picture.grid = sim::SpatialGrid(world.map().width(), world.map().height());
  picture.grid.rebuild(items_);
}

void Publisher::publish_happenings(base::Tick now, std::span<const sim::Event> events, Picture& picture) {
  std::size_t old = 0;
  while (old < happenings_.size() && now - happenings_[old].tick >= k_happening_ticks) ++old;
  happenings_.erase(happenings_.begin(), happenings_.begin() + static_cast<std::ptrdiff_t>(old));
  for (const sim::Event& event : events) happenings_.push_back({now, event, {}, {}});
  for (PublishedHappening& happening : happenings_) enclose(picture, happening);
  picture.happenings = happenings_;
}

std::shared_ptr<const Picture> Publisher::publish(const sim::World& world, std::span<const sim::Event> events,
                                                  std::uint16_t late_ms) {
  Lent& lent = free_picture();
  lent.picture.tick = world.tick();
  late_ms_[world.tick() % k_lateness_ticks] = late_ms;
  lent.picture.late_ms = late_ms_;
  publish_entities(world, lent.picture);
  publish_happenings(world.tick(), events, lent.picture);
  lent.out.store(true, std::memory_order_relaxed);
  before_ = {&lent.picture, [&lent, pool = pool_](const Picture*) { lent.out.store(false, std::memory_order_release); }};
  return before_;
}

}  // namespace cudgel::replication
