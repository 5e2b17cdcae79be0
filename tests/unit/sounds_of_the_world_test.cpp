// Goal: the game's own content is heard: every monster, skill, event and place has a sound of its own, nothing is borrowed, no recipe lies
// unused, no cue waits for something that never happens; and docs/ADDING.md tells the truth about new sounds and new music. Method: the recipes
// and the baked content as they are, the names in the page's scripts, and the rows cut out of the page.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "bake_sound/bake.h"
#include "common/baked_content.h"
#include "common/files.h"
#include "play/cues.h"
#include "play/own_news.h"
#include "play/soundscape.h"

namespace cudgel::bake_sound {
namespace {

namespace fs = std::filesystem;

fs::path source_dir() { return std::getenv("CUDGEL_SOURCE_DIR"); }

const Recipes& recipes() {
  static const Recipes all = [] {
    Complaints complaints;
    Recipes read = parse_all(source_dir() / "assets", complaints);
    EXPECT_TRUE(complaints.none()) << complaints.lines().front();
    return read;
  }();
  return all;
}

const content::Content& game() { return test::baked_content(); }

const Cue* find_cue(const std::string& key) {
  const auto& cues = recipes().cues;
  const auto found = std::find_if(cues.begin(), cues.end(), [&](const Cue& cue) { return cue.key == key; });
  return found == cues.end() ? nullptr : &*found;
}

/// What the page's scripts begin: cue('...').
std::set<std::string> cues_of_the_page() {
  std::set<std::string> keys;
  for (const auto& entry : fs::directory_iterator(source_dir() / "web/js")) {
    const std::string script = test::read_whole_file(entry.path());
    const std::string call = "cue('";
    for (std::size_t at = script.find(call); at != std::string::npos; at = script.find(call, at + 1)) {
      const std::size_t begin = at + call.size();
      keys.insert(script.substr(begin, script.find('\'', begin) - begin));
    }
  }
  keys.insert({"deed", "deed.drink"});  // put together in goods.js, as deed.NAME
  return keys;
}

std::set<std::string> kinds_of_attack() {
  std::set<std::string> kinds;
  for (const auto& entry : game().classes()) kinds.insert(game::attack_key(entry.body.attack.kind));
  for (const auto& entry : game().monsters()) kinds.insert(game::attack_key(entry.body.attack.kind));
  return kinds;
}

TEST(SoundsOfTheWorld, every_monster_has_a_voice_of_its_own_kind) {
  ASSERT_FALSE(game().monsters().empty());
  for (const content::MonsterSpec& monster : game().monsters()) {
    const std::string& name = monster.body.name;
    for (const char* event : {"windup", "hurt", "death"}) {
      const Cue* cue = find_cue(name + "." + event);
      ASSERT_NE(cue, nullptr) << name << "." << event;
      if (name.starts_with("goblin_") && name != "goblin_chief") continue;
      for (const std::string& sound : cue->sounds) EXPECT_FALSE(sound.starts_with("goblin_")) << name << " borrows " << sound;
    }
  }
  for (const char* call : {"wolf.rouse", "goblin_chief.rouse", "sheep.bleat"}) EXPECT_NE(find_cue(call), nullptr) << call;
}

TEST(SoundsOfTheWorld, every_skill_has_a_sound_that_no_other_has) {
  std::set<std::string> used;
  for (const content::ClassSpec& one : game().classes()) {
    for (const content::SkillSpec& skill : one.skills) {
      const Cue* cue = find_cue("skill." + skill.name);
      ASSERT_NE(cue, nullptr) << skill.name;
      for (const std::string& sound : cue->sounds) EXPECT_TRUE(used.insert(sound).second) << skill.name << " borrows " << sound;
    }
  }
  EXPECT_GE(used.size(), 11U);
}

TEST(SoundsOfTheWorld, everything_that_is_begun_has_a_cue) {
  for (const std::string_view key : game::Cues::k_cues) EXPECT_NE(find_cue(std::string(key)), nullptr) << key;
  for (const std::string_view key : game::OwnNews::k_cues) EXPECT_NE(find_cue(std::string(key)), nullptr) << key;
  for (const std::string& key : cues_of_the_page()) EXPECT_NE(find_cue(key), nullptr) << key;
  for (const char* general : {"swing", "launch", "hit", "hurt", "death", "wake", "level_up"})
    EXPECT_NE(find_cue(general), nullptr) << general;
}

TEST(SoundsOfTheWorld, no_cue_waits_for_what_never_happens) {
  std::set<std::string> begun = cues_of_the_page();
  for (const std::string_view key : game::Cues::k_cues) begun.emplace(key);
  for (const std::string_view key : game::OwnNews::k_cues) begun.emplace(key);
  for (const char* deed : {"drop", "deposit", "withdraw"}) begun.insert(std::string("deed.") + deed);
  std::set<std::string> who = kinds_of_attack();
  for (const auto& entry : game().classes()) {
    who.insert(entry.body.name);
    for (const auto& skill : entry.skills) begun.insert("skill." + skill.name);
  }
  for (const auto& entry : game().monsters()) who.insert(entry.body.name);
  who.insert("sheep");
  for (const std::string_view event : game::Cues::k_events) {
    begun.emplace(event);
    for (const std::string& one : who) begun.insert(one + "." + std::string(event));
  }
  for (const Cue& cue : recipes().cues) EXPECT_TRUE(begun.contains(cue.key)) << cue.key << " is begun by nothing";
}

TEST(SoundsOfTheWorld, no_recipe_lies_unused) {
  std::set<std::string> effects, loops;
  for (const Cue& cue : recipes().cues) effects.insert(cue.sounds.begin(), cue.sounds.end());
  for (const Soundscape& place : recipes().soundscapes) loops.insert(place.loops.begin(), place.loops.end());
  for (const Effect& effect : recipes().effects) EXPECT_TRUE(effects.contains(effect.name)) << effect.name;
  for (const Loop& loop : recipes().loops) EXPECT_TRUE(loops.contains(loop.name)) << loop.name;
}

TEST(SoundsOfTheWorld, every_zone_has_its_music_and_only_that_of_the_start_comes_at_first) {
  const content::MapSpec& map = game().map();
  const int start = map.zone_at(map.player_starts.front());
  ASSERT_GE(start, 0);
  const std::string& first_music = map.zones[static_cast<std::size_t>(start)].music;
  std::set<std::string> musics;
  for (const content::ZoneSpec& zone : map.zones) musics.insert(zone.music);
  for (const std::string& music : musics) {
    const auto& all = recipes().soundscapes;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Soundscape& place) { return place.key == music; });
    ASSERT_NE(found, all.end()) << music << " of the map is in no soundscape";
    for (const std::string& name : found->loops) {
      const auto loop =
          std::find_if(recipes().loops.begin(), recipes().loops.end(), [&](const Loop& one) { return one.name == name; });
      ASSERT_NE(loop, recipes().loops.end());
      EXPECT_EQ(loop->later, music != first_music) << name << " of " << music;
    }
  }
  for (const Soundscape& place : recipes().soundscapes) {
    EXPECT_TRUE(place.key == "everywhere" || musics.contains(place.key)) << place.key << " is the music of no zone";
  }
}

TEST(SoundsOfTheWorld, whoever_comes_in_at_a_start_needs_nothing_of_other_places) {
  game::Soundscape place;
  for (const base::Vec2 start : game().map().player_starts) {
    const double x = static_cast<double>(start.x) / base::k_units_per_tile,
                 y = static_cast<double>(start.y) / base::k_units_per_tile;
    place.enter(&game().map());
    place.stand(x, y);
    EXPECT_EQ(place.now(), "village") << x << ", " << y;
    EXPECT_TRUE(place.near().empty()) << place.near().front() << " is near " << x << ", " << y;
  }
}

/// The blocks of JSON below a heading of docs/ADDING.md.
std::vector<std::string> examples(const std::string& heading) {
  const std::string page = test::read_whole_file(source_dir() / "docs/ADDING.md");
  std::size_t at = page.find(heading + "\n");
  const std::size_t end = page.find("\n## ", at);
  std::vector<std::string> blocks;
  const std::string fence = "```json\n";
  for (at = page.find(fence, at); at < end; at = page.find(fence, at + 1)) {
    const std::size_t begin = at + fence.size();
    blocks.push_back(page.substr(begin, page.find("```", begin) - begin));
  }
  return blocks;
}

class AddingSounds : public ::testing::Test {
 protected:
  AddingSounds() { fs::copy(source_dir() / "assets/sounds", root_ / "sounds", fs::copy_options::recursive); }
  void paste(const std::string& row, const std::string& file) {
    std::string rows = test::read_whole_file(root_ / "sounds" / file);
    rows.insert(rows.rfind('}'), "," + row);
    directory_.write("sounds/" + file, rows);
  }
  Recipes parsed() {
    Complaints complaints;
    Recipes read = parse_all(root_, complaints);
    for (const std::string& line : complaints.lines()) ADD_FAILURE() << line;
    return read;
  }
  test::TemporaryDirectory directory_;
  fs::path root_ = directory_.path();
};

TEST_F(AddingSounds, the_music_of_the_page_is_heard_where_the_page_says) {
  const auto blocks = examples("## Music for a place");
  ASSERT_EQ(blocks.size(), 2U);
  directory_.write("sounds/loops/theme_marsh.json", blocks[0]);
  paste(blocks[1], "soundscapes.json");
  const Recipes read = parsed();
  EXPECT_TRUE(std::any_of(read.soundscapes.begin(), read.soundscapes.end(), [](const Soundscape& place) {
    return place.key == "marsh" && place.loops == std::vector<std::string>{"theme_marsh", "ambience_forest"};
  }));
  const auto theme =
      std::find_if(read.loops.begin(), read.loops.end(), [](const Loop& one) { return one.name == "theme_marsh"; });
  ASSERT_NE(theme, read.loops.end());
  EXPECT_TRUE(theme->later && theme->music);
  EXPECT_GT(rms_of(render_loop(*theme)), 0.01F);
}

}  // namespace
}  // namespace cudgel::bake_sound
