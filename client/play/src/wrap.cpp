#include "play/wrap.h"

#include <utility>

namespace cudgel::game {
namespace {

/// Bytes of the character that begins with this one.
std::size_t bytes_of(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

/// Everything from the three-byte scripts on counts as wide: CJK, kana, hangul, emoji. A few narrow ones among them only wrap early.
std::size_t columns_of(std::size_t bytes) { return bytes < 3 ? 1 : 2; }

}  // namespace

std::vector<std::string> wrapped(std::string_view text, std::size_t columns_max, std::size_t lines_max) {
  std::vector<std::string> lines;
  std::string line;
  std::size_t columns = 0;
  std::size_t last_space = std::string::npos;  // in `line`
  std::size_t columns_at_space = 0;
  std::size_t at = 0;
  while (at < text.size() && lines.size() < lines_max) {
    const std::string_view character = text.substr(at, bytes_of(text[at]));
    const bool is_space = character == " ";
    const std::size_t width = columns_of(character.size());
    if (columns + width <= columns_max) {
      if (is_space) {
        last_space = line.size();
        columns_at_space = columns;
      }
      line += character;
      columns += width;
      at += character.size();
      continue;
    }
    // The line is full: it ends here, or at its last space.
    std::string rest;
    if (is_space) {
      at += character.size();
    } else if (last_space != std::string::npos) {
      rest = line.substr(last_space + 1);
      line.resize(last_space);
    }
    columns = rest.empty() ? 0 : columns - columns_at_space - 1;
    lines.push_back(std::exchange(line, std::move(rest)));
    last_space = std::string::npos;
  }
  if (lines.size() < lines_max) {
    if (!line.empty()) lines.push_back(std::move(line));
  } else if ((at < text.size() || !line.empty()) && !lines.empty()) {
    lines.back() += "…";
  }
  return lines;
}

}  // namespace cudgel::game
