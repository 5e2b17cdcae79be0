// Goal: what each recorded player did is found again, in order, from coming to leaving. Method: a scripted game, counted by hand.

#include "record/sessions.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "scripted_session.h"

namespace cudgel::record {
namespace {

using namespace testing;

TEST(Sessions, of_all_players_are_found_with_all_they_did) {
  sim::World world = script_world();
  Session session = record_session(world, 3000);
  const auto found = collect_sessions(file_of(session), script_content());
  ASSERT_TRUE(found) << found.error().text;
  EXPECT_EQ(found->tick_hz, 20);
  EXPECT_EQ(found->ticks, 3000U);
  std::size_t joins = 0;
  std::size_t acts = 0;
  std::size_t leaves = 0;
  for (const Second& second : session.seconds) {
    for (const Tick& tick : second.ticks) {
      for (const sim::Command& command : tick.commands) {
        joins += command.type == sim::Command::Type::join ? 1U : 0U;
        acts += command.type == sim::Command::Type::act ? 1U : 0U;
        leaves += command.type == sim::Command::Type::leave ? 1U : 0U;
      }
    }
  }
  EXPECT_EQ(found->players.size(), joins);
  std::size_t found_acts = 0;
  std::size_t until_the_end = 0;
  for (const PlayerSession& player : found->players) {
    found_acts += player.acts.size();
    until_the_end += player.joined + player.length == 3000 ? 1U : 0U;
    EXPECT_TRUE(std::is_sorted(player.acts.begin(), player.acts.end(),
                               [](const SessionAct& a, const SessionAct& b) { return a.after < b.after; }));
    EXPECT_TRUE(player.acts.empty() || player.acts.back().after <= player.length);
  }
  EXPECT_EQ(found_acts, acts);
  EXPECT_GT(leaves, 0U);
  EXPECT_EQ(until_the_end, joins - leaves);
}

TEST(Sessions, of_what_is_no_recording_are_refused) {
  const auto found = collect_sessions(file_head(), script_content());
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().text, "it breaks off before the world stood");
}

}  // namespace
}  // namespace cudgel::record
