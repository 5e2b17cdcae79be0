#include "told.h"

namespace cudgel::core {
namespace {

constexpr std::size_t k_notices_max = 32;
constexpr std::size_t k_lines_max = 128;

}  // namespace

Told::Heard Told::hear(const protocol::Note& note) {
  const auto* notice = note.body_as_Notice();
  const auto* speech = note.body_as_Speech();
  if (notice == nullptr && speech == nullptr) return Heard::not_ours;
  const std::uint32_t sequence = note.sequence();
  if (sequence != 0 && sequence <= numbered) return Heard::taken;
  if (sequence > numbered + 1 && numbered != 0) return Heard::number_missing;
  if (sequence != 0) numbered = sequence;
  if (notice != nullptr) {
    if (notices.size() == k_notices_max) notices.erase(notices.begin());
    notices.push_back(notice->text()->str());
  } else {
    if (lines.size() == k_lines_max) lines.erase(lines.begin());
    lines.push_back({static_cast<protocol::Channel>(speech->channel()), speech->from()->str(),
                     base::EntityId::unpack(speech->entity()), speech->words()->str(), speech->zone()});
  }
  return Heard::taken;
}

bool Told::keep(const protocol::Note& note) {
  if (const auto* owned = note.body_as_Owned(); owned != nullptr) {
    belongings = replication::owned_by(*owned);
  } else if (const auto* bargain = note.body_as_Trade(); bargain != nullptr) {
    trade = replication::trade_by(*bargain);
    ++trades_told;
  } else if (const auto* mates = note.body_as_Party(); mates != nullptr) {
    party = replication::party_by(*mates);
  } else {
    return false;
  }
  return true;
}

void Told::forget() {
  belongings.reset();
  forget_together();
}

void Told::forget_together() {
  trade.reset();
  party = {};
}

}  // namespace cudgel::core
