#pragma once
// From tables to the bytes of content.bin. The same tables always give the same bytes. Checks nothing: Content::load does.

#include <cstdint>
#include <vector>

#include "bake_content/tables.h"
#include "content/content.h"

namespace cudgel::bake_content {
std::vector<std::uint8_t> encode(const Tables& tables, const content::MapSpec& map);
}
