// Puts many small rectangles on few large pages without overlap. It knows nothing of what is in them.
#pragma once

#include <vector>

namespace cudgel::bake {

struct PackedRect {
  int width = 0, height = 0;   // in; padding is added by the packer
  int page = 0, x = 0, y = 0;  // out
};

// Returns the number of pages. Empty rectangles get page 0 and 0, 0. Rectangles larger than a page: returns -1.
int pack(std::vector<PackedRect>& rects, int page_size, int padding);

}  // namespace cudgel::bake
