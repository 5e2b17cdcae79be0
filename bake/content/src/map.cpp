#include "map.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "bake_content/row_reader.h"
#include "base/fixed.h"
#include "content/limits.h"
#include "map_reading.h"

namespace cudgel::bake_content {
namespace {

bool read_head(Reading& reading, const Json& json) {
  const std::size_t before = reading.complaints.lines().size();
  const auto must = [&](const char* key, const std::string& value) {
    if (text_of(json, key) != value) reading.complain(key, "must be \"" + value + "\"");
  };
  must("type", "map");
  must("orientation", "isometric");
  if (flag_of(json, "infinite")) reading.complain("infinite", "must be false: give the map a size (Map Properties in Tiled)");
  const auto side = [&](const char* key) {
    const double value = number_of(json, key, 0);
    if (value != std::floor(value) || value < content::k_map_side.min || value > content::k_map_side.max) {
      reading.complain(
          key, "must be " + std::to_string(content::k_map_side.min) + ".." + std::to_string(content::k_map_side.max) + " tiles");
      return content::k_map_side.min;
    }
    return static_cast<std::int32_t>(value);
  };
  reading.out.width = side("width");
  reading.out.height = side("height");
  reading.tile_px = number_of(json, "tileheight", 0);
  if (!(reading.tile_px >= 1)) reading.complain("tileheight", "must be at least 1");
  return reading.complaints.lines().size() == before;
}

/// An object without an extent: of a rectangle or a tile Tiled keeps a corner, which is not where it seems to stand.
bool is_point(const Json& object) {
  return flag_of(object, "point") && number_of(object, "width", 0) == 0 && number_of(object, "height", 0) == 0;
}

/// Where an object stands, in units; nothing and a complaint when it is no point on the map.
std::optional<base::Vec2> read_position(const Reading& reading, const char* layer, const Json& object) {
  if (!is_point(object)) {
    reading.complain(object_place(layer, object), "must be a point (Insert Point in Tiled)");
    return std::nullopt;
  }
  const double x = number_of(object, "x", -1) / reading.tile_px;
  const double y = number_of(object, "y", -1) / reading.tile_px;
  if (!(x >= 0 && x < reading.out.width && y >= 0 && y < reading.out.height)) {
    reading.complain(object_place(layer, object), "lies outside the map");
    return std::nullopt;
  }
  const auto units = [](double tiles, std::int32_t side) {
    return std::min(static_cast<std::int32_t>(std::lround(tiles * base::k_units_per_tile)), side * base::k_units_per_tile - 1);
  };
  return base::Vec2{units(x, reading.out.width), units(y, reading.out.height)};
}

void block(Reading& reading, std::int32_t x0, std::int32_t y0, std::int32_t x1, std::int32_t y1) {
  for (std::int32_t y = std::max(0, y0); y < std::min(y1, reading.out.height); ++y) {
    for (std::int32_t x = std::max(0, x0); x < std::min(x1, reading.out.width); ++x) reading.out.blocked[reading.tile(x, y)] = 1;
  }
}

/// First of `tiles` tiles around `centre` (units): 1 tile is the one it lies in, 3 are one more to either side.
std::int32_t first_tile(std::int32_t centre, std::int32_t tiles) {
  const std::int32_t edge = centre - tiles * base::k_units_per_tile / 2 + base::k_units_per_tile / 2;
  return (edge - (edge < 0 ? base::k_units_per_tile - 1 : 0)) / base::k_units_per_tile;  // rounds down, also left of the map
}

void read_props(Reading& reading, const Json& layer) {
  std::map<std::string, std::uint16_t> index_of;
  std::set<std::string> names;
  const std::vector<PropRow>& rows = reading.tables.props;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    index_of[rows[i].spec.name] = static_cast<std::uint16_t>(i);
    names.insert(rows[i].spec.name);
  }
  for (const Json& object : list_of(layer, "objects")) {
    const std::string type = type_of(object);
    const auto found = index_of.find(type);
    if (found == index_of.end()) {
      const std::string meant = nearest_word(type, names);
      reading.complain(object_place("props", object), "there is no prop called \"" + type + "\" in assets/content/props.json" +
                                                          (meant.empty() ? "" : "; did you mean " + meant + "?"));
      continue;
    }
    const std::optional<base::Vec2> position = read_position(reading, "props", object);
    if (position) put_prop(reading, found->second, *position);
  }
}

void read_blocked(Reading& reading, const Json& layer) {
  for (const Json& object : list_of(layer, "objects")) {
    const double x = number_of(object, "x", 0) / reading.tile_px;
    const double y = number_of(object, "y", 0) / reading.tile_px;
    const double width = number_of(object, "width", 0) / reading.tile_px;
    const double height = number_of(object, "height", 0) / reading.tile_px;
    const bool plain = !object.contains("polygon") && !object.contains("polyline") && !flag_of(object, "ellipse");
    const double far = content::k_map_side.max;
    if (!plain || !(width > 0 && height > 0) || std::abs(x) > far || std::abs(y) > far || width > 2 * far || height > 2 * far) {
      reading.complain(object_place("blocked", object), "must be a rectangle on the map");
      continue;
    }
    if (number_of(object, "rotation", 0) != 0) {
      reading.complain(object_place("blocked", object), "must not be rotated");
      continue;
    }
    // Every tile that it touches by more than a hair.
    constexpr double k_hair = 1.0 / 64;
    const auto low = [](double edge) { return static_cast<std::int32_t>(std::floor(edge + k_hair)); };
    const auto high = [](double edge) { return static_cast<std::int32_t>(std::ceil(edge - k_hair)); };
    block(reading, low(x), low(y), high(x + width), high(y + height));
  }
}

void read_starts(Reading& reading, const Json& layer) {
  for (const Json& object : list_of(layer, "objects")) {
    const std::optional<base::Vec2> position = read_position(reading, "starts", object);
    if (!position) continue;
    if (reading.out.blocked[reading.tile(position->x / base::k_units_per_tile, position->y / base::k_units_per_tile)] != 0) {
      reading.complain(object_place("starts", object), "nobody can stand there: the tile is blocked");
    }
    reading.out.player_starts.push_back(*position);
  }
  const auto count = static_cast<std::int64_t>(reading.out.player_starts.size());
  if (!content::k_starts.holds(count)) {
    reading.complain("layer \"starts\"", "must have " + std::to_string(content::k_starts.min) + ".." +
                                             std::to_string(content::k_starts.max) + " points, has " + std::to_string(count));
  }
}

/// A whole number of a custom property.
std::int32_t read_property(const Reading& reading, const Json& object, const char* name, content::Range range) {
  const Json* found = find_property(object, name);
  const std::string place = object_place("lairs", object);
  if (found == nullptr) {
    reading.complain(place, std::string("property ") + name + " is missing (Custom Properties in Tiled, of type int)");
    return range.min;
  }
  const double value = number_of(*found, "value", range.min - 1.0);
  if (value == std::floor(value) && value >= range.min && value <= range.max) return static_cast<std::int32_t>(value);
  reading.complain(place, std::string("property ") + name + " must be a whole number of " + std::to_string(range.min) + ".." +
                              std::to_string(range.max) + ", is " +
                              shown(found->contains("value") ? found->at("value") : Json()));
  return range.min;
}

void read_lairs(Reading& reading, const Json& layer) {
  const auto& monsters = reading.tables.monsters;
  std::set<std::string> names;
  for (const content::MonsterSpec& monster : monsters) names.insert(monster.body.name);
  for (const Json& object : list_of(layer, "objects")) {
    const std::string type = type_of(object);
    const auto found =
        std::find_if(monsters.begin(), monsters.end(), [&](const content::MonsterSpec& spec) { return spec.body.name == type; });
    if (found == monsters.end()) {
      const std::string meant = nearest_word(type, names);
      reading.complain(object_place("lairs", object), "there is no monster called \"" + type +
                                                          "\" in assets/content/monsters.json" +
                                                          (meant.empty() ? "" : "; did you mean " + meant + "?"));
      continue;
    }
    const std::optional<base::Vec2> position = read_position(reading, "lairs", object);
    if (!position) continue;
    if (reading.out.blocked[reading.tile(position->x / base::k_units_per_tile, position->y / base::k_units_per_tile)] != 0) {
      reading.complain(object_place("lairs", object), "nobody can live there: the tile is blocked");
    }
    constexpr std::int32_t k_ms_per_s = 1000;
    content::Lair lair;
    lair.monster = static_cast<std::uint8_t>(found - monsters.begin());
    lair.position = *position;
    lair.packs = read_property(reading, object, "packs", content::k_lair_packs);
    lair.respawn_ms =
        k_ms_per_s * read_property(reading, object, "respawn_s",
                                   {content::k_lair_respawn_ms.min / k_ms_per_s, content::k_lair_respawn_ms.max / k_ms_per_s});
    reading.out.lairs.push_back(lair);
  }
  if (!content::k_lairs.holds(static_cast<std::int64_t>(reading.out.lairs.size()))) {
    reading.complain("layer \"lairs\"", "must have at most " + std::to_string(content::k_lairs.max) + " points");
  }
}

/// Who stands in the village for players: the type of a point is a row of npcs.json.
void read_npcs(Reading& reading, const Json& layer) {
  const auto& npcs = reading.tables.npcs;
  std::set<std::string> names;
  for (const content::NpcSpec& npc : npcs) names.insert(npc.name);
  for (const Json& object : list_of(layer, "objects")) {
    const std::string type = type_of(object);
    const auto found = std::find_if(npcs.begin(), npcs.end(), [&](const content::NpcSpec& spec) { return spec.name == type; });
    if (found == npcs.end()) {
      const std::string meant = nearest_word(type, names);
      reading.complain(object_place("npcs", object), "there is nobody called \"" + type + "\" in assets/content/npcs.json" +
                                                         (meant.empty() ? "" : "; did you mean " + meant + "?"));
      continue;
    }
    const std::optional<base::Vec2> position = read_position(reading, "npcs", object);
    if (position) reading.out.npcs.push_back({static_cast<std::uint16_t>(found - npcs.begin()), *position});
  }
  if (!content::k_npcs_on_map.holds(static_cast<std::int64_t>(reading.out.npcs.size()))) {
    reading.complain("layer \"npcs\"", "must have at most " + std::to_string(content::k_npcs_on_map.max) + " points");
  }
}

/// The layers by name; complains about those that are unknown, double or missing.
std::map<std::string, const Json*> find_layers(const Reading& reading, const Json& json) {
  static const std::set<std::string> k_known = {"ground", "growth", "props", "starts", "blocked", "lairs", "npcs", "zones"};
  std::map<std::string, const Json*> out;
  for (const Json& layer : list_of(json, "layers")) {
    const std::string name = text_of(layer, "name");
    if (k_known.count(name) == 0) {
      const std::string meant = nearest_word(name, k_known);
      reading.complain("layer \"" + name + "\"", "must be called ground, growth, props, starts, blocked, lairs, npcs or zones" +
                                                     (meant.empty() ? std::string() : "; did you mean " + meant + "?"));
    } else if (name != "ground" && name != "growth" && text_of(layer, "type") != "objectgroup") {
      reading.complain("layer \"" + name + "\"", "must be an object layer");
    } else if (number_of(layer, "offsetx", 0) != 0 || number_of(layer, "offsety", 0) != 0) {
      reading.complain("layer \"" + name + "\"", "must have no offset (Layer Properties in Tiled)");
      out.emplace(name, &layer);
    } else if (!out.emplace(name, &layer).second) {
      reading.complain("layer \"" + name + "\"", "is there twice");
    }
  }
  for (const char* name : {"ground", "props", "starts"}) {
    if (out.count(name) == 0) reading.complain("layer \"" + std::string(name) + "\"", "is missing");
  }
  return out;
}

/// Painter's order; where two are equally deep, as in the file.
void sort_props(Reading& reading) {
  if (reading.out.props.size() > static_cast<std::size_t>(content::k_placements.max)) {
    reading.complain("layers \"growth\" and \"props\"",
                     "must have at most " + std::to_string(content::k_placements.max) + " props");
  }
  std::stable_sort(reading.out.props.begin(), reading.out.props.end(),
                   [](const auto& a, const auto& b) { return a.position.x + a.position.y < b.position.x + b.position.y; });
}

}  // namespace

const Json* find_property(const Json& object, const char* name) {
  for (const Json& property : list_of(object, "properties")) {
    if (text_of(property, "name") == name) return &property;
  }
  return nullptr;
}

void put_prop(Reading& reading, std::uint16_t prop, base::Vec2 position) {
  reading.out.props.push_back({prop, position});
  const PropRow& row = reading.tables.props[prop];
  if (!row.spec.blocks) return;
  const std::int32_t x = first_tile(position.x, row.width_tiles);
  const std::int32_t y = first_tile(position.y, row.height_tiles);
  block(reading, x, y, x + row.width_tiles, y + row.height_tiles);
}

content::MapSpec read_map(const std::filesystem::path& path, const std::string& file, const Tables& tables,
                          Complaints& complaints) {
  Reading reading{file, tables, complaints, 0, {}};
  const std::optional<Json> json = read_json(path, file, complaints);
  if (!json || !read_head(reading, *json)) return {};
  reading.out.name = path.stem().string();
  if (!content::is_content_name(reading.out.name)) reading.complain("", "its name must be of a-z, 0-9 and _");
  const auto tiles = static_cast<std::size_t>(reading.out.width) * static_cast<std::size_t>(reading.out.height);
  reading.out.ground.assign(tiles, content::Ground::grass);
  reading.out.blocked.assign(tiles, 0);

  const auto layers = find_layers(reading, *json);
  const auto layer = [&](const char* name) { return layers.count(name) == 0 ? nullptr : layers.at(name); };
  if (layer("ground") != nullptr) read_ground(reading, *json, *layer("ground"));
  for (std::size_t i = 0; i < tiles; ++i) reading.out.blocked[i] = reading.out.ground[i] == content::Ground::water ? 1 : 0;
  if (layer("growth") != nullptr) read_growth(reading, *json, *layer("growth"));
  if (layer("props") != nullptr) read_props(reading, *layer("props"));
  sort_props(reading);
  if (layer("blocked") != nullptr) read_blocked(reading, *layer("blocked"));
  if (layer("starts") != nullptr) read_starts(reading, *layer("starts"));
  if (layer("lairs") != nullptr) read_lairs(reading, *layer("lairs"));
  if (layer("npcs") != nullptr) read_npcs(reading, *layer("npcs"));
  if (layer("zones") != nullptr) read_zones(reading, *layer("zones"));
  return std::move(reading.out);
}

}  // namespace cudgel::bake_content
