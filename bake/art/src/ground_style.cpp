#include "ground_style.h"

#include "json_cursor.h"

namespace cudgel::bake {
namespace {

struct Wanted {
  std::vector<const char*> colors, numbers;
};

Wanted wanted(GroundKind kind) {
  switch (kind) {
    case GroundKind::grass:
      return {{"dark", "light", "dry", "flower_a", "flower_b"},
              {"blades_per_tile", "blade_px_low", "blade_px_high", "flowers_per_tile"}};
    case GroundKind::path:
      return {{"earth", "earth_dark", "pebble", "grass_low", "grass_high"}, {"pebbles_per_tile", "blades_per_tile"}};
    case GroundKind::water:
      return {{"deep", "shallow", "foam", "bank", "bank_dark", "grass_low", "grass_high", "glint"},
              {"bank_px", "blades_per_tile"}};
    case GroundKind::litter:
      return {{"earth", "earth_dark", "moss", "leaf_a", "leaf_b", "needle", "grass_low", "grass_high"},
              {"leaves_per_tile", "needles_per_tile", "blades_per_tile"}};
    case GroundKind::stones:
      return {{"stone", "stone_b", "gap", "grass_low", "grass_high"},
              {"stones_per_side", "jitter", "gap", "dome", "pebbles_per_tile", "blades_per_tile"}};
  }
  return {};
}

}  // namespace

GroundStyle parse_ground_style(const ModelText& text, const std::string& name, std::string& error) {
  GroundStyle s;
  try {
    const Json json = Json::parse(text.merged);
    const Cursor root(json, text.file, "");
    root.has("note");
    root.child("kind");
    s.kind = root.one_of<GroundKind>("kind", GroundKind::grass,
                                     {{"grass", GroundKind::grass},
                                      {"path", GroundKind::path},
                                      {"water", GroundKind::water},
                                      {"litter", GroundKind::litter},
                                      {"stones", GroundKind::stones}});
    s.later = parse_later(root, name);
    s.seed = root.whole("seed", 1, 1, 1 << 20);
    const Wanted want = wanted(s.kind);
    const Cursor colors = root.child("colors"), numbers = root.child("numbers");
    colors.want_object();
    numbers.want_object();
    for (const char* key : want.colors) {
      const Vec c = colors.child(key).color();
      s.colors[key] = {std::pow(c.x, 1 / 2.2F), std::pow(c.y, 1 / 2.2F), std::pow(c.z, 1 / 2.2F)};
    }
    for (const char* key : want.numbers) {
      numbers.child(key);
      s.numbers[key] = numbers.number(key, 0, 0, 5000);
    }
    colors.refuse_unknown();
    numbers.refuse_unknown();
    root.refuse_unknown();
  } catch (const ContentError& e) {
    error = e.what();
  } catch (const Json::exception& e) {
    error = text.file + ": document: " + e.what();
  }
  return s;
}

}  // namespace cudgel::bake
