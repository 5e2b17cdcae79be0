#pragma once
// Memory to work out and write a frame in: one for all viewers of a thread, so that it stays in the cache and viewers stay small.
// Nothing in it outlives a frame but its capacity.

#include <cstdint>
#include <vector>

#include <flatbuffers/flatbuffers.h>

#include "protocol/limits.h"
#include "protocol/schema/server_generated.h"
#include "replication/budget.h"
#include "replication/known.h"
#include "replication/publisher.h"
#include "replication/slot_set.h"

namespace cudgel::replication {

/// Something that happened in view.
struct Witnessed {
  const PublishedHappening* happening = nullptr;
  std::int32_t distance = 0;  ///< units
  bool fight = false;         ///< the receiver did it or suffered it
};

struct FrameWorkspace {
  flatbuffers::FlatBufferBuilder builder{protocol::k_server_frame_bytes_max};
  SlotSet slots;             ///< in view
  std::vector<Known> known;  ///< of all in view, as it will be after the frame; ascending by index
  std::vector<std::uint32_t> left;
  std::vector<Pending> arrived;
  std::vector<Pending> moved;
  std::vector<base::EntityId> opponents;  ///< who exchanged blows with the receiver since the last frame
  std::vector<flatbuffers::Offset<protocol::Name>> names;
  std::vector<Witnessed> happened;  ///< oldest first
};

}  // namespace cudgel::replication
