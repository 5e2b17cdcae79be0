#include "bands.h"

#include <algorithm>

namespace cudgel::sim {
namespace {

Band* find_band(World& world, EntityId who) { return const_cast<Band*>(band_of(world, who)); }

std::size_t size_max(const World& world) {
  return std::min<std::size_t>(k_party_max, static_cast<std::size_t>(world.content().rules().party_size));
}

void tell_all(World& world, const Band& band) {
  world.scratch.party_news.insert(world.scratch.party_news.end(), band.members.begin(), band.members.begin() + band.size);
}

void erase_band(World& world, const Band& band) { world.bands.erase(world.bands.begin() + (&band - world.bands.data())); }

/// One less; who is alone is no party.
void take_out(World& world, Band& band, EntityId who) {
  tell_all(world, band);
  EntityId* const end = band.members.data() + band.size;
  std::fill(std::remove(band.members.data(), end, who), end, EntityId{});
  if (--band.size < 2) erase_band(world, band);
}

std::vector<Invitation>::iterator find_invitation(World& world, EntityId from, EntityId to) {
  return std::find_if(world.invitations.begin(), world.invitations.end(),
                      [&](const Invitation& one) { return one.from == from && one.to == to; });
}

Verdict invite(World& world, const Entity& player, const Deed& deed, Tick now) {
  const Entity* const other = world.find(deed.thing);
  if (other == nullptr || other->kind != Kind::player || other == &player) return Verdict::nobody;
  const Band* const own = band_of(world, player.id);
  if (own != nullptr && own->members[0] != player.id) return Verdict::not_leader;
  if (own != nullptr && own->size >= size_max(world)) return Verdict::party_full;
  if (band_of(world, other->id) != nullptr) return Verdict::in_party;
  if (find_invitation(world, player.id, other->id) != world.invitations.end()) return Verdict::useless;
  const auto waiting = std::count_if(world.invitations.begin(), world.invitations.end(),
                                     [&](const Invitation& one) { return one.to == other->id; });
  if (waiting >= static_cast<std::ptrdiff_t>(k_invitations_max)) return Verdict::busy;
  world.invitations.push_back({player.id, other->id, now + static_cast<Tick>(world.ticks_of_ms(world.content().rules().ask_ms))});
  world.scratch.party_news.push_back(other->id);
  return Verdict::done;
}

Verdict accept(World& world, const Entity& player, const Deed& deed) {
  const auto invitation = find_invitation(world, deed.thing, player.id);
  if (invitation == world.invitations.end()) return Verdict::not_invited;
  if (band_of(world, player.id) != nullptr) return Verdict::in_party;
  Band* band = find_band(world, deed.thing);
  if (band != nullptr && band->members[0] != deed.thing) return Verdict::not_invited;  // who invited has joined another
  if (band != nullptr && band->size >= size_max(world)) return Verdict::party_full;
  if (band == nullptr) {
    band = &world.bands.emplace_back();
    band->members[band->size++] = deed.thing;
  }
  band->members[band->size++] = player.id;
  tell_all(world, *band);
  // Whoever is in a party need not answer the others, and gets no more invitations.
  std::erase_if(world.invitations, [&](const Invitation& one) { return one.to == player.id || one.to == deed.thing; });
  return Verdict::done;
}

Verdict decline(World& world, const Entity& player, const Deed& deed) {
  const auto invitation = find_invitation(world, deed.thing, player.id);
  if (invitation == world.invitations.end()) return Verdict::not_invited;
  world.invitations.erase(invitation);
  world.scratch.party_news.push_back(player.id);
  return Verdict::done;
}

Verdict leave(World& world, const Entity& player) {
  Band* const band = find_band(world, player.id);
  if (band == nullptr) return Verdict::no_party;
  take_out(world, *band, player.id);
  return Verdict::done;
}

Verdict remove(World& world, const Entity& player, const Deed& deed) {
  Band* const band = find_band(world, player.id);
  if (band == nullptr) return Verdict::no_party;
  if (band->members[0] != player.id) return Verdict::not_leader;
  if (deed.thing == player.id || !band->has(deed.thing)) return Verdict::nobody;
  take_out(world, *band, deed.thing);
  return Verdict::done;
}

}  // namespace

const Band* band_of(const World& world, EntityId who) {
  for (const Band& band : world.bands) {
    if (band.has(who)) return &band;
  }
  return nullptr;
}

Verdict gather_party(World& world, const Entity& player, const Deed& deed, Tick now) {
  switch (deed.type) {
    case DeedType::invite:
      return invite(world, player, deed, now);
    case DeedType::accept:
      return accept(world, player, deed);
    case DeedType::decline:
      return decline(world, player, deed);
    case DeedType::leave_party:
      return leave(world, player);
    case DeedType::remove:
      return remove(world, player, deed);
    default:
      return Verdict::no_party;
  }
}

void leave_band(World& world, EntityId who) {
  if (Band* const band = find_band(world, who); band != nullptr) take_out(world, *band, who);
  for (const Invitation& one : world.invitations) {
    if (one.from == who) world.scratch.party_news.push_back(one.to);
  }
  std::erase_if(world.invitations, [&](const Invitation& one) { return one.from == who || one.to == who; });
}

void tend_bands(World& world, Tick now) {
  std::erase_if(world.invitations, [&](const Invitation& one) {
    if (now < one.until) return false;
    world.scratch.party_news.push_back(one.to);
    return true;
  });
}

}  // namespace cudgel::sim
