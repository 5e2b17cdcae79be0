// Goal: who is thrown is seen to fly in an arc and to land, and nobody who walks, runs, jumps or is told late does. Method: ways per display frame in, heights out.

#include "play/flight.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace cudgel::game {
namespace {

constexpr double k_frame_ms = 1000.0 / 60;
constexpr double k_goblin = 2.7;  ///< tiles per second

double tiles_at(double tiles_per_s) { return tiles_per_s * k_frame_ms / 1000; }

TEST(Flight, a_throw_rises_falls_and_lands_once) {
  Flight flight;
  double now_ms = 1000, highest = 0;
  for (int i = 0; i < 28; ++i) {
    flight.move(tiles_at(13), k_frame_ms, k_goblin, now_ms += k_frame_ms);
    EXPECT_TRUE(flight.flies());
    highest = std::max(highest, flight.lift(now_ms));
  }
  EXPECT_NEAR(highest, Flight::k_height, 2);
  EXPECT_LT(flight.lift(now_ms), Flight::k_height * 0.5) << "it comes down at the end of its way";
  EXPECT_GT(flight.turns(now_ms), 6) << "it tumbles";
  int landings = 0;
  for (int i = 0; i < 20; ++i) {
    flight.move(0, k_frame_ms, k_goblin, now_ms += k_frame_ms);
    landings += flight.lands() ? 1 : 0;
  }
  EXPECT_EQ(landings, 1);
  EXPECT_FALSE(flight.flies());
  EXPECT_EQ(flight.lift(now_ms), 0);
  EXPECT_EQ(flight.turns(now_ms), 0) << "it stands upright again";
}

TEST(Flight, who_is_thrown_against_something_is_in_the_air_until_then_and_falls) {
  Flight flight;
  double now_ms = 0;
  for (int i = 0; i < 10; ++i) flight.move(tiles_at(13), k_frame_ms, k_goblin, now_ms += k_frame_ms);
  const double high = flight.lift(now_ms);
  EXPECT_GT(high, Flight::k_height * 0.6);
  now_ms += Flight::k_grace_ms + 1;
  flight.move(0, k_frame_ms, k_goblin, now_ms);
  EXPECT_TRUE(flight.lands());
  EXPECT_GT(flight.lift(now_ms), 0) << "nobody is on the ground at once";
  EXPECT_EQ(flight.lift(now_ms + Flight::k_fall_ms + 1), 0);
}

TEST(Flight, a_frame_without_news_ends_none) {
  Flight flight;
  double now_ms = 0;
  for (int i = 0; i < 12; ++i) flight.move(i % 3 == 2 ? 0 : tiles_at(19), k_frame_ms, k_goblin, now_ms += k_frame_ms);
  EXPECT_TRUE(flight.flies());
  EXPECT_FALSE(flight.lands());
}

TEST(Flight, legs_and_other_places_are_no_flight) {
  Flight walker, boar, elsewhere;
  double now_ms = 0;
  for (int i = 0; i < 60; ++i) {
    now_ms += k_frame_ms;
    walker.move(tiles_at(2 * k_goblin), k_frame_ms, k_goblin, now_ms);
    boar.move(tiles_at(11), k_frame_ms, 8, now_ms);
    elsewhere.move(i == 30 ? 6 : 0, k_frame_ms, k_goblin, now_ms);
    EXPECT_EQ(walker.lift(now_ms) + boar.lift(now_ms) + elsewhere.lift(now_ms), 0) << i;
  }
}

}  // namespace
}  // namespace cudgel::game
