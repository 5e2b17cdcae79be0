#include "bake_art/pack.h"

#include <algorithm>
#include <numeric>

namespace cudgel::bake {
namespace {

// The upper edge of what is placed so far, as flat pieces from left to right ("skyline").
class Page {
 public:
  explicit Page(int size) : size_(size), pieces_{{0, 0, size}} {}

  bool place(int w, int h, int& out_x, int& out_y) {
    int best = -1, best_y = size_ + 1;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const int y = resting_height(i, w);
      if (y >= 0 && y + h <= size_ && y < best_y) {
        best_y = y;
        best = static_cast<int>(i);
      }
    }
    if (best < 0) return false;
    out_x = pieces_[static_cast<std::size_t>(best)].x;
    out_y = best_y;
    raise(out_x, w, best_y + h);
    return true;
  }

 private:
  struct Piece {
    int x, y, w;
  };

  int resting_height(std::size_t first, int w) const {
    if (pieces_[first].x + w > size_) return -1;
    int y = 0, left = w;
    for (std::size_t i = first; left > 0; ++i) {
      y = std::max(y, pieces_[i].y);
      left -= pieces_[i].w;
    }
    return y;
  }

  void raise(int x, int w, int y) {
    std::vector<Piece> next;
    bool done = false;
    for (const Piece& p : pieces_) {
      const int cut_left = std::max(0, std::min(p.x + p.w, x) - p.x), cut_right = std::max(0, p.x + p.w - std::max(p.x, x + w));
      if (cut_left > 0) next.push_back({p.x, p.y, cut_left});
      if (!done && p.x + p.w > x) {
        next.push_back({x, y, w});
        done = true;
      }
      if (cut_right > 0) next.push_back({p.x + p.w - cut_right, p.y, cut_right});
    }
    pieces_ = std::move(next);
  }

  int size_;
  std::vector<Piece> pieces_;
};

}  // namespace

int pack(std::vector<PackedRect>& rects, int page_size, int padding) {
  std::vector<std::size_t> order(rects.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return rects[a].height != rects[b].height ? rects[a].height > rects[b].height : rects[a].width > rects[b].width;
  });
  std::vector<Page> pages;
  for (const std::size_t i : order) {
    PackedRect& r = rects[i];
    r.page = r.x = r.y = 0;
    if (r.width == 0 || r.height == 0) continue;
    if (r.width + padding > page_size || r.height + padding > page_size) return -1;
    for (r.page = 0;; ++r.page) {
      if (r.page == static_cast<int>(pages.size())) pages.emplace_back(page_size);
      if (pages[static_cast<std::size_t>(r.page)].place(r.width + padding, r.height + padding, r.x, r.y)) break;
    }
  }
  return static_cast<int>(pages.size());
}

}  // namespace cudgel::bake
