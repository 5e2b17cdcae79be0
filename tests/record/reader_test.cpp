// Goal: a recording's bytes are believed only as far as they are whole and right; what is wrong is named with its place, and what was
// written before a crash can be read. Method: files cut, damaged and put together wrongly.

#include <gtest/gtest.h>

#include "scripted_session.h"

namespace cudgel::record {
namespace {

using namespace testing;
using Bytes = std::vector<std::uint8_t>;

struct Reading {
  std::size_t chunks = 0;
  std::size_t seconds = 0;
  bool cut_off = false;
  std::string error;
};

Reading read_all(const Bytes& file) {
  Reader reader(file);
  Reading reading;
  for (;;) {
    const auto chunk = reader.next();
    if (!chunk) {
      reading.error = chunk.error().text;
      return reading;
    }
    if (!*chunk) break;
    ++reading.chunks;
    if (std::holds_alternative<Second>(**chunk)) ++reading.seconds;
  }
  reading.cut_off = reader.cut_off();
  return reading;
}

Bytes file_with(std::initializer_list<Bytes> parts) {
  Bytes file(file_head().begin(), file_head().end());
  for (const Bytes& part : parts) file.insert(file.end(), part.begin(), part.end());
  return file;
}

struct Readers : ::testing::Test {
  Readers() : world(script_world()), session(record_session(world, 100)), file(file_of(session)) {}
  sim::World world;
  Session session;
  Bytes file;
};

TEST_F(Readers, a_whole_file_is_read_to_its_end) {
  const Reading reading = read_all(file);
  EXPECT_EQ(reading.error, "");
  EXPECT_EQ(reading.chunks, 7U);
  EXPECT_EQ(reading.seconds, 5U);
  EXPECT_FALSE(reading.cut_off);
}

TEST_F(Readers, commands_come_back_as_they_were) {
  Second second = session.seconds[0];
  sim::Command join;
  join.type = sim::Command::Type::join;
  join.ticket = 0xFFFFFFFFFFULL;
  join.class_index = 2;
  ASSERT_TRUE(join.name.assign("Größe 你好"));
  sim::Command act;
  act.who = {7, 9};
  act.sequence = 0xFFFFFFFFU;
  act.intent = {64, true, {300, 2}};
  act.view_age = 63;
  sim::Command guard;
  guard.type = sim::Command::Type::guard;
  guard.who = {7, 9};
  second.ticks[3].commands = {join, act, join, guard};
  const Bytes bytes = file_with({encode(session.start), encode(second)});
  Reader reader(bytes);
  ASSERT_TRUE(reader.next());
  const auto chunk = reader.next();
  ASSERT_TRUE(chunk) << chunk.error().text;
  const auto& tick = std::get<Second>(**chunk).ticks[3];
  ASSERT_EQ(tick.commands.size(), 4U);
  EXPECT_EQ(tick.commands[0].ticket, join.ticket);
  EXPECT_EQ(tick.commands[2].name, join.name);
  EXPECT_EQ(tick.commands[0].class_index, 2);
  EXPECT_EQ(tick.commands[1].who, act.who);
  EXPECT_EQ(tick.commands[1].sequence, act.sequence);
  EXPECT_EQ(tick.commands[1].intent, act.intent);
  EXPECT_EQ(tick.commands[1].view_age, act.view_age);
  EXPECT_EQ(tick.commands[3].type, sim::Command::Type::guard);
  EXPECT_EQ(tick.sums, second.ticks[3].sums);
}

TEST_F(Readers, a_file_cut_anywhere_is_read_up_to_the_last_whole_chunk) {
  const std::size_t whole = read_all(file).chunks;
  const auto read_until = [&](std::size_t size) {
    return read_all(Bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size)));
  };
  for (std::size_t size = file_head().size(); size < file.size(); size += 97) {
    const Reading reading = read_until(size);
    ASSERT_EQ(reading.error, "") << size;
    ASSERT_LT(reading.chunks, whole);
    // Cut just behind a chunk, it looks like a shorter recording: then a byte less is a chunk less.
    const bool behind_a_chunk = size == file_head().size() || read_until(size - 1).chunks < reading.chunks;
    ASSERT_EQ(reading.cut_off, !behind_a_chunk) << size;
  }
}

TEST_F(Readers, a_damaged_chunk_is_named_unless_it_is_the_last) {
  const Bytes start = encode(session.start);
  Bytes middle = file;
  middle[file_head().size() + start.size() + 40] ^= 1U;
  EXPECT_EQ(read_all(middle).error, "chunk at byte " + std::to_string(file_head().size() + start.size()) +
                                        ": its checksum is wrong: the file is damaged");
  Bytes last = file;
  last.back() ^= 1U;
  const Reading reading = read_all(last);
  EXPECT_EQ(reading.error, "");
  EXPECT_TRUE(reading.cut_off);
  EXPECT_EQ(reading.seconds, 5U);
}

TEST_F(Readers, what_is_no_recording_is_said_to_be_none) {
  EXPECT_EQ(read_all({}).error, "this is no recording of cudgel-server");
  EXPECT_EQ(read_all(Bytes(1000, 'x')).error, "this is no recording of cudgel-server");
  EXPECT_EQ(read_all(file_with({Bytes(64, 0xFF)})).error, "chunk at byte 8: its length of 4294967295 bytes cannot be right");
}

TEST_F(Readers, chunks_in_the_wrong_order_are_refused) {
  const Bytes start = encode(session.start);
  const Bytes one = encode(session.seconds[0]);
  const Bytes three = encode(session.seconds[2]);
  const Bytes end = encode(End{20});
  const auto ends_with = [](const std::string& text, const char* what) { return text.ends_with(what); };
  EXPECT_TRUE(ends_with(read_all(file_with({one, start})).error, "must be the start"));
  EXPECT_TRUE(ends_with(read_all(file_with({start, start})).error, "is a second start"));
  EXPECT_TRUE(ends_with(read_all(file_with({start, one, three})).error, "begins with tick 41, but 21 is next"));
  EXPECT_TRUE(ends_with(read_all(file_with({start, one, end, one})).error, "stands behind the end"));
}

TEST_F(Readers, wrong_values_are_named) {
  const auto error_of = [&](auto&& change) {
    Start start = session.start;
    Second second = session.seconds[0];
    change(start, second);
    return read_all(file_with({encode(start), encode(second)})).error;
  };
  const auto names = [&](const char* what, auto&& change) {
    const std::string error = error_of(change);
    EXPECT_NE(error.find(what), std::string::npos) << what << " is not named in \"" << error << "\"";
  };
  EXPECT_EQ(error_of([](Start&, Second&) {}), "");
  names("start.tick_hz: must be 5..60, is 0", [](Start& s, Second&) { s.options.tick_hz = 0; });
  names("start.entities_max: must be 1..65535, is 0", [](Start& s, Second&) { s.options.entities_max = 0; });
  names("start.arena_side: must be 16..1024, is 3", [](Start& s, Second&) { s.arena_side = 3; });
  names("second.ticks.size: must be 1..60, is 0", [](Start&, Second& s) { s.ticks.clear(); });
  names("second.ticks.size: must be 1..60, is 61", [](Start&, Second& s) { s.ticks.resize(61); });
  const auto with = [](auto&& set) {
    return [set](Start&, Second& s) {
      sim::Command command;
      set(command);
      s.ticks[2].commands = {command};
    };
  };
  names("second.ticks[2].commands[0].heading: must be 0..64, is 65", with([](sim::Command& c) { c.intent.heading = 65; }));
  names("second.ticks[2].commands[0].type: must be 0..4, is 9",
        with([](sim::Command& c) { c.type = static_cast<sim::Command::Type>(9); }));
  names("second.ticks[2].commands[0].name: is not valid UTF-8", with([](sim::Command& c) {
          c.type = sim::Command::Type::join;
          ASSERT_TRUE(c.name.assign("\xFF\xFE"));
        }));
}

}  // namespace
}  // namespace cudgel::record
