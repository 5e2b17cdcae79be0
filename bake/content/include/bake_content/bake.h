#pragma once
// From the text files below assets/ to the bytes of content.bin. Reads files; writes none, and changes nothing it was given.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace cudgel::bake_content {

struct BakedFile {
  std::string name;  ///< below the output directory
  std::vector<std::uint8_t> bytes;
};

struct Baked {
  std::vector<std::uint8_t> bytes;       ///< content.bin, whole: for the server and the bots; empty when there is a complaint
  std::vector<std::uint8_t> page_bytes;  ///< page.bin: the same without the map's tiles and props
  std::vector<BakedFile> regions;        ///< those, square by square (content/region.h)
  std::vector<std::string> complaints;   ///< "assets/content/monsters.json: goblin_clubber.health: must be 1..30000, is 0"
  std::string summary;                   ///< one line about what was baked
};

/// Reads content/{classes,monsters,props,rules,levels}.json and maps/vale.tmj below `assets`. Sprite names are checked against
/// models/*.json when there are any. All mistakes are reported at once as far as they can be told apart.
Baked bake(const std::filesystem::path& assets);

}  // namespace cudgel::bake_content
