// Target: protocol::decode_client_message. Promise: whatever comes through is in range, and goes the same way again.

#include "protocol/client_message.h"

#include "entry.h"

using namespace cudgel;

CUDGEL_DECLARE_FUZZ(fuzz_client_message);

namespace {

void check(const protocol::Hello& hello, const protocol::Hello& again) {
  CUDGEL_ASSERT(hello.name == again.name);
  CUDGEL_ASSERT(hello.class_index == again.class_index);
  CUDGEL_ASSERT(hello.content_hash == again.content_hash);
}

void check(const protocol::Acts& acts, const protocol::Acts& again) {
  CUDGEL_ASSERT(acts.count == again.count && acts.frame_tick == again.frame_tick && acts.stamp == again.stamp);
  for (std::size_t i = 0; i < acts.count; ++i) {
    const protocol::Act& a = acts.acts[i];
    const protocol::Act& b = again.acts[i];
    CUDGEL_ASSERT(a.sequence == b.sequence && a.tick == b.tick && a.target == b.target && a.heading == b.heading &&
                  a.attack == b.attack);
    CUDGEL_ASSERT(a.view_age == b.view_age);
  }
}

void check(const protocol::Watch& watch, const protocol::Watch& again) {
  CUDGEL_ASSERT(watch.name == again.name && watch.content_hash == again.content_hash);
}

void check(const protocol::Bye&, const protocol::Bye&) {}

void check(const protocol::Request& request, const protocol::Request& again) { CUDGEL_ASSERT(request == again); }

void check(const protocol::Answer& answer, const protocol::Answer& again) { CUDGEL_ASSERT(answer == again); }

}  // namespace

int fuzz_client_message(std::span<const std::uint8_t> bytes) {
  const auto decoded = protocol::decode_client_message(bytes);
  if (!decoded) {
    CUDGEL_ASSERT(decoded.error().reason[0] != '\0');
    return 0;
  }
  flatbuffers::FlatBufferBuilder builder;
  std::visit(
      [&](const auto& message) {
        const auto again = protocol::decode_client_message(protocol::encode(message, builder));  // encode asserts every range
        CUDGEL_ASSERT(again.has_value());
        check(message, std::get<std::decay_t<decltype(message)>>(*again));
      },
      *decoded);
  return 0;
}
