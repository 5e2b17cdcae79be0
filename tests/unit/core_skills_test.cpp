// Goal: what the own character does with a skill is predicted: a blink, a charge and a cooldown are on the screen at once, and the server
// has nothing to correct. Method: real clients and a real realm in one process (in_process.h) on good networks, characters who know every
// skill of the game's own content; corrections are looked at frame by frame, the wait for an answer in display frames.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "common/baked_content.h"
#include "in_process.h"

namespace cudgel::test {
namespace {

constexpr double k_good_roads_ms[] = {0, 50, 100};

/// 1 + index of the skill of that kind; 0 when the class has none.
std::uint8_t skill_of_kind(int class_index, content::SkillKind kind) {
  const auto& skills = baked_content().classes()[static_cast<std::size_t>(class_index)].skills;
  const auto found = std::find_if(skills.begin(), skills.end(), [kind](const auto& skill) { return skill.kind == kind; });
  return found == skills.end() ? std::uint8_t{0} : static_cast<std::uint8_t>(found - skills.begin() + 1);
}

class SkilledPlayer {
 public:
  SkilledPlayer(double delay_ms, const char* class_name, content::SkillKind kind, std::uint16_t side = 48)
      : game({.seed = 3, .delay_ms = delay_ms, .arena_side = side, .start_level = 40}) {
    const int class_index = baked_content().find_class(class_name);
    skill = skill_of_kind(class_index, kind);
    client = &game.add_client("caster", static_cast<std::uint8_t>(class_index));
    game.run(3000);
  }

  [[nodiscard]] const sim::Walker& predicted() const { return *client->predicted(); }
  [[nodiscard]] base::Tick ready_at() const { return predicted().skill_ready[skill - 1U]; }
  [[nodiscard]] const sim::Walker& on_server() const {
    const sim::World& world = game.server.world();
    return world.find(client->replica().own().id)->walker;
  }
  /// Towards the middle of the map, so that there is room.
  [[nodiscard]] base::Vec2 ahead(std::int32_t units) const {
    const base::Vec2 middle = base::tile_centre(24, 24);
    const base::Vec2 here = predicted().position;
    return here + base::along(base::heading_of(middle - here), units);
  }
  /// Runs so long; the largest correction of a frame in it, tiles.
  double run(double ms) {
    double worst = 0;
    std::uint64_t frames = client->stats().frames_received;
    game.run(ms, [&] {
      if (client->stats().frames_received == frames) return;
      frames = client->stats().frames_received;
      worst = std::max(worst, client->stats().correction_last_tiles);
    });
    return worst;
  }

  InProcess game;
  core::GameClient* client = nullptr;
  std::uint8_t skill = 0;
};

TEST(PredictedSkills, a_blink_is_drawn_there_before_the_server_can_have_answered_and_nothing_snaps) {
  for (const double delay_ms : k_good_roads_ms) {
    SCOPED_TRACE(delay_ms);
    SkilledPlayer mage(delay_ms, "mage", content::SkillKind::blink);
    ASSERT_NE(mage.skill, 0);
    for (int times = 0; times < 3; ++times) {
      const auto before = mage.client->self_view();
      ASSERT_TRUE(before);
      mage.client->use_skill(mage.skill, mage.ahead(4 * base::k_units_per_tile));
      double worst = mage.run(250);  // wind-up, a tick and a display frame
      const auto after = mage.client->self_view();
      EXPECT_GT(std::hypot(after->x - before->x, after->y - before->y), 3.5) << "drawn there";
      worst = std::max(worst, mage.run(9000));
      EXPECT_LT(worst, 0.1);
      EXPECT_LE(base::chebyshev(mage.on_server().position - mage.predicted().position), 1);
    }
  }
}

TEST(PredictedSkills, a_charge_runs_at_once_stops_at_the_wall_and_nothing_snaps) {
  for (const double delay_ms : k_good_roads_ms) {
    SCOPED_TRACE(delay_ms);
    SkilledPlayer warrior(delay_ms, "warrior", content::SkillKind::dash, 16);
    ASSERT_NE(warrior.skill, 0);
    for (int times = 0; times < 4; ++times) {
      const base::Vec2 before = warrior.predicted().position;
      // To and fro between the edges of the map: each run but the first ends at one.
      const base::Vec2 far{times % 2 == 0 ? 16 * base::k_units_per_tile : 0, before.y};
      warrior.client->use_skill(warrior.skill, far);
      double worst = warrior.run(350);
      EXPECT_NE(warrior.predicted().position, before) << "it has begun to run";
      worst = std::max(worst, warrior.run(10000));
      EXPECT_LT(worst, 0.1);
      EXPECT_TRUE(warrior.game.server.world().map().fits(warrior.predicted().position, 70));
      EXPECT_EQ(warrior.on_server().position, warrior.predicted().position);
    }
  }
}

TEST(PredictedSkills, mana_and_cooldown_are_known_at_once_and_the_server_agrees) {
  for (const double delay_ms : k_good_roads_ms) {
    SCOPED_TRACE(delay_ms);
    SkilledPlayer taoist(delay_ms, "taoist", content::SkillKind::aid);
    ASSERT_NE(taoist.skill, 0);
    const std::int32_t mana = taoist.predicted().mana;
    taoist.client->use_skill(taoist.skill, taoist.predicted().position);
    taoist.run(100);
    EXPECT_LT(taoist.predicted().mana, mana);
    const base::Tick ready = taoist.ready_at();
    EXPECT_GT(ready, static_cast<base::Tick>(taoist.client->predicted_tick()));
    taoist.run(1000);
    EXPECT_EQ(taoist.ready_at(), ready) << "as predicted";
    EXPECT_EQ(taoist.on_server().skill_ready[taoist.skill - 1U], ready);
  }
}

TEST(PredictedSkills, one_that_may_not_begin_is_refused_to_the_caster_with_the_reason_and_to_nobody_else) {
  SkilledPlayer taoist(50, "taoist", content::SkillKind::aid);
  core::GameClient& other = taoist.game.add_client("onlooker", 0);
  taoist.game.run(2000);
  taoist.client->take_moments();
  other.take_moments();
  for (int times = 0; times < 2; ++times) {
    taoist.client->use_skill(taoist.skill, taoist.predicted().position);
    taoist.run(1500);
  }
  const auto refusals = [](core::GameClient& client) {
    std::vector<std::int32_t> reasons;
    for (const core::Moment& moment : client.take_moments()) {
      if (moment.type == sim::EventType::refused) reasons.push_back(moment.amount);
    }
    return reasons;
  };
  EXPECT_EQ(refusals(*taoist.client), std::vector{static_cast<std::int32_t>(sim::Refusal::cooling)});
  EXPECT_TRUE(refusals(other).empty());
}

}  // namespace
}  // namespace cudgel::test
