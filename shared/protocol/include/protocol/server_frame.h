#pragma once
// Reads a server frame that came from the network: the same distrust as towards a client, because a bot or a page may be
// pointed anywhere. What it returns is safe to walk through with the generated accessors; replication applies it.

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "protocol/client_message.h"
#include "protocol/limits.h"
#include "protocol/schema/server_generated.h"

namespace cudgel::protocol {

/// Owns an aligned copy of the bytes; reuse one object for all frames of a connection to avoid allocation.
class FrameReader {
 public:
  /// Verifies structure and the ranges of every enum, text and count. The pointer is valid until the next call.
  base::Result<const Frame*, DecodeError> read(std::span<const std::uint8_t> bytes);

 private:
  std::vector<std::uint64_t> aligned_;
};

}  // namespace cudgel::protocol
