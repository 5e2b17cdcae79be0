// Goal: docs/ADDING.md tells the truth: the monster it shows is added by pasting its row, without a line of code, and then lives. Method:
// the row is cut out of the page, put into a copy of the game's own content, baked, loaded and played.

#include <gtest/gtest.h>

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
    const std::string row = example("## A monster");
    ASSERT_NE(row, "");
    std::string monsters = read_whole_file(assets / "content/monsters.json");
    monsters.insert(monsters.rfind('}'), "," + row);
    directory.write("content/monsters.json", monsters);
    const auto baked = bake_content::bake(assets);
    for (const std::string& complaint : baked.complaints) ADD_FAILURE() << complaint;
    auto loaded = content::Content::load(baked.bytes);
    ASSERT_TRUE(loaded.has_value()) << loaded.error().text;
    content = std::move(*loaded);
  }
};

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

}  // namespace
}  // namespace cudgel::test
