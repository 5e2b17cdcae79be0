// Goal: page.bin and the regions together are the very map that the server has, and no other bytes pass for them. Method: cut the small
// map and the Vale, put them together again, compare; damage them.

#include <gtest/gtest.h>

#include <algorithm>

#include "bake_content/encode.h"
#include "content/content.h"
#include "content/limits.h"
#include "content/region.h"
#include "content_fixture.h"

namespace cudgel::test {
namespace {

std::vector<content::PropPlacement> sorted(std::vector<content::PropPlacement> props) {
  const auto key = [](const content::PropPlacement& prop) { return std::tuple(prop.position.x, prop.position.y, prop.prop); };
  std::sort(props.begin(), props.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  return props;
}

void expect_pieces_are_the_whole(const bake_content::Baked& baked) {
  const auto whole = content::Content::load(baked.bytes);
  auto page = content::Content::load_page(baked.page_bytes);
  ASSERT_TRUE(whole.has_value() && page.has_value());
  EXPECT_EQ(page->hash(), whole->hash()) << "the server must know the page as its own";
  const std::int32_t columns = content::regions_along(whole->map().width);
  ASSERT_EQ(baked.regions.size(), static_cast<std::size_t>(columns * content::regions_along(whole->map().height)));
  for (std::size_t i = baked.regions.size(); i-- > 0;) {  // the order in which they come does not matter
    const auto at = static_cast<std::int32_t>(i);
    const auto region = content::load_region(baked.regions[i].bytes, *page, at % columns, at / columns);
    ASSERT_TRUE(region.has_value()) << region.error().text;
    EXPECT_EQ(page->map().here[i], 0);
    content::put_region(page->map_to_complete(), *region);
    EXPECT_EQ(page->map().here[i], 1);
  }
  EXPECT_TRUE(page->map().ground == whole->map().ground);
  EXPECT_TRUE(page->map().blocked == whole->map().blocked);
  const auto a = sorted(page->map().props), b = sorted(whole->map().props);
  ASSERT_EQ(a.size(), b.size());
  EXPECT_TRUE(std::equal(a.begin(), a.end(), b.begin(), [](const auto& left, const auto& right) {
    return left.prop == right.prop && left.position == right.position;
  }));
  const auto depth = [](const auto& prop) { return prop.position.x + prop.position.y; };
  EXPECT_TRUE(std::is_sorted(page->map().props.begin(), page->map().props.end(),
                             [&](const auto& left, const auto& right) { return depth(left) < depth(right); }));
  EXPECT_EQ(page->map().zone_cells, whole->map().zone_cells);
}

class ContentRegion : public ContentFixture {};

TEST_F(ContentRegion, pieces_of_a_small_map_are_the_whole) { expect_pieces_are_the_whole(bake()); }

TEST_F(ContentRegion, pieces_of_the_vale_are_the_whole) { expect_pieces_are_the_whole(bake_content::bake(repository_assets())); }

TEST_F(ContentRegion, neither_file_passes_for_the_other) {
  const auto baked = bake();
  const auto whole = content::Content::load(baked.page_bytes);
  const auto page = content::Content::load_page(baked.bytes);
  ASSERT_FALSE(whole.has_value() || page.has_value());
  EXPECT_EQ(whole.error().text, "content.bin: is the page's part of the content (page.bin), the whole is needed");
  EXPECT_EQ(page.error().text, "page.bin: is a whole content file, the page's part is needed");
}

TEST_F(ContentRegion, a_region_of_another_build_or_place_is_refused) {
  const auto baked = bake();
  const auto page = content::Content::load_page(baked.page_bytes);
  ASSERT_TRUE(page.has_value());
  auto bytes = baked.regions[0].bytes;
  const auto error_of = [&](std::int32_t column) {
    const auto region = content::load_region(bytes, *page, column, 0);
    return region ? std::string() : region.error().text;
  };
  EXPECT_EQ(error_of(0), "");
  EXPECT_EQ(error_of(1), "map/1_0.bin: the map has no such region");
  bytes.back() ^= 1U;
  EXPECT_EQ(error_of(0), "map/0_0.bin: is of another build of the game");
}

TEST_F(ContentRegion, values_that_are_wrong_are_named) {
  const content::MapSpec map = content::make_arena_map(80);
  const auto error_of = [&](const content::Region& region) {
    const auto decoded = content::decode_region(bake_content::encode_region(region), map, 2, "map/1_1.bin");
    return decoded ? std::string() : decoded.error().text;
  };
  const content::Region right = content::cut_region(map, 1, 1);
  EXPECT_EQ(right.width, 16) << "the last ones are as wide as what is left";
  EXPECT_EQ(error_of(right), "");
  content::Region wrong = right;
  wrong.column = 2;
  EXPECT_EQ(error_of(wrong), "map/1_1.bin: column: lies outside the map, is 2");
  wrong = right;
  wrong.ground.pop_back();
  EXPECT_EQ(error_of(wrong), "map/1_1.bin: ground and blocked: must have 256 tiles, have 255 and 256");
  wrong = right;
  wrong.ground[3] = static_cast<content::Ground>(content::k_grounds);
  EXPECT_EQ(error_of(wrong), "map/1_1.bin: ground[3]: is no kind of ground");
  wrong = right;
  wrong.blocked[4] = 2;
  EXPECT_EQ(error_of(wrong), "map/1_1.bin: blocked[4]: must be 0 or 1");
  wrong = right;
  wrong.props = {{2, {64 * 256 + 5, 64 * 256 + 5}}};
  EXPECT_EQ(error_of(wrong), "map/1_1.bin: props[0].prop: there are 2 kinds, is 2");
  wrong.props = {{0, {80 * 256, 64 * 256}}};
  EXPECT_EQ(error_of(wrong), "map/1_1.bin: props[0]: lies outside its region");
  wrong.props = {{0, {64 * 256 + 9, 64 * 256}}, {0, {64 * 256, 64 * 256}}};
  EXPECT_EQ(error_of(wrong), "map/1_1.bin: props[1]: must not stand behind the one before it");
  EXPECT_EQ(content::decode_region({}, map, 2, "map/0_0.bin").error().text, "map/0_0.bin: is no region of a map");
}

}  // namespace
}  // namespace cudgel::test
