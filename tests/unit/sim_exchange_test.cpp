// Goal: a content takes the place of another only where pages need not know, and then new spawns are as it says while those who live stay.
// Method: small contents that differ in one value each; a world that is given another one.

#include <gtest/gtest.h>

#include <functional>

#include "content/exchange.h"
#include "sim_fixture.h"

namespace cudgel::sim::testing {
namespace {

struct Tables {
  std::vector<content::ClassSpec> classes{make_class("warrior", content::AttackKind::strike, 160)};
  std::vector<content::MonsterSpec> monsters{make_goblin()};
  content::RulesSpec rules = quiet_rules();
  content::MapSpec map = open_map(32);

  Tables() { map.lairs = {{0, base::tile_centre(5, 5), 1, 2000}}; }
  [[nodiscard]] content::Content make() const { return content::Content::from_tables(classes, monsters, rules, map); }
};

std::string hinders(const std::function<void(Tables&)>& change) {
  Tables tables;
  const content::Content now = tables.make();
  change(tables);
  return content::hinders_exchange(now, tables.make());
}

TEST(Exchange, what_pages_need_not_know_may_change) {
  EXPECT_EQ(hinders([](Tables&) {}), "");
  const std::vector<std::function<void(content::MonsterSpec&)>> may{
      [](auto& spec) { spec.body.health = 77; },
      [](auto& spec) { spec.body.speed = 700; },
      [](auto& spec) { spec.body.attack.damage_max = 9; },
      [](auto& spec) { spec.body.attack.cooldown_ms = 1800; },
      [](auto& spec) { spec.sight = 100; },
      [](auto& spec) { spec.level = 9; },
      [](auto& spec) { spec.experience = 99; },
      [](auto& spec) { spec.traits.pack_size = 3; },
      [](auto& spec) { spec.loot.gold_percent = 50; },
      [](auto& spec) { spec.appears = "It comes."; },
  };
  for (std::size_t i = 0; i < may.size(); ++i) {
    EXPECT_EQ(hinders([&](Tables& tables) { may[i](tables.monsters[0]); }), "") << i;
  }
  EXPECT_EQ(hinders([](Tables& tables) { tables.map.lairs[0].respawn_ms = 9000; }), "");
}

TEST(Exchange, what_pages_predict_by_or_draw_may_not_and_is_named) {
  const auto named = [](const std::string& place, const std::function<void(Tables&)>& change) {
    EXPECT_EQ(hinders(change).rfind("content.bin: " + place, 0), 0U) << hinders(change);
  };
  named("monsters.goblin.radius", [](Tables& tables) { tables.monsters[0].body.radius = 65; });
  named("monsters.goblin.sprite", [](Tables& tables) { tables.monsters[0].body.sprite = "wolf"; });
  named("monsters.goblin.attack.windup_ms", [](Tables& tables) { tables.monsters[0].body.attack.windup_ms = 600; });
  named("monsters: there must be 1", [](Tables& tables) { tables.monsters.push_back(make_goblin()); });
  named("classes", [](Tables& tables) { tables.classes[0].body.speed = 1000; });
  named("rules", [](Tables& tables) { tables.rules.duel_ring = 1000; });
  named("map", [](Tables& tables) { tables.map.blocked[3] = 1; });
  named("map", [](Tables& tables) { tables.map.zone_cells.assign(64, 0); });
  named("map.lairs", [](Tables& tables) { tables.map.lairs[0].packs = 2; });
}

TEST(Exchange, new_spawns_are_as_the_new_content_says_and_the_living_keep_their_health) {
  Tables tables;
  Stage stage(tables.make());
  ASSERT_EQ(stage.world.fill_lairs(), 1);
  const EntityId old = stage.world.entities()[stage.world.alive()[0]].id;
  tables.monsters[0].body.health = 77;
  tables.monsters[0].level = 9;
  tables.map.lairs[0].respawn_ms = 1000;
  const content::Content next = tables.make();
  ASSERT_EQ(content::hinders_exchange(stage.content, next), "");
  stage.world.exchange(next);
  EXPECT_EQ(stage.at(old).health_max, 30);
  const EntityId killer = stage.add_player(warrior, base::tile_centre(5, 6));
  stage.at(old).health = 1;
  stage.command_act(killer, {0, true, old});
  ASSERT_GT(stage.until(EventType::death, 100), 0);
  ASSERT_GT(stage.until(EventType::spawn, 60), 0);
  const Entity& reborn = stage.at(stage.events.back().target);
  EXPECT_EQ(reborn.health_max, 77);
  EXPECT_EQ(reborn.level, 9);
}

TEST(Exchange, who_is_in_a_phase_that_there_is_no_more_is_in_the_last_that_there_is) {
  Tables tables;
  tables.monsters[0].traits.phases = {{90, -1, 0, 0}, {80, -1, 0, 2 * k_tile}};
  Stage stage(tables.make());
  const EntityId chief = stage.add_goblin(base::tile_centre(16, 16));
  stage.at(chief).mind.phase = 2;
  tables.monsters[0].traits.phases.clear();
  const content::Content next = tables.make();
  ASSERT_EQ(content::hinders_exchange(stage.content, next), "");
  stage.world.exchange(next);
  EXPECT_EQ(stage.at(chief).mind.phase, 0);
  stage.add_player(warrior, base::tile_centre(16, 17));
  EXPECT_GT(stage.until(EventType::hit, 200), 0) << "and it strikes as whoever has none";
}

}  // namespace
}  // namespace cudgel::sim::testing
