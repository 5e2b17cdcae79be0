// Goal: what is worn is looked up by name, and what has no look or does not fit changes nothing. Method: a small atlas of names and frames
// written here; no picture.
#include <gtest/gtest.h>

#include "atlas/schema/atlas_generated.h"
#include "play/wardrobe.h"

namespace cudgel::game {
namespace {

constexpr std::uint8_t k_sword = 1, k_club = 2, k_mail = 3, k_cap = 4, k_robe = 5, k_hood = 6, k_crown = 7, k_skirt = 8;

struct Drawn {
  const char* name;
  int idle_frames;
  std::vector<std::uint8_t> behind = {};
};

std::vector<std::uint8_t> bytes_of(const std::vector<Drawn>& bodies) {
  flatbuffers::FlatBufferBuilder builder;
  std::vector<flatbuffers::Offset<content::Body>> list;
  for (const Drawn& body : bodies) {
    std::vector<flatbuffers::Offset<content::Animation>> animations{
        content::CreateAnimation(builder, builder.CreateString("idle"), 100, static_cast<std::uint16_t>(body.idle_frames), 8, 0,
                                 0, -1, false, false, body.behind.empty() ? 0 : builder.CreateVector(body.behind))};
    const auto sorted = builder.CreateVectorOfSortedTables(&animations);
    list.push_back(content::CreateBody(builder, builder.CreateString(body.name), 90, sorted));
  }
  const std::vector<content::SpriteRect> rects(64, content::SpriteRect(0, 0, 0, 0, 4, 4, 0, 0));
  const auto pages = builder.CreateVectorOfStrings(std::vector<std::string>{"atlas_0.webp"});
  const auto widths = builder.CreateVector(std::vector<std::uint16_t>{64}),
             heights = builder.CreateVector(std::vector<std::uint16_t>{64});
  const auto sprites = builder.CreateVectorOfStructs(rects);
  const auto sorted = builder.CreateVectorOfSortedTables(&list);
  content::FinishAtlasBuffer(builder, content::CreateAtlas(builder, pages, widths, heights, sprites, sorted));
  return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
}

Atlas atlas_of(const std::vector<Drawn>& bodies) {
  auto atlas = Atlas::load(bytes_of(bodies));
  EXPECT_TRUE(atlas.has_value());
  return std::move(*atlas);
}

content::Content two_classes() {
  std::vector<content::ClassSpec> classes(2);
  classes[0].body.sprite = "warrior";
  classes[1].body.sprite = "mage";
  content::Content content = content::Content::from_tables(std::move(classes), {}, {}, {});
  std::vector<content::ItemSpec> items(8);
  const content::ItemKind kinds[] = {content::ItemKind::weapon, content::ItemKind::weapon, content::ItemKind::armour,
                                     content::ItemKind::helmet, content::ItemKind::armour, content::ItemKind::helmet,
                                     content::ItemKind::helmet, content::ItemKind::armour};
  const char* const names[] = {"sword", "club", "mail", "cap", "robe", "hood", "crown", "skirt"};
  for (std::size_t i = 0; i < items.size(); ++i) items[i].name = names[i], items[i].kind = kinds[i];
  content.set_goods(std::move(items), {}, {});
  return content;
}

struct WardrobeTest : testing::Test {
  Atlas atlas = atlas_of({{"warrior", 4},
                          {"warrior_bare", 4},
                          {"warrior_bare_head", 4},
                          {"warrior_hand", 4},
                          {"warrior_sword", 4},
                          {"warrior_mail", 4},
                          {"warrior_mail_head", 4},
                          {"warrior_cap", 4},
                          {"warrior_crown", 3},
                          {"warrior_robe", 3},
                          {"warrior_robe_head", 4},
                          {"warrior_skirt", 4},
                          {"mage", 4},
                          {"mage_cap", 4},
                          {"mage_sword", 4}});
  Wardrobe wardrobe;
  WardrobeTest() { wardrobe.open(two_classes(), atlas); }
  void expect(const Worn& worn, const char* body, const char* head, const char* held) const {
    const Dress dress = wardrobe.of(0, worn);
    EXPECT_EQ(dress.body, atlas.find(body));
    EXPECT_EQ(dress.head, atlas.find(head));
    EXPECT_EQ(dress.held, atlas.find(held));
  }
};

TEST_F(WardrobeTest, a_weapon_and_a_head_lie_over_a_body_and_armour_is_another_body_with_its_own_head) {
  expect({k_sword, 0, 0}, "warrior_bare", "warrior_bare_head", "warrior_sword");
  expect({0, k_mail, 0}, "warrior_mail", "warrior_mail_head", "warrior_hand");
  expect({k_sword, k_mail, 0}, "warrior_mail", "warrior_mail_head", "warrior_sword");
}

TEST_F(WardrobeTest, a_helmet_takes_the_place_of_the_head_over_any_body_and_weapon) {
  expect({0, 0, k_cap}, "warrior_bare", "warrior_cap", "warrior_hand");
  expect({k_sword, 0, k_cap}, "warrior_bare", "warrior_cap", "warrior_sword");
  expect({0, k_mail, k_cap}, "warrior_mail", "warrior_cap", "warrior_hand");
  expect({k_sword, k_mail, k_cap}, "warrior_mail", "warrior_cap", "warrior_sword");
}

TEST_F(WardrobeTest, what_has_no_look_changes_nothing) {
  const auto plain = [&](const Worn& worn, std::size_t class_index = 0) {
    const Dress dress = wardrobe.of(class_index, worn);
    return dress.body == nullptr && dress.head == nullptr && dress.held == nullptr;
  };
  EXPECT_TRUE(plain({0, 0, 0}));
  EXPECT_TRUE(plain({k_club, 0, 0})) << "no model";
  EXPECT_TRUE(plain({0, 0, k_hood})) << "no model";
  expect({k_club, k_mail, k_hood}, "warrior_mail", "warrior_mail_head", "warrior_hand");
  EXPECT_TRUE(plain({0, 0, k_crown})) << "its frames are not those of the class";
  EXPECT_TRUE(plain({0, k_robe, 0})) << "its frames are not those of the class";
  EXPECT_TRUE(plain({0, k_skirt, 0})) << "a body without a head";
  expect({0, k_skirt, k_cap}, "warrior_bare", "warrior_cap", "warrior_hand");
  EXPECT_TRUE(plain({k_sword, 0, 0}, 1)) << "there is no body with an empty hand to lay it over";
  EXPECT_TRUE(plain({0, 0, k_cap}, 1));
}

TEST_F(WardrobeTest, what_is_worn_in_the_wrong_place_is_not_seen) {
  for (const Worn& worn : {Worn{k_mail, k_cap, k_sword}, Worn{k_cap, k_sword, k_mail}}) {
    EXPECT_FALSE(wardrobe.of(0, worn).whole());
  }
}

TEST_F(WardrobeTest, a_class_or_an_item_that_is_not_known_wears_nothing) {
  EXPECT_EQ(wardrobe.of(7, {k_sword, k_mail, k_cap}).body, nullptr);
  EXPECT_EQ(wardrobe.of(0, {200, 255, 255}).body, nullptr);
  EXPECT_EQ(Wardrobe().of(0, {k_sword, 0, k_cap}).body, nullptr);
}

// What is held says for each of its pictures whether the head comes before or after it.
TEST(WardrobeAtlas, what_is_held_is_behind_the_head_where_its_picture_says_so) {
  std::vector<std::uint8_t> behind(4 * 8, 0);
  behind[3 * 4 + 2] = 1;
  const Atlas atlas = atlas_of({{"staff", 4, behind}, {"sword", 4}});
  const Animation& staff = atlas.find("staff")->animation("idle");
  EXPECT_TRUE(staff.is_behind(3, 2));
  EXPECT_FALSE(staff.is_behind(3, 1));
  EXPECT_FALSE(staff.is_behind(2, 3));
  EXPECT_FALSE(atlas.find("sword")->animation("idle").is_behind(3, 2));
}

TEST(WardrobeAtlas, an_order_for_other_pictures_than_there_are_is_refused) {
  for (const std::size_t count : {1U, 31U, 33U}) {
    const auto bytes = bytes_of({{"staff", 4, std::vector<std::uint8_t>(count, 1)}});
    const auto atlas = Atlas::load(bytes);
    ASSERT_FALSE(atlas.has_value());
    EXPECT_EQ(atlas.error().text, "atlas.bin: staff.idle asks for sprites that are not there");
  }
}

}  // namespace
}  // namespace cudgel::game
