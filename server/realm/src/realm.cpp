#include "realm/realm.h"

#include <algorithm>

#include "base/assert.h"
#include "base/prefetch.h"
#include "ops/clock.h"
#include "ops/log.h"
#include "realm/announcements.h"
#include "realm/goods.h"

namespace cudgel::realm {

namespace {
/// So many players ahead memory is fetched: each one's own, and half as far the link that its session shares.
constexpr std::size_t k_players_ahead = 8;
}  // namespace

Realm::Realm(const content::Content& content, const RealmOptions& options, std::vector<Inbox*> inboxes, Stage& stage,
             ops::Metrics& metrics, store::StoreThread* store)
    : content_(content), options_(options), inboxes_(std::move(inboxes)), stage_(stage), metrics_(metrics), store_(store) {
  if (options_.arena_side > 0) {
    own_map_ = content::make_arena_map(options_.arena_side, options_.free_fights);
  } else if (options_.start_at) {
    own_map_ = content_.map();
    own_map_.player_starts = {*options_.start_at};
  }
  make_world();
}

void Realm::make_world() {
  const bool arena = options_.arena_side > 0;
  sim::WorldOptions world_options;
  world_options.tick_hz = options_.tick_hz;
  world_options.seed = options_.seed;
  world_options.arena = arena;
  world_ = std::make_unique<sim::World>(content_, own_map_.width > 0 ? own_map_ : content_.map(), world_options);
  player_of_slot_.assign(world_options.entities_max, -1);
  if (!arena) {
    const std::int32_t placed = world_->fill_lairs();
    spdlog::info("{} monsters live in {} lairs", placed, world_->lairs().size());
  } else if (options_.monsters > 0 && !content_.monsters().empty()) {
    populate_arena();
  }
}

void Realm::populate_arena() {
  std::vector<std::uint8_t> kinds = options_.monster_kinds;
  for (std::size_t i = 0; options_.monster_kinds.empty() && i < content_.monsters().size(); ++i) {
    if (content_.monsters()[i].visit_weight > 0) kinds.push_back(static_cast<std::uint8_t>(i));
  }
  if (kinds.empty()) kinds.push_back(0);
  const std::int32_t placed = world_->populate(kinds, options_.monsters);
  spdlog::info("arena of {0} x {0} tiles with {1} monsters", options_.arena_side, placed);
}

void Realm::exchange(std::shared_ptr<const content::Content> next) {
  const std::lock_guard lock(exchange_mutex_);
  next_content_ = std::move(next);
  exchange_waits_.store(true, std::memory_order_release);
}

void Realm::take_exchange() {
  if (!exchange_waits_.load(std::memory_order_acquire)) return;
  const std::lock_guard lock(exchange_mutex_);
  exchange_waits_.store(false, std::memory_order_relaxed);
  world_->exchange(*next_content_);
  exchanged_ = std::move(next_content_);
  metrics_.content_exchanges.add();
}

store::WorldKey Realm::key() const { return {world_->content().hash(), options_.arena_side, options_.tick_hz}; }

base::Result<void, sim::RestoreError> Realm::restore(std::span<const std::uint8_t> bytes) {
  auto restored = sim::restore(*world_, bytes);
  if (!restored) {
    make_world();
    return restored;
  }
  std::vector<base::EntityId> lying;
  for (const std::uint16_t index : world_->alive()) {
    const sim::Entity& entity = world_->entities()[index];
    if (entity.kind == sim::Kind::player) strangers_.push_back(entity.id);
    if (entity.kind == sim::Kind::thing) lying.push_back(entity.id);
  }
  // Who took it up since that world was saved has it: it must not lie there again.
  for (const base::EntityId thing : lying) world_->destroy(thing);
  saved_at_ = world_->tick();
  return {};
}

record::Start Realm::recording_start() const {
  record::Start start;
  start.content_hash = content_.hash();
  start.options = world_->options();
  start.arena_side = options_.arena_side;
  start.free_fights = options_.free_fights;
  start.world = sim::save(*world_);
  return start;
}

void Realm::tick(ops::Nanoseconds next_tick_ns, ops::Nanoseconds late_ns) {
  const ops::Nanoseconds began_ns = ops::monotonic_ns();
  commands_.clear();
  take_exchange();
  take_inputs();
  command_leaves();
  command_joins();
  command_acts();
  command_deeds();

  const ops::Nanoseconds step_ns = ops::monotonic_ns();
  sim::step(*world_, commands_, events_);
  settle_joins();
  count_duels();
  // Before anybody is told of it.
  if (store_ != nullptr) keep_gains();
  post_belongings();
  post_together();
  hand_over();

  const ops::Nanoseconds publish_ns = ops::monotonic_ns();
  const ops::Nanoseconds late_ms = std::max<ops::Nanoseconds>(0, late_ns + publish_ns - began_ns) / ops::k_ns_per_ms;
  stage_.show(publisher_.publish(*world_, events_, static_cast<std::uint16_t>(std::min<ops::Nanoseconds>(late_ms, UINT16_MAX))),
              next_tick_ns);

  // After the picture is shown: players need not wait for it.
  if (recorder_ != nullptr) recorder_->add(commands_, *world_);
  if (crier_ != nullptr) {
    for (const std::string& words : announcements(*world_, events_)) crier_->cry(words);
  }

  const ops::Nanoseconds ended_ns = ops::monotonic_ns();
  metrics_.step_duration.record(publish_ns - step_ns);
  metrics_.publish_duration.record(ended_ns - publish_ns);
  metrics_.tick_duration.record(ended_ns - began_ns);
  metrics_.ticks.add();
  metrics_.players.set(static_cast<std::int64_t>(players_.size()));
  metrics_.entities.set(static_cast<std::int64_t>(world_->alive().size()));
  metrics_.tick.store(world_->tick(), std::memory_order_relaxed);
  metrics_.ticked_at_ns.store(ended_ns, std::memory_order_relaxed);
  if (store_ != nullptr) keep_in_turn();
  hand_over();
  save_if_due();
}

void Realm::take_inputs() {
  batch_.clear();
  for (Inbox* inbox : inboxes_) inbox->take(batch_);
  for (const PlayerAct& input : batch_.acts) schedule_act(input);
}

Realm::Player* Realm::player_of(base::EntityId who) {
  if (who.index >= player_of_slot_.size()) return nullptr;
  const std::int32_t position = player_of_slot_[who.index];
  if (position < 0) return nullptr;
  Player& player = players_[static_cast<std::size_t>(position)];
  return player.entity == who ? &player : nullptr;
}

void Realm::schedule_act(const PlayerAct& input) {
  Player* const found = player_of(input.who);
  if (found == nullptr) return;
  Player& player = *found;
  const base::Tick next_tick = world_->tick() + 1;
  const auto ahead_max = static_cast<base::Tick>(options_.tick_hz);  // one second
  if (player.schedule.add(input.act, next_tick, ahead_max) == CommandSchedule::Accepted::old) return;
  const std::int8_t slack = slack_of(input.act.tick, next_tick);
  if (slack < 0) metrics_.acts_late.add();
  player.link->slack_ticks.store(slack, std::memory_order_relaxed);
}

void Realm::command_leaves() {
  for (const base::EntityId stranger : strangers_) command_leave(stranger);
  strangers_.clear();
  std::int64_t away = 0;
  for (std::size_t i = players_.size(); i-- > 0;) {
    if (i >= k_players_ahead) base::prefetch(&players_[i - k_players_ahead], 1);
    if (i >= k_players_ahead / 2) base::prefetch(players_[i - k_players_ahead / 2].link.get(), 1);
    Player& player = players_[i];
    const bool over = player.link->gone.load(std::memory_order_acquire) || shelter(player);
    if (player.away_since != 0) ++away;
    if (!over) continue;
    dismiss(i);
  }
  metrics_.players_away.set(away);
}

void Realm::dismiss(std::size_t position) {
  keep(players_[position]);
  hand_over();
  command_leave(players_[position].entity);
  players_[position].link->expired.store(true, std::memory_order_release);
  remove_player(position);
}

/// Who is here goes before who may come back: otherwise a stranger who comes and goes could fill the realm with statues.
bool Realm::make_room() {
  std::size_t longest = players_.size();
  for (std::size_t i = 0; i < players_.size(); ++i) {
    if (players_[i].away_since == 0) continue;
    if (longest == players_.size() || players_[i].away_since < players_[longest].away_since) longest = i;
  }
  if (longest == players_.size()) return false;
  dismiss(longest);
  return true;
}

void Realm::command_leave(base::EntityId who) {
  sim::Command leave;
  leave.type = sim::Command::Type::leave;
  leave.who = who;
  commands_.push_back(leave);
}

bool Realm::shelter(Player& player) {
  const base::Tick next_tick = world_->tick() + 1;
  if (!player.link->away.load(std::memory_order_acquire)) {
    player.away_since = 0;
    return false;
  }
  if (player.away_since == 0) player.away_since = next_tick;
  const base::Tick away = next_tick - player.away_since;
  if (away >= static_cast<base::Tick>(k_away_s * options_.tick_hz)) return true;
  // Again every half second: a guard is short, so that it is soon over once somebody is back.
  if (away % static_cast<base::Tick>(options_.tick_hz / 2) == 0) {
    sim::Command guard;
    guard.type = sim::Command::Type::guard;
    guard.who = player.entity;
    commands_.push_back(guard);
  }
  return false;
}

namespace {
sim::Belongings first_belongings(const std::vector<std::uint8_t>& items) {
  sim::Belongings out;
  for (std::size_t i = 0; i < items.size() && i < sim::k_bag_cells; ++i)
    out.cells[i] = {static_cast<std::uint8_t>(items[i] + 1), 1};
  return out;
}
}  // namespace

void Realm::command_joins() {
  joining_.clear();
  for (JoinRequest& request : batch_.joins) {
    if (request.link->gone.load(std::memory_order_acquire)) {
      request.link->expired.store(true, std::memory_order_release);
      continue;
    }
    if (players_.size() + joining_.size() >= static_cast<std::size_t>(options_.players_max) && !make_room()) {
      turn_away(*request.link);
      continue;
    }
    sim::Command join;
    join.type = sim::Command::Type::join;
    join.ticket = next_ticket_++;
    join.name = request.name;
    join.class_index = request.class_index;
    join.returning = request.returning;
    // As somebody of that level who fell and wakes whole at a start: recordings know such joins.
    if (!join.returning && (options_.start_level > 1 || !options_.start_items.empty())) {
      join.returning = sim::Returning{std::nullopt, 0, options_.start_level, 0};
      if (!options_.start_items.empty()) join.returning->belongings = first_belongings(options_.start_items);
    }
    commands_.push_back(join);
    joining_.push_back({join.ticket, std::move(request.link)});
  }
}

void Realm::turn_away(PlayerLink& link) {
  link.expired.store(true, std::memory_order_relaxed);
  link.verdict.store(PlayerLink::Verdict::full, std::memory_order_release);
}

void Realm::command_acts() {
  const base::Tick next_tick = world_->tick() + 1;
  for (Player& player : players_) {
    if (player.away_since != 0) continue;
    const auto act = player.schedule.take_due(next_tick);
    if (!act) continue;
    sim::Command command;
    command.type = sim::Command::Type::act;
    command.who = player.entity;
    command.sequence = act->sequence;
    command.intent = {act->heading, act->attack, act->target};
    command.view_age = view_age_at(*act, next_tick);
    command.skill = act->skill;
    command.point = {act->x * replication::k_units_per_wire_step, act->y * replication::k_units_per_wire_step};
    commands_.push_back(command);
  }
}

bool Realm::may_agree(base::EntityId who) {
  if (store_ == nullptr) return true;
  const sim::Bargain* const bargain = sim::bargain_of(*world_, who);
  if (bargain == nullptr) return true;
  return std::all_of(bargain->sides.begin(), bargain->sides.end(), [this](const sim::TradeSide& side) {
    Player* const player = player_of(side.who);
    return player == nullptr || player->link->written.load(std::memory_order_acquire);
  });
}

void Realm::command_deeds() {
  // What waited goes first.
  batch_.deeds.insert(batch_.deeds.begin(), held_deeds_.begin(), held_deeds_.end());
  held_deeds_.clear();
  for (const PlayerDeed& input : batch_.deeds) {
    if (player_of(input.who) == nullptr) continue;
    if (input.deed.type == sim::DeedType::agree && !may_agree(input.who)) {
      held_deeds_.push_back(input);
      continue;
    }
    sim::Command command;
    command.type = sim::Command::Type::deed;
    command.who = input.who;
    command.ticket = input.ticket;
    command.deed = input.deed;
    commands_.push_back(command);
  }
}

void Realm::post_belongings() {
  for (const base::EntityId who : world_->scratch.owners) {
    Player* const player = player_of(who);
    if (player == nullptr) continue;
    const sim::Belongings& own = world_->belongings(*world_->find(who));
    player->link->ledger.post(own);
    if (store_ == nullptr) {
      player->link->ledger.receipt()->revision.store(own.revision, std::memory_order_release);
      continue;
    }
    player->link->earned.store(true, std::memory_order_relaxed);
    player->owed = true;
    keep(*player);
  }
  for (const sim::Settled& settled : world_->scratch.settled) {
    Player* const player = player_of(settled.who);
    if (player == nullptr) continue;
    const std::uint32_t revision = world_->belongings(*world_->find(settled.who)).revision;
    player->link->ledger.settle({settled.ticket, settled.verdict, revision});
  }
}

void Realm::post_together() {
  for (const sim::TradeNews& news : world_->scratch.trade_news) {
    Player* const player = player_of(news.who);
    if (player == nullptr) continue;
    const sim::TradeView view = sim::trade_view(*world_, news.who, news.why);
    // Whoever trades has to be written down before it can be closed.
    if (view.stage == sim::TradeView::Stage::open) player->link->earned.store(true, std::memory_order_relaxed);
    player->link->ledger.post(view, world_->belongings(*world_->find(news.who)).revision);
  }
  for (const base::EntityId who : world_->scratch.party_news) {
    Player* const player = player_of(who);
    if (player == nullptr) continue;
    Ledger::Company company;
    if (const sim::Band* const band = sim::band_of(*world_, who); band != nullptr) {
      company.members.assign(band->members.begin(), band->members.begin() + band->size);
    }
    for (const sim::Invitation& one : world_->invitations) {
      if (one.to == who) company.invited_by.push_back(one.from);
    }
    player->link->ledger.post(std::move(company));
  }
}

/// The joined events tell which tickets found a place; a ticket without one found the world full.
void Realm::settle_joins() {
  for (const sim::Event& event : events_) {
    if (event.type != sim::EventType::joined) continue;
    const auto found =
        std::find_if(joining_.begin(), joining_.end(), [&](const Joining& joining) { return joining.ticket == event.ticket; });
    if (found == joining_.end()) continue;
    const base::EntityId entity = event.target.valid() ? event.target : event.source;
    found->link->entity.store(entity.packed(), std::memory_order_relaxed);
    found->link->verdict.store(PlayerLink::Verdict::joined, std::memory_order_release);
    add_player(entity, std::move(found->link));
    joining_.erase(found);
  }
  for (const Joining& joining : joining_) turn_away(*joining.link);
}

void Realm::add_player(base::EntityId entity, std::shared_ptr<PlayerLink> link) {
  CUDGEL_ASSERT(entity.index < player_of_slot_.size());
  player_of_slot_[entity.index] = static_cast<std::int32_t>(players_.size());
  const sim::Belongings& own = world_->belongings(*world_->find(entity));
  // It comes from the store, or is nothing.
  link->ledger.receipt()->revision.store(own.revision, std::memory_order_release);
  link->ledger.post(own);
  players_.push_back({entity, std::move(link), {}});
}

void Realm::remove_player(std::size_t position) {
  player_of_slot_[players_[position].entity.index] = -1;
  if (position + 1 != players_.size()) {
    players_[position] = std::move(players_.back());
    player_of_slot_[players_[position].entity.index] = static_cast<std::int32_t>(position);
  }
  players_.pop_back();
}

void Realm::keep(Player& player) {
  const std::uint64_t character = player.link->character.load(std::memory_order_acquire);
  if (store_ == nullptr || character == 0) return;
  player.owed = false;
  const sim::Entity* const entity = world_->find(player.entity);
  if (entity == nullptr) return;
  store::Character state;
  state.id = character;
  state.name = entity->name;
  state.class_name = content_.classes()[entity->archetype].body.name;
  state.map = options_.arena_side;
  state.x = entity->walker.position.x;
  state.y = entity->walker.position.y;
  state.health = entity->health;
  state.level = entity->level;
  state.experience = entity->experience;
  state.duel_wins = player.link->duel_wins.load(std::memory_order_relaxed);
  write_goods(content_, world_->belongings(*entity), state);
  keeping_.push_back({std::move(state), player.link->ledger.receipt()});
}

/// Everything that one tick has changed goes together: a crash must not find one half of a trade.
void Realm::hand_over() {
  if (keeping_.empty()) return;
  store_->keep(std::move(keeping_));
  keeping_.clear();
}

void Realm::keep_everybody() {
  for (Player& player : players_) keep(player);
  hand_over();
}

/// Each player has a tick of its own, so that the store gets a little in every tick.
void Realm::keep_in_turn() {
  const auto interval = static_cast<base::Tick>(k_keep_interval_s * options_.tick_hz);
  for (Player& player : players_) {
    if (player.owed || (world_->tick() + player.entity.index) % interval == 0) keep(player);
  }
}

void Realm::count_duels() {
  for (const sim::Event& event : events_) {
    if (event.type != sim::EventType::duel || event.amount != static_cast<std::int32_t>(sim::DuelNews::won)) continue;
    Player* const winner = player_of(event.source);
    if (winner == nullptr) continue;
    winner->link->duel_wins.fetch_add(1, std::memory_order_relaxed);
    winner->link->earned.store(true, std::memory_order_relaxed);
    winner->owed = true;
    keep(*winner);
  }
}

void Realm::keep_gains() {
  for (const sim::Event& event : events_) {
    if (event.type != sim::EventType::gained && event.type != sim::EventType::level_up) continue;
    const std::int32_t position = player_of_slot_[event.target.index];
    if (position < 0) continue;
    Player& player = players_[static_cast<std::size_t>(position)];
    player.link->earned.store(true, std::memory_order_relaxed);
    player.owed = true;
    keep(player);
  }
}

void Realm::save() {
  if (store_ == nullptr) return;
  store_->save({key(), world_->tick(), sim::save(*world_)});
  saved_at_ = world_->tick();
}

void Realm::save_if_due() {
  const auto interval = static_cast<base::Tick>(options_.save_interval_s * options_.tick_hz);
  if (store_ != nullptr && world_->tick() - saved_at_ >= interval) save();
}

}  // namespace cudgel::realm
