#pragma once
// Client messages as plain values: what decode makes of a stranger's bytes after every check, and what encode takes.
// On write, assert; on read, check. No socket, no clock.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <flatbuffers/flatbuffers.h>

#include "base/fixed_text.h"
#include "base/ids.h"
#include "base/result.h"
#include "protocol/limits.h"
#include "protocol/requests.h"

namespace cudgel::protocol {

/// The secret of a character; see Welcome in server.fbs.
using Token = std::array<std::uint8_t, k_token_bytes>;

struct Hello {
  base::PlayerName name;
  std::uint8_t class_index = 0;  ///< checked against the content by the session
  std::uint64_t content_hash = 0;
  std::optional<Token> token;
};

struct Act {
  std::uint32_t sequence = 0;
  base::Tick tick = 0;
  base::EntityId target;
  std::uint8_t heading = 0;  ///< 0..64
  bool attack = false;
  std::uint8_t view_age = 0;  ///< 0..192, 1/16 ticks
  std::uint8_t skill = 0;     ///< 0..4, 0 none
  std::uint16_t x = 0;        ///< where the skill is aimed, 1/64 tile; 0 without one
  std::uint16_t y = 0;
};

struct Acts {
  std::array<Act, k_acts_per_message_max> acts{};
  std::size_t count = 0;
  base::Tick frame_tick = 0;
  std::uint32_t stamp = 0;
  std::uint32_t notes = 0;  ///< newest note received
};

struct Bye {};

/// Only looks on.
struct Watch {
  base::PlayerName name;  ///< whom
  std::uint64_t content_hash = 0;
};

using ClientMessage = std::variant<Hello, Acts, Bye, Request, Answer, Watch>;

enum class DecodeErrorCode : std::uint8_t { too_big, malformed, unknown_message, out_of_range, invalid_text };
struct DecodeError {
  DecodeErrorCode code = DecodeErrorCode::malformed;
  const char* reason = "";  ///< static text that names the field and what would be right
};

/// Checks everything that can be checked without knowing the session: size, structure, trailing bytes, ranges, order of
/// sequences, text. The bytes need no alignment.
base::Result<ClientMessage, DecodeError> decode_client_message(std::span<const std::uint8_t> bytes);

/// Finished buffers stay in the builder until its next use.
std::span<const std::uint8_t> encode(const Hello& hello, flatbuffers::FlatBufferBuilder& builder);
std::span<const std::uint8_t> encode(const Acts& acts, flatbuffers::FlatBufferBuilder& builder);
std::span<const std::uint8_t> encode(const Watch& watch, flatbuffers::FlatBufferBuilder& builder);
std::span<const std::uint8_t> encode(const Bye& bye, flatbuffers::FlatBufferBuilder& builder);
std::span<const std::uint8_t> encode(const Request& request, flatbuffers::FlatBufferBuilder& builder);
std::span<const std::uint8_t> encode(const Answer& answer, flatbuffers::FlatBufferBuilder& builder);

}  // namespace cudgel::protocol
