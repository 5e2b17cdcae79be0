#include "session/together_desk.h"

#include <algorithm>

#include "session/residents.h"

namespace cudgel::session {

using replication::PartyView;

namespace {

PartyView view_of(const realm::Ledger::Company& company, const replication::Picture& picture, const Residents& residents) {
  PartyView view;
  for (const base::EntityId id : company.members) {
    const replication::PublishedPlayer* const mate = picture.player(id);
    if (mate == nullptr) continue;  // has left: the realm says so in a moment
    view.mates.push_back(replication::mate_of(*mate, false));
  }
  if (view.mates.size() < 2) view.mates.clear();
  for (const std::shared_ptr<Resident>& resident : residents.at(company.members)) {
    if (!resident->link->away.load(std::memory_order_relaxed)) continue;
    const std::uint32_t body = resident->link->entity.load(std::memory_order_relaxed);
    for (PartyView::Mate& mate : view.mates) {
      if (mate.id.packed() == body) mate.away = true;
    }
  }
  for (const base::EntityId id : company.invited_by) {
    if (const replication::PublishedPlayer* const inviter = picture.player(id); inviter != nullptr)
      view.invited_by.push_back({id, inviter->name});
  }
  return view;
}

}  // namespace

std::shared_ptr<const sim::TradeView> TogetherDesk::untold_trade(const realm::Ledger& ledger) {
  if (!waiting_) {
    if (ledger.trades_posted() == trade_told_) return nullptr;
    waiting_ = ledger.newest_trade();
    const bool first = !std::exchange(looked_, true);
    if (first && waiting_->view.stage == sim::TradeView::Stage::none) {
      // It ended before this connection: whoever did not hear of it sees what it owns.
      trade_told_ = waiting_->number;
      waiting_.reset();
      return nullptr;
    }
  }
  if (!ledger.kept(waiting_->revision)) return nullptr;
  return {waiting_, &waiting_->view};
}

void TogetherDesk::mark_trade_told() {
  trade_told_ = waiting_->number;
  waiting_.reset();
}

std::shared_ptr<const PartyView> TogetherDesk::untold_party(const realm::Ledger& ledger, const replication::Picture& picture,
                                                            const Residents& residents) {
  const std::uint32_t posted = ledger.companies_posted();
  if (posted == 0) return nullptr;
  const bool news = !company_ || company_->number != posted;
  if (news) company_ = ledger.newest_company();
  const bool nobody = company_->members.empty() && company_->invited_by.empty();
  if (!news && (nobody ? !party_told_ || *party_told_ == PartyView{} : picture.tick - looked_at_mates_ < k_mates_every_ticks)) {
    return nullptr;
  }
  looked_at_mates_ = picture.tick;
  auto view = std::make_shared<const PartyView>(view_of(*company_, picture, residents));
  const bool told = party_told_ ? *party_told_ == *view : *view == PartyView{};
  return told ? nullptr : view;
}

}  // namespace cudgel::session
