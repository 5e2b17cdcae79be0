#include "parse_layer.h"

namespace cudgel::bake_sound {

namespace {

constexpr std::size_t k_layers_max = 12;
constexpr std::size_t k_filters_max = 4;
constexpr std::size_t k_points_max = 16;
constexpr double k_ms_max = 60000;
constexpr double k_value_min = 0.01;   ///< hertz, or a factor to a note's pitch
constexpr double k_value_max = 12000;  ///< hertz: half the sample rate

std::string numbered(const std::string& path, std::size_t i) { return path + "[" + std::to_string(i) + "]"; }

bool in_range(const Json& value, double low, double high) {
  return value.is_number() && value.get<double>() >= low && value.get<double>() <= high;
}

// 440, or [[0, 440], [80, 110]]: milliseconds and value, ascending.
Curve parse_curve(RowReader& row, const char* key, double otherwise, const Place& place) {
  Curve curve;
  curve.points = {{0, otherwise}};
  const Json* value = row.value(key);
  if (value == nullptr) return curve;
  if (in_range(*value, k_value_min, k_value_max)) {
    curve.points[0].value = value->get<double>();
    return curve;
  }
  const auto complain = [&](const std::string& where, const std::string& reason) {
    place.complaints.add(place.file, row.place_of(key) + where, reason);
  };
  if (!value->is_array() || value->empty() || value->size() > k_points_max) {
    complain("", "must be a number 0.01..12000 or 1.." + std::to_string(k_points_max) + " points [milliseconds, value], is " +
                     bake_content::shown(*value));
    return curve;
  }
  std::vector<Curve::Point> points;
  for (std::size_t i = 0; i < value->size(); ++i) {
    const Json& point = (*value)[i];
    if (!point.is_array() || point.size() != 2 || !in_range(point[0], 0, k_ms_max) ||
        !in_range(point[1], k_value_min, k_value_max)) {
      complain(numbered("", i), "must be [0..60000 ms, 0.01..12000], is " + bake_content::shown(point));
      return curve;
    }
    if (i > 0 && point[0].get<double>() <= points.back().at_ms) {
      complain(numbered("", i), "must be later than the point before it");
      return curve;
    }
    points.push_back({point[0].get<double>(), point[1].get<double>()});
  }
  curve.points = std::move(points);
  return curve;
}

Filter parse_filter(const Json& json, const std::string& path, const Place& place) {
  RowReader row(json, place.file, path, place.complaints);
  Filter filter;
  filter.kind = static_cast<FilterKind>(row.one_of("kind", {"low", "high", "band"}));
  filter.hz = parse_curve(row, "hz", 1000, place);
  filter.q = row.decimal("q", filter.q, 0.3, 30);
  return filter;
}

Envelope parse_envelope(RowReader& row) {
  Envelope e;
  e.attack_ms = row.decimal("attack_ms", e.attack_ms, 0.1, k_ms_max);
  e.hold_ms = row.decimal("hold_ms", e.hold_ms, 0, k_ms_max);
  e.decay_ms = row.decimal("decay_ms", e.decay_ms, 1, k_ms_max);
  e.sustain = row.decimal("sustain", e.sustain, 0, 1);
  e.release_ms = row.decimal("release_ms", e.release_ms, 1, k_ms_max);
  return e;
}

Layer parse_layer(const Json& json, const std::string& path, const Place& place) {
  RowReader row(json, place.file, path, place.complaints);
  Layer layer;
  layer.wave = static_cast<Wave>(row.one_of("wave", {"sine", "triangle", "saw", "square", "noise", "pluck"}));
  layer.hz = parse_curve(row, "hz", 1, place);
  layer.at_ms = row.decimal("at_ms", layer.at_ms, 0, k_ms_max);
  layer.level_db = row.decimal("level_db", layer.level_db, -60, 24);
  layer.envelope = parse_envelope(row);
  layer.fm_ratio = row.decimal("fm_ratio", layer.fm_ratio, 0.01, 32);
  layer.fm_index = row.decimal("fm_index", layer.fm_index, 0, 32);
  layer.fm_decay_ms = row.decimal("fm_decay_ms", layer.fm_decay_ms, 1, k_ms_max);
  layer.vibrato_hz = row.decimal("vibrato_hz", layer.vibrato_hz, 0.01, 40);
  layer.vibrato_semitones = row.decimal("vibrato_semitones", layer.vibrato_semitones, 0, 12);
  layer.rough_hz = row.decimal("rough_hz", layer.rough_hz, 1, 400);
  layer.rough_depth = row.decimal("rough_depth", layer.rough_depth, 0, 1);
  layer.swell_hz = row.decimal("swell_hz", layer.swell_hz, 0.01, 40);
  layer.swell_depth = row.decimal("swell_depth", layer.swell_depth, 0, 1);
  layer.drive = row.decimal("drive", layer.drive, 0, 20);
  const Json* filters = row.value("filters");
  if (filters == nullptr) return layer;
  if (!filters->is_array() || filters->size() > k_filters_max) {
    row.complain("filters", "must be a list of at most " + std::to_string(k_filters_max));
    return layer;
  }
  for (std::size_t i = 0; i < filters->size(); ++i) {
    layer.filters.push_back(parse_filter((*filters)[i], numbered(row.place_of("filters"), i), place));
  }
  return layer;
}

}  // namespace

std::vector<Layer> parse_layers(const Json& list, const std::string& path, const Place& place) {
  std::vector<Layer> layers;
  if (list.is_null()) return layers;
  if (!list.is_array() || list.empty() || list.size() > k_layers_max) {
    place.complaints.add(place.file, path, "must be a list of 1.." + std::to_string(k_layers_max) + " layers");
    return layers;
  }
  for (std::size_t i = 0; i < list.size(); ++i) layers.push_back(parse_layer(list[i], numbered(path, i), place));
  return layers;
}

Reverb parse_reverb(RowReader& row, const Place& place) {
  Reverb reverb;
  const Json* json = row.value("reverb");
  if (json == nullptr) return reverb;
  RowReader inner(*json, place.file, row.place_of("reverb"), place.complaints);
  reverb.share = inner.decimal("share", 0.2, 0, 1);
  reverb.seconds = inner.decimal("seconds", reverb.seconds, 0.05, 5);
  return reverb;
}

}  // namespace cudgel::bake_sound
