// The tile layers: "ground", and "growth" with a prop on each tile that has one.

#include <zlib.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "bake_content/row_reader.h"
#include "base/fixed.h"
#include "base/hash.h"
#include "map_reading.h"

namespace cudgel::bake_content {
namespace {

constexpr std::size_t k_bytes_per_tile = 4;
constexpr std::int32_t k_stray_step_units = 32;
constexpr int k_told_max = 20;  ///< an erased row would tell the same a hundred times
constexpr const char* k_ground_names = "grass, path, water, forest_floor, dirt, cave_floor, cobble or rock";

const std::map<std::string, content::Ground>& grounds_by_name() {
  static const std::map<std::string, content::Ground> k_all = {
      {"grass", content::Ground::grass},   {"path", content::Ground::path},
      {"water", content::Ground::water},   {"forest_floor", content::Ground::forest_floor},
      {"dirt", content::Ground::dirt},     {"cave_floor", content::Ground::cave_floor},
      {"cobble", content::Ground::cobble}, {"rock", content::Ground::rock}};
  return k_all;
}

/// The type of each numbered tile, from the map's tilesets. Complains only where `tell`: each layer asks anew.
std::map<std::uint32_t, std::string> read_tilesets(const Reading& reading, const Json& json, bool tell) {
  std::set<std::string> known;
  for (const auto& [name, ground] : grounds_by_name()) known.insert(name);
  for (const PropRow& row : reading.tables.props) known.insert(row.spec.name);
  std::map<std::uint32_t, std::string> out;
  for (const Json& tileset : list_of(json, "tilesets")) {
    const std::string place = "tileset \"" + text_of(tileset, "name") + "\"";
    if (!text_of(tileset, "source").empty()) {
      if (tell) reading.complain(place, "must be embedded in the map (Embed Tileset in Tiled)");
      continue;
    }
    const auto whole = [](const Json& object, const char* key, double otherwise) {
      return static_cast<std::uint32_t>(std::clamp(number_of(object, key, otherwise), 0.0, 1e9));  // far above any real one
    };
    const std::uint32_t first = whole(tileset, "firstgid", 1);
    for (const Json& tile : list_of(tileset, "tiles")) {
      const std::string type = type_of(tile);
      const std::uint32_t id = whole(tile, "id", 0);
      out[first + id] = type;
      if (!tell || known.count(type) != 0) continue;
      const std::string meant = nearest_word(type, known);
      reading.complain(place + " tile " + std::to_string(id), std::string("its type must be ") + k_ground_names +
                                                                  ", or a prop of assets/content/props.json, is \"" + type +
                                                                  "\"" + (meant.empty() ? "" : "; did you mean " + meant + "?"));
    }
  }
  return out;
}

std::optional<std::string> from_base64(const std::string& text) {
  constexpr std::string_view k_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  bool ended = false;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
    ended = ended || c == '=';
    if (c == '=') continue;
    const std::size_t digit = k_digits.find(c);
    if (ended || digit == std::string_view::npos) return std::nullopt;
    bits = bits << 6U | static_cast<std::uint32_t>(digit);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out.push_back(static_cast<char>(bits >> static_cast<unsigned>(held) & 0xFFU));
  }
  return out;
}

/// At most `bytes_max`, which is one more than is wanted: what is longer is known to be too long.
std::optional<std::string> inflated(const std::string& packed, std::size_t bytes_max) {
  std::string out(bytes_max, '\0');
  z_stream stream{};
  constexpr int k_zlib_or_gzip = MAX_WBITS + 32;
  if (inflateInit2(&stream, k_zlib_or_gzip) != Z_OK) return std::nullopt;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));  // zlib's interface; it does not write there
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int ending = inflate(&stream, Z_FINISH);
  const std::size_t size = stream.total_out;
  inflateEnd(&stream);
  if (ending != Z_STREAM_END && size < bytes_max) return std::nullopt;
  out.resize(size);
  return out;
}

/// The bytes of a layer that Tiled keeps as text in "data".
std::optional<std::string> unpacked(const Reading& reading, const std::string& place, const Json& layer, std::size_t bytes) {
  const std::string compression = text_of(layer, "compression");
  if (text_of(layer, "encoding") != "base64" || (!compression.empty() && compression != "zlib" && compression != "gzip")) {
    reading.complain(place,
                     "must be stored as CSV or Base64 (uncompressed, zlib or gzip; Tile Layer Format in Tiled's Map Properties)");
    return std::nullopt;
  }
  std::optional<std::string> out = from_base64(text_of(layer, "data"));
  if (!out) {
    reading.complain(place, "data: is not Base64");
    return std::nullopt;
  }
  if (!compression.empty()) out = inflated(*out, bytes + 1);
  if (!out) reading.complain(place, "data: is damaged: it cannot be unpacked");
  return out;
}

std::string tile_place(const Reading& reading, const std::string& place, std::size_t tile) {
  const auto width = static_cast<std::size_t>(reading.out.width);
  return place + " x=" + std::to_string(tile % width) + " y=" + std::to_string(tile / width);
}

/// -most..most in steps of an eighth of a tile (finer would cost the page bytes that nobody sees), the same for the same tile on every machine.
std::int32_t stray(std::size_t tile, std::uint64_t axis, std::int32_t most) {
  const std::array<std::uint8_t, 4> bytes = {static_cast<std::uint8_t>(tile), static_cast<std::uint8_t>(tile >> 8U),
                                             static_cast<std::uint8_t>(tile >> 16U), static_cast<std::uint8_t>(tile >> 24U)};
  const std::int32_t steps = most / k_stray_step_units;
  const auto drawn = static_cast<std::int32_t>(base::hash_bytes(bytes, axis) % static_cast<std::uint64_t>(2 * steps + 1));
  return (drawn - steps) * k_stray_step_units;
}

}  // namespace

std::optional<std::vector<std::uint32_t>> read_tile_numbers(const Reading& reading, const std::string& place, const Json& layer) {
  const std::size_t tiles = reading.out.ground.size();
  const auto must_have = [&](std::size_t have) {
    reading.complain(place, "must have width * height = " + std::to_string(tiles) + " tiles, has " + std::to_string(have));
    return std::nullopt;
  };
  if (text_of(layer, "type") != "tilelayer") {
    reading.complain(place, "must be a tile layer");
    return std::nullopt;
  }
  std::vector<std::uint32_t> out;
  if (const Json& list = list_of(layer, "data"); layer.contains("data") && layer.at("data").is_array()) {
    if (list.size() != tiles) return must_have(list.size());
    // What is no number of a tile becomes one that no tileset has.
    for (const Json& tile : list) {
      const bool whole = tile.is_number_unsigned() && tile.get<std::uint64_t>() <= 0xFFFFFFFFU;
      out.push_back(whole ? tile.get<std::uint32_t>() : 0xFFFFFFFFU);
    }
    return out;
  }
  const std::optional<std::string> bytes = unpacked(reading, place, layer, tiles * k_bytes_per_tile);
  if (!bytes) return std::nullopt;
  if (bytes->size() != tiles * k_bytes_per_tile) return must_have(bytes->size() / k_bytes_per_tile);
  out.reserve(tiles);
  for (std::size_t i = 0; i < bytes->size(); i += k_bytes_per_tile) {
    const auto byte = [&](std::size_t at) { return static_cast<std::uint32_t>(static_cast<std::uint8_t>((*bytes)[i + at])); };
    out.push_back(byte(0) | byte(1) << 8U | byte(2) << 16U | byte(3) << 24U);
  }
  return out;
}

void read_ground(Reading& reading, const Json& json, const Json& layer) {
  const std::string place = "layer \"ground\"";
  const auto numbers = read_tile_numbers(reading, place, layer);
  if (!numbers) return;
  const auto types = read_tilesets(reading, json, true);
  const auto& grounds = grounds_by_name();
  int wrong = 0;
  for (std::size_t i = 0; i < numbers->size(); ++i) {
    const auto type = types.find((*numbers)[i]);
    const auto found = type == types.end() ? grounds.end() : grounds.find(type->second);
    if (found != grounds.end()) {
      reading.out.ground[i] = found->second;
    } else if (++wrong <= k_told_max) {
      reading.complain(tile_place(reading, place, i),
                       std::string("must be a tile of type ") + k_ground_names + ", is " + std::to_string((*numbers)[i]));
    }
  }
  if (wrong > k_told_max) reading.complain(place, "and " + std::to_string(wrong - k_told_max) + " more tiles like these");
}

void read_growth(Reading& reading, const Json& json, const Json& layer) {
  const std::string place = "layer \"growth\"";
  const auto numbers = read_tile_numbers(reading, place, layer);
  if (!numbers) return;
  std::map<std::string, std::uint16_t> props;
  for (std::size_t i = 0; i < reading.tables.props.size(); ++i) {
    props[reading.tables.props[i].spec.name] = static_cast<std::uint16_t>(i);
  }
  const auto types = read_tilesets(reading, json, false);
  int wrong = 0;
  for (std::size_t i = 0; i < numbers->size(); ++i) {
    if ((*numbers)[i] == 0) continue;
    const auto type = types.find((*numbers)[i]);
    const auto found = type == types.end() ? props.end() : props.find(type->second);
    if (found == props.end()) {
      if (++wrong <= k_told_max) {
        reading.complain(tile_place(reading, place, i),
                         "must be empty or a tile whose type is a prop, is " + std::to_string((*numbers)[i]));
      }
      continue;
    }
    const auto width = static_cast<std::size_t>(reading.out.width);
    const base::Vec2 middle = base::tile_centre(static_cast<std::int32_t>(i % width), static_cast<std::int32_t>(i / width));
    const std::int32_t strays = reading.tables.props[found->second].strays;
    put_prop(reading, found->second, middle + base::Vec2{stray(i, 1, strays), stray(i, 2, strays)});
  }
  if (wrong > k_told_max) reading.complain(place, "and " + std::to_string(wrong - k_told_max) + " more tiles like these");
}

}  // namespace cudgel::bake_content
