#include "replication/party.h"

#include <array>

#include "base/assert.h"
#include "protocol/limits.h"
#include "replication/publisher.h"
#include "wire_values.h"

namespace cudgel::replication {
namespace {

using Builder = flatbuffers::FlatBufferBuilder;

static_assert(protocol::k_wire_offers_max == sim::k_offers_max && protocol::k_wire_bag_cells == sim::k_bag_cells &&
              protocol::k_wire_party_max == sim::k_party_max && protocol::k_wire_invitations_max == sim::k_invitations_max &&
              protocol::k_wire_trade_stages == sim::k_trade_stages);

flatbuffers::Offset<protocol::TradeSide> write_side(const sim::TradeSide& side, Builder& builder) {
  std::array<protocol::Cell, sim::k_offers_max> cells;
  for (std::size_t i = 0; i < side.size; ++i) {
    cells[i] = protocol::Cell(side.offers[i].cell, side.offers[i].stack.item, side.offers[i].stack.count);
  }
  const auto list = builder.CreateVectorOfStructs(cells.data(), side.size);
  return protocol::CreateTradeSide(builder, list, static_cast<std::uint32_t>(side.gold), side.agreed);
}

sim::TradeSide side_by(const protocol::TradeSide& side) {
  sim::TradeSide out;
  out.gold = static_cast<std::int32_t>(side.gold());
  out.agreed = side.agreed();
  if (side.cells() == nullptr) return out;
  for (const protocol::Cell* cell : *side.cells()) out.offers[out.size++] = {cell->place(), {cell->item(), cell->count()}};
  return out;
}

flatbuffers::Offset<flatbuffers::String> write_name(const base::PlayerName& name, Builder& builder) {
  return builder.CreateString(name.view().data(), name.view().size());
}

}  // namespace

PartyView::Mate mate_of(const PublishedPlayer& player, bool away) {
  PartyView::Mate mate;
  mate.id = player.id;
  mate.name = player.name;
  mate.x = to_wire_position(player.own.x());
  mate.y = to_wire_position(player.own.y());
  mate.health_max = player.own.health_max();
  mate.level = player.level;
  mate.health = to_wire_health(player.own.health(), player.own.health_max());
  mate.class_index = player.archetype;
  mate.away = away;
  return mate;
}

flatbuffers::Offset<protocol::Trade> write(const sim::TradeView& view, Builder& builder) {
  const auto stage = static_cast<std::uint8_t>(view.stage);
  const auto why = static_cast<std::uint8_t>(view.why);
  if (view.stage == sim::TradeView::Stage::none) return protocol::CreateTrade(builder, stage, why);
  const auto name = write_name(view.name, builder);
  flatbuffers::Offset<protocol::TradeSide> own;
  flatbuffers::Offset<protocol::TradeSide> theirs;
  if (view.stage == sim::TradeView::Stage::open) {
    own = write_side(view.own, builder);
    theirs = write_side(view.theirs, builder);
  }
  return protocol::CreateTrade(builder, stage, why, view.other.packed(), name, view.until, view.revision, own, theirs);
}

flatbuffers::Offset<protocol::Party> write(const PartyView& view, Builder& builder) {
  CUDGEL_ASSERT(view.mates.size() <= sim::k_party_max && view.invited_by.size() <= sim::k_invitations_max);
  std::array<protocol::Mate, sim::k_party_max> mates;
  std::array<flatbuffers::Offset<flatbuffers::String>, sim::k_party_max> names;
  for (std::size_t i = 0; i < view.mates.size(); ++i) {
    const PartyView::Mate& mate = view.mates[i];
    mates[i] = protocol::Mate(mate.id.packed(), mate.x, mate.y, mate.health_max, mate.level, mate.health, mate.class_index,
                              mate.away ? 1 : 0);
    names[i] = write_name(mate.name, builder);
  }
  std::array<std::uint32_t, sim::k_invitations_max> inviters;
  std::array<flatbuffers::Offset<flatbuffers::String>, sim::k_invitations_max> inviter_names;
  for (std::size_t i = 0; i < view.invited_by.size(); ++i) {
    inviters[i] = view.invited_by[i].id.packed();
    inviter_names[i] = write_name(view.invited_by[i].name, builder);
  }
  const auto mates_at = builder.CreateVectorOfStructs(mates.data(), view.mates.size());
  const auto names_at = builder.CreateVector(names.data(), view.mates.size());
  const auto inviters_at = builder.CreateVector(inviters.data(), view.invited_by.size());
  const auto inviter_names_at = builder.CreateVector(inviter_names.data(), view.invited_by.size());
  return protocol::CreateParty(builder, mates_at, names_at, inviters_at, inviter_names_at);
}

sim::TradeView trade_by(const protocol::Trade& trade) {
  sim::TradeView view;
  view.stage = static_cast<sim::TradeView::Stage>(trade.stage());
  view.why = static_cast<sim::Verdict>(trade.why());
  if (view.stage == sim::TradeView::Stage::none) return view;
  view.other = base::EntityId::unpack(trade.other());
  view.name.assign(trade.name()->string_view());
  view.until = trade.until();
  view.revision = trade.revision();
  if (view.stage != sim::TradeView::Stage::open) return view;
  view.own = side_by(*trade.own());
  view.theirs = side_by(*trade.theirs());
  view.theirs.who = view.other;
  return view;
}

PartyView party_by(const protocol::Party& party) {
  PartyView view;
  if (party.mates() != nullptr) {
    for (flatbuffers::uoffset_t i = 0; i < party.mates()->size(); ++i) {
      const protocol::Mate& told = *party.mates()->Get(i);
      PartyView::Mate& mate = view.mates.emplace_back();
      mate.id = base::EntityId::unpack(told.entity());
      mate.name.assign(party.names()->Get(i)->string_view());
      mate.x = told.x();
      mate.y = told.y();
      mate.health_max = told.health_max();
      mate.level = told.level();
      mate.health = told.health();
      mate.class_index = told.class_index();
      mate.away = told.away() != 0;
    }
  }
  if (party.inviters() != nullptr) {
    for (flatbuffers::uoffset_t i = 0; i < party.inviters()->size(); ++i) {
      PartyView::Inviter& inviter = view.invited_by.emplace_back();
      inviter.id = base::EntityId::unpack(party.inviters()->Get(i));
      inviter.name.assign(party.inviter_names()->Get(i)->string_view());
    }
  }
  return view;
}

}  // namespace cudgel::replication
