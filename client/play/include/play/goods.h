#pragma once
// What the own character owns, for the page: the content's items once, the cells as the server last told them, who stands near to deal
// with, and what became of the deeds that the page asked for. Asks the server on the page's behalf; decides nothing.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content/content.h"
#include "core/game_client.h"

namespace cudgel::game {

/// A server that takes longer has other worries.
inline constexpr double k_deed_within_ms = 8000;

/// "take", "no_space" ...: how deeds and verdicts are written in JSON and in assets/text.
const char* deed_key(std::uint8_t type);
const char* verdict_key(std::uint8_t verdict);
const char* rarity_key(content::Rarity rarity);

/// What is asked for to give that order.
protocol::Deed order_deed(sim::Order order, base::EntityId foe);
/// The deed of that name with these numbers, as a page gives them (`item`: index, -1 none); nothing when one cannot be.
std::optional<protocol::Deed> deed_of(std::string_view name, int cell, int to, int item, int count, double gold);

/// Everything of the content that the page needs to show goods: items by index, who sells what.
std::string items_json(const content::Content& content);

/// Rare, and left for `self`: its drop is an event. What others own or nobody does only shines.
bool is_own_treasure(const core::BodyView& thing, base::EntityId self, const content::Content& content);

class Goods {
 public:
  /// Asks for it; what becomes of it stands in json() later.
  void ask(core::GameClient& client, const protocol::Deed& deed, double now_ms);
  /// Takes up the nearest thing within reach; false when there is none.
  bool take_nearest(core::GameClient& client, const content::Content& content, double now_ms);
  /// Will be taken up as soon as it is within reach; nobody: nothing will.
  void fetch(base::EntityId thing) { fetching_ = thing; }
  /// Once per display frame: fetches, and gives what is rare, the own character's, and has just come to lie in view.
  std::vector<core::BodyView> tend(core::GameClient& client, const content::Content& content, double now_ms);
  /// What is owned, who is near, and the outcomes since the last call.
  std::string json(const core::GameClient& client, const content::Content& content);

 private:
  struct Asked {
    protocol::Deed deed;
    protocol::Ticket<protocol::Deed> ticket;
  };
  void take(core::GameClient& client, base::EntityId thing, double now_ms);

  base::EntityId fetching_;
  std::vector<std::uint32_t> treasures_;  ///< rare things of one's own in view, by packed id
  std::vector<Asked> asked_;              ///< oldest first; the dialogue bounds them
};

}  // namespace cudgel::game
