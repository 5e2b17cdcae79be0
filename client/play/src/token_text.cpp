#include "play/token_text.h"

namespace cudgel::game {

namespace {
constexpr std::string_view k_digits = "0123456789abcdef";
}

std::string text_of(const protocol::Token& token) {
  std::string text;
  for (const std::uint8_t byte : token) {
    text += k_digits[byte >> 4U];
    text += k_digits[byte & 15U];
  }
  return text;
}

std::optional<protocol::Token> token_of(std::string_view text) {
  protocol::Token token;
  if (text.size() != token.size() * 2) return std::nullopt;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const std::size_t high = k_digits.find(text[2 * i]);
    const std::size_t low = k_digits.find(text[2 * i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    token[i] = static_cast<std::uint8_t>(high << 4U | low);
  }
  return token;
}

}  // namespace cudgel::game
