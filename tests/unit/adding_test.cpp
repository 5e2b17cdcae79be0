// Goal: docs/ADDING.md tells the truth: the monster and the skill it shows are added by pasting their rows, without a line of code, and then
// live. Method: each row is cut out of the page, put into a copy of the game's own content, baked, loaded and played.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "bake_content/bake.h"
#include "common/files.h"
#include "content/content.h"
#include "content_fixture.h"
#include "sim/world.h"

namespace cudgel::test {
namespace {

/// The first block of JSON below a heading of docs/ADDING.md.
std::string example(const std::string& heading) {
  const std::string page = read_whole_file(repository_assets().parent_path() / "docs" / "ADDING.md");
  const std::size_t section = page.find(heading + "\n");
  const std::string fence = "```json\n";
  const std::size_t begin = section == std::string::npos ? section : page.find(fence, section);
  if (begin == std::string::npos) return {};
  return page.substr(begin + fence.size(), page.find("```", begin + fence.size()) - begin - fence.size());
}

struct Adding : ::testing::Test {
  TemporaryDirectory directory;
  std::filesystem::path assets = directory.path();
  content::Content content;

  void SetUp() override {
    const auto options = std::filesystem::copy_options::recursive;
    for (const char* folder : {"content", "maps", "models"})
      std::filesystem::copy(repository_assets() / folder, assets / folder, options);
    paste("## A monster", "content/monsters.json");
    paste("## A skill", "content/skills.json");
    const auto baked = bake_content::bake(assets);
    for (const std::string& complaint : baked.complaints) ADD_FAILURE() << complaint;
    auto loaded = content::Content::load(baked.bytes);
    ASSERT_TRUE(loaded.has_value()) << loaded.error().text;
    content = std::move(*loaded);
  }
  void paste(const std::string& heading, const std::string& file) {
    const std::string row = example(heading);
    ASSERT_NE(row, "") << heading;
    std::string rows = read_whole_file(assets / file);
    rows.insert(rows.rfind('}'), "," + row);
    directory.write(file, rows);
  }
};

TEST_F(Adding, the_skill_of_the_page_holds_and_burns_who_stands_there) {
  const int taoist = content.find_class("taoist");
  ASSERT_GE(taoist, 0);
  const auto& skills = content.classes()[static_cast<std::size_t>(taoist)].skills;
  const auto thorns = std::find_if(skills.begin(), skills.end(), [](const auto& skill) { return skill.name == "thorns"; });
  ASSERT_NE(thorns, skills.end());
  const content::MapSpec arena = content::make_arena_map(32);
  sim::World world(content, arena, {.tick_hz = 20, .seed = 1, .entities_max = 64, .arena = true});
  ASSERT_EQ(world.populate(static_cast<std::uint8_t>(content.find_monster("goblin_brute")), 1), 1);
  const base::EntityId monster = world.entities()[0].id;
  sim::Command join;
  join.type = sim::Command::Type::join;
  join.name.assign("Reader");
  join.class_index = static_cast<std::uint8_t>(taoist);
  join.returning = sim::Returning{std::nullopt, 0, thorns->level, 0};
  sim::Events events;
  sim::step(world, std::vector<sim::Command>{join}, events);
  const base::EntityId player = events.back().target;
  const base::Vec2 place = world.find(monster)->walker.position;
  world.find(player)->walker.position = place + base::Vec2{0, 5 * base::k_units_per_tile};
  sim::Command act;
  act.who = player;
  act.skill = static_cast<std::uint8_t>(thorns - skills.begin() + 1);
  act.point = place;
  std::vector<sim::Command> commands{act};
  bool rooted = false;
  std::int32_t hits = 0;
  for (int tick = 0; tick < 60; ++tick) {
    sim::step(world, commands, events);
    commands.clear();
    for (const sim::Event& event : events) hits += event.type == sim::EventType::hit && event.target == monster ? 1 : 0;
    rooted = rooted || sim::condition_of(world.find(monster)->effects.all()).rooted;
  }
  EXPECT_TRUE(rooted);
  EXPECT_GT(hits, 5) << "the thorns again and again, and what burns between";
}

TEST_F(Adding, the_summon_of_the_page_comes_obeys_and_kills_for_its_master) {
  // The taoist has four skills with the thorns of the page: this one takes their place.
  std::string skills = read_whole_file(repository_assets() / "content/skills.json");
  const std::string row = example("## A summon");
  ASSERT_NE(row, "");
  skills.insert(skills.rfind('}'), "," + row);
  directory.write("content/skills.json", skills);
  const auto baked = bake_content::bake(assets);
  for (const std::string& complaint : baked.complaints) ADD_FAILURE() << complaint;
  auto loaded = content::Content::load(baked.bytes);
  ASSERT_TRUE(loaded.has_value()) << loaded.error().text;
  content = std::move(*loaded);

  const int taoist = content.find_class("taoist");
  const auto& known = content.classes()[static_cast<std::size_t>(taoist)].skills;
  const auto call = std::find_if(known.begin(), known.end(), [](const auto& skill) { return skill.name == "call_boar"; });
  ASSERT_NE(call, known.end());
  const content::MapSpec arena = content::make_arena_map(32);
  sim::World world(content, arena, {.tick_hz = 20, .seed = 1, .entities_max = 64, .arena = true});
  ASSERT_EQ(world.populate(static_cast<std::uint8_t>(content.find_monster("goblin_clubber")), 1), 1);
  const base::EntityId goblin = world.entities()[0].id;
  sim::Command join;
  join.type = sim::Command::Type::join;
  join.name.assign("Reader");
  join.class_index = static_cast<std::uint8_t>(taoist);
  join.returning = sim::Returning{std::nullopt, 0, call->level, 0};
  sim::Events events;
  sim::step(world, std::vector<sim::Command>{join}, events);
  const base::EntityId player = events.back().target;
  world.find(player)->walker.position = world.find(goblin)->walker.position + base::Vec2{0, 4 * base::k_units_per_tile};
  sim::Command cast;
  cast.who = player;
  cast.skill = static_cast<std::uint8_t>(call - known.begin() + 1);
  std::vector<sim::Command> commands{cast};
  for (int tick = 0; tick < 20; ++tick) {
    sim::step(world, commands, events);
    commands.clear();
  }
  ASSERT_EQ(world.find(player)->summoned, 1);
  sim::Command order;
  order.type = sim::Command::Type::deed;
  order.who = player;
  order.deed.type = sim::DeedType::order;
  order.deed.cell = static_cast<std::uint8_t>(sim::Order::attack);
  order.deed.thing = goblin;
  commands = {order};
  base::EntityId killer;
  for (int tick = 0; tick < 1200 && !killer.valid(); ++tick) {
    sim::step(world, commands, events);
    commands.clear();
    for (const sim::Event& event : events) {
      if (event.type == sim::EventType::death && event.target == goblin) killer = event.source;
    }
  }
  EXPECT_EQ(killer, player) << "what it kills counts for its master";
}

TEST_F(Adding, the_monster_of_the_page_lives_fights_and_calls_as_the_page_says) {
  const int brute = content.find_monster("goblin_brute");
  ASSERT_GE(brute, 0);
  const content::MapSpec arena = content::make_arena_map(32);
  sim::World world(content, arena, {.tick_hz = 20, .seed = 1, .entities_max = 64, .arena = true});
  ASSERT_EQ(world.populate(static_cast<std::uint8_t>(brute), 1), 1);
  const base::EntityId monster = world.entities()[0].id;
  sim::Command join;
  join.type = sim::Command::Type::join;
  join.name.assign("Reader");
  sim::Events events;
  const std::vector<sim::Command> commands{join};
  sim::step(world, commands, events);
  const base::EntityId player = events.back().target;
  const base::Vec2 beside{2 * base::k_units_per_tile, 0};
  world.find(player)->walker.position = world.find(monster)->walker.position + beside;
  world.find(player)->health = world.find(player)->health_max = 30000;

  std::int32_t hits = 0;
  std::int32_t came = 0;
  for (int tick = 0; tick < 1200 && (hits == 0 || came < 2); ++tick) {
    sim::Command act;
    act.who = player;
    act.sequence = static_cast<std::uint32_t>(tick + 1);
    act.intent = {0, true, monster};
    const std::vector<sim::Command> strike{act};
    sim::step(world, strike, events);
    for (const sim::Event& event : events) {
      if (event.type == sim::EventType::hit && event.source == monster) {
        ++hits;
        EXPECT_TRUE(event.amount >= 14 && event.amount <= 22) << event.amount;
      }
      if (event.type != sim::EventType::spawn) continue;
      ++came;
      EXPECT_EQ(content.monsters()[world.find(event.target)->archetype].body.name, "goblin_clubber");
    }
  }
  EXPECT_GT(hits, 0);
  EXPECT_EQ(came, 2);
}

TEST_F(Adding, the_item_of_the_page_is_worn_as_the_page_says) {
  std::string items = read_whole_file(assets / "content/items.json");
  const std::string row = example("## An item");
  ASSERT_NE(row, "");
  items.insert(items.rfind('}'), "," + row);
  directory.write("content/items.json", items);
  std::string loot = read_whole_file(assets / "content/loot.json");
  const std::string drops = "\"drops\": [";
  loot.insert(loot.find(drops) + drops.size(), R"({ "item": "spiked_club", "weight": 12 }, )");
  directory.write("content/loot.json", loot);
  const auto baked = bake_content::bake(assets);
  for (const std::string& complaint : baked.complaints) ADD_FAILURE() << complaint;
  auto loaded = content::Content::load(baked.bytes);
  ASSERT_TRUE(loaded.has_value()) << loaded.error().text;
  content = std::move(*loaded);

  const int club = content.find_item("spiked_club");
  ASSERT_GE(club, 0);
  const content::MapSpec arena = content::make_arena_map(32);
  sim::World world(content, arena, {.tick_hz = 20, .seed = 1, .entities_max = 64, .arena = true});
  sim::Command join;
  join.type = sim::Command::Type::join;
  join.class_index = static_cast<std::uint8_t>(content.find_class("warrior"));
  sim::Belongings had;
  had.cells[0] = {static_cast<std::uint8_t>(club + 1), 1};
  join.returning = sim::Returning{std::nullopt, 1000, 3, 0, had};
  sim::Events events;
  sim::step(world, {&join, 1}, events);
  sim::Command wear;
  wear.type = sim::Command::Type::deed;
  wear.who = events.back().target;
  wear.deed.type = sim::DeedType::use;
  sim::step(world, {&wear, 1}, events);
  EXPECT_EQ(world.scratch.settled.at(0).verdict, sim::Verdict::done);
  EXPECT_EQ(world.find(wear.who)->gear.damage_min, 3);
  EXPECT_EQ(world.find(wear.who)->gear.damage_max, 6);
}

}  // namespace
}  // namespace cudgel::test
