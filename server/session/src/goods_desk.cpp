#include "session/goods_desk.h"

namespace cudgel::session {

std::shared_ptr<const sim::Belongings> GoodsDesk::untold(const realm::Ledger& ledger) {
  if (!waiting_) {
    if (ledger.posted() == told_) return nullptr;
    waiting_ = ledger.newest();
  }
  // What waits is not exchanged for something newer: in a fight that would wait for ever.
  if (!waiting_ || !ledger.kept(waiting_->revision)) return nullptr;
  return std::exchange(waiting_, nullptr);
}

std::optional<protocol::AnswerBody> GoodsDesk::answer_to(std::uint32_t id, const protocol::Deed& deed, base::EntityId self,
                                                         const realm::Ledger& ledger, realm::Inbox& inbox,
                                                         const sim::Belongings* telling) {
  if (under_way_ != id) {
    const sim::Deed wanted{
        static_cast<sim::DeedType>(deed.type), deed.cell, deed.to, deed.item, deed.count, deed.gold, deed.thing};
    if (!inbox.add(realm::PlayerDeed{self, ticket_of(id), wanted})) {
      return protocol::Failure{protocol::RefusalCode::not_now, "the realm is too busy: try again in a moment"};
    }
    under_way_ = id;
    return std::nullopt;
  }
  const auto settled = ledger.settlement(ticket_of(id));
  if (!settled) return std::nullopt;
  const std::uint32_t told = telling == nullptr ? told_ : telling->revision + 1U;
  if (settled->verdict == sim::Verdict::done && told < settled->revision + 1U) return std::nullopt;
  return protocol::Outcome{static_cast<std::uint8_t>(settled->verdict)};
}

}  // namespace cudgel::session
