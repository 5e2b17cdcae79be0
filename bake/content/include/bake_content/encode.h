#pragma once
// From tables to the bytes of content.bin, page.bin and the regions. The same tables always give the same bytes. Checks nothing:
// Content::load and content::decode_region do.

#include <cstdint>
#include <vector>

#include "bake_content/tables.h"
#include "content/content.h"
#include "content/region.h"

namespace cudgel::bake_content {

/// What page.bin has in place of tiles and props.
struct PagePart {
  std::uint64_t whole = 0;             ///< hash of content.bin
  std::vector<std::uint64_t> regions;  ///< hash of each region's bytes, row by row
};

/// content.bin; with `part`: page.bin.
std::vector<std::uint8_t> encode(const Tables& tables, const content::MapSpec& map, const PagePart* part = nullptr);
std::vector<std::uint8_t> encode_region(const content::Region& region);

}  // namespace cudgel::bake_content
