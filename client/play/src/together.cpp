#include "play/together.h"

#include <algorithm>
#include <array>

#include "play/goods.h"
#include "play/json.h"
#include "play/names.h"

namespace cudgel::game {
namespace {

constexpr std::array<const char*, sim::k_trade_stages> k_stages{"none", "asking", "asked", "open"};
constexpr double k_wire_steps_per_tile = 64;

void side_fields(Json& json, const char* key, const sim::TradeSide& side, const content::Content& content) {
  json.key(key).open('{').field("gold", side.gold).field("agreed", side.agreed).key("cells").open('[');
  for (std::size_t i = 0; i < side.size; ++i) {
    const sim::Offer& offer = side.offers[i];
    // Of a server's item that this content lacks nothing can be shown.
    if (offer.stack.item > content.items().size()) continue;
    json.open('[').value(std::int32_t{offer.cell}).value(offer.stack.item - 1).value(std::int32_t{offer.stack.count}).close(']');
  }
  json.close(']').close('}');
}

void trade_fields(Json& json, const core::GameClient& client, const content::Content& content) {
  json.key("trade").open('{').field("told", client.trades_told());
  const sim::TradeView view = client.trade().value_or(sim::TradeView{});
  json.field("stage", k_stages[static_cast<std::size_t>(view.stage)]);
  json.field("why", verdict_key(static_cast<std::uint8_t>(view.why)));
  json.field("other", view.other.packed()).field("name", view.name.view()).field("revision", view.revision);
  const double ticks_left = static_cast<double>(view.until) - client.replica().tick();
  json.field("left_ms", std::max(0.0, ticks_left * 1000 / client.tick_hz()));
  side_fields(json, "own", view.own, content);
  side_fields(json, "theirs", view.theirs, content);
  json.close('}');
}

void party_fields(Json& json, const core::GameClient& client, const content::Content& content) {
  const replication::PartyView& party = client.party();
  const base::EntityId self = client.replica().own().id;
  json.key("party").open('{').key("mates").open('[');
  for (const replication::PartyView::Mate& mate : party.mates) {
    const content::BodySpec* spec = body_spec(content, sim::Kind::player, mate.class_index);
    json.open('{').field("id", mate.id.packed()).field("name", mate.name.view());
    json.field("class", spec == nullptr ? std::string_view() : std::string_view(spec->name));
    json.field("level", std::uint32_t{mate.level}).field("health", std::uint32_t{mate.health});
    json.field("x", mate.x / k_wire_steps_per_tile).field("y", mate.y / k_wire_steps_per_tile);
    json.field("away", mate.away).field("self", mate.id == self).close('}');
  }
  json.close(']').key("invited_by").open('[');
  for (const replication::PartyView::Inviter& one : party.invited_by) {
    json.open('{').field("id", one.id.packed()).field("name", one.name.view()).close('}');
  }
  json.close(']').close('}');
}

}  // namespace

std::optional<protocol::Deed> deal_of(std::string_view name, std::uint32_t who, int cell, int count, double gold) {
  std::optional<protocol::Deed> deed = deed_of(name, cell, 0, -1, count, gold);
  const auto other = base::EntityId::unpack(who);
  if (!deed || deed->type < static_cast<std::uint8_t>(sim::DeedType::trade) || (who != 0 && !other.valid())) return std::nullopt;
  if (who != 0) deed->thing = other;
  return deed;
}

std::string together_json(const core::GameClient& client, const content::Content& content) {
  Json json;
  json.open('{');
  trade_fields(json, client, content);
  party_fields(json, client, content);
  json.close('}');
  return json.take();
}

}  // namespace cudgel::game
