#pragma once
// What server and client say in fixed words when a connection ends, or to somebody who comes in: each sentence once, in English, with the key
// under which assets/text has it in the player's language. On the wire and in logs go the words; a page looks for their key. Holds text only.

#include <string_view>

namespace cudgel::protocol {

enum class Sentence {
  restarting,     ///< the server ends, and comes again
  no_answer,      ///< nothing came in time
  lost,           ///< the connection, without a word
  updated,        ///< another version or other content
  elsewhere,      ///< another connection speaks for the character
  realm_full,     ///< no place for a body
  crowd,          ///< no place in the realm's inbox
  not_looked_up,  ///< the store did not answer
  not_written,    ///< the store did not take a key
  too_busy,       ///< store and realm did not answer in time
  away_too_long,  ///< the body has left
  refused,        ///< for good, without a reason
  forgotten,      ///< the server did not know the character any more
  unreadable,     ///< what the server sent; why follows after a colon
  malformed,      ///< what the client sent; likewise
  too_often,      ///< likewise
  no_hello,
  not_read,  ///< the client took nothing
  name_bytes,
  no_class,
  watch_nobody,
  watch_several,
  watch_forbidden,
  watch_forbidden_now,
  watch_full,
  watch_left,
  welcome_back,    ///< a notice: a character out of the store
  nothing_missed,  ///< a notice: back after a while, and guarded meanwhile
};
inline constexpr int k_sentences = 28;

std::string_view words_of(Sentence sentence);
/// In assets/text.
std::string_view key_of(Sentence sentence);
/// The key of a sentence that somebody said, empty when it is none of these. What follows its first colon does not matter.
std::string_view key_of_words(std::string_view words);

}  // namespace cudgel::protocol
