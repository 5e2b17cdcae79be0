#include "play/goods.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "play/json.h"
#include "play/told.h"
#include "sim/deeds.h"

namespace cudgel::game {

namespace {

constexpr std::array<const char*, sim::k_deed_types> k_deeds{
    "take",       "move",        "use",          "drop",   "buy",     "sell",        "deposit", "withdraw",
    "challenge",  "accept_duel", "decline_duel", "order",  "trade",   "end_trade",   "offer",   "take_back",
    "offer_gold", "agree",       "invite",       "accept", "decline", "leave_party", "remove"};
constexpr std::array<const char*, sim::k_verdicts> k_verdict_words{
    "done",     "dead",      "no_such_cell", "empty",       "wrong_slot", "too_low",     "wrong_class", "no_space",
    "too_far",  "not_yours", "gone",         "no_gold",     "too_much",   "not_sold",    "worthless",   "useless",
    "haven",    "beginner",  "engaged",      "no_duel",     "no_pack",    "no_foe",      "busy",        "offered",
    "changed",  "no_trade",  "their_bag",    "nobody",      "declined",   "late",        "too_many",    "party_full",
    "in_party", "no_party",  "not_leader",   "not_invited", "stunned",    "out_of_sight"};
constexpr std::array<const char*, content::k_item_kinds> k_kinds{"gold",   "potion", "material", "weapon",
                                                                 "armour", "helmet", "ring"};
constexpr std::array<const char*, content::k_rarities> k_rarity_words{"common", "uncommon", "rare", "epic"};

double tiles(std::int32_t units) { return static_cast<double>(units) / base::k_units_per_tile; }

/// The index of whoever of that role stands near enough, or -1.
int npc_near(const core::GameClient& client, const content::Content& content, content::NpcRole role) {
  const auto self = client.self_view();
  if (!self || client.map() == nullptr) return -1;
  for (const content::NpcPlacement& place : client.map()->npcs) {
    if (content.npcs()[place.npc].role != role) continue;
    if (std::hypot(tiles(place.position.x) - self->x, tiles(place.position.y) - self->y) <= tiles(content.trade().talk)) {
      return place.npc;
    }
  }
  return -1;
}

void item_fields(Json& json, const content::Content& content, const content::ItemSpec& item) {
  json.open('{').field("name", std::string_view(item.name)).field("icon", std::string_view(item.icon));
  json.field("kind", k_kinds[static_cast<std::size_t>(item.kind)]).field("rarity", rarity_key(item.rarity));
  json.field("tier", item.tier).field("stack", item.stack_max).field("price", item.price).field("level", item.level);
  const bool everybody = item.class_index < 0;
  json.field("class", everybody ? std::string_view()
                                : std::string_view(content.classes()[static_cast<std::size_t>(item.class_index)].body.name));
  json.field("damage_min", item.damage_min).field("damage_max", item.damage_max).field("armour", item.armour);
  json.field("health", item.health).field("heals", item.heals).close('}');
}

}  // namespace

const char* deed_key(std::uint8_t type) { return type < k_deeds.size() ? k_deeds[type] : ""; }
const char* verdict_key(std::uint8_t verdict) { return verdict < k_verdict_words.size() ? k_verdict_words[verdict] : ""; }
const char* rarity_key(content::Rarity rarity) { return k_rarity_words[static_cast<std::size_t>(rarity)]; }

protocol::Deed order_deed(sim::Order order, base::EntityId foe) {
  protocol::Deed deed;
  deed.type = static_cast<std::uint8_t>(sim::DeedType::order);
  deed.cell = static_cast<std::uint8_t>(order);
  if (order == sim::Order::attack) deed.thing = foe;
  return deed;
}

std::optional<protocol::Deed> deed_of(std::string_view name, int cell, int to, int item, int count, double gold) {
  const auto found = std::find(k_deeds.begin(), k_deeds.end(), name);
  const auto is_cell = [](int number) { return number >= 0 && number < static_cast<int>(sim::k_cells); };
  if (found == k_deeds.end() || !is_cell(cell) || !is_cell(to)) return std::nullopt;
  if (item < -1 || item >= UINT8_MAX || count < 0 || count > UINT16_MAX) return std::nullopt;
  if (!(gold >= 0 && gold <= sim::k_gold_max)) return std::nullopt;
  protocol::Deed deed;
  deed.type = static_cast<std::uint8_t>(found - k_deeds.begin());
  deed.cell = static_cast<std::uint8_t>(cell);
  deed.to = static_cast<std::uint8_t>(to);
  deed.item = static_cast<std::uint8_t>(item + 1);
  deed.count = static_cast<std::uint16_t>(count);
  deed.gold = static_cast<std::uint32_t>(gold);
  return deed;
}

std::string items_json(const content::Content& content) {
  Json json;
  json.open('{').key("items").open('[');
  for (const content::ItemSpec& item : content.items()) item_fields(json, content, item);
  json.close(']').key("npcs").open('[');
  for (const content::NpcSpec& npc : content.npcs()) {
    json.open('{').field("name", std::string_view(npc.name)).key("sells").open('[');
    for (const std::int32_t item : npc.sells) json.value(item);
    json.close(']').close('}');
  }
  json.close(']').close('}');
  return json.take();
}

void Goods::ask(core::GameClient& client, const protocol::Deed& deed, double now_ms) {
  asked_.push_back({deed, client.ask(deed, k_deed_within_ms, now_ms)});
}

bool Goods::take_nearest(core::GameClient& client, const content::Content& content, double now_ms) {
  const auto self = client.self_view();
  if (!self) return false;
  const core::BodyView* best = nullptr;
  double best_tiles = tiles(content.trade().reach);
  for (const core::BodyView& body : client.others()) {
    if (body.kind != sim::Kind::thing) continue;
    const double away = std::hypot(body.x - self->x, body.y - self->y);
    if (away > best_tiles) continue;
    best = &body;
    best_tiles = away;
  }
  if (best == nullptr) return false;
  take(client, best->id, now_ms);
  return true;
}

void Goods::take(core::GameClient& client, base::EntityId thing, double now_ms) {
  protocol::Deed deed;
  deed.type = static_cast<std::uint8_t>(sim::DeedType::take);
  deed.thing = thing;
  ask(client, deed, now_ms);
}

bool is_own_treasure(const core::BodyView& thing, base::EntityId self, const content::Content& content) {
  return thing.kind == sim::Kind::thing && thing.archetype < content.items().size() && thing.master == self.index + 1 &&
         content.items()[thing.archetype].rarity >= content::Rarity::rare;
}

std::vector<core::BodyView> Goods::tend(core::GameClient& client, const content::Content& content, double now_ms) {
  std::vector<core::BodyView> found;
  std::vector<std::uint32_t> lying;
  const auto self = client.self_view();
  bool fetched = !self;
  for (const core::BodyView& body : client.others()) {
    if (body.kind != sim::Kind::thing || body.archetype >= content.items().size()) continue;
    if (self && body.id == fetching_ && std::hypot(body.x - self->x, body.y - self->y) <= tiles(content.trade().reach)) {
      take(client, fetching_, now_ms);
      fetched = true;
    }
    if (!self || !is_own_treasure(body, self->id, content)) continue;
    lying.push_back(body.id.packed());
    if (std::find(treasures_.begin(), treasures_.end(), body.id.packed()) == treasures_.end()) found.push_back(body);
  }
  treasures_ = std::move(lying);
  if (fetched) fetching_ = {};
  return found;
}

std::string Goods::json(const core::GameClient& client, const content::Content& content) {
  Json json;
  const auto& own = client.belongings();
  json.open('{').field("told", own.has_value()).field("busy", !asked_.empty());
  json.field("vendor", npc_near(client, content, content::NpcRole::vendor));
  json.field("bank", npc_near(client, content, content::NpcRole::bank));
  if (own) {
    json.field("gold", own->gold).field("bank_gold", own->bank_gold).field("revision", own->revision);
    json.key("cells").open('[');
    for (std::size_t cell = 0; cell < sim::k_cells; ++cell) {
      const sim::Stack& stack = own->cells[cell];
      // Of a server's item that this content lacks nothing can be shown.
      if (stack.item == 0 || stack.item > content.items().size()) continue;
      json.open('[').value(static_cast<std::int32_t>(cell)).value(stack.item - 1).value(std::int32_t{stack.count}).close(']');
    }
    json.close(']');
  }
  json.key("outcomes").open('[');
  for (const Asked& asked : asked_) {
    if (!asked.ticket.over()) continue;
    json.open('{').field("deed", deed_key(asked.deed.type)).field("cell", std::uint32_t{asked.deed.cell});
    if (const protocol::Outcome* outcome = asked.ticket.answer(); outcome != nullptr) {
      json.field("verdict", verdict_key(outcome->verdict)).close('}');
    } else {
      json.field("verdict", "failed").field("trouble", failure_key(*asked.ticket.failure())).close('}');
    }
  }
  json.close(']').close('}');
  std::erase_if(asked_, [](const Asked& asked) { return asked.ticket.over(); });
  return json.take();
}

}  // namespace cudgel::game
