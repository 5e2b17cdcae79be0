// Goal: what people write in the content files reaches the game in its units, and every mistake stops the build with file, field
// and reason. Method: a small assets directory that is right, broken in one place per case.

#include <gtest/gtest.h>

#include <algorithm>

#include "content/content.h"
#include "content_fixture.h"

namespace cudgel::test {
namespace {

struct Mistake {
  const char* file;
  const char* from;
  const char* to;
  const char* complaint;
};

class ContentBake : public ContentFixture {
 protected:
  void expect(const std::vector<Mistake>& mistakes) const {
    for (const Mistake& mistake : mistakes) {
      const std::string right = read(mistake.file);
      replace(mistake.file, mistake.from, mistake.to);
      EXPECT_EQ(complaint(), mistake.complaint) << mistake.from << " -> " << mistake.to;
      EXPECT_TRUE(bake().bytes.empty());
      write(mistake.file, right);
    }
    EXPECT_EQ(complaint(), "") << "the fixture itself must be right";
  }
};

TEST_F(ContentBake, units_of_the_files_become_units_of_the_game) {
  const auto baked = bake();
  ASSERT_EQ(complaint(), "");
  const auto content = content::Content::load(baked.bytes);
  ASSERT_TRUE(content.has_value()) << content.error().text;
  const content::BodySpec& warrior = content->classes().at(0).body;
  EXPECT_EQ(warrior.name, "warrior");
  EXPECT_EQ(warrior.sprite, "warrior");
  EXPECT_EQ(warrior.speed, 896);
  EXPECT_EQ(warrior.radius, 64);
  EXPECT_EQ(warrior.attack.kind, content::AttackKind::strike);
  EXPECT_EQ(warrior.attack.reach, 192) << "a decimal in quotes counts too";
  EXPECT_EQ(warrior.attack.projectile_speed, 0);
  const content::BodySpec& mage = content->classes().at(1).body;
  EXPECT_EQ(mage.sprite, "warrior");
  EXPECT_EQ(mage.attack.kind, content::AttackKind::bolt);
  EXPECT_EQ(mage.attack.projectile_speed, 9 * 256);
  EXPECT_EQ(mage.attack.projectile_radius, 32);
  const content::MonsterSpec& goblin = content->monsters().at(0);
  EXPECT_EQ(goblin.sight, 9 * 256);
  EXPECT_EQ(goblin.leash, 24 * 256);
  EXPECT_EQ(goblin.corpse_ms, 4000);
  EXPECT_EQ(goblin.body.attack.reach, 205) << "0.8 tiles, rounded to the nearest unit";
  EXPECT_EQ(content->rules().visit_distance_min, 4480);
  EXPECT_EQ(content->find_class("mage"), 1);
  EXPECT_EQ(content->find_class("goblin"), -1);
  EXPECT_EQ(content->find_monster("goblin"), 0);
}

TEST_F(ContentBake, the_map_comes_out_as_drawn) {
  const auto content = content::Content::load(bake().bytes);
  ASSERT_TRUE(content.has_value()) << complaint();
  const content::MapSpec& map = content->map();
  EXPECT_EQ(map.name, "vale");
  EXPECT_EQ(map.player_starts.at(0), (base::Vec2{1408, 1408}));
  std::string drawn;
  for (std::size_t y = 0; y < 16; ++y) {
    for (std::size_t x = 0; x < 16; ++x) drawn += map.blocked[y * 16 + x] != 0 ? '#' : '.';
    drawn += '\n';
  }
  EXPECT_EQ(drawn,
            "################\n................\n................\n................\n...#............\n................\n"
            "................\n.......###......\n.......###......\n.......###......\n................\n................\n"
            "................\n................\n.##.............\n................\n");
  ASSERT_EQ(map.props.size(), 3U);
  EXPECT_EQ(content->props().at(map.props[0].prop).name, "oak") << "painter's order, not the file's";
  EXPECT_EQ(content->props().at(map.props[1].prop).name, "hut");
  EXPECT_EQ(map.props[0].position, (base::Vec2{832, 1152}));
}

TEST_F(ContentBake, a_prop_that_reaches_over_the_edge_blocks_only_the_tiles_it_covers) {
  // A hut of 5 x 5 tiles around tile (0, 8) covers columns -2..2.
  replace("content/props.json", "\"width_tiles\": 3, \"height_tiles\": 3", "\"width_tiles\": 5, \"height_tiles\": 5");
  replace("maps/vale.tmj", "\"x\": 544, \"y\": 544", "\"x\": 32, \"y\": 544");
  const auto content = content::Content::load(bake().bytes);
  ASSERT_TRUE(content.has_value()) << complaint();
  const auto blocked = [&](std::size_t x, std::size_t y) { return content->map().blocked[y * 16 + x] != 0; };
  EXPECT_TRUE(blocked(0, 8) && blocked(2, 6) && blocked(2, 10));
  EXPECT_FALSE(blocked(3, 8) || blocked(2, 5) || blocked(2, 11));
}

TEST_F(ContentBake, goods_come_out_as_written) {
  const auto content = content::Content::load(bake().bytes);
  ASSERT_TRUE(content.has_value()) << complaint();
  EXPECT_EQ(content->gold_item(), 0);
  const content::ItemSpec& sword = content->items().at(2);
  EXPECT_EQ(content->find_item("sword"), 2);
  EXPECT_EQ(sword.rarity, content::Rarity::rare);
  EXPECT_EQ(sword.class_index, 0);
  EXPECT_EQ(sword.damage_max, 4);
  const content::LootSpec& loot = content->monsters().at(0).loot;
  EXPECT_EQ(loot.gold_percent, 50);
  ASSERT_EQ(loot.drops.size(), 2U);
  EXPECT_EQ(loot.drops[0].count_max, 2);
  EXPECT_EQ(content->npcs().at(0).sells, std::vector<std::int32_t>{1});
  EXPECT_EQ(content->trade().talk, 768);
}

TEST_F(ContentBake, names_mistakes_in_goods) {
  const char* const items = "content/items.json";
  const char* const loot = "content/loot.json";
  const char* const npcs = "content/npcs.json";
  expect({
      {items, "\"class\": \"warrior\"", "\"class\": \"warior\"",
       "assets/content/items.json: sword.class: there is no class called \"warior\"; did you mean warrior?"},
      {items, "\"price\": 60", "\"price\": -1", "assets/content/items.json: sword.price: must be 0..1000000, is -1"},
      {items, "\"heals\": 40", "\"heals\": 0", "assets/content/items.json: potion.heals: must be 1..30000, is 0"},
      {items, "\"kind\": \"gold\"", "\"kind\": \"material\"",
       "assets/content/items.json: must have one item of kind gold, has 0"},
      {loot, "\"item\": \"sword\"", "\"item\": \"swords\"",
       "assets/content/loot.json: goblin.drops[1].item: there is no item called \"swords\"; did you mean sword?"},
      {loot, "\"goblin\"", "\"gobblin\"",
       "assets/content/loot.json: gobblin: there is no monster of that name; did you mean goblin?"},
      {loot, "\"count_max\": 2", "\"count_max\": 11",
       "assets/content/loot.json: goblin.drops[0].count_max: must be 1..10, is 11"},
      {npcs, "\"potion\"", "\"gold\"", "assets/content/npcs.json: trader.sells: gold is not sold"},
      {npcs, "\"vendor\"", "\"king\"", "assets/content/npcs.json: trader.role: must be one of vendor, bank, is \"king\""},
  });
}

TEST_F(ContentBake, names_mistakes_in_tables) {
  const char* const classes = "content/classes.json";
  const char* const monsters = "content/monsters.json";
  expect({
      {monsters, "\"speed_tiles_per_s\": 2.5", "\"speed_tiles_per_s\": -1",
       "assets/content/monsters.json: goblin.speed_tiles_per_s: must be 0.125..16, is -1"},
      {monsters, "\"speed_tiles_per_s\": 2.5", "\"speed_tiles_per_s\": \"quick\"",
       "assets/content/monsters.json: goblin.speed_tiles_per_s: must be a number, is \"quick\""},
      {monsters, "\"health\": 40", "\"health\": 0", "assets/content/monsters.json: goblin.health: must be 1..30000, is 0"},
      {monsters, "\"health\": 40", "\"health\": 4.5",
       "assets/content/monsters.json: goblin.health: must be a whole number, is 4.5"},
      {monsters, "\"health\": 40", "\"health\": 1e300",
       "assets/content/monsters.json: goblin.health: must be 1..30000, is 1e+300"},
      {monsters, "\"leash_tiles\": 24", "\"leash_tiles\": 8",
       "assets/content/monsters.json: goblin.leash_tiles: must be 9..128, is 8"},
      {monsters, "\"cooldown_ms\": 1600", "\"cooldown_ms\": 800",
       "assets/content/monsters.json: goblin.attack.cooldown_ms: must be 850..60000, is 800"},
      {monsters, "\"damage_max\": 9", "\"damage_max\": 4",
       "assets/content/monsters.json: goblin.attack.damage_max: must be 5..10000, is 4"},
      {monsters, "\"kind\": \"strike\"", "\"kind\": \"bite\"",
       "assets/content/monsters.json: goblin.attack.kind: must be one of strike, bolt, talisman, stone, charge, is \"bite\""},
      {monsters, "\"goblin\"", "\"Goblin!\"",
       "assets/content/monsters.json: Goblin!: must be a name of 1..32 of a-z, 0-9 and _\n"
       "assets/content/loot.json: goblin: there is no monster of that name; did you mean Goblin!?"},
      {monsters, "\"note\": \"for people\"", "\"health\": 30",
       "assets/content/monsters.json: health: stands twice in the same object"},
      {classes, "\"health\": 120,", "", "assets/content/classes.json: warrior.health: is missing"},
      {classes, "\"sprite\": \"warrior\"", "\"sprite\": 7",
       "assets/content/classes.json: mage.sprite: must be a name of 1..32 of a-z, 0-9 and _, is 7"},
      {monsters, "\"experience\": 12, ", "", "assets/content/monsters.json: goblin.experience: is missing"},
      {monsters, "\"level\": 2", "\"level\": 41", "assets/content/monsters.json: goblin.level: must be 1..40, is 41"},
      {classes, "\"health\": 10, ", "\"health\": 501, ",
       "assets/content/classes.json: warrior.growth.health: must be 0..500, is 501"},
      {"content/levels.json", "[50, 80, 120]", "[50, 0, 120]",
       "assets/content/levels.json: experience[1]: must be 1..1000000, is 0"},
      {"content/levels.json", "[50, 80, 120]", "[50, 1.5]",
       "assets/content/levels.json: experience[1]: must be a whole number, is 1.5"},
      {"content/levels.json", "[50, 80, 120]", "7",
       "assets/content/levels.json: experience: must be a list of 0..39 whole numbers"},
      {"content/rules.json", "\"visit_distance_max_tiles\": 20", "\"visit_distance_max_tiles\": 17",
       "assets/content/rules.json: visit_distance_max_tiles: must be 17.5..64, is 17"},
      {"content/props.json", "\"flowers\": {}", "\"flowers\": { \"blocks\": 1 }",
       "assets/content/props.json: flowers.blocks: must be true or false, is 1"},
      {"content/props.json", "\"flowers\": {}", "\"flowers\": [ 1 ]",
       "assets/content/props.json: flowers: must be an object { ... }, is [1]\n"
       "assets/maps/vale.tmj: layer \"props\" object 1 at x=800 y=800: there is no prop called \"flowers\" in "
       "assets/content/props.json"},
      {"content/props.json", "\"flowers\": {}", "\"flowers\": { \"width_tiles\": 2, \"height_tiles\": 2 }",
       "assets/content/props.json: flowers.width_tiles: means nothing for a prop that does not block"},
  });
}

TEST_F(ContentBake, skills_come_to_their_class_by_level_and_in_units) {
  const auto baked = bake();
  ASSERT_EQ(complaint(), "");
  const auto content = content::Content::load(baked.bytes);
  ASSERT_TRUE(content.has_value()) << content.error().text;
  EXPECT_TRUE(content->classes().at(0).skills.empty());
  const content::ClassSpec& mage = content->classes().at(1);
  EXPECT_EQ(mage.mana, 80);
  ASSERT_EQ(mage.skills.size(), 2U);
  EXPECT_EQ(mage.skills[0].name, "blink") << "learned earlier";
  EXPECT_EQ(mage.skills[0].reach, 5 * 256);
  const content::SkillSpec& nova = mage.skills[1];
  EXPECT_EQ(nova.kind, content::SkillKind::burst);
  EXPECT_EQ(nova.radius, 640);
  ASSERT_EQ(nova.effects.size(), 1U);
  EXPECT_EQ(nova.effects[0].kind, content::EffectKind::slow);
  EXPECT_EQ(nova.effects[0].magnitude, 40);
}

TEST_F(ContentBake, names_mistakes_in_skills) {
  const char* const skills = "content/skills.json";
  expect({
      {skills, "\"level\": 5, \"mana\": 18", "\"level\": 5", "assets/content/skills.json: frost_nova.mana: is missing"},
      {skills, "\"mana\": 18", "\"mana\": 30001", "assets/content/skills.json: frost_nova.mana: must be 0..30000, is 30001"},
      {skills, "\"class\": \"mage\", \"picture\": \"warrior\", \"kind\": \"burst\"",
       "\"class\": \"maga\", \"picture\": \"warrior\", \"kind\": \"burst\"",
       "assets/content/skills.json: frost_nova.class: there is no class called \"maga\"; did you mean mage?"},
      {skills, "\"kind\": \"blink\"", "\"kind\": \"blnk\"",
       "assets/content/skills.json: blink.kind: must be one of arc, burst, area, aid, dash, blink, summon, throw, is \"blnk\""},
      {skills, "\"damage_max\": 10", "\"damage_max\": 5",
       "assets/content/skills.json: frost_nova.damage_max: must be 6..10000, is 5"},
      {skills, "\"percent\": 40", "\"percent\": 91",
       "assets/content/skills.json: frost_nova.effects.slow.percent: must be 1..90, is 91"},
      {skills, "\"slow\"", "\"slou\"",
       "assets/content/skills.json: frost_nova.effects.slou: is no key that is known here; did you mean slow?"},
      {skills, "\"reach_tiles\": 5", "\"reach_tiles\": 17",
       "assets/content/skills.json: blink.reach_tiles: must be 0.0625..16, is 17"},
      {skills, "\"kind\": \"burst\"", "\"kind\": \"area\", \"reach_tiles\": 6, \"lasts_ms\": 3000",
       "assets/content/skills.json: frost_nova.pulse_ms: is missing"},
      {skills, "\"radius_tiles\": 2.5", "\"radius_tiles\": 2.5, \"lasts_ms\": 3000",
       "assets/content/skills.json: frost_nova.lasts_ms: is no key that is known here"},
  });
}

TEST_F(ContentBake, names_mistakes_in_what_a_mind_can_do) {
  const char* const monsters = "content/monsters.json";
  const char* const end = "\"visit_weight\": 1,";
  const std::string before = "\"visit_weight\": 1, ";
  struct Case {
    const char* text;
    const char* complaint;
  };
  const std::vector<Case> cases = {
      {R"("pack": { "size": 1, "share_tiles": 8 },)", "goblin.pack.size: must be 2..9, is 1"},
      {R"("pack": { "size": 3 },)", "goblin.pack.share_tiles: is missing"},
      {R"("pack": 3,)", "goblin.pack: must be an object { ... }, is 3"},
      {R"("keep_distance_tiles": 1,)", "goblin.keep_distance_tiles: must be 0..0.8007, is 1"},
      {R"("call_for_help_tiles": 17,)", "goblin.call_for_help_tiles: must be 0..16, is 17"},
      {R"("flee": { "below_percent": 100, "ms": 2000 },)", "goblin.flee.below_percent: must be 1..99, is 100"},
      {R"("flee": { "below_percent": 30 },)", "goblin.flee.ms: is missing"},
      {R"("flee_below_percent": 30,)", "goblin.flee_below_percent: is no key that is known here"},
      {R"("phases": 3,)", "goblin.phases: must be a list of at most 4 { ... }, is 3"},
      {R"("phases": [ { "below_percent": 30, "call": "goblin" } ],)", "goblin.phases[0].count: is missing"},
      {R"("phases": [ { "below_percent": 30, "call": "gobbin", "count": 2 } ],)",
       "goblin.phases[0].call: there is no monster called \"gobbin\"; did you mean goblin?"},
      {R"("phases": [ { "below_percent": 30 }, { "below_percent": 60 } ],)",
       "goblin.phases[1].below_percent: must be 1..29, is 60"},
      {R"("announce": { "appears": 3 },)", "goblin.announce.appears: must be words of at most 160 bytes, is 3"},
      {R"("announce": { "apears": "Here!" },)", "goblin.announce.apears: is no key that is known here; did you mean appears?"},
      {R"("kin": "Big Ones",)", "goblin.kin: must be a name of 1..32 of a-z, 0-9 and _, is \"Big Ones\""},
  };
  const std::string whole = read(monsters);
  for (const Case& wrong : cases) {
    replace(monsters, end, before + wrong.text);
    EXPECT_EQ(complaint(), std::string("assets/content/monsters.json: ") + wrong.complaint);
    write(monsters, whole);
  }
}

TEST_F(ContentBake, a_charge_has_a_run_and_only_monsters_charge) {
  const char* const attack = "\"kind\": \"strike\"";
  replace("content/monsters.json", attack, "\"kind\": \"charge\"");
  EXPECT_EQ(complaint(),
            "assets/content/monsters.json: goblin.attack.run_speed_tiles_per_s: is missing\n"
            "assets/content/monsters.json: goblin.attack.run_tiles: is missing");
  replace("content/monsters.json", "\"kind\": \"charge\"",
          "\"kind\": \"charge\", \"run_speed_tiles_per_s\": 8, \"run_tiles\": 7");
  EXPECT_EQ(complaint(), "");
  replace("content/classes.json", attack, "\"kind\": \"charge\", \"run_speed_tiles_per_s\": 8, \"run_tiles\": 7");
  EXPECT_EQ(complaint(), "assets/content/classes.json: warrior.attack.kind: only monsters charge");
}

TEST_F(ContentBake, traits_and_lairs_come_out_as_they_were_written) {
  replace("content/monsters.json", "\"visit_weight\": 1,",
          R"("visit_weight": 1, "kin": "greens", "slays_with": "clubbed", "pack": { "size": 3, "share_tiles": 8 },
             "call_for_help_tiles": 6, "keep_distance_tiles": 0.5, "flee": { "below_percent": 30, "ms": 2500 },
             "phases": [ { "below_percent": 60, "call": "goblin", "count": 2 }, { "below_percent": 20, "area_tiles": 2 } ],
             "announce": { "appears": "It comes.", "falls": "{killer} did it." },)");
  replace("maps/vale.tmj", "\"id\": 4, \"name\": \"blocked\"",
          R"("id": 6, "name": "lairs", "type": "objectgroup", "objects": [ { "id": 9, "type": "goblin", "x": 352, "y": 416,
             "point": true, "properties": [ { "name": "packs", "type": "int", "value": 2 },
             { "name": "respawn_s", "type": "int", "value": 30 } ] } ] }, { "id": 4, "name": "blocked")");
  const auto content = content::Content::load(bake().bytes);
  ASSERT_TRUE(content.has_value()) << complaint();
  const content::MonsterSpec& goblin = content->monsters().at(0);
  EXPECT_EQ(goblin.traits.kin, "greens");
  EXPECT_EQ(goblin.traits.pack_size, 3);
  EXPECT_EQ(goblin.traits.pack_share, 8 * 256);
  EXPECT_EQ(goblin.traits.call_for_help, 6 * 256);
  EXPECT_EQ(goblin.traits.keep_distance, 128);
  EXPECT_EQ(goblin.traits.flee_below_percent, 30);
  EXPECT_EQ(goblin.traits.flee_ms, 2500);
  ASSERT_EQ(goblin.traits.phases.size(), 2U);
  EXPECT_EQ(goblin.traits.phases[0].call_monster, 0);
  EXPECT_EQ(goblin.traits.phases[0].call_count, 2);
  EXPECT_EQ(goblin.traits.phases[1].call_monster, -1);
  EXPECT_EQ(goblin.traits.phases[1].area, 512);
  EXPECT_EQ(goblin.slays_with + "/" + goblin.appears + "/" + goblin.falls, "clubbed/It comes./{killer} did it.");
  ASSERT_EQ(content->map().lairs.size(), 1U);
  EXPECT_EQ(content->map().lairs[0].position, (base::Vec2{1408, 1664}));
  EXPECT_EQ(content->map().lairs[0].packs, 2);
  EXPECT_EQ(content->map().lairs[0].respawn_ms, 30000);
}

TEST_F(ContentBake, names_mistakes_in_lairs_with_their_place) {
  const std::string whole = read("maps/vale.tmj");
  const auto with_lair = [&](const std::string& object) {
    write("maps/vale.tmj", whole);
    replace("maps/vale.tmj", "\"id\": 4, \"name\": \"blocked\"",
            "\"id\": 6, \"name\": \"lairs\", \"type\": \"objectgroup\", \"objects\": [ { \"id\": 9, " + object +
                " } ] }, { \"id\": 4, \"name\": \"blocked\"");
    return complaint();
  };
  const std::string properties =
      R"(, "properties": [ { "name": "packs", "type": "int", "value": 2 }, { "name": "respawn_s", "type": "int", "value": 30 } ])";
  const std::string place = "assets/maps/vale.tmj: layer \"lairs\" object 9 at ";
  EXPECT_EQ(with_lair(R"("type": "gobbin", "x": 352, "y": 416, "point": true)" + properties),
            place + "x=352 y=416: there is no monster called \"gobbin\" in assets/content/monsters.json; did you mean goblin?");
  EXPECT_EQ(with_lair(R"("type": "goblin", "x": 544, "y": 500, "point": true)" + properties),
            place + "x=544 y=500: nobody can live there: the tile is blocked");
  EXPECT_EQ(
      with_lair(R"("type": "goblin", "x": 352, "y": 416, "point": true, "properties": [ { "name": "packs", "value": 17 } ])"),
      place + "x=352 y=416: property packs must be a whole number of 1..16, is 17\n" + place +
          "x=352 y=416: property respawn_s is missing (Custom Properties in Tiled, of type int)");
}

TEST_F(ContentBake, unknown_keys_come_with_the_nearest_known_one) {
  expect({
      {"content/monsters.json", "\"visit_weight\": 1", "\"visit_weight\": 1, \"corpsems\": 5",
       "assets/content/monsters.json: goblin.corpsems: is no key that is known here; did you mean corpse_ms?"},
      {"content/monsters.json", "\"visit_weight\": 1", "\"visit_weight\": 1, \"speed\": 5",
       "assets/content/monsters.json: goblin.speed: is no key that is known here; did you mean speed_tiles_per_s?"},
      {"content/monsters.json", "\"visit_weight\": 1", "\"visit_weight\": 1, \"favourite_dish\": 5",
       "assets/content/monsters.json: goblin.favourite_dish: is no key that is known here"},
      {"content/rules.json", "\"guard_ms\": 2000", "\"gaurd_ms\": 2000",
       "assets/content/rules.json: guard_ms: is missing\n"
       "assets/content/rules.json: gaurd_ms: is no key that is known here; did you mean guard_ms?"},
      {"content/classes.json", "\"projectile_radius_tiles\": 0.125", "\"projectile_radius_tiles\": 0.125, \"homing\": true",
       "assets/content/classes.json: mage.attack.homing: is no key that is known here"},
  });
}

TEST_F(ContentBake, syntax_errors_come_with_line_and_column) {
  replace("content/rules.json", "\"guard_ms\": 2000,", "\"guard_ms\": 2000");
  EXPECT_EQ(complaint().rfind("assets/content/rules.json: line 2, column ", 0), 0U) << complaint();
  EXPECT_NE(complaint().find("unexpected string literal"), std::string::npos) << complaint();
  write("content/rules.json", "");
  EXPECT_EQ(complaint().rfind("assets/content/rules.json: line 1, column 1: ", 0), 0U) << complaint();
  write("content/rules.json", std::string("{ \"note\": \"\xff\" }"));
  EXPECT_EQ(complaint().rfind("assets/content/rules.json: line 1, column 1", 0), 0U) << complaint();
}

TEST_F(ContentBake, a_number_too_large_for_any_type_is_told_and_not_thrown) {
  replace("content/rules.json", "2000", "1e999");
  EXPECT_EQ(complaint(), "assets/content/rules.json: number overflow parsing '1e999'");
}

TEST_F(ContentBake, missing_files_are_named) {
  std::filesystem::remove(assets() / "content/monsters.json");
  std::filesystem::remove(assets() / "maps/vale.tmj");
  EXPECT_EQ(complaint(), "assets/content/monsters.json: cannot be read\nassets/maps/vale.tmj: cannot be read");
}

TEST_F(ContentBake, names_mistakes_in_the_map_with_their_place) {
  const char* const map = "maps/vale.tmj";
  expect({
      {map, "\"type\": \"flowers\"", "\"type\": \"flower\"",
       "assets/maps/vale.tmj: layer \"props\" object 1 at x=800 y=800: there is no prop called \"flower\" in "
       "assets/content/props.json; "
       "did you mean flowers?"},
      {map, "\"x\": 800, \"y\": 800", "\"x\": 1024, \"y\": 800",
       "assets/maps/vale.tmj: layer \"props\" object 1 at x=1024 y=800: lies outside the map"},
      {map, "\"x\": 352, \"y\": 352", "\"x\": 544, \"y\": 500",
       "assets/maps/vale.tmj: layer \"starts\" object 4 at x=544 y=500: nobody can stand there: the tile is blocked"},
      {map, "\n1,1,1", "\n1,7,1",
       "assets/maps/vale.tmj: layer \"ground\" x=1 y=1: must be a tile of type grass, path, water, forest_floor, dirt, "
       "cave_floor, cobble or rock, is 7"},
      {map, "\n1,1,1", "\n1,1", "assets/maps/vale.tmj: layer \"ground\": must have width * height = 256 tiles, has 255"},
      {map, "\"name\": \"starts\"", "\"name\": \"start\"",
       "assets/maps/vale.tmj: layer \"start\": must be called ground, growth, props, starts, blocked, lairs, npcs or zones; did "
       "you mean "
       "starts?\n"
       "assets/maps/vale.tmj: layer \"starts\": is missing"},
      {map, "\"infinite\": false", "\"infinite\": true",
       "assets/maps/vale.tmj: infinite: must be false: give the map a size (Map Properties in Tiled)"},
      {map, "\"width\": 16,", "\"width\": 8,", "assets/maps/vale.tmj: width: must be 16..1024 tiles"},
      {map, "\"width\": 128, \"height\": 64 }", "\"width\": 0, \"height\": 64 }",
       "assets/maps/vale.tmj: layer \"blocked\" object 5 at x=64 y=896: must be a rectangle on the map"},
      {map, "\"width\": 128, \"height\": 64 }", "\"width\": 128, \"height\": 64, \"rotation\": 30 }",
       "assets/maps/vale.tmj: layer \"blocked\" object 5 at x=64 y=896: must not be rotated"},
      {map, "\"x\": 800, \"y\": 800, \"point\": true", "\"x\": 800, \"y\": 800, \"width\": 64, \"height\": 64",
       "assets/maps/vale.tmj: layer \"props\" object 1 at x=800 y=800: must be a point (Insert Point in Tiled)"},
      {map, "\"id\": 4, \"name\": \"blocked\"", "\"id\": 4, \"offsetx\": 64, \"name\": \"blocked\"",
       "assets/maps/vale.tmj: layer \"blocked\": must have no offset (Layer Properties in Tiled)"},
      {map, "{ \"id\": 4, \"type\": \"start\", \"x\": 352, \"y\": 352, \"point\": true }", "",
       "assets/maps/vale.tmj: layer \"starts\": must have 1..256 points, has 0"},
  });
}

TEST_F(ContentBake, a_tile_of_no_known_ground_is_told_once_and_not_a_thousand_times) {
  replace("maps/vale.tmj", "\"type\": \"grass\"", "\"type\": \"lava\"");
  const auto complaints = bake().complaints;
  ASSERT_EQ(complaints.size(), 22U);
  EXPECT_EQ(complaints.front(),
            "assets/maps/vale.tmj: tileset \"ground\" tile 0: its type must be grass, path, water, forest_floor, dirt, "
            "cave_floor, cobble or rock, or "
            "a prop of assets/content/props.json, is \"lava\"");
  EXPECT_EQ(complaints.back(), "assets/maps/vale.tmj: layer \"ground\": and 220 more tiles like these");
}

TEST_F(ContentBake, sprites_are_checked_against_the_models_that_exist) {
  std::filesystem::create_directories(assets() / "models");
  for (const char* name : {"warrior", "goblin", "oak", "flowers"}) write("models/" + std::string(name) + ".json", "{}");
  EXPECT_EQ(complaint(), "assets/content/props.json: hut.sprite: there is no assets/models/hut.json");
  write("models/hut.json", "{}");
  EXPECT_EQ(complaint(), "");
  replace("content/skills.json", "\"picture\": \"warrior\", \"kind\": \"blink\"",
          "\"picture\": \"wariror\", \"kind\": \"blink\"");
  EXPECT_EQ(complaint(), "assets/content/skills.json: blink.picture: there is no assets/models/wariror.json");
}

TEST_F(ContentBake, all_mistakes_are_told_at_once) {
  replace("content/classes.json", "\"health\": 120", "\"health\": -1");
  replace("content/monsters.json", "\"health\": 40", "\"health\": 0");
  replace("content/rules.json", "\"guard_ms\": 2000", "\"guard_ms\": null");
  replace("maps/vale.tmj", "\"x\": 800", "\"x\": -800");
  EXPECT_EQ(bake().complaints.size(), 4U) << complaint();
}

TEST_F(ContentBake, the_same_files_give_the_same_bytes) { EXPECT_EQ(bake().bytes, bake().bytes); }

}  // namespace
}  // namespace cudgel::test
