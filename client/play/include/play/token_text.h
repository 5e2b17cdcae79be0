#pragma once
// A character's secret as text, for the page to keep.

#include <optional>
#include <string>
#include <string_view>

#include "protocol/client_message.h"

namespace cudgel::game {

/// 64 hexadecimal digits.
std::string text_of(const protocol::Token& token);
/// Nothing when it is not exactly that.
std::optional<protocol::Token> token_of(std::string_view text);

}  // namespace cudgel::game
