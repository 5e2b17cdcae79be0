// Goal: a recorded game comes out the same when it is replayed, and where it does not, tick, entity and field are named.
// Method: scripted games with joins, fights, deaths and leaves, written, read and replayed; then one thing is changed.

#include "record/replay.h"

#include <gtest/gtest.h>

#include "scripted_session.h"

namespace cudgel::record {
namespace {

using namespace testing;

std::unique_ptr<Replay> begin(const Session& session) {
  auto replay = Replay::begin(script_content(), session.start);
  EXPECT_TRUE(replay) << replay.error().text;
  return replay ? std::move(*replay) : nullptr;
}

std::optional<Mismatch> replay(const Session& session) {
  const auto player = begin(session);
  for (const Second& second : session.seconds) {
    if (auto mismatch = player->play(second)) return mismatch;
  }
  return std::nullopt;
}

/// Written to bytes and read again.
Session reread(const Session& session) {
  const auto file = file_of(session);
  Reader reader(file);
  Session read;
  bool ended = false;
  for (;;) {
    auto chunk = reader.next();
    EXPECT_TRUE(chunk) << chunk.error().text;
    if (!chunk || !*chunk) break;
    if (auto* start = std::get_if<Start>(&**chunk)) read.start = std::move(*start);
    if (auto* second = std::get_if<Second>(&**chunk)) read.seconds.push_back(std::move(*second));
    ended = ended || std::holds_alternative<End>(**chunk);
  }
  EXPECT_TRUE(ended);
  EXPECT_FALSE(reader.cut_off());
  return read;
}

struct Place {
  Tick* tick = nullptr;
  base::Tick number = 0;
  sim::Command* command = nullptr;
};

/// The first command from that tick on that `wanted` says yes to.
template <class Wanted>
Place find_command(Session& session, base::Tick from, Wanted&& wanted) {
  for (Second& second : session.seconds) {
    base::Tick number = second.first_tick;
    for (Tick& tick : second.ticks) {
      for (sim::Command& command : tick.commands) {
        if (number >= from && wanted(command, tick)) return {&tick, number, &command};
      }
      ++number;
    }
  }
  ADD_FAILURE() << "the script has no such command";
  return {};
}

const sim::Difference* find(const Mismatch& mismatch, const std::string& field) {
  for (const sim::Difference& difference : mismatch.differences) {
    if (difference.field == field) return &difference;
  }
  ADD_FAILURE() << field << " is not named";
  return nullptr;
}

/// Somebody who stands there unhurt.
sim::Entity& whole_body(sim::World& world) {
  for (const std::uint16_t slot : world.alive()) {
    sim::Entity& entity = world.entities()[slot];
    if (entity.kind != sim::Kind::projectile && entity.health == entity.health_max) return entity;
  }
  ADD_FAILURE() << "nobody is unhurt";
  return world.entities()[0];
}

struct Replays : ::testing::Test {
  Replays() : world(script_world()), session(record_session(world, 1990)) {}
  sim::World world;
  Session session;
};

TEST_F(Replays, a_recorded_game_comes_out_the_same) {
  const Session read = reread(session);
  ASSERT_EQ(read.seconds.size(), session.seconds.size());
  EXPECT_EQ(read.seconds.back().ticks.size(), 10U);
  const auto player = begin(read);
  for (const Second& second : read.seconds) {
    const auto mismatch = player->play(second);
    ASSERT_FALSE(mismatch) << mismatch->tick;
  }
  EXPECT_EQ(sim::hash(player->world()), sim::hash(world));
}

TEST_F(Replays, a_game_that_began_with_a_restored_world_comes_out_the_same) {
  sim::World restored = script_world();
  ASSERT_TRUE(sim::restore(restored, sim::save(world)));
  const Session later = reread(record_session(restored, 400));
  EXPECT_EQ(later.seconds.front().first_tick, 1991U);
  EXPECT_FALSE(replay(later));
  EXPECT_NE(sim::hash(restored), sim::hash(world));
}

TEST_F(Replays, another_heading_is_named_with_tick_player_and_both_values) {
  const Place place = find_command(
      session, 500, [](const sim::Command& c, const Tick&) { return c.type == sim::Command::Type::act && c.intent.heading > 1; });
  const std::uint8_t recorded = place.command->intent.heading;
  --place.command->intent.heading;
  const auto mismatch = replay(session);
  ASSERT_TRUE(mismatch);
  EXPECT_EQ(mismatch->tick, place.number);
  const auto* heading = find(*mismatch, "walker.intent.heading");
  ASSERT_NE(heading, nullptr);
  EXPECT_EQ(heading->who, place.command->who);
  EXPECT_TRUE(heading->subject.starts_with("entity " + std::to_string(place.command->who.index) + " (player "))
      << heading->subject;
  EXPECT_EQ(heading->here, std::to_string(recorded - 1));
  EXPECT_EQ(heading->there, std::to_string(recorded));
}

TEST_F(Replays, a_join_that_is_missing_is_named_as_somebody_who_is_not_there) {
  sim::World quiet = script_world();
  session = record_session(quiet, 400, 1);  // among many, somebody else takes the free slot at once
  const Place place =
      find_command(session, 1, [](const sim::Command& c, const Tick& /*tick*/) { return c.type == sim::Command::Type::join; });
  place.tick->commands.erase(place.tick->commands.begin() + (place.command - place.tick->commands.data()));
  const auto mismatch = replay(session);
  ASSERT_TRUE(mismatch);
  EXPECT_EQ(mismatch->tick, place.number);
  const auto* kind = find(*mismatch, "kind");
  ASSERT_NE(kind, nullptr);
  EXPECT_EQ(kind->here, "none");
  EXPECT_EQ(kind->there, "player");
}

TEST_F(Replays, another_random_number_is_named_as_the_worlds) {
  Second& second = session.seconds[30];
  second.ticks[7].random ^= 1U;
  const auto mismatch = replay(session);
  ASSERT_TRUE(mismatch);
  EXPECT_EQ(mismatch->tick, second.first_tick + 7);
  ASSERT_EQ(mismatch->differences.size(), 1U);
  EXPECT_EQ(mismatch->differences[0].subject, "world");
  EXPECT_EQ(mismatch->differences[0].field, "random");
}

TEST_F(Replays, a_start_with_another_random_state_is_found_at_the_first_use) {
  sim::World other = script_world();
  ASSERT_TRUE(sim::restore(other, session.start.world));
  other.random.next();
  session.start.world = sim::save(other);
  const auto mismatch = replay(session);
  ASSERT_TRUE(mismatch);
  EXPECT_EQ(mismatch->tick, 1U);
}

TEST_F(Replays, what_only_the_hash_sees_is_told_by_the_recorded_world) {
  Second& second = session.seconds.back();
  second.hash ^= 1U;
  auto mismatch = replay(session);
  ASSERT_TRUE(mismatch);
  EXPECT_EQ(mismatch->tick, world.tick());
  EXPECT_TRUE(mismatch->differences.empty());
  EXPECT_NE(mismatch->note.find("the hash of the world is not"), std::string::npos);

  sim::World other = world;
  sim::Entity& body = whole_body(other);
  body.health = --body.health_max;
  second.world = sim::save(other);
  mismatch = replay(session);
  ASSERT_TRUE(mismatch);
  EXPECT_NE(find(*mismatch, "health_max"), nullptr);
}

TEST_F(Replays, when_many_differ_at_once_the_next_whole_world_tells_them) {
  // Short, because whom the difference is about dies sooner or later.
  sim::World brief = script_world();
  session = record_session(brief, 100, 4);
  sim::World moved = script_world();
  for (const std::uint16_t slot : moved.alive()) ++moved.entities()[slot].health_max;
  session.start.world = sim::save(moved);
  const auto player = begin(session);
  const auto mismatch = player->play(session.seconds[0]);
  ASSERT_TRUE(mismatch);
  EXPECT_EQ(mismatch->tick, 1U);
  EXPECT_EQ(find(*mismatch, "health_max")->subject, "several entities");
  for (const Second& second : session.seconds) player->play_on(second);
  EXPECT_EQ(player->world().tick(), brief.tick());
  EXPECT_TRUE(player->against_whole_world(session.seconds[0]).empty());
  const auto found = player->against_whole_world(session.seconds.back());
  ASSERT_FALSE(found.empty());
  EXPECT_TRUE(
      std::any_of(found.begin(), found.end(), [](const sim::Difference& d) { return d.field == "health_max" && d.who.valid(); }));
}

TEST_F(Replays, other_content_and_a_broken_start_are_refused_in_words) {
  Session other = session;
  other.start.content_hash = 1;
  auto replay = Replay::begin(script_content(), other.start);
  ASSERT_FALSE(replay);
  EXPECT_EQ(replay.error().text, "the recording was made with other content than this one");
  other = session;
  other.start.world.resize(100);
  replay = Replay::begin(script_content(), other.start);
  ASSERT_FALSE(replay);
  EXPECT_EQ(replay.error().text, "start.world: these bytes are no saved world");
}

TEST_F(Replays, a_second_that_is_missing_is_told) {
  session.seconds.erase(session.seconds.begin() + 5);
  const auto mismatch = replay(session);
  ASSERT_TRUE(mismatch);
  EXPECT_EQ(mismatch->tick, 121U);
  EXPECT_NE(mismatch->note.find("another tick"), std::string::npos);
}

}  // namespace
}  // namespace cudgel::record
