#pragma once
// The game's own content, baked by the build, for tests without a process.

#include "content/content.h"

namespace cudgel::test {
const content::Content& baked_content();
}
