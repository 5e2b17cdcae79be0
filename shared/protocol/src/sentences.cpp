#include "protocol/sentences.h"

#include <algorithm>
#include <array>

namespace cudgel::protocol {
namespace {

struct Said {
  std::string_view key;
  std::string_view words;
};

/// In the order of Sentence.
constexpr std::array<Said, k_sentences> k_said{{
    {"reason.restarting", "the server is restarting: you will be taken back in"},
    {"reason.no_answer", "no answer from the server"},
    {"reason.lost", "the connection was lost"},
    {"reason.updated", "the game was updated: reload the page"},
    {"reason.elsewhere", "you came back from elsewhere: this page has let go of the character"},
    {"reason.realm_full", "the realm is full: try again later"},
    {"reason.crowd", "too many people come at once: try again in a moment"},
    {"reason.not_looked_up", "your character cannot be looked up just now: try again in a moment"},
    {"reason.not_written", "your character cannot be written down just now: try again in a moment"},
    {"reason.too_busy", "the realm is too busy to take you in: try again in a moment"},
    {"reason.away_too_long", "you were away for too long: come in again"},
    {"reason.refused", "the server refused us"},
    {"reason.forgotten", "the server did not know us any more"},
    {"reason.unreadable", "the server sent something we cannot read"},
    {"reason.malformed", "this is no message of ours"},
    {"reason.too_often", "too many messages"},
    {"reason.no_hello", "no Hello came within 5 seconds"},
    {"reason.not_read", "nothing was read for 15 seconds"},
    {"title.name_bytes", "the name is longer than 64 bytes"},
    {"reason.no_class", "there is no such class"},
    {"watch.nobody", "nobody of that name is here"},
    {"watch.several", "several have that name"},
    {"watch.forbidden", "that player does not want to be watched"},
    {"watch.forbidden_now", "that player does not want to be watched any more"},
    {"watch.full", "too many are watching already"},
    {"watch.left", "that player has left"},
    {"notice.welcome_back", "Welcome back."},
    {"notice.nothing_missed", "You are back. Nothing touched you meanwhile."},
}};

static_assert(static_cast<int>(Sentence::nothing_missed) == k_sentences - 1);

constexpr std::string_view head_of(std::string_view words) { return words.substr(0, words.find(':')); }

}  // namespace

std::string_view words_of(Sentence sentence) { return k_said[static_cast<std::size_t>(sentence)].words; }

std::string_view key_of(Sentence sentence) { return k_said[static_cast<std::size_t>(sentence)].key; }

std::string_view key_of_words(std::string_view words) {
  const std::string_view head = head_of(words);
  const auto found = std::find_if(k_said.begin(), k_said.end(), [&](const Said& said) { return head_of(said.words) == head; });
  return found == k_said.end() ? std::string_view() : found->key;
}

}  // namespace cudgel::protocol
