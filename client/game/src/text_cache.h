#pragma once
// Writing inside the scene: each text is drawn once by the browser into one texture and kept until the room is needed; then the line
// of the texture that was used least recently is cleared. The same texture holds a white square (bars) and a round glow, so that
// everything drawn above the bodies is one draw call.

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "painter.h"

namespace cudgel::game {

class TextCache {
 public:
  /// Makes the texture; false when the graphics card refuses.
  bool open(Painter& painter);
  /// Call once per display frame: what was used in the current frame is never thrown away.
  void begin_frame() {
    ++frame_;
    written_ = 0;
  }
  /// Pieces of writing that were made in this display frame.
  [[nodiscard]] int written() const { return written_; }

  /// Where the text stands in the texture (w, h are its size in device pixels); an empty rectangle when there is no room in this frame.
  Rect text(Painter& painter, const std::string& text, int size_px);

  [[nodiscard]] TextureId texture() const { return texture_; }
  [[nodiscard]] static Rect glow();
  [[nodiscard]] static Rect white();

 private:
  struct Line {
    int y = 0;
    int height = 0;
    int used = 0;  ///< pixels from the left
    std::uint64_t last_frame = 0;
    std::vector<std::string> keys;
  };
  struct Entry {
    Rect source;
    std::size_t line = 0;
  };
  /// Index of a line with room, or lines_.size().
  std::size_t line_for(int width, int height);

  TextureId texture_ = -1;
  std::uint64_t frame_ = 1;
  int next_y_ = 0;
  int written_ = 0;
  std::vector<Line> lines_;
  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace cudgel::game
