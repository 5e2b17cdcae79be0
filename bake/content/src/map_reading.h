#pragma once
// What the readers of the map's layers share: the map that grows, where complaints go, and how values are taken out of Tiled's JSON.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bake_content/complaints.h"
#include "bake_content/json_file.h"
#include "bake_content/row_reader.h"
#include "bake_content/tables.h"
#include "content/content.h"

namespace cudgel::bake_content {

/// Everything the functions below share; the map grows in `out`.
struct Reading {
  std::string file;
  const Tables& tables;
  Complaints& complaints;
  double tile_px = 0;  ///< length of a tile in object coordinates: Tiled's tileheight
  content::MapSpec out;

  void complain(const std::string& place, const std::string& reason) const { complaints.add(file, place, reason); }
  [[nodiscard]] std::size_t tile(std::int32_t x, std::int32_t y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(out.width) + static_cast<std::size_t>(x);
  }
};

inline std::string text_of(const Json& object, const char* key) {
  return object.is_object() && object.contains(key) && object.at(key).is_string() ? object.at(key).get<std::string>()
                                                                                  : std::string();
}

/// A finite number, or `otherwise`.
inline double number_of(const Json& object, const char* key, double otherwise) {
  if (!object.is_object() || !object.contains(key) || !object.at(key).is_number()) return otherwise;
  return object.at(key).get<double>();
}

inline bool flag_of(const Json& object, const char* key) {
  return object.is_object() && object.contains(key) && object.at(key).is_boolean() && object.at(key).get<bool>();
}

/// Tiled called it "type", then "class" (1.9), then "type" again.
inline std::string type_of(const Json& object) {
  const std::string type = text_of(object, "type");
  return type.empty() ? text_of(object, "class") : type;
}

inline const Json& list_of(const Json& object, const char* key) {
  static const Json k_empty = Json::array();
  return object.is_object() && object.contains(key) && object.at(key).is_array() ? object.at(key) : k_empty;
}

inline std::string object_place(const char* layer, const Json& object) {
  const auto coordinate = [&](const char* key) {
    return shown(object.is_object() && object.contains(key) ? object.at(key) : Json());
  };
  return "layer \"" + std::string(layer) + "\" object " + coordinate("id") + " at x=" + coordinate("x") + " y=" + coordinate("y");
}

/// The number of each tile of a layer: stored as CSV, or as base64 with zlib, gzip or no compression. Nothing and a complaint when it
/// cannot be read or has another size than the map.
std::optional<std::vector<std::uint32_t>> read_tile_numbers(const Reading& reading, const std::string& place, const Json& layer);
/// Layer "ground".
void read_ground(Reading& reading, const Json& json, const Json& layer);
/// Layer "growth": a prop on each tile that has one.
void read_growth(Reading& reading, const Json& json, const Json& layer);
/// Layer "zones".
void read_zones(Reading& reading, const Json& layer);
/// Makes a prop stand at `position`, with the tiles that it blocks.
void put_prop(Reading& reading, std::uint16_t prop, base::Vec2 position);
/// Custom properties, as Tiled keeps them: a list of { name, type, value }; nullptr without.
const Json* find_property(const Json& object, const char* name);

}  // namespace cudgel::bake_content
