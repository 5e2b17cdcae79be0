#pragma once
// A short text inside its owner, without allocation: names of players. Holds valid UTF-8 or nothing; longer text is refused, not cut.

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace cudgel::base {

template <std::size_t capacity>
class FixedText {
  static_assert(capacity <= 255);

 public:
  FixedText() = default;
  /// False, and unchanged, when `text` is longer than the capacity in bytes.
  bool assign(std::string_view text) {
    if (text.size() > capacity) return false;
    bytes_ = {};
    std::memcpy(bytes_.data(), text.data(), text.size());
    size_ = static_cast<std::uint8_t>(text.size());
    return true;
  }
  [[nodiscard]] std::string_view view() const { return {bytes_.data(), size_}; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  friend bool operator==(const FixedText& a, const FixedText& b) { return a.view() == b.view(); }

 private:
  std::array<char, capacity> bytes_{};
  std::uint8_t size_ = 0;
};

/// Longest player name: 16 characters of any script, in bytes of UTF-8.
inline constexpr std::size_t k_name_bytes_max = 64;
inline constexpr std::size_t k_name_characters_max = 16;
using PlayerName = FixedText<k_name_bytes_max>;

}  // namespace cudgel::base
