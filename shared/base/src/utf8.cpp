#include "base/utf8.h"

#include <cstdint>

namespace cudgel::base {
namespace {

/// Decodes one code point at `position` and moves on; nothing when the bytes are not valid UTF-8 there.
std::optional<std::uint32_t> next_code_point(std::string_view text, std::size_t& position) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(position);
  std::size_t size = 0;
  std::uint32_t value = 0;
  std::uint32_t smallest = 0;
  if (lead < 0x80U) {
    ++position;
    return lead;
  }
  if (lead >= 0xC2U && lead <= 0xDFU) {
    size = 2, value = lead & 0x1FU, smallest = 0x80U;
  } else if (lead >= 0xE0U && lead <= 0xEFU) {
    size = 3, value = lead & 0x0FU, smallest = 0x800U;
  } else if (lead >= 0xF0U && lead <= 0xF4U) {
    size = 4, value = lead & 0x07U, smallest = 0x10000U;
  } else {
    return std::nullopt;
  }
  if (text.size() - position < size) return std::nullopt;
  for (std::size_t i = 1; i < size; ++i) {
    const std::uint8_t follow = byte(position + i);
    if ((follow & 0xC0U) != 0x80U) return std::nullopt;
    value = value << 6U | (follow & 0x3FU);
  }
  if (value < smallest || value > 0x10FFFFU || (value >= 0xD800U && value <= 0xDFFFU)) return std::nullopt;
  position += size;
  return value;
}

bool is_space(std::uint32_t c) { return c == 0x20U || c == 0xA0U || c == 0x3000U || (c >= 0x2000U && c <= 0x200AU); }

/// Characters that would break a line of names or turn text around: control, separators, bidirectional marks, zero-width, BOM.
bool is_unprintable(std::uint32_t c) {
  return c < 0x20U || (c >= 0x7FU && c < 0xA0U) || (c >= 0x200BU && c <= 0x200FU) || (c >= 0x2028U && c <= 0x202EU) ||
         (c >= 0x2060U && c <= 0x206FU) || c == 0xFEFFU || (c >= 0xFFF0U && c <= 0xFFFFU);
}

}  // namespace

std::optional<std::size_t> utf8_length(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t position = 0; position < text.size(); ++count) {
    if (!next_code_point(text, position)) return std::nullopt;
  }
  return count;
}

bool is_displayable_name(std::string_view text, std::size_t characters_max) {
  std::size_t count = 0;
  bool visible = false;
  for (std::size_t position = 0; position < text.size(); ++count) {
    const auto c = next_code_point(text, position);
    if (!c || is_unprintable(*c)) return false;
    visible = visible || !is_space(*c);
  }
  return visible && count <= characters_max;
}

}  // namespace cudgel::base
