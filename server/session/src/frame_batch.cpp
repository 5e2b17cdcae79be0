#include "session/frame_batch.h"

#include <algorithm>

namespace cudgel::session {

void FrameBatch::add(Session& session, std::span<const std::uint8_t> frame) {
  CUDGEL_ASSERT(!full() && frame.size() <= protocol::k_server_frame_bytes_max);
  const std::span<std::uint8_t> place = std::span(bytes_).subspan(used_, frame.size());
  std::copy(frame.begin(), frame.end(), place.begin());
  entries_[count_++] = {&session, place};
  used_ += frame.size();
}

}  // namespace cudgel::session
