#include "play/chart.h"

#include <array>

#include "play/json.h"

namespace cudgel::game {
namespace {

using Pixel = std::array<std::uint8_t, 3>;

Pixel colour_of(content::Ground ground) {
  switch (ground) {
    case content::Ground::grass:
      return {104, 138, 62};
    case content::Ground::path:
      return {176, 142, 94};
    case content::Ground::water:
      return {58, 114, 132};
  }
  return {};
}

/// A tree, a rock, a house: what one cannot walk through stands darker out of the ground.
Pixel standing_on(content::Ground ground) {
  Pixel pixel = colour_of(ground);
  for (std::uint8_t& part : pixel) part = static_cast<std::uint8_t>(part * 9 / 16);
  return pixel;
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
    const Pixel pixel = stands ? standing_on(map.ground[tile]) : colour_of(map.ground[tile]);
    pixels.insert(pixels.end(), {pixel[0], pixel[1], pixel[2], 255});
  }
  return pixels;
}

std::string chart_marks_json(core::GameClient& client) {
  Json json;
  const content::MapSpec* map = client.map();
  json.open('{').field("width", map == nullptr ? 0 : map->width).field("height", map == nullptr ? 0 : map->height);
  json.key("self");
  if (const auto self = client.self_view()) {
    json.open('{').field("x", self->x).field("y", self->y).field("heading", std::uint32_t{self->facing}).close('}');
  } else {
    json.null();
  }
  const auto others = client.others();
  places(json, "players", others, sim::Kind::player);
  places(json, "foes", others, sim::Kind::monster);
  json.close('}');
  return json.take();
}

}  // namespace cudgel::game
