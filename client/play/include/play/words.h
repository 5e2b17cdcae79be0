#pragma once
// The words that the game itself writes over the picture, in the player's language. The page brings them (assets/text); what has no word
// there is written as its key reads in English. Holds text only.

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cudgel::game {

class Words {
 public:
  /// A dictionary of more than this is cut off: it is not ours.
  static constexpr std::size_t k_entries_max = 4000;

  /// Takes the place of what was there before: lines of KEY, a tab, TEXT. Lines without a tab are passed over.
  void set(std::string_view lines);
  /// The text of `key`, or `otherwise`.
  [[nodiscard]] std::string word(std::string_view key, std::string_view otherwise) const;
  /// The same with {placeholder} filled in.
  [[nodiscard]] std::string filled(std::string_view key, std::string_view otherwise, std::string_view placeholder,
                                   std::string_view value) const;
  /// The same with several, each once.
  [[nodiscard]] std::string filled(std::string_view key, std::string_view otherwise,
                                   std::vector<std::pair<std::string_view, std::string_view>> placeholders) const;
  /// What a monster is called: the text of "name.KEY", else "goblin_clubber" -> "Goblin clubber".
  [[nodiscard]] std::string name(std::string_view key) const;
  /// The same in the middle of a sentence, with its article where the language has one: the text of "one_of" about {name}.
  [[nodiscard]] std::string one_of(std::string_view key) const;

 private:
  std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace cudgel::game
