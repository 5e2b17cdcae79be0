// Checked values become bytes. A value out of range here is a programmer's mistake: on write, assert.

#include "base/assert.h"
#include "base/utf8.h"
#include "protocol/client_message.h"
#include "protocol/schema/client_generated.h"

namespace cudgel::protocol {
namespace {

template <class Body>
std::span<const std::uint8_t> finish(flatbuffers::FlatBufferBuilder& builder, wire::ClientBody type,
                                     flatbuffers::Offset<Body> body) {
  builder.Finish(wire::CreateClientMessage(builder, type, body.Union()));
  CUDGEL_ASSERT(builder.GetSize() <= k_client_message_bytes_max);
  return {builder.GetBufferPointer(), builder.GetSize()};
}

}  // namespace

std::span<const std::uint8_t> encode(const Hello& hello, flatbuffers::FlatBufferBuilder& builder) {
  const std::string_view name = hello.name.view();
  CUDGEL_ASSERT(base::is_displayable_name(name, base::k_name_characters_max));
  builder.Clear();
  const auto text = builder.CreateString(name.data(), name.size());
  flatbuffers::Offset<flatbuffers::Vector<std::uint8_t>> token;
  if (hello.token) token = builder.CreateVector(hello.token->data(), hello.token->size());
  return finish(builder, wire::ClientBody::Hello, wire::CreateHello(builder, text, hello.class_index, hello.content_hash, token));
}

std::span<const std::uint8_t> encode(const Acts& acts, flatbuffers::FlatBufferBuilder& builder) {
  CUDGEL_ASSERT(acts.count <= k_acts_per_message_max);
  builder.Clear();
  flatbuffers::Offset<flatbuffers::Vector<const wire::Act*>> list;
  if (acts.count > 0) {
    std::array<wire::Act, k_acts_per_message_max> structs;
    for (std::size_t i = 0; i < acts.count; ++i) {
      const Act& act = acts.acts[i];
      CUDGEL_ASSERT(act.sequence >= 1 && (i == 0 || act.sequence == acts.acts[i - 1].sequence + 1));
      CUDGEL_ASSERT(act.heading <= k_heading_max);
      CUDGEL_ASSERT(act.view_age <= k_view_age_max);
      CUDGEL_ASSERT(act.skill <= k_wire_skills && (act.skill != 0 || (act.x == 0 && act.y == 0)));
      CUDGEL_ASSERT(act.target.valid() || act.target.packed() == 0);
      structs[i] = wire::Act(act.sequence, act.tick, act.target.packed(), act.x, act.y, act.heading, act.attack ? 1 : 0,
                             act.view_age, act.skill);
    }
    list = builder.CreateVectorOfStructs(structs.data(), acts.count);
  }
  return finish(builder, wire::ClientBody::Acts, wire::CreateActs(builder, list, acts.frame_tick, acts.stamp, acts.notes));
}

std::span<const std::uint8_t> encode(const Watch& watch, flatbuffers::FlatBufferBuilder& builder) {
  const std::string_view name = watch.name.view();
  CUDGEL_ASSERT(base::is_displayable_name(name, base::k_name_characters_max));
  builder.Clear();
  const auto text = builder.CreateString(name.data(), name.size());
  return finish(builder, wire::ClientBody::Watch, wire::CreateWatch(builder, text, watch.content_hash));
}

std::span<const std::uint8_t> encode(const Bye&, flatbuffers::FlatBufferBuilder& builder) {
  builder.Clear();
  return finish(builder, wire::ClientBody::Bye, wire::CreateBye(builder));
}

std::span<const std::uint8_t> encode(const Request& request, flatbuffers::FlatBufferBuilder& builder) {
  builder.Clear();
  return finish(builder, wire::ClientBody::Request, write(request, builder));
}

std::span<const std::uint8_t> encode(const Answer& answer, flatbuffers::FlatBufferBuilder& builder) {
  builder.Clear();
  return finish(builder, wire::ClientBody::Answer, write(answer, builder));
}

}  // namespace cudgel::protocol
