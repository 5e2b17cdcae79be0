#pragma once
// Follows the frame headers of what a client sends, beside the library that reads the frames, and finds every one that must not
// be: the library lets some pass (without a mask, with a reserved bit), cuts others without a word (lengths), and may still send
// data behind the close that it answers the rest with. Keeps no payload.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace cudgel::net {

enum class FrameFault : std::uint8_t {
  none,
  unmasked,
  reserved_bits,
  reserved_opcode,
  cut_control,
  long_control,
  out_of_order,
  endless
};

/// The close reason for people. Not for `none`.
const char* frame_fault_text(FrameFault fault);

class FrameWatch {
 public:
  /// Looks at the next bytes of the stream and says how many of them the library may have now: at least one, unless there are none.
  /// All of them, unless `in_turns`: then at most one ping, because the library keeps the answer to one and forgets the others, and
  /// a frame that ends the connection only by itself, so that what came before it is answered.
  std::size_t advance(std::span<const std::uint8_t> bytes, bool in_turns);
  /// True when `bytes`, the next of the stream and not none, begin with a close or a frame that must not be.
  [[nodiscard]] bool ends_next(std::span<const std::uint8_t> bytes) const { return between_frames() && ends_connection(bytes); }
  /// The first that was found; nothing behind it is of any interest.
  [[nodiscard]] FrameFault fault() const { return fault_; }

 private:
  [[nodiscard]] bool between_frames() const { return header_size_ == 0 && payload_left_ == 0; }
  [[nodiscard]] FrameFault first_byte_fault(std::uint8_t byte) const;
  /// Whether the frame that begins here ends the connection, as far as its first two bytes tell.
  [[nodiscard]] bool ends_connection(std::span<const std::uint8_t> frame) const;
  /// True when the header is whole and the length of its payload known.
  bool take_header_byte(std::uint8_t byte);
  void note(FrameFault fault);

  std::array<std::uint8_t, 10> header_{};  ///< without the mask, which is only counted
  std::size_t header_size_ = 0;
  std::size_t header_needed_ = 2;
  std::uint64_t payload_left_ = 0;
  bool inside_message_ = false;  ///< its last fragment has not come yet
  FrameFault fault_ = FrameFault::none;
};

}  // namespace cudgel::net
