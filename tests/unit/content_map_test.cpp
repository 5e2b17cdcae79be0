// Goal: a map that Tiled saved with compressed layers, growth and zones comes out as drawn, and whatever is wrong in it is named by file,
// layer and reason. Method: the small map of the fixture with layers put in, right and broken.

#include <gtest/gtest.h>
#include <zlib.h>

#include "content/content.h"
#include "content_fixture.h"

namespace cudgel::test {
namespace {

constexpr std::size_t k_tiles = 256;
constexpr const char* k_map = "maps/vale.tmj";

std::string base64(const std::string& bytes) {
  constexpr const char* k_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t three = 0;
    for (std::size_t k = 0; k < 3; ++k)
      three = three << 8U | (i + k < bytes.size() ? static_cast<std::uint8_t>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) out += i + k <= bytes.size() ? k_digits[three >> (18 - 6 * k) & 63U] : '=';
  }
  return out;
}

std::string bytes_of(const std::vector<std::uint32_t>& numbers) {
  std::string out;
  for (const std::uint32_t number : numbers) {
    for (unsigned shift = 0; shift < 32; shift += 8) out += static_cast<char>(number >> shift & 0xFFU);
  }
  return out;
}

std::string zlib(const std::string& bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  std::string out(size, '\0');
  compress(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
           static_cast<uLong>(bytes.size()));
  out.resize(size);
  return out;
}

class ContentMap : public ContentFixture {
 protected:
  /// The map with another layer before all others.
  void add_layer(const std::string& layer) const { replace(k_map, "\"layers\": [", "\"layers\": [ " + layer + ","); }
  void add_growth(const std::vector<std::uint32_t>& numbers) const {
    add_layer(R"({ "name": "growth", "type": "tilelayer", "encoding": "base64", "compression": "zlib", "data": ")" +
              base64(zlib(bytes_of(numbers))) + "\" }");
    replace(
        k_map, R"("tilesets": [)",
        R"("tilesets": [ { "firstgid": 10, "name": "props", "tiles": [ { "id": 0, "type": "oak" }, { "id": 1, "type": "flowers" } ] },)");
  }
  void add_zones(const std::string& objects) const {
    add_layer(R"({ "name": "zones", "type": "objectgroup", "objects": [ )" + objects + " ] }");
  }
  /// The fixture's ground with this in place of its list of numbers.
  void set_ground(const std::string& data) const {
    const std::string text = read(k_map);
    const std::size_t begin = text.find("\"data\": ["), end = text.find("] },", begin);
    write(k_map, text.substr(0, begin) + data + text.substr(end + 1));
  }
  [[nodiscard]] content::MapSpec map() const {
    const auto content = content::Content::load(bake().bytes);
    EXPECT_TRUE(content.has_value()) << complaint();
    return content ? content->map() : content::MapSpec{};
  }
};

TEST_F(ContentMap, compressed_ground_is_the_same_ground) {
  const content::MapSpec as_text = map();
  std::vector<std::uint32_t> numbers(k_tiles, 1);
  std::fill_n(numbers.begin(), 16, 3U);
  for (const auto& [compression, packed] :
       {std::pair<std::string, std::string>{"", bytes_of(numbers)}, {"zlib", zlib(bytes_of(numbers))}}) {
    set_ground(R"("encoding": "base64", "compression": ")" + compression + R"(", "data": ")" + base64(packed) + "\"");
    EXPECT_EQ(map().ground, as_text.ground) << compression;
    SetUp();
  }
}

TEST_F(ContentMap, packed_layers_that_are_wrong_are_named) {
  const std::string place = "assets/maps/vale.tmj: layer \"ground\": ";
  const std::string head = R"("encoding": "base64", "compression": "zlib", "data": ")";
  const auto complaint_of = [&](const std::string& data) {
    set_ground(data);
    const std::string told = complaint();
    SetUp();
    return told;
  };
  EXPECT_EQ(complaint_of(head + base64(zlib(bytes_of(std::vector<std::uint32_t>(255, 1)))) + "\""),
            place + "must have width * height = 256 tiles, has 255");
  EXPECT_EQ(complaint_of(head + base64(zlib(bytes_of(std::vector<std::uint32_t>(100000, 1)))) + "\""),
            place + "must have width * height = 256 tiles, has 256")
      << "no more is unpacked than is needed to know";
  EXPECT_EQ(complaint_of(head + "!!!\""), place + "data: is not Base64");
  EXPECT_EQ(complaint_of(head + "AAAA\""), place + "data: is damaged: it cannot be unpacked");
  EXPECT_EQ(complaint_of(R"("encoding": "base64", "compression": "zstd", "data": "AAAA")"),
            place + "must be stored as CSV or Base64 (uncompressed, zlib or gzip; Tile Layer Format in Tiled's Map Properties)");
}

TEST_F(ContentMap, growth_puts_a_prop_on_its_tile) {
  replace("content/props.json", "\"flowers\": {}", "\"flowers\": { \"strays_tiles\": 0.25 }");
  std::vector<std::uint32_t> numbers(k_tiles, 0);
  numbers[5 * 16 + 9] = 10;
  numbers[6 * 16 + 9] = 11;
  add_growth(numbers);
  const content::MapSpec drawn = map();
  EXPECT_EQ(drawn.blocked[5 * 16 + 9], 1) << "an oak stands there";
  EXPECT_EQ(drawn.blocked[6 * 16 + 9], 0);
  ASSERT_EQ(drawn.props.size(), 5U);
  int found = 0;
  for (const content::PropPlacement& prop : drawn.props) {
    if (prop.position == base::tile_centre(9, 5)) ++found;
    const base::Vec2 off = prop.position - base::tile_centre(9, 6);
    if (base::chebyshev(off) <= 64 && base::chebyshev(off) > 0) ++found;
  }
  EXPECT_EQ(found, 2) << "the oak in the middle of its tile, the flowers near the middle of theirs";
  EXPECT_EQ(map().props.front().position, drawn.props.front().position) << "the same each time";
}

TEST_F(ContentMap, growth_that_is_no_prop_is_named_by_its_tile) {
  std::vector<std::uint32_t> numbers(k_tiles, 0);
  numbers[5 * 16 + 9] = 12;
  numbers[5 * 16 + 10] = 1;
  add_growth(numbers);
  const std::string place = "assets/maps/vale.tmj: layer \"growth\" ";
  EXPECT_EQ(complaint(), place + "x=9 y=5: must be empty or a tile whose type is a prop, is 12\n" + place +
                             "x=10 y=5: must be empty or a tile whose type is a prop, is 1");
}

constexpr const char* k_levels = R"("properties": [ { "name": "level_min", "value": 2 }, { "name": "level_max", "value": 5 } ])";

TEST_F(ContentMap, zones_are_found_by_place_and_later_shapes_lie_above) {
  const std::string both = R"("properties": [ { "name": "level_min", "value": 1 }, { "name": "level_max", "value": 1 },
    { "name": "music", "value": "village" }, { "name": "light", "value": "#ff80C0ff" }, { "name": "safe", "value": true } ])";
  add_zones(R"({ "id": 9, "type": "meadow", "x": 0, "y": 0, "width": 1024, "height": 512, )" + std::string(k_levels) + R"( },
    { "id": 10, "type": "village", "x": 256, "y": 0, "width": 256, "height": 256, )" +
            both + R"( },
    { "id": 11, "type": "meadow", "x": 0, "y": 768, "polygon": [ { "x": 0, "y": 0 }, { "x": 512, "y": 0 }, { "x": 512, "y": 256 }, { "x": 0, "y": 256 } ] })");
  const content::MapSpec drawn = map();
  ASSERT_EQ(drawn.zones.size(), 2U);
  EXPECT_EQ(drawn.zones[0].level_max, 5);
  EXPECT_TRUE(drawn.zones[1].safe && drawn.zones[1].music == "village" && !drawn.zones[1].free_fight);
  EXPECT_EQ(drawn.zones[1].light, 0x80C0FFU);
  const auto zone = [&](int x, int y) { return drawn.zone_at(base::tile_centre(x, y)); };
  EXPECT_EQ(zone(0, 0), 0);
  EXPECT_EQ(zone(5, 2), 1);
  EXPECT_EQ(zone(5, 5), 0);
  EXPECT_EQ(zone(12, 9), -1);
  EXPECT_EQ(zone(2, 13), 0) << "the second shape of the same zone";
  EXPECT_EQ(drawn.zone_at({-1, 5}), -1);
  EXPECT_EQ(drawn.zone_at({5, 16 * 256}), -1);
}

TEST_F(ContentMap, zones_that_are_wrong_are_named) {
  const std::string place = "assets/maps/vale.tmj: layer \"zones\" object 9 at x=0 y=0: ";
  const auto complaint_of = [&](const std::string& rest) {
    add_zones(R"({ "id": 9, "x": 0, "y": 0, )" + rest + " }");
    const std::string told = complaint();
    SetUp();
    return told;
  };
  const std::string shape = R"("width": 64, "height": 64, )";
  EXPECT_EQ(complaint_of(shape + R"("type": "The Meadow", )" + k_levels),
            place + "its type must be the zone's key, of a-z, 0-9 and _, is \"The Meadow\"");
  EXPECT_EQ(complaint_of(R"("type": "meadow", "point": true, )" + std::string(k_levels)),
            place + "must be a rectangle, an ellipse or a polygon on the map");
  EXPECT_EQ(complaint_of(shape + R"("type": "meadow", "rotation": 10, )" + k_levels), place + "must not be rotated");
  EXPECT_EQ(
      complaint_of(
          shape +
          R"("type": "meadow", "properties": [ { "name": "level_min", "value": 3 }, { "name": "level_max", "value": 2 } ])"),
      place + "property level_max must be a whole number of 3..40 (Custom Properties in Tiled, of type int)");
  EXPECT_EQ(
      complaint_of(shape +
                   R"("type": "meadow", "properties": [ { "name": "level_min", "value": 1 }, { "name": "level_max", "value": 2 },
    { "name": "safe", "value": true }, { "name": "free_fight", "value": true } ])"),
      place + "cannot be both safe and free_fight");
  EXPECT_EQ(
      complaint_of(shape +
                   R"("type": "meadow", "properties": [ { "name": "level_min", "value": 1 }, { "name": "level_max", "value": 2 },
    { "name": "light", "value": "blue" } ])"),
      place + "property light must be of type color");
}

}  // namespace
}  // namespace cudgel::test
