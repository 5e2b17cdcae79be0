// Goal: docs/ADDING.md tells the truth: the monster, skill, summon, item, thing on the map and sound it shows are added by pasting what it shows, without a line of
// code, and then live, fall, are bought and worn, stand in the way and are heard. Method: each piece is cut out of the page, put into a copy of the game's own content, baked, loaded and played.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "bake_art/bake.h"
#include "bake_content/bake.h"
#include "bake_sound/bake.h"
#include "common/files.h"
#include "content/content.h"
#include "content_fixture.h"
#include "play/cues.h"
#include "play/sound_book.h"
#include "sim/world.h"

namespace cudgel::test {
namespace {

/// A block of JSON below a heading of docs/ADDING.md: the first, or the one with that number from 0.
std::string example(const std::string& heading, int number = 0) {
  const std::string page = read_whole_file(repository_assets().parent_path() / "docs" / "ADDING.md");
  const std::size_t section = page.find(heading + "\n");
  const std::string fence = "```json\n";
  std::size_t begin = section == std::string::npos ? section : page.find(fence, section);
  for (; number > 0 && begin != std::string::npos; --number) begin = page.find(fence, begin + fence.size());
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
  /// Bakes and loads what stands in the copy now.
  void bake_anew() {
    const auto baked = bake_content::bake(assets);
    for (const std::string& complaint : baked.complaints) ADD_FAILURE() << complaint;
    auto loaded = content::Content::load(baked.bytes);
    ASSERT_TRUE(loaded.has_value()) << loaded.error().text;
    content = std::move(*loaded);
  }
  /// Puts `text` behind the first `mark` that comes after `section` of the file.
  void insert(const std::string& file, const std::string& section, const std::string& mark, const std::string& text) {
    std::string all = read_whole_file(assets / file);
    const std::size_t at = all.find(mark, all.find(section));
    ASSERT_NE(at, std::string::npos) << file << ": " << mark;
    all.insert(at + mark.size(), text);
    directory.write(file, all);
  }
  /// The pictures of a model that the page shows, under that name.
  bake::BakedBody pictures(const std::string& name, const std::string& text) {
    directory.write("models/" + name + ".json", text);
    std::string error;
    const auto shown = bake::load_model_text(assets / "models" / (name + ".json"), "assets/models/" + name + ".json", error);
    EXPECT_EQ(error, "");
    const bake::Model model = bake::parse_model(shown, name, error);
    EXPECT_EQ(error, "");
    bake::BakedBody body = bake::bake_body(model, 1, 0, error);
    EXPECT_EQ(error, "");
    return body;
  }
  void paste(const std::string& heading, const std::string& file, int number = 0) {
    const std::string row = example(heading, number);
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
  EXPECT_FALSE(pictures("warrior_spiked_club", example("## An item", 1)).animations.empty());
  bake_anew();
  if (HasFatalFailure()) return;

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

TEST_F(Adding, the_item_of_the_page_is_left_by_clubbers_and_sold_by_the_trader) {
  paste("## An item", "content/items.json");
  insert("content/loot.json", "\"goblin_clubber\"", "\"drops\": [", example("## An item", 3));
  insert("content/npcs.json", "\"trader\": {", "\"sells\": [", "\"spiked_club\", ");
  bake_anew();
  if (HasFatalFailure()) return;
  const auto club = static_cast<std::uint8_t>(content.find_item("spiked_club") + 1);
  sim::World world(content, content.map(), {.tick_hz = 20, .seed = 1, .entities_max = 256, .arena = false});
  sim::Command join;
  join.type = sim::Command::Type::join;
  sim::Belongings had;
  had.gold = 1000;
  const base::Vec2 trader = world.npcs()[0].position;
  ASSERT_EQ(content.npcs()[world.npcs()[0].npc].role, content::NpcRole::vendor);
  join.returning = sim::Returning{std::nullopt, 1000, 3, 0, had};
  sim::Events events;
  sim::step(world, {&join, 1}, events);
  const base::EntityId player = events.back().target;
  world.find(player)->walker.position = trader + base::Vec2{base::k_units_per_tile, 0};
  sim::Command buy;
  buy.type = sim::Command::Type::deed;
  buy.who = player;
  buy.deed.type = sim::DeedType::buy;
  buy.deed.item = club;
  buy.deed.count = 1;
  sim::step(world, {&buy, 1}, events);
  EXPECT_EQ(world.scratch.settled.at(0).verdict, sim::Verdict::done);
  EXPECT_EQ(world.belongings(*world.find(player)).gold, 1000 - 220);
  const auto owned = [&] {
    const auto& cells = world.belongings(*world.find(player)).cells;
    return std::count_if(cells.begin(), cells.end(), [&](const sim::Stack& stack) { return stack.item == club; });
  };
  EXPECT_EQ(owned(), 1);
  // Weakened clubbers stand in front of it one after the other; what they leave lies where it walks over it.
  for (int slain = 0; slain < 400 && owned() < 2; ++slain) {
    sim::Entity* const goblin = world.create(sim::Kind::monster);
    ASSERT_NE(goblin, nullptr);
    goblin->archetype = static_cast<std::uint8_t>(content.find_monster("goblin_clubber"));
    goblin->health_max = 100;
    goblin->health = 1;
    goblin->walker.position = world.find(player)->walker.position + base::Vec2{100, 0};
    const base::EntityId id = goblin->id;
    for (int tick = 0; tick < 40 && world.find(id) != nullptr && world.find(id)->health > 0; ++tick) {
      sim::Command act;
      act.who = player;
      act.sequence = static_cast<std::uint32_t>(slain * 100 + tick + 1);
      act.intent = {0, true, id};
      sim::step(world, {&act, 1}, events);
    }
    for (const std::uint16_t slot : std::vector<std::uint16_t>(world.alive().begin(), world.alive().end())) {
      const sim::Entity& thing = world.entities()[slot];
      if (thing.kind != sim::Kind::thing) continue;
      if (thing.archetype + 1 != club) {
        world.destroy(thing.id);
        continue;
      }
      sim::Command take;
      take.type = sim::Command::Type::deed;
      take.who = player;
      take.deed.thing = thing.id;
      sim::step(world, {&take, 1}, events);
    }
    world.destroy(id);
  }
  EXPECT_EQ(owned(), 2) << "of so many one leaves it";
}

TEST_F(Adding, the_thing_of_the_page_stands_on_the_map_and_in_the_way) {
  const std::string heading = "## A thing that stands on the map, and the map";
  const base::Vec2 place{18592 * base::k_units_per_tile / 64, 18464 * base::k_units_per_tile / 64};
  const std::int32_t x = place.x / base::k_units_per_tile;
  const std::int32_t y = place.y / base::k_units_per_tile;
  ASSERT_FALSE(sim::TileMap(content.map()).blocked(x, y)) << "free before";
  paste(heading, "content/props.json");
  const bake::BakedBody body = pictures("scarecrow", example(heading, 1));
  ASSERT_EQ(body.animations.size(), 1U);
  EXPECT_GT(body.height_px, 40) << "as tall as somebody";
  insert("maps/vale.tmj", "\"name\":\"props\",\"type\":\"objectgroup\"", "\"objects\":[", example(heading, 2) + ",");
  bake_anew();
  if (HasFatalFailure()) return;
  const auto& props = content.map().props;
  EXPECT_TRUE(std::any_of(props.begin(), props.end(), [&](const content::PropPlacement& prop) {
    return content.props()[prop.prop].name == "scarecrow" && prop.position == place;
  }));
  EXPECT_TRUE(sim::TileMap(content.map()).blocked(x, y));
  sim::World world(content, content.map(), {.tick_hz = 20, .seed = 1, .entities_max = 64, .arena = false});
  sim::Command join;
  join.type = sim::Command::Type::join;
  sim::Events events;
  sim::step(world, {&join, 1}, events);
  const base::EntityId player = events.back().target;
  // From the free side towards it, straight, for three seconds.
  int eighth = 0;
  base::Vec2 from;
  for (; eighth < 8; eighth += 2) {
    from = place - base::along(eighth * base::k_headings / 8, 2 * base::k_units_per_tile);
    if (world.map().straight_walk(from, place - base::along(eighth * base::k_headings / 8, base::k_units_per_tile), 80)) break;
  }
  ASSERT_LT(eighth, 8) << "it can be walked up to";
  world.find(player)->walker.position = from;
  sim::Command walk;
  walk.who = player;
  walk.sequence = 1;
  walk.intent = {static_cast<std::uint8_t>(1 + eighth * base::k_headings / 8), false, {}};
  sim::step(world, {&walk, 1}, events);
  for (int tick = 0; tick < 60; ++tick) {
    sim::step(world, {}, events);
    const base::Vec2 at = world.find(player)->walker.position;
    ASSERT_FALSE(at.x / base::k_units_per_tile == x && at.y / base::k_units_per_tile == y) << "inside it";
  }
  EXPECT_LT(base::length(world.find(player)->walker.position - place), 5 * base::k_units_per_tile / 4)
      << "and up to it one comes";
}

TEST_F(Adding, the_sound_of_the_page_is_baked_and_heard_from_a_brute) {
  std::filesystem::copy(repository_assets() / "sounds", assets / "sounds", std::filesystem::copy_options::recursive);
  directory.write("sounds/effects/brute_grunt.json", example("## A sound"));
  paste("## A sound", "sounds/cues.json", 1);
  const bake_sound::Baked baked = bake_sound::bake(assets);
  for (const std::string& complaint : baked.complaints) ADD_FAILURE() << complaint;
  const auto file =
      std::find_if(baked.files.begin(), baked.files.end(), [](const auto& one) { return one.name == "sounds.bin"; });
  ASSERT_NE(file, baked.files.end());
  const auto book = game::SoundBook::load(file->bytes);
  ASSERT_TRUE(book) << book.error().text;
  // A brute in front of the ears lifts its arm.
  game::Cues listening(content);
  listening.enter(&content.map());
  core::BodyView self;
  self.id = {1, 1};
  self.kind = sim::Kind::player;
  self.self = true;
  self.x = self.y = 285;
  core::BodyView brute;
  brute.id = {2, 1};
  brute.kind = sim::Kind::monster;
  brute.archetype = static_cast<std::uint8_t>(content.find_monster("goblin_brute"));
  brute.x = brute.y = 286;
  std::set<std::string> heard;
  for (int frame = 0; frame < 20; ++frame) {
    brute.action = frame < 5 ? sim::Action::idle : sim::Action::attack;
    brute.action_age_ms = frame < 5 ? 0 : (frame - 5) * 16;
    listening.watch(self, frame * 16);
    listening.watch(brute, frame * 16);
    listening.watched(frame * 16);
    for (const game::Cue& cue : listening.take()) {
      for (const std::uint16_t sound : book->find(cue.keys)) heard.insert(book->sounds()[sound].name);
    }
  }
  EXPECT_TRUE(heard.contains("brute_grunt"));
  const auto rendered = std::find_if(baked.rendered.begin(), baked.rendered.end(),
                                     [](const auto& one) { return one.name.starts_with("brute_grunt"); });
  ASSERT_NE(rendered, baked.rendered.end());
  EXPECT_GT(bake_sound::peak_of(rendered->samples), 0.3F);
}

}  // namespace
}  // namespace cudgel::test
