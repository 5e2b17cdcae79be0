// Goal: Content::load gives what was baked or an error that names the place, whatever bytes it gets. Method: tables with one value
// out of range per case; every truncation and every single flipped bit of a small content.bin.

#include <gtest/gtest.h>

#include <functional>

#include "bake_content/encode.h"
#include "base/hash.h"
#include "content/content.h"
#include "content/limits.h"
#include "content_fixture.h"

namespace cudgel::test {
namespace {

using Bytes = std::vector<std::uint8_t>;

struct Source {
  bake_content::Tables tables;
  content::MapSpec map;
};

content::BodySpec make_body(const char* name) {
  content::BodySpec body;
  body.name = body.sprite = name;
  body.radius = 64;
  body.speed = 700;
  body.health = 50;
  body.attack = {content::AttackKind::strike, 1, 2, 200, 100, 100, 400, 0, 0};
  return body;
}

Source make_source() {
  Source source;
  source.tables.classes = {{make_body("warrior")}};
  source.tables.monsters = {{make_body("goblin"), 2000, 4000, 1000, 1, 3, 20, false, {}, {}, "clubbed", "", ""}};
  source.tables.monsters[0].traits.kin = "goblin";
  source.tables.props = {{{"oak", "oak", true, true}, 1, 1}};
  source.tables.rules = {4000, 2000, 9000, 2, 4480, 5120, 5, 20000, 3000, 180000, 2304, 2048, 30000, 5, 6144, 10};
  source.tables.levels = {{40, 60}, 2, 30};
  source.tables.trade = {10000, 60000, 256, 768, 10, 1536};
  content::ItemSpec gold{"gold", "coins", content::ItemKind::gold};
  content::ItemSpec cap{"cap", "helmet", content::ItemKind::helmet, content::Rarity::rare, 1, 1, 20, 2, 0, 0, 0, 1, 5, 0};
  source.tables.items = {gold, cap};
  source.tables.monsters[0].loot = {50, 1, 9, 1, 10, {{1, 5, 1, 1}}};
  source.tables.npcs = {{"trader", "oak", content::NpcRole::vendor, {1}}};
  source.map = content::make_arena_map(16);
  source.map.blocked[0] = 1;
  source.map.npcs = {{0, {300, 300}}};
  source.map.props = {{0, {100, 100}}, {0, {500, 700}}};
  return source;
}

Bytes encode(const Source& source) { return bake_content::encode(source.tables, source.map); }

std::string error_of(const Bytes& bytes) {
  const auto content = content::Content::load(bytes);
  return content ? "" : content.error().text;
}

/// Whatever loads must be such that sim and client can use it without looking again.
void expect_usable(const content::Content& content) {
  const content::MapSpec& map = content.map();
  ASSERT_TRUE(content::k_map_side.holds(map.width) && content::k_map_side.holds(map.height));
  const auto tiles = static_cast<std::size_t>(map.width) * static_cast<std::size_t>(map.height);
  ASSERT_EQ(map.ground.size(), tiles);
  ASSERT_EQ(map.blocked.size(), tiles);
  ASSERT_FALSE(map.player_starts.empty());
  for (const base::Vec2 start : map.player_starts) {
    ASSERT_TRUE(start.x >= 0 && start.y >= 0 && start.x < map.width * 256 && start.y < map.height * 256);
    ASSERT_EQ(map.blocked[static_cast<std::size_t>(start.y / 256 * map.width + start.x / 256)], 0);
  }
  for (const content::PropPlacement& prop : map.props) ASSERT_LT(prop.prop, content.props().size());
  ASSERT_FALSE(content.classes().empty());
  for (const content::ClassSpec& spec : content.classes()) {
    ASSERT_TRUE(content::k_speed.holds(spec.body.speed) && content::k_health.holds(spec.body.health));
    ASSERT_LE(spec.body.attack.damage_min, spec.body.attack.damage_max);
    ASSERT_LE(spec.body.attack.windup_ms + spec.body.attack.recovery_ms, spec.body.attack.cooldown_ms);
  }
}

TEST(ContentLoad, gives_what_was_encoded) {
  const Bytes bytes = encode(make_source());
  const auto content = content::Content::load(bytes);
  ASSERT_TRUE(content.has_value()) << content.error().text;
  EXPECT_EQ(content->hash(), base::hash_bytes(bytes));
  EXPECT_EQ(content->classes().at(0).body.attack.cooldown_ms, 400);
  EXPECT_EQ(content->monsters().at(0).leash, 4000);
  EXPECT_EQ(content->monsters().at(0).level, 3);
  EXPECT_EQ(content->monsters().at(0).experience, 20);
  EXPECT_EQ(content->levels().experience, (std::vector<std::int32_t>{40, 60}));
  EXPECT_EQ(content->levels().level_max(), 3);
  EXPECT_TRUE(content->props().at(0).blocks && content->props().at(0).hides);
  EXPECT_EQ(content->rules().visit_distance_max, 5120);
  EXPECT_EQ(content->map().props.at(1).position, (base::Vec2{500, 700}));
  EXPECT_EQ(content->map().blocked.at(0), 1);
  expect_usable(*content);
}

TEST(ContentLoad, does_not_care_where_in_memory_the_bytes_lie) {
  const Bytes bytes = encode(make_source());
  for (std::size_t shift = 1; shift < 8; ++shift) {
    Bytes shifted(shift, 0);
    shifted.insert(shifted.end(), bytes.begin(), bytes.end());
    const auto content = content::Content::load(std::span<const std::uint8_t>(shifted).subspan(shift));
    ASSERT_TRUE(content.has_value()) << shift;
    EXPECT_EQ(content->hash(), base::hash_bytes(bytes));
  }
}

TEST(ContentLoad, refuses_values_out_of_range_by_name) {
  struct Case {
    std::function<void(Source&)> damage;
    const char* error;
  };
  const std::vector<Case> cases = {
      {[](Source& s) { s.tables.monsters[0].body.speed = 0; }, "content.bin: monsters[0].body.speed: must be 32..4096, is 0"},
      {[](Source& s) { s.tables.classes[0].body.health = 65536; },
       "content.bin: classes[0].body.health: must be 1..30000, is 65536"},
      {[](Source& s) { s.tables.classes[0].body.radius = 300; }, "content.bin: classes[0].body.radius: must be 16..128, is 300"},
      {[](Source& s) { s.tables.classes[0].body.attack.damage_max = 0; },
       "content.bin: classes[0].body.attack.damage_max: must be 1..10000, is 0"},
      {[](Source& s) { s.tables.classes[0].body.attack.cooldown_ms = 199; },
       "content.bin: classes[0].body.attack.cooldown_ms: must be 200..60000, is 199"},
      {[](Source& s) { s.tables.classes[0].body.attack.kind = static_cast<content::AttackKind>(9); },
       "content.bin: classes[0].body.attack.kind: must be 0..3, is 9"},
      {[](Source& s) { s.tables.classes[0].body.attack.kind = content::AttackKind::bolt; },
       "content.bin: classes[0].body.attack.projectile_speed: must be 256..8192, is 0"},
      {[](Source& s) { s.tables.classes[0].body.sprite = "../etc"; },
       "content.bin: classes[0].body.sprite: must be 1..32 of a-z, 0-9 and _"},
      {[](Source& s) { s.tables.classes.clear(); }, "content.bin: classes: must have 1..16 rows, has 0"},
      {[](Source& s) { s.tables.classes.assign(17, s.tables.classes[0]); }, "content.bin: classes: must have 1..16 rows, has 17"},
      {[](Source& s) { s.tables.classes.assign(2, s.tables.classes[0]); },
       "content.bin: classes[1].name: there is already one called warrior"},
      {[](Source& s) { s.tables.monsters[0].leash = 1999; }, "content.bin: monsters[0].leash: must be 2000..32768, is 1999"},
      {[](Source& s) { s.tables.monsters[0].traits.kin.clear(); },
       "content.bin: monsters[0].traits.kin: must be 1..32 of a-z, 0-9 and _"},
      {[](Source& s) { s.tables.monsters[0].traits.pack_size = 0; },
       "content.bin: monsters[0].traits.pack_size: must be 1..9, is 0"},
      {[](Source& s) { s.tables.monsters[0].traits.keep_distance = 201; },
       "content.bin: monsters[0].traits.keep_distance: must be 0..200, is 201"},
      {[](Source& s) {
         s.tables.monsters[0].traits.phases = {{50, 1, 1, 0}};
       },
       "content.bin: monsters[0].traits.phases[0].call_monster: must be -1..0, is 1"},
      {[](Source& s) {
         s.tables.monsters[0].traits.phases = {{50, 0, 1, 0}, {50, 0, 1, 0}};
       },
       "content.bin: monsters[0].traits.phases[1].below_percent: must be 1..49, is 50"},
      {[](Source& s) { s.tables.monsters[0].appears = "a\nb"; },
       "content.bin: monsters[0].appears: must be at most 160 bytes of UTF-8 without control characters"},
      {[](Source& s) {
         s.map.lairs = {{1, {500, 500}, 1, 5000}};
       },
       "content.bin: map.lairs[0].monster: there are 1 monsters, is 1"},
      {[](Source& s) {
         s.map.lairs = {{0, {500, 4096}, 1, 5000}};
       },
       "content.bin: map.lairs[0].y: must be 0..4095, is 4096"},
      {[](Source& s) {
         s.map.lairs = {{0, {500, 500}, 17, 5000}};
       },
       "content.bin: map.lairs[0].packs: must be 1..16, is 17"},
      {[](Source& s) { s.tables.items[0].kind = content::ItemKind::material; },
       "content.bin: items: must have one of kind gold, has 0"},
      {[](Source& s) { s.tables.items[1].stack_max = 2; }, "content.bin: items[1].stack_max: must be 1..1, is 2"},
      {[](Source& s) { s.tables.items[1].class_index = 1; }, "content.bin: items[1].class_index: must be -1..0, is 1"},
      {[](Source& s) { s.tables.items[1].heals = 1; }, "content.bin: items[1].heals: must be 0..0, is 1"},
      {[](Source& s) { s.tables.monsters[0].loot.drops[0].item = 2; }, "content.bin: loot[0].drops[0].item: must be 0..1, is 2"},
      {[](Source& s) { s.tables.monsters[0].loot.drops[0].item = 0; },
       "content.bin: loot[0].drops[0].item: is gold, which has its own fields"},
      {[](Source& s) { s.tables.monsters[0].loot.gold_max = 0; }, "content.bin: loot[0].gold_max: must be 1..60000, is 0"},
      {[](Source& s) { s.tables.npcs[0].sells = {0}; }, "content.bin: npcs[0].sells[0]: gold is not sold"},
      {[](Source& s) { s.tables.npcs[0].role = content::NpcRole::bank; },
       "content.bin: npcs[0].sells: must have 0..0 rows, has 1"},
      {[](Source& s) { s.tables.trade.talk = 63; }, "content.bin: trade.talk: must be 64..2048, is 63"},
      {[](Source& s) { s.map.npcs[0].npc = 1; }, "content.bin: map.npcs[0].npc: must be 0..0, is 1"},
      {[](Source& s) { s.map.npcs[0].position.x = 4096; }, "content.bin: map.npcs[0].x: must be 0..4095, is 4096"},
      {[](Source& s) { s.tables.trade.between = 2049; }, "content.bin: trade.between: must be 64..2048, is 2049"},
      {[](Source& s) { s.tables.rules.party_size = 6; }, "content.bin: rules.party_size: must be 2..5, is 6"},
      {[](Source& s) { s.tables.rules.visit_distance_max = 4479; },
       "content.bin: rules.visit_distance_max: must be 4480..16384, is 4479"},
      {[](Source& s) { s.map.width = 15; }, "content.bin: map.width: must be 16..1024, is 15"},
      {[](Source& s) { s.map.width = 17; },
       "content.bin: map: ground and blocked must have width * height = 272 tiles, have 256 and 256"},
      {[](Source& s) { s.map.ground[7] = static_cast<content::Ground>(8); }, "content.bin: map.ground[7]: is no kind of ground"},
      {[](Source& s) { s.map.blocked[8] = 2; }, "content.bin: map.blocked[8]: must be 0 or 1"},
      {[](Source& s) { s.map.props[1].prop = 1; }, "content.bin: map.props[1].prop: there are 1 kinds of props, is 1"},
      {[](Source& s) { s.map.props[1].position.x = 4096; }, "content.bin: map.props[1].x: must be 0..4095, is 4096"},
      {[](Source& s) {
         s.map.props[1].position = {0, 0};
       },
       "content.bin: map.props[1]: must not stand behind the one before it"},
      {[](Source& s) { s.map.player_starts.clear(); }, "content.bin: map.player_starts: must have 1..256 rows, has 0"},
      {[](Source& s) {
         s.map.player_starts[0] = {-1, 5};
       },
       "content.bin: map.player_starts[0].x: must be 0..4095, is -1"},
      {[](Source& s) {
         s.map.player_starts[0] = {5, 5};
       },
       "content.bin: map.player_starts[0]: must not lie on a blocked tile"},
  };
  for (const Case& damage : cases) {
    Source source = make_source();
    damage.damage(source);
    EXPECT_EQ(error_of(encode(source)), damage.error);
  }
}

TEST(ContentLoad, refuses_what_is_no_content_file) {
  EXPECT_EQ(error_of({}), "content.bin: not a content file of this game");
  EXPECT_EQ(error_of(Bytes(100, 0)), "content.bin: not a content file of this game");
  EXPECT_EQ(error_of(Bytes(content::k_file_bytes_max + 1, 0)), "content.bin: must be at most 16777216 bytes, has 16777217");
}

TEST(ContentLoad, every_truncation_is_refused_or_harmless) {
  const Bytes bytes = encode(make_source());
  std::size_t loaded = 0;
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    // A copy of exactly that size, so that a sanitizer sees the first byte read beyond it.
    const auto content = content::Content::load(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)));
    if (!content) continue;
    ++loaded;
    expect_usable(*content);
  }
  EXPECT_LE(loaded, 8U) << "only padding at the end can be missing";
}

TEST(ContentLoad, every_flipped_bit_is_refused_or_harmless) {
  const Bytes bytes = encode(make_source());
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    Bytes damaged = bytes;
    damaged[bit / 8] = static_cast<std::uint8_t>(damaged[bit / 8] ^ 1U << (bit % 8));
    const auto content = content::Content::load(damaged);
    if (content) {
      expect_usable(*content);
    } else {
      EXPECT_EQ(content.error().text.rfind("content.bin: ", 0), 0U);
    }
  }
}

TEST(ContentLoad, the_arena_is_open_from_edge_to_edge) {
  const content::MapSpec map = content::make_arena_map(100);
  EXPECT_EQ(map.width, 100);
  EXPECT_EQ(map.height, 100);
  EXPECT_EQ(map.ground, std::vector<content::Ground>(10000, content::Ground::grass));
  EXPECT_EQ(map.blocked, std::vector<std::uint8_t>(10000, 0));
  ASSERT_EQ(map.player_starts.size(), 1U);
  EXPECT_EQ(map.player_starts[0], base::tile_centre(50, 50));
}

}  // namespace
}  // namespace cudgel::test
