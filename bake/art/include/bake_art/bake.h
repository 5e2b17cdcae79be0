// The whole bake: from model and tile files to atlas pages, atlas.bin and portraits, with a cache of rendered bodies.
// It prints progress and, on error, one line with file, field and reason.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "bake_art/image.h"
#include "bake_art/model.h"

namespace cudgel::bake {

struct BakedAnimation {
  std::string name;
  int frame_ms = 100;
  int frames = 1;
  int directions = 1;
  int impact_frame = 0;
  bool loop = true;
  bool additive = false;
  std::vector<Sprite> sprites;            // direction * frames + frame
  std::vector<Sprite> shadows;            // the same number, or none
  std::vector<std::uint8_t> behind = {};  // of a layer: 1 where it comes before that of its bare parts; the same number, or none
};

struct BakedFile {
  std::string name;
  std::vector<std::uint8_t> bytes;
};

// One body of the atlas, or only files (portraits, icons) when it has no animations.
struct BakedBody {
  std::string name;
  int height_px = 0;
  std::string later;  // see Model; not kept in the cache
  std::vector<BakedAnimation> animations;
  std::vector<BakedFile> files;
};

// Runs jobs 0..count-1 on `threads` threads and returns when all are done.
void run_parallel(int threads, int count, const std::function<void(int)>& job);

// Renders all animations and portraits of a model. `only_direction` 0..7 leaves the other directions empty; -1: all.
BakedBody bake_body(const Model& model, int threads, int only_direction, std::string& error);

// Draws the ground described by a tile file: see docs/ART.md for its kinds.
BakedBody bake_ground(const ModelText& text, const std::string& name, std::string& error);

// Checks a tile file and tells the pages it asks for (see Model::later).
std::string ground_later(const ModelText& text, const std::string& name, std::string& error);

// Keeps baked bodies between runs. Key: hash of the merged text and of the renderer's own sources.
class Cache {
 public:
  explicit Cache(std::string folder) : folder_(std::move(folder)) {}
  bool load(const std::string& name, const std::string& text, BakedBody& body) const;
  void save(const std::string& text, const BakedBody& body) const;  // failing to write only costs time

 private:
  std::string path(const std::string& name, const std::string& text) const;
  std::string folder_;
};

struct AtlasFiles {
  std::vector<BakedFile> files;  // atlas.bin and the pages
  int pages = 0;
  std::int64_t pixels_used = 0;
};

// Packs all sprites and writes pages and index. Bodies are sorted by name. `still` is for the pages of ground, props and
// effects, `moving` for those of bodies. What comes later has pages of its own, behind all others.
AtlasFiles build_atlas(std::vector<BakedBody>& bodies, const WebpOptions& still, const WebpOptions& moving, std::string& error);

// All sprites over grass with names, and a small mock scene: for looking at, not for the game.
Image contact_sheet(const std::vector<BakedBody>& bodies, const std::string& only);
Image mock_scene(const std::vector<BakedBody>& bodies);

}  // namespace cudgel::bake
