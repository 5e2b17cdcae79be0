// Target: protocol::FrameReader and replication::Replica, as a client meets a hostile server. The bytes are a connection:
// frames one after the other, each behind its length (two bytes, little-endian). Promises: what is let through can be walked
// through and drawn at any time, and a refused frame has changed nothing.

#include "protocol/server_frame.h"

#include "entry.h"
#include "replication/replica.h"

using namespace cudgel;

CUDGEL_DECLARE_FUZZ(fuzz_server_frame);

namespace {

/// Everything a client would look at, folded into one number.
std::uint64_t look_at(const replication::Replica& replica) {
  std::uint64_t sum = replica.tick() + replica.acknowledged() * 3ULL + replica.own().id.packed() * 7ULL;
  const auto& walker = replica.own().walker;
  CUDGEL_ASSERT(walker.facing < base::k_facings && static_cast<int>(walker.action) < sim::k_actions);
  CUDGEL_ASSERT(walker.intent.heading <= base::k_headings);
  sum += static_cast<std::uint64_t>(walker.position.x) * 11 + static_cast<std::uint64_t>(walker.position.y) * 13;
  for (const auto& [id, entity] : replica.entities()) {
    const replication::Sight& sight = entity.sight;
    CUDGEL_ASSERT(sight.id.packed() == id && sight.id.valid());
    CUDGEL_ASSERT(sight.facing < base::k_facings && static_cast<int>(sight.action) < sim::k_actions);
    CUDGEL_ASSERT(sight.kind != sim::Kind::none && static_cast<int>(sight.kind) < sim::k_kinds);
    CUDGEL_ASSERT(entity.name.size() <= base::k_name_bytes_max);
    for (const base::Tick tick : {replica.tick(), sight.track.begin - 3, 0U, 0x7fffffffU, 0xffffffffU}) {
      const base::Vec2 at = sight.track.at(tick);
      sum += static_cast<std::uint64_t>(at.x) * id + static_cast<std::uint64_t>(at.y);
    }
    sum += id * (entity.told + entity.arrived + sight.health + 1ULL) + entity.name.size();
  }
  for (const auto& happening : replica.happenings()) {
    CUDGEL_ASSERT(static_cast<int>(happening.type) < sim::k_event_types);
    sum += static_cast<std::uint64_t>(happening.amount) + happening.tick;
  }
  return sum;
}

/// Requests and answers are made anew from what was read; writing them asserts every range.
void look_at_dialogue(const protocol::Frame& frame) {
  if (frame.notes() == nullptr) return;
  flatbuffers::FlatBufferBuilder builder;
  for (const protocol::Note* note : *frame.notes()) {
    builder.Clear();
    if (const auto* request = note->body_as_Request()) builder.Finish(protocol::write(protocol::value_of(*request), builder));
    if (const auto* answer = note->body_as_Answer()) builder.Finish(protocol::write(protocol::value_of(*answer), builder));
  }
}

}  // namespace

int fuzz_server_frame(std::span<const std::uint8_t> bytes) {
  protocol::FrameReader reader;
  replication::Replica replica;
  while (bytes.size() >= 2) {
    const std::size_t said = bytes[0] | static_cast<std::size_t>(bytes[1]) << 8U;
    bytes = bytes.subspan(2);
    const std::size_t size = std::min(said, bytes.size());
    const auto frame = reader.read(bytes.first(size));
    bytes = bytes.subspan(size);
    if (!frame) {
      CUDGEL_ASSERT(frame.error().reason[0] != '\0');
      continue;
    }
    look_at_dialogue(**frame);
    const std::uint64_t before = look_at(replica);
    const auto applied = replica.apply(**frame);
    const std::uint64_t after = look_at(replica);
    if (!applied) {
      CUDGEL_ASSERT(applied.error().reason[0] != '\0');
      CUDGEL_ASSERT(before == after);
    }
  }
  return 0;
}
