#include "frame_watch.h"

#include <algorithm>

namespace cudgel::net {
namespace {

// RFC 6455, section 5.2.
constexpr std::uint8_t k_final_bit = 0x80;
constexpr std::uint8_t k_opcode_bits = 0x0F;
constexpr std::uint8_t k_reserved_bits = 0x70;
constexpr std::uint8_t k_mask_bit = 0x80;
constexpr std::uint8_t k_length_bits = 0x7F;
constexpr std::uint8_t k_control_bit = 0x08;
constexpr std::uint8_t k_continuation = 0;
constexpr std::uint8_t k_binary = 2;
constexpr std::uint8_t k_close = 8;
constexpr std::uint8_t k_ping = 9;
constexpr std::uint8_t k_pong = 10;
constexpr std::size_t k_mask_bytes = 4;
constexpr std::uint8_t k_length_16 = 126;
constexpr std::uint8_t k_length_64 = 127;

FrameFault second_byte_fault(std::uint8_t first, std::uint8_t byte) {
  if ((byte & k_mask_bit) == 0) return FrameFault::unmasked;
  const bool is_long = (byte & k_length_bits) >= k_length_16;
  return is_long && (first & k_control_bit) != 0 ? FrameFault::long_control : FrameFault::none;
}

}  // namespace

const char* frame_fault_text(FrameFault fault) {
  switch (fault) {
    case FrameFault::unmasked:
      return "a client's frames must be masked";
    case FrameFault::reserved_bits:
      return "reserved bits are set, but no extension was agreed on";
    case FrameFault::reserved_opcode:
      return "there is no such kind of frame";
    case FrameFault::cut_control:
      return "a control frame must not be fragmented";
    case FrameFault::out_of_order:
      return "fragments of a message are out of order";
    case FrameFault::long_control:
      return "a control frame holds at most 125 bytes";
    case FrameFault::endless:
      return "the highest bit of a length must be 0";
    case FrameFault::none:
      break;
  }
  return "";
}

std::size_t FrameWatch::advance(std::span<const std::uint8_t> bytes, bool in_turns) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (payload_left_ > 0) {
      const auto here = static_cast<std::size_t>(std::min<std::uint64_t>(payload_left_, bytes.size() - at));
      payload_left_ -= here;
      at += here;
    } else {
      if (in_turns && at > 0 && ends_next(bytes.subspan(at))) return at;
      if (!take_header_byte(bytes[at++])) continue;
    }
    if (in_turns && between_frames() && (header_[0] & k_opcode_bits) == k_ping) return at;
  }
  return at;
}

FrameFault FrameWatch::first_byte_fault(std::uint8_t byte) const {
  if ((byte & k_reserved_bits) != 0) return FrameFault::reserved_bits;
  const std::uint8_t opcode = byte & k_opcode_bits;
  if ((opcode > k_binary && opcode < k_close) || opcode > k_pong) return FrameFault::reserved_opcode;
  if ((opcode & k_control_bit) != 0) return (byte & k_final_bit) == 0 ? FrameFault::cut_control : FrameFault::none;
  return (opcode == k_continuation) == inside_message_ ? FrameFault::none : FrameFault::out_of_order;
}

bool FrameWatch::ends_connection(std::span<const std::uint8_t> frame) const {
  if ((frame[0] & k_opcode_bits) == k_close || first_byte_fault(frame[0]) != FrameFault::none) return true;
  return frame.size() > 1 && second_byte_fault(frame[0], frame[1]) != FrameFault::none;
}

bool FrameWatch::take_header_byte(std::uint8_t byte) {
  if (header_size_ < header_.size()) header_[header_size_] = byte;
  ++header_size_;
  if (header_size_ == 1) {
    note(first_byte_fault(byte));
    if ((byte & k_control_bit) == 0) inside_message_ = (byte & k_final_bit) == 0;
    header_needed_ = 2;
  } else if (header_size_ == 2) {
    note(second_byte_fault(header_[0], byte));
    const std::uint8_t length = byte & k_length_bits;
    if (length == k_length_16) header_needed_ += 2;
    if (length == k_length_64) header_needed_ += 8;
    if ((byte & k_mask_bit) != 0) header_needed_ += k_mask_bytes;
  } else if (header_size_ == 3 && (header_[1] & k_length_bits) == k_length_64 && (byte & 0x80U) != 0) {
    note(FrameFault::endless);
  }
  if (header_size_ < header_needed_) return false;
  const std::uint8_t length = header_[1] & k_length_bits;
  payload_left_ = length;
  if (length >= k_length_16) {
    payload_left_ = 0;
    const std::size_t end = length == k_length_16 ? 4 : 10;
    for (std::size_t i = 2; i < end; ++i) payload_left_ = payload_left_ << 8U | header_[i];
  }
  header_size_ = 0;
  return true;
}

void FrameWatch::note(FrameFault fault) {
  if (fault_ == FrameFault::none) fault_ = fault;
}

}  // namespace cudgel::net
