#include "play/words.h"

#include <algorithm>

#include "play/names.h"

namespace cudgel::game {

void Words::set(std::string_view lines) {
  texts_.clear();
  while (!lines.empty() && texts_.size() < k_entries_max) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    const std::size_t tab = line.find('\t');
    if (tab != std::string_view::npos)
      texts_.insert_or_assign(std::string(line.substr(0, tab)), std::string(line.substr(tab + 1)));
  }
}

std::string Words::word(std::string_view key, std::string_view otherwise) const {
  const auto found = texts_.find(key);
  return found == texts_.end() ? std::string(otherwise) : found->second;
}

std::string Words::filled(std::string_view key, std::string_view otherwise, std::string_view placeholder,
                          std::string_view value) const {
  std::string text = word(key, otherwise);
  const std::string gap = "{" + std::string(placeholder) + "}";
  const std::size_t at = text.find(gap);
  return at == std::string::npos ? text : text.replace(at, gap.size(), value);
}

std::string Words::filled(std::string_view key, std::string_view otherwise,
                          std::vector<std::pair<std::string_view, std::string_view>> placeholders) const {
  const std::string text = word(key, otherwise);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    // What was filled in is not looked at again: a player may be called "{other}".
    const auto found = std::find_if(placeholders.begin(), placeholders.end(), [&](const auto& placeholder) {
      return text.compare(at, placeholder.first.size() + 2, "{" + std::string(placeholder.first) + "}") == 0;
    });
    if (found == placeholders.end()) {
      out += text[at++];
      continue;
    }
    out += found->second;
    at += found->first.size() + 2;
  }
  return out;
}

std::string Words::name(std::string_view key) const { return word("name." + std::string(key), words_of(key)); }

std::string Words::one_of(std::string_view key) const {
  std::string called = name(key);
  if (!called.empty() && called[0] >= 'A' && called[0] <= 'Z') called[0] = static_cast<char>(called[0] - 'A' + 'a');
  std::string sentence = word("one_of", "a {name}");
  const std::size_t at = sentence.find("{name}");
  return at == std::string::npos ? called : sentence.replace(at, 6, called);
}

}  // namespace cudgel::game
