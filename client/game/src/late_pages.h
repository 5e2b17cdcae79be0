#pragma once
// Atlas pages that are not fetched before play: asks the browser for one when a picture on it is wanted, and puts it onto a texture of
// its own when it has come. Until then its sprites have no texture and must not be drawn; what failed is asked for again after a while.

#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

#include "painter.h"
#include "play/atlas.h"

namespace cudgel::game {

class LatePages {
 public:
  /// Both must outlive this.
  LatePages(Painter& painter, Atlas& atlas);
  /// A picture on `page` would be drawn now.
  void want(std::size_t page, double now_ms);
  /// The browser has it decoded (Module.pictures), or could not get it.
  void came(std::size_t page, bool fetched, double now_ms);
  /// Takes one of those that have come onto the graphics card: once per display frame, for several at once would be a hitch. Which; or nothing.
  std::optional<std::size_t> take_in(double now_ms);

 private:
  enum class State : std::uint8_t { absent, asked, waits, here };
  struct Page {
    State state = State::absent;
    double not_before_ms = 0;
  };
  Painter& painter_;
  Atlas& atlas_;
  std::vector<Page> pages_;
  std::deque<std::size_t> waiting_;
};

}  // namespace cudgel::game
