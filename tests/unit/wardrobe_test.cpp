// Goal: what is worn is looked up by name, and what has no look or does not fit changes nothing. Method: a small atlas of names and frames
// written here; no picture.
#include <gtest/gtest.h>

#include "atlas/schema/atlas_generated.h"
#include "play/wardrobe.h"

namespace cudgel::game {
namespace {

constexpr std::uint8_t k_sword = 1, k_club = 2, k_mail = 3, k_cap = 4, k_robe = 5;

struct Drawn {
  const char* name;
  int idle_frames;
};

Atlas atlas_of(const std::vector<Drawn>& bodies) {
  flatbuffers::FlatBufferBuilder builder;
  std::vector<flatbuffers::Offset<content::Body>> list;
  for (const Drawn& body : bodies) {
    std::vector<flatbuffers::Offset<content::Animation>> animations{
        content::CreateAnimation(builder, builder.CreateString("idle"), 100, static_cast<std::uint16_t>(body.idle_frames), 8)};
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
  auto atlas = Atlas::load({builder.GetBufferPointer(), builder.GetSize()});
  EXPECT_TRUE(atlas.has_value());
  return std::move(*atlas);
}

content::Content two_classes() {
  std::vector<content::ClassSpec> classes(2);
  classes[0].body.sprite = "warrior";
  classes[1].body.sprite = "mage";
  content::Content content = content::Content::from_tables(std::move(classes), {}, {}, {});
  std::vector<content::ItemSpec> items(5);
  const content::ItemKind kinds[] = {content::ItemKind::weapon, content::ItemKind::weapon, content::ItemKind::armour,
                                     content::ItemKind::helmet, content::ItemKind::armour};
  const char* const names[] = {"sword", "club", "mail", "cap", "robe"};
  for (std::size_t i = 0; i < items.size(); ++i) items[i].name = names[i], items[i].kind = kinds[i];
  content.set_goods(std::move(items), {}, {});
  return content;
}

struct WardrobeTest : testing::Test {
  Atlas atlas = atlas_of({{"warrior", 4},
                          {"warrior_bare", 4},
                          {"warrior_hand", 4},
                          {"warrior_sword", 4},
                          {"warrior_mail", 4},
                          {"warrior_cap", 4},
                          {"warrior_robe", 3},
                          {"mage", 4},
                          {"mage_sword", 4}});
  Wardrobe wardrobe;
  WardrobeTest() { wardrobe.open(two_classes(), atlas); }
  void expect(const Dress& dress, const char* body, const char* held) const {
    EXPECT_EQ(dress.body, atlas.find(body));
    EXPECT_EQ(dress.held, atlas.find(held));
  }
};

TEST_F(WardrobeTest, a_weapon_lies_over_a_body_with_an_empty_hand_and_armour_is_another_body) {
  expect(wardrobe.of(0, k_sword, 0), "warrior_bare", "warrior_sword");
  expect(wardrobe.of(0, 0, k_mail), "warrior_mail", "warrior_hand");
  expect(wardrobe.of(0, k_sword, k_mail), "warrior_mail", "warrior_sword");
}

TEST_F(WardrobeTest, what_has_no_look_changes_nothing) {
  EXPECT_EQ(wardrobe.of(0, 0, 0).body, nullptr);
  EXPECT_EQ(wardrobe.of(0, k_club, 0).body, nullptr) << "no model";
  expect(wardrobe.of(0, k_club, k_mail), "warrior_mail", "warrior_hand");
  EXPECT_EQ(wardrobe.of(0, k_cap, 0).body, nullptr) << "neither weapon nor armour";
  EXPECT_EQ(wardrobe.of(0, 0, k_robe).body, nullptr) << "its frames are not those of the class";
  EXPECT_EQ(wardrobe.of(1, k_sword, 0).body, nullptr) << "there is no body with an empty hand to lay it over";
}

TEST_F(WardrobeTest, a_class_or_an_item_that_is_not_known_wears_nothing) {
  EXPECT_EQ(wardrobe.of(7, k_sword, k_mail).body, nullptr);
  EXPECT_EQ(wardrobe.of(0, 200, 255).body, nullptr);
  EXPECT_EQ(Wardrobe().of(0, k_sword, 0).body, nullptr);
}

}  // namespace
}  // namespace cudgel::game
