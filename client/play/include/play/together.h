#pragma once
// Bargain and party, for the page: how they stand as the server last told it, and the deeds that name another player. Asks nothing by itself.

#include <optional>
#include <string>
#include <string_view>

#include "content/content.h"
#include "core/game_client.h"

namespace cudgel::game {

/// The deed of that name with another player (packed id), or with one's own side of a bargain, with numbers as a page gives them; nothing when
/// one cannot be.
std::optional<protocol::Deed> deal_of(std::string_view name, std::uint32_t who, int cell, int count, double gold);

/// { "trade": {...}, "party": {...} }; the names of stages and reasons are those of assets/text.
std::string together_json(const core::GameClient& client, const content::Content& content);

}  // namespace cudgel::game
