#include "play/chart.h"

#include <algorithm>
#include <array>
#include <utility>

#include "content/region.h"
#include "play/json.h"

namespace cudgel::game {
namespace {

constexpr double k_wire_steps_per_tile = 64;

using Pixel = std::array<std::uint8_t, 3>;

Pixel colour_of(content::Ground ground) {
  switch (ground) {
    case content::Ground::grass:
      return {104, 138, 62};
    case content::Ground::path:
      return {176, 142, 94};
    case content::Ground::water:
      return {58, 114, 132};
    case content::Ground::forest_floor:
      return {78, 104, 56};
    case content::Ground::dirt:
      return {122, 112, 98};
    case content::Ground::cave_floor:
      return {112, 118, 128};
    case content::Ground::cobble:
      return {158, 150, 138};
    case content::Ground::rock:
      return {128, 120, 108};
  }
  return {};
}

/// A tree, a rock, a house: what one cannot walk through stands darker out of the ground.
Pixel standing_on(content::Ground ground) {
  Pixel pixel = colour_of(ground);
  for (std::uint8_t& part : pixel) part = static_cast<std::uint8_t>(part * 9 / 16);
  return pixel;
}

struct Place {
  std::int32_t x = 0, y = 0;
};
Place place_of(const content::MapSpec& map, std::size_t tile) {
  const auto width = static_cast<std::size_t>(map.width);
  return {static_cast<std::int32_t>(tile % width), static_cast<std::int32_t>(tile / width)};
}

bool has_come(const content::MapSpec& map, std::size_t tile) {
  if (map.here.empty()) return true;
  const Place at = place_of(map, tile);
  const std::int32_t region = at.y / content::k_region_tiles * content::regions_along(map.width) + at.x / content::k_region_tiles;
  return map.here[static_cast<std::size_t>(region)] != 0;
}

Pixel rough_pixel(const content::MapSpec& map, std::size_t tile) {
  const Place at = place_of(map, tile);
  const std::int32_t columns = (map.width + content::k_chart_cell_tiles - 1) / content::k_chart_cell_tiles;
  const auto cell = static_cast<std::size_t>(at.y / content::k_chart_cell_tiles * columns + at.x / content::k_chart_cell_tiles);
  const auto ground = static_cast<content::Ground>(map.chart[cell] & ~content::k_chart_stands);
  return (map.chart[cell] & content::k_chart_stands) != 0 ? standing_on(ground) : colour_of(ground);
}

/// How far each square of the grid of zones is from the next that belongs to another zone (in steps along the sides).
std::vector<int> depths(const content::MapSpec& map) {
  const std::int32_t columns = map.zone_columns();
  const auto rows = static_cast<std::int32_t>(map.zone_cells.size()) / columns;
  std::vector<int> out(map.zone_cells.size(), -1);
  std::vector<std::size_t> now, next;
  const auto at = [&](std::int32_t x, std::int32_t y) { return static_cast<std::size_t>(y * columns + x); };
  const auto neighbours = [&](std::size_t cell, auto&& visit) {
    const auto x = static_cast<std::int32_t>(cell) % columns, y = static_cast<std::int32_t>(cell) / columns;
    for (const auto& [dx, dy] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
      if (x + dx >= 0 && y + dy >= 0 && x + dx < columns && y + dy < rows)
        visit(at(x + dx, y + dy));
      else
        visit(map.zone_cells.size());
    }
  };
  for (std::size_t cell = 0; cell < out.size(); ++cell) {
    bool edge = false;
    neighbours(cell,
               [&](std::size_t other) { edge = edge || other == out.size() || map.zone_cells[other] != map.zone_cells[cell]; });
    if (edge) out[cell] = 0, now.push_back(cell);
  }
  for (int depth = 1; !now.empty(); ++depth) {
    next.clear();
    for (const std::size_t cell : now) {
      neighbours(cell, [&](std::size_t other) {
        if (other == out.size() || out[other] >= 0) return;
        out[other] = depth;
        next.push_back(other);
      });
    }
    now.swap(next);
  }
  return out;
}

void places(Json& json, std::string_view name, std::span<const core::BodyView> bodies, sim::Kind kind) {
  json.key(name).open('[');
  for (const core::BodyView& body : bodies) {
    if (body.kind != kind || body.action == sim::Action::dead) continue;
    json.open('[').value(body.x).value(body.y).close(']');
  }
  json.close(']');
}

}  // namespace

std::vector<std::uint8_t> chart_pixels(const content::MapSpec& map) {
  std::vector<std::uint8_t> pixels;
  pixels.reserve(map.ground.size() * 4);
  for (std::size_t tile = 0; tile < map.ground.size(); ++tile) {
    const bool stands = map.blocked[tile] != 0 && map.ground[tile] != content::Ground::water;
    const Pixel pixel = !has_come(map, tile) ? rough_pixel(map, tile)
                        : stands             ? standing_on(map.ground[tile])
                                             : colour_of(map.ground[tile]);
    pixels.insert(pixels.end(), {pixel[0], pixel[1], pixel[2], 255});
  }
  return pixels;
}

std::string zones_json(const content::MapSpec& map) {
  Json json;
  json.open('[');
  const std::vector<int> depth = map.zone_cells.empty() ? std::vector<int>() : depths(map);
  for (std::size_t zone = 0; zone < map.zones.size(); ++zone) {
    std::size_t best = depth.size();
    for (std::size_t cell = 0; cell < depth.size(); ++cell) {
      if (map.zone_cells[cell] == zone && (best == depth.size() || depth[cell] > depth[best])) best = cell;
    }
    if (best == depth.size()) continue;
    const content::ZoneSpec& spec = map.zones[zone];
    const auto columns = static_cast<std::size_t>(map.zone_columns());
    const auto middle = [](std::size_t cell) { return (static_cast<double>(cell) + 0.5) * content::k_zone_cell_tiles; };
    json.open('{')
        .field("name", std::string_view(spec.name))
        .field("level_min", spec.level_min)
        .field("level_max", spec.level_max);
    json.field("safe", spec.safe).field("free_fight", spec.free_fight);
    json.field("x", middle(best % columns)).field("y", middle(best / columns)).close('}');
  }
  json.close(']');
  return json.take();
}

std::string chart_marks_json(core::GameClient& client) {
  Json json;
  const content::MapSpec* map = client.map();
  json.open('{').field("width", map == nullptr ? 0 : map->width).field("height", map == nullptr ? 0 : map->height);
  json.field("regions",
             map == nullptr ? std::int64_t{0} : static_cast<std::int64_t>(std::count(map->here.begin(), map->here.end(), 1)));
  json.key("self");
  if (const auto self = client.self_view()) {
    json.open('{').field("x", self->x).field("y", self->y).field("heading", std::uint32_t{self->facing}).close('}');
  } else {
    json.null();
  }
  const auto others = client.others();
  places(json, "players", others, sim::Kind::player);
  places(json, "foes", others, sim::Kind::monster);
  json.key("dogs").open('[');
  for (const core::BodyView& body : others) {
    const bool own = body.kind == sim::Kind::summoned && body.master != 0 && body.master == client.replica().own().id.index + 1;
    if (own && body.action != sim::Action::dead) json.open('[').value(body.x).value(body.y).close(']');
  }
  json.close(']').key("mates").open('[');
  for (const replication::PartyView::Mate& mate : client.party().mates) {
    if (mate.id == client.replica().own().id) continue;
    // In view it is where it is drawn; elsewhere where it was told to be half a second ago.
    const auto seen = std::find_if(others.begin(), others.end(), [&](const core::BodyView& body) { return body.id == mate.id; });
    const bool in_view = seen != others.end();
    json.open('[').value(in_view ? seen->x : mate.x / k_wire_steps_per_tile);
    json.value(in_view ? seen->y : mate.y / k_wire_steps_per_tile).close(']');
  }
  json.close(']').close('}');
  return json.take();
}

}  // namespace cudgel::game
