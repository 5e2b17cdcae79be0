#pragma once
// What the server says, in the player's language: finds the key of assets/text for a refusal that comes as a number, and for sentences that
// come as English words. What it does not know stays as it was said. Holds no state.

#include <string>
#include <string_view>

#include "content/content.h"
#include "play/words.h"
#include "protocol/dialogue.h"

namespace cudgel::game {

/// Why a request has no answer: the page's words are those of "failure.KEY".
std::string_view failure_key(const protocol::RequestFailure& failure);

/// The key of a sentence with which a connection ends or is refused (GameClient::message()); empty: it has none, and stays as it was said.
std::string_view message_key(std::string_view message);

/// A notice of the server: that one is back, or what the content has to say of a monster that has come or fallen ("appears.NAME", "falls.NAME").
std::string notice_words(const std::string& notice, const content::Content& content, const Words& words);

}  // namespace cudgel::game
