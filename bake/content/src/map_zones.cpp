// The layer "zones": shapes whose type is the key of a zone. Where shapes lie on each other the later one counts; several shapes of
// one type are one zone, and the first of them has its properties.

#include <algorithm>
#include <cmath>

#include "base/fixed.h"
#include "content/limits.h"
#include "map_reading.h"

namespace cudgel::bake_content {
namespace {

struct Corner {
  double x = 0;
  double y = 0;
};

/// A shape in tiles.
struct Shape {
  double x = 0, y = 0, width = 0, height = 0;
  bool ellipse = false;
  std::vector<Corner> corners;  ///< of a polygon, else empty

  [[nodiscard]] bool holds(double px, double py) const {
    if (!corners.empty()) {
      bool inside = false;  // a ray to the right crosses the outline an odd number of times
      for (std::size_t i = 0, j = corners.size() - 1; i < corners.size(); j = i++) {
        const Corner &a = corners[i], &b = corners[j];
        if ((a.y > py) != (b.y > py) && px < (b.x - a.x) * (py - a.y) / (b.y - a.y) + a.x) inside = !inside;
      }
      return inside;
    }
    if (!ellipse) return px >= x && px < x + width && py >= y && py < y + height;
    const double dx = (px - x) / width * 2 - 1, dy = (py - y) / height * 2 - 1;
    return dx * dx + dy * dy < 1;
  }
};

std::optional<Shape> read_shape(const Reading& reading, const Json& object) {
  const auto tiles = [&](const Json& from, const char* key) { return number_of(from, key, 0) / reading.tile_px; };
  Shape out{tiles(object, "x"),      tiles(object, "y"),         tiles(object, "width"),
            tiles(object, "height"), flag_of(object, "ellipse"), {}};
  for (const Json& corner : list_of(object, "polygon")) {
    out.corners.push_back({out.x + tiles(corner, "x"), out.y + tiles(corner, "y")});
  }
  const double far = 2.0 * content::k_map_side.max;
  const bool sane = std::abs(out.x) <= far && std::abs(out.y) <= far && out.width <= far && out.height <= far;
  const bool shape = out.corners.empty() ? out.width > 0 && out.height > 0 : out.corners.size() >= 3;
  if (!sane || !shape || object.contains("polyline")) {
    reading.complain(object_place("zones", object), "must be a rectangle, an ellipse or a polygon on the map");
    return std::nullopt;
  }
  if (number_of(object, "rotation", 0) != 0) {
    reading.complain(object_place("zones", object), "must not be rotated");
    return std::nullopt;
  }
  return out;
}

std::int32_t read_level(const Reading& reading, const Json& object, const char* name, std::int32_t least) {
  const Json* property = find_property(object, name);
  const double value = property == nullptr ? -1 : number_of(*property, "value", -1);
  if (value == std::floor(value) && value >= least && value <= content::k_level.max) return static_cast<std::int32_t>(value);
  reading.complain(object_place("zones", object), std::string("property ") + name + " must be a whole number of " +
                                                      std::to_string(least) + ".." + std::to_string(content::k_level.max) +
                                                      " (Custom Properties in Tiled, of type int)");
  return least;
}

/// As Tiled writes colours: "#AARRGGBB" or "#RRGGBB"; white without.
std::uint32_t read_light(const Reading& reading, const Json& object) {
  const Json* property = find_property(object, "light");
  if (property == nullptr) return content::ZoneSpec{}.light;
  const std::string text = text_of(*property, "value");
  const std::string digits = text.size() == 9 ? text.substr(3) : text.size() == 7 ? text.substr(1) : "";
  if (text.starts_with('#') && digits.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos && !digits.empty()) {
    return static_cast<std::uint32_t>(std::stoul(digits, nullptr, 16));
  }
  reading.complain(object_place("zones", object), "property light must be of type color");
  return content::ZoneSpec{}.light;
}

bool read_flag(const Reading& reading, const Json& object, const char* name) {
  const Json* property = find_property(object, name);
  if (property == nullptr) return false;
  if (!property->contains("value") || !property->at("value").is_boolean()) {
    reading.complain(object_place("zones", object), std::string("property ") + name + " must be of type bool");
  }
  return flag_of(*property, "value");
}

content::ZoneSpec read_zone(const Reading& reading, const Json& object, const std::string& name) {
  content::ZoneSpec out;
  out.name = name;
  out.level_min = read_level(reading, object, "level_min", content::k_level.min);
  out.level_max = read_level(reading, object, "level_max", out.level_min);
  if (const Json* music = find_property(object, "music"); music != nullptr) {
    out.music = text_of(*music, "value");
    if (!out.music.empty() && !content::is_content_name(out.music)) {
      reading.complain(object_place("zones", object), "property music must be of a-z, 0-9 and _");
    }
  }
  out.light = read_light(reading, object);
  out.safe = read_flag(reading, object, "safe");
  out.free_fight = read_flag(reading, object, "free_fight");
  if (out.safe && out.free_fight) reading.complain(object_place("zones", object), "cannot be both safe and free_fight");
  return out;
}

}  // namespace

void read_zones(Reading& reading, const Json& layer) {
  content::MapSpec& map = reading.out;
  const std::int32_t columns = map.zone_columns();
  const std::int32_t rows = (map.height + content::k_zone_cell_tiles - 1) / content::k_zone_cell_tiles;
  map.zone_cells.assign(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows), content::k_no_zone);
  for (const Json& object : list_of(layer, "objects")) {
    const std::string name = type_of(object);
    if (!content::is_content_name(name)) {
      reading.complain(object_place("zones", object), "its type must be the zone's key, of a-z, 0-9 and _, is \"" + name + "\"");
      continue;
    }
    const std::optional<Shape> shape = read_shape(reading, object);
    if (!shape) continue;
    const auto same = [&](const content::ZoneSpec& zone) { return zone.name == name; };
    auto zone = std::find_if(map.zones.begin(), map.zones.end(), same);
    if (zone == map.zones.end()) zone = map.zones.insert(zone, read_zone(reading, object, name));
    const auto index = static_cast<std::uint8_t>(std::min<std::ptrdiff_t>(zone - map.zones.begin(), content::k_zones.max));
    for (std::int32_t cell = 0; cell < columns * rows; ++cell) {
      const double x = (cell % columns + 0.5) * content::k_zone_cell_tiles,
                   y = (cell / columns + 0.5) * content::k_zone_cell_tiles;
      if (shape->holds(x, y)) map.zone_cells[static_cast<std::size_t>(cell)] = index;
    }
  }
  if (map.zones.size() > static_cast<std::size_t>(content::k_zones.max)) {
    reading.complain("layer \"zones\"", "must be at most " + std::to_string(content::k_zones.max) + " zones");
  }
}

}  // namespace cudgel::bake_content
