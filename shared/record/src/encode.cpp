#include <flatbuffers/flatbuffers.h>

#include <optional>

#include "base/assert.h"
#include "base/hash.h"
#include "format.h"
#include "record/recording.h"
#include "record/schema/recording_generated.h"

namespace cudgel::record {
namespace {

using Builder = flatbuffers::FlatBufferBuilder;

void put(std::vector<std::uint8_t>& out, std::uint64_t value, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i, value >>= 8U) out.push_back(static_cast<std::uint8_t>(value & 0xFFU));
}

flatbuffers::Offset<wire::Start> write(Builder& builder, const Start& start) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < sim::k_fields; ++i) names.emplace_back(sim::field_name(static_cast<sim::Field>(i)));
  const auto program = builder.CreateString(start.program);
  const auto content = builder.CreateVector(start.content);
  const auto fields = builder.CreateVectorOfStrings(names);
  const auto world = builder.CreateVector(start.world);
  return wire::CreateStart(builder, k_format, program, start.content_hash, content, start.options.seed, start.options.tick_hz,
                           start.options.entities_max, start.arena_side, fields, world, start.free_fights);
}

wire::Command to_wire(const sim::Command& command) {
  return {command.who.packed(),
          command.sequence,
          command.intent.target.packed(),
          static_cast<std::uint8_t>(command.type),
          command.intent.heading,
          command.intent.attack,
          command.class_index,
          command.view_age,
          command.skill,
          command.point.x,
          command.point.y};
}

wire::Returning to_wire(const sim::Returning& returning) {
  const base::Vec2 place = returning.place.value_or(base::Vec2{});
  return {place.x, place.y, returning.health, returning.level, returning.experience, returning.place.has_value()};
}

flatbuffers::Offset<wire::Belongings> write(Builder& builder, const sim::Belongings& own) {
  std::vector<wire::Stack> cells;
  for (const sim::Stack& stack : own.cells) cells.emplace_back(stack.item, stack.count);
  const auto cells_offset = builder.CreateVectorOfStructs(cells);
  return wire::CreateBelongings(builder, cells_offset, own.gold, own.bank_gold, own.revision);
}

wire::Deed to_wire(std::uint64_t ticket, const sim::Deed& deed) {
  return {ticket,  deed.gold, deed.thing.packed(), deed.count, static_cast<std::uint8_t>(deed.type), deed.cell,
          deed.to, deed.item};
}

flatbuffers::Offset<wire::Tick> write(Builder& builder, const Tick& tick) {
  std::vector<wire::Command> commands;
  std::vector<flatbuffers::Offset<wire::Join>> joins;
  std::vector<wire::Deed> deeds;
  for (const sim::Command& command : tick.commands) {
    commands.push_back(to_wire(command));
    if (command.type == sim::Command::Type::deed) deeds.push_back(to_wire(command.ticket, command.deed));
    if (command.type != sim::Command::Type::join) continue;
    const auto name = builder.CreateString(command.name.view().data(), command.name.view().size());
    const auto returning = command.returning ? std::optional(to_wire(*command.returning)) : std::nullopt;
    flatbuffers::Offset<wire::Belongings> belongings;
    if (command.returning && command.returning->belongings) belongings = write(builder, *command.returning->belongings);
    joins.push_back(wire::CreateJoin(builder, command.ticket, name, returning ? &*returning : nullptr, belongings));
  }
  std::vector<std::uint64_t> sums;
  for (const sim::FieldSum& sum : tick.sums) sums.insert(sums.end(), {sum.plain, sum.weighted});
  // Most ticks of a quiet world have no commands: absent vectors cost nothing.
  flatbuffers::Offset<flatbuffers::Vector<const wire::Command*>> commands_offset;
  flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<wire::Join>>> joins_offset;
  if (!commands.empty()) commands_offset = builder.CreateVectorOfStructs(commands);
  if (!joins.empty()) joins_offset = builder.CreateVector(joins);
  flatbuffers::Offset<flatbuffers::Vector<const wire::Deed*>> deeds_offset;
  if (!deeds.empty()) deeds_offset = builder.CreateVectorOfStructs(deeds);
  const auto sums_offset = builder.CreateVector(sums);
  return wire::CreateTick(builder, commands_offset, joins_offset, tick.random, sums_offset, deeds_offset);
}

flatbuffers::Offset<wire::Second> write(Builder& builder, const Second& second) {
  std::vector<flatbuffers::Offset<wire::Tick>> ticks;
  for (const Tick& tick : second.ticks) ticks.push_back(write(builder, tick));
  const auto ticks_offset = builder.CreateVector(ticks);
  const auto world = builder.CreateVector(second.world);
  return wire::CreateSecond(builder, second.first_tick, ticks_offset, second.hash, world);
}

flatbuffers::Offset<wire::End> write(Builder& builder, const End& end) { return wire::CreateEnd(builder, end.last_tick); }

wire::Part part_of(const Start& /*unused*/) { return wire::Part::Start; }
wire::Part part_of(const Second& /*unused*/) { return wire::Part::Second; }
wire::Part part_of(const End& /*unused*/) { return wire::Part::End; }

}  // namespace

std::span<const std::uint8_t> file_head() { return k_file_head; }

std::vector<std::uint8_t> encode(const Chunk& chunk) {
  Builder builder(64 * 1024);
  std::visit(
      [&](const auto& part) {
        const auto offset = write(builder, part).Union();
        wire::FinishChunkBuffer(builder, wire::CreateChunk(builder, part_of(part), offset));
      },
      chunk);
  const std::size_t size = builder.GetSize();
  const std::size_t padded = (size + k_alignment - 1) / k_alignment * k_alignment;
  CUDGEL_ASSERT(padded <= k_chunk_bytes_max);
  std::vector<std::uint8_t> payload(builder.GetBufferPointer(), builder.GetBufferPointer() + size);
  payload.resize(padded, 0);
  std::vector<std::uint8_t> bytes;
  bytes.reserve(k_chunk_head_bytes + padded);
  put(bytes, padded, 4);
  put(bytes, 0, 4);
  put(bytes, base::hash_bytes(payload), 8);
  bytes.insert(bytes.end(), payload.begin(), payload.end());
  return bytes;
}

}  // namespace cudgel::record
