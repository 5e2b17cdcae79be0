// Reads what encode.cpp wrote, or what a stranger says it wrote.

#include <flatbuffers/flatbuffers.h>

#include <algorithm>
#include <cstring>

#include "base/hash.h"
#include "base/utf8.h"
#include "format.h"
#include "record/recording.h"
#include "record/schema/recording_generated.h"

namespace cudgel::record {
namespace {

constexpr flatbuffers::uoffset_t k_depth_max = 8;
constexpr flatbuffers::uoffset_t k_tables_max = 2'000'000;  ///< a second in which everybody joins at every tick stays below
constexpr std::int32_t k_arena_side_max = 1024;
constexpr std::size_t k_program_bytes_max = 256;
constexpr std::int32_t k_point_max = k_arena_side_max * base::k_units_per_tile;  ///< units: no map is larger

std::uint64_t get(std::span<const std::uint8_t> bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = size; i-- > 0;) value = value << 8U | bytes[at + i];
  return value;
}

ReadError error_at(std::size_t position, const std::string& text) {
  return {"chunk at byte " + std::to_string(position) + ": " + text};
}

template <class T>
std::vector<T> copy(const flatbuffers::Vector<T>* vector) {
  if (vector == nullptr) return {};
  return std::vector<T>(vector->begin(), vector->end());
}

std::string out_of_range(const char* what, std::int64_t low, std::int64_t high, std::int64_t value) {
  return std::string(what) + ": must be " + std::to_string(low) + ".." + std::to_string(high) + ", is " + std::to_string(value);
}

using Read = base::Result<Chunk, std::string>;

bool same_fields(const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>* names) {
  if (names == nullptr || names->size() != sim::k_fields) return false;
  for (flatbuffers::uoffset_t i = 0; i < names->size(); ++i) {
    if (names->Get(i)->string_view() != sim::field_name(static_cast<sim::Field>(i))) return false;
  }
  return true;
}

Read read(const wire::Start& saved) {
  if (saved.format() != k_format) {
    return base::fail("start.format: the recording has " + std::to_string(saved.format()) + ", this program reads " +
                      std::to_string(k_format));
  }
  if (!same_fields(saved.fields())) {
    return base::fail(
        std::string("start.fields: recorded by a version whose entities have other fields; replay it with that one"));
  }
  if (saved.tick_hz() < 5 || saved.tick_hz() > 60) return base::fail(out_of_range("start.tick_hz", 5, 60, saved.tick_hz()));
  if (saved.entities_max() < 1 || saved.entities_max() > UINT16_MAX) {
    return base::fail(out_of_range("start.entities_max", 1, UINT16_MAX, saved.entities_max()));
  }
  if (saved.arena_side() != 0 && (saved.arena_side() < 16 || saved.arena_side() > k_arena_side_max)) {
    return base::fail(out_of_range("start.arena_side", 16, k_arena_side_max, saved.arena_side()));
  }
  Start start;
  if (saved.program() != nullptr) start.program = saved.program()->str().substr(0, k_program_bytes_max);
  start.content_hash = saved.content_hash();
  start.content = copy(saved.content());
  start.options.seed = saved.seed();
  start.options.tick_hz = saved.tick_hz();
  start.options.entities_max = static_cast<std::uint16_t>(saved.entities_max());
  start.options.arena = saved.arena_side() != 0;
  start.arena_side = saved.arena_side();
  start.free_fights = saved.free_fights();
  start.world = copy(saved.world());
  return Chunk(std::move(start));
}

/// Empty when the command was taken.
std::string read_command(const wire::Command& saved, sim::Command& command) {
  if (saved.type() > static_cast<std::uint8_t>(sim::Command::Type::deed)) {
    return out_of_range("type", 0, static_cast<std::int64_t>(sim::Command::Type::deed), saved.type());
  }
  if (saved.heading() > base::k_headings) return out_of_range("heading", 0, base::k_headings, saved.heading());
  command.type = static_cast<sim::Command::Type>(saved.type());
  command.who = base::EntityId::unpack(saved.who());
  command.sequence = saved.sequence();
  command.intent = {saved.heading(), saved.attack(), base::EntityId::unpack(saved.target())};
  command.class_index = saved.class_index();
  command.view_age = saved.view_age();
  if (saved.x() < 0 || saved.x() > k_point_max) return out_of_range("x", 0, k_point_max, saved.x());
  if (saved.y() < 0 || saved.y() > k_point_max) return out_of_range("y", 0, k_point_max, saved.y());
  command.skill = saved.skill();
  command.point = {saved.x(), saved.y()};
  return {};
}

std::string read_belongings(const wire::Belongings& saved, sim::Belongings& own) {
  if (saved.cells() == nullptr || saved.cells()->size() != sim::k_cells) {
    return "belongings.cells: must hold " + std::to_string(sim::k_cells) + " stacks";
  }
  own.gold = saved.gold();
  own.bank_gold = saved.bank_gold();
  own.revision = saved.revision();
  for (std::size_t i = 0; i < sim::k_cells; ++i) {
    const wire::Stack& stack = *saved.cells()->Get(static_cast<flatbuffers::uoffset_t>(i));
    own.cells[i] = {stack.item(), stack.count()};
  }
  return {};
}

std::string read_deed(const wire::Deed& saved, sim::Command& command) {
  if (saved.type() >= sim::k_deed_types) return out_of_range("deed.type", 0, sim::k_deed_types - 1, saved.type());
  command.ticket = saved.ticket();
  command.deed = {static_cast<sim::DeedType>(saved.type()), saved.cell(), saved.to(), saved.item(), saved.count(), saved.gold(),
                  base::EntityId::unpack(saved.thing())};
  return {};
}

std::string read_join(const wire::Join& saved, sim::Command& command) {
  command.ticket = saved.ticket();
  if (saved.name() == nullptr) return "name: is missing";
  const std::string_view name = saved.name()->string_view();
  if (!command.name.assign(name)) return "name: must be at most " + std::to_string(base::k_name_bytes_max) + " bytes";
  if (!base::utf8_length(name)) return "name: is not valid UTF-8";
  if (const wire::Returning* const had = saved.returning()) {
    command.returning = {std::nullopt, had->health(), had->level(), had->experience()};
    if (had->placed()) command.returning->place = base::Vec2{had->x(), had->y()};
    if (saved.belongings() != nullptr) return read_belongings(*saved.belongings(), command.returning->belongings.emplace());
  }
  return {};
}

std::string read_tick(const wire::Tick& saved, Tick& tick) {
  const std::size_t commands = saved.commands() == nullptr ? 0 : saved.commands()->size();
  const std::size_t deeds = saved.deeds() == nullptr ? 0 : saved.deeds()->size();
  const std::size_t joins = saved.joins() == nullptr ? 0 : saved.joins()->size();
  if (commands > k_commands_per_tick_max) {
    return out_of_range("commands.size", 0, k_commands_per_tick_max, static_cast<std::int64_t>(commands));
  }
  tick.commands.resize(commands);
  std::size_t joined = 0;
  std::size_t done = 0;
  for (std::size_t i = 0; i < commands; ++i) {
    sim::Command& command = tick.commands[i];
    std::string wrong = read_command(*saved.commands()->Get(static_cast<flatbuffers::uoffset_t>(i)), command);
    if (wrong.empty() && command.type == sim::Command::Type::join) {
      wrong = joined < joins ? read_join(*saved.joins()->Get(static_cast<flatbuffers::uoffset_t>(joined)), command)
                             : "has no entry in joins";
      ++joined;
    }
    if (wrong.empty() && command.type == sim::Command::Type::deed) {
      wrong = done < deeds ? read_deed(*saved.deeds()->Get(static_cast<flatbuffers::uoffset_t>(done)), command)
                           : "has no entry in deeds";
      ++done;
    }
    if (!wrong.empty()) return "commands[" + std::to_string(i) + "]." + wrong;
  }
  if (joined != joins) return "joins.size: there are " + std::to_string(joined) + " joins, not " + std::to_string(joins);
  if (done != deeds) return "deeds.size: there are " + std::to_string(done) + " deeds, not " + std::to_string(deeds);
  if (saved.sums() == nullptr || saved.sums()->size() != 2 * sim::k_fields) return "sums: must hold two numbers per field";
  for (std::size_t i = 0; i < sim::k_fields; ++i) {
    const auto at = static_cast<flatbuffers::uoffset_t>(2 * i);
    tick.sums[i] = {saved.sums()->Get(at), saved.sums()->Get(at + 1)};
  }
  tick.random = saved.random();
  return {};
}

Read read(const wire::Second& saved) {
  const std::size_t ticks = saved.ticks() == nullptr ? 0 : saved.ticks()->size();
  if (ticks < 1 || ticks > k_ticks_per_second_max) {
    return base::fail(out_of_range("second.ticks.size", 1, k_ticks_per_second_max, static_cast<std::int64_t>(ticks)));
  }
  Second second;
  second.first_tick = saved.first_tick();
  second.hash = saved.hash();
  second.world = copy(saved.world());
  second.ticks.resize(ticks);
  for (std::size_t i = 0; i < ticks; ++i) {
    const std::string wrong = read_tick(*saved.ticks()->Get(static_cast<flatbuffers::uoffset_t>(i)), second.ticks[i]);
    if (!wrong.empty()) return base::fail("second.ticks[" + std::to_string(i) + "]." + wrong);
  }
  return Chunk(std::move(second));
}

Read read_payload(std::span<const std::uint8_t> payload) {
  std::vector<std::uint64_t> aligned(payload.size() / k_alignment);
  if (!payload.empty()) std::memcpy(aligned.data(), payload.data(), payload.size());
  const auto* data = reinterpret_cast<const std::uint8_t*>(aligned.data());
  flatbuffers::Verifier verifier(data, payload.size(), k_depth_max, k_tables_max);
  if (payload.size() < 8 || !wire::VerifyChunkBuffer(verifier)) return base::fail(std::string("is no part of a recording"));
  const wire::Chunk& chunk = *wire::GetChunk(data);
  if (const auto* start = chunk.part_as_Start(); start != nullptr) return read(*start);
  if (const auto* second = chunk.part_as_Second(); second != nullptr) return read(*second);
  if (const auto* end = chunk.part_as_End(); end != nullptr) return Chunk(End{end->last_tick()});
  return base::fail(std::string("is of a kind that this program does not know"));
}

}  // namespace

base::Result<std::optional<std::span<const std::uint8_t>>, ReadError> Reader::next_payload() {
  if (position_ == 0) {
    if (bytes_.size() < k_file_head.size() || !std::equal(k_file_head.begin(), k_file_head.end(), bytes_.begin())) {
      return base::fail(ReadError{"this is no recording of cudgel-server"});
    }
    position_ = k_file_head.size();
  }
  const std::size_t left = bytes_.size() - position_;
  cut_off_ = left > 0 && left < k_chunk_head_bytes;
  if (left < k_chunk_head_bytes) return std::nullopt;
  const std::uint64_t size = get(bytes_, position_, 4);
  if (size > k_chunk_bytes_max || size % k_alignment != 0 || get(bytes_, position_ + 4, 4) != 0) {
    return base::fail(error_at(position_, "its length of " + std::to_string(size) + " bytes cannot be right"));
  }
  cut_off_ = size > left - k_chunk_head_bytes;
  if (cut_off_) return std::nullopt;
  const auto payload = bytes_.subspan(position_ + k_chunk_head_bytes, size);
  if (base::hash_bytes(payload) != get(bytes_, position_ + 8, 8)) {
    // What a crash of the machine leaves at the end of a file need not be shorter than what was written.
    const bool last = size == left - k_chunk_head_bytes;
    cut_off_ = last;
    if (last) return std::nullopt;
    return base::fail(error_at(position_, "its checksum is wrong: the file is damaged"));
  }
  return payload;
}

std::string Reader::wrong_order(const Chunk& chunk) {
  if (ended_) return "stands behind the end";
  if (std::holds_alternative<Start>(chunk) == started_) return started_ ? "is a second start" : "must be the start";
  started_ = true;
  ended_ = std::holds_alternative<End>(chunk);
  const auto* second = std::get_if<Second>(&chunk);
  if (second == nullptr) return {};
  if (next_tick_ != 0 && second->first_tick != next_tick_) {
    return "begins with tick " + std::to_string(second->first_tick) + ", but " + std::to_string(next_tick_) + " is next";
  }
  next_tick_ = second->first_tick + static_cast<base::Tick>(second->ticks.size());
  return {};
}

base::Result<std::optional<Chunk>, ReadError> Reader::next() {
  auto payload = next_payload();
  if (!payload) return base::fail(payload.error());
  if (!*payload) return std::nullopt;
  auto chunk = read_payload(**payload);
  if (!chunk) return base::fail(error_at(position_, chunk.error()));
  const std::string wrong = wrong_order(*chunk);
  if (!wrong.empty()) return base::fail(error_at(position_, wrong));
  position_ += k_chunk_head_bytes + (*payload)->size();
  return std::optional<Chunk>(std::move(*chunk));
}

}  // namespace cudgel::record
