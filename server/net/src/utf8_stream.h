#pragma once
// Checks UTF-8 that comes in pieces, and finds the first byte that cannot be right at once, wherever the pieces were cut.

#include <cstdint>

namespace cudgel::net {

class Utf8Stream {
 public:
  /// False: no text begins like this (overlong forms, surrogates and values above U+10FFFF among them). Do not go on then.
  bool take(std::uint8_t byte) {
    if (left_ > 0) {
      if (byte < low_ || byte > high_) return false;
      --left_;
      low_ = 0x80;
      high_ = 0xBF;
      return true;
    }
    if (byte < 0x80) return true;
    if (byte < 0xC2 || byte > 0xF4) return false;
    left_ = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    // Unicode, table 3-7: only the second byte has narrower bounds.
    if (byte == 0xE0) low_ = 0xA0;
    if (byte == 0xED) high_ = 0x9F;
    if (byte == 0xF0) low_ = 0x90;
    if (byte == 0xF4) high_ = 0x8F;
    return true;
  }
  /// True when the text may end here.
  [[nodiscard]] bool whole() const { return left_ == 0; }

 private:
  int left_ = 0;  ///< bytes the character still needs
  std::uint8_t low_ = 0x80;
  std::uint8_t high_ = 0xBF;
};

}  // namespace cudgel::net
