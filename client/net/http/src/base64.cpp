#include "net_http/base64.h"

#include <array>
#include <cstddef>

namespace cudgel::net {

namespace {
constexpr std::uint8_t k_no_digit = 64;

constexpr std::array<std::uint8_t, 256> make_digits() {
  constexpr std::string_view k_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::array<std::uint8_t, 256> digits{};
  digits.fill(k_no_digit);
  for (std::size_t i = 0; i < k_alphabet.size(); ++i)
    digits[static_cast<unsigned char>(k_alphabet[i])] = static_cast<std::uint8_t>(i);
  return digits;
}
constexpr std::array<std::uint8_t, 256> k_digits = make_digits();
}  // namespace

std::optional<std::vector<std::uint8_t>> decode_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && text.ends_with('=')) {
    text.remove_suffix(1);
    ++padding;
  }
  std::vector<std::uint8_t> bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;  // only the lowest `held` of them are still to be written
  unsigned held = 0;
  for (const char character : text) {
    const std::uint8_t digit = k_digits[static_cast<unsigned char>(character)];
    if (digit == k_no_digit) return std::nullopt;
    bits = bits << 6U | digit;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes.push_back(static_cast<std::uint8_t>(bits >> held & 0xFFU));
  }
  if ((bits & ((1U << held) - 1)) != 0) return std::nullopt;
  return bytes;
}

}  // namespace cudgel::net
