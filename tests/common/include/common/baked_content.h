#pragma once
// The game's own content as the build baked it, for tests that play with the real thing. CUDGEL_BUILD_DIR, which ctest sets, says where.

#include <string>

#include "content/content.h"

namespace cudgel::test {

/// content.bin as it is on disk; empty when it is not there.
std::string baked_content_bytes();

/// Loaded once. Ends the process with the loader's sentence when it cannot be.
const content::Content& baked_content();

}  // namespace cudgel::test
