#pragma once
// Textured quads onto the canvas, few draw calls: quads that follow each other with the same texture become one. All colours and textures
// are premultiplied by alpha, so that one blend mode serves solid, faded and glowing things: alpha 0 with colour adds light.
// It knows nothing of tiles or bodies; its unit is the device pixel, y down.

#include <SDL.h>

#include <array>
#include <cstdint>
#include <vector>

#include "play/rect.h"

namespace cudgel::game {

struct Colour {
  std::uint8_t r = 255, g = 255, b = 255, a = 255;  ///< premultiplied
};

/// `r`, `g`, `b`, `alpha` in 0..1, straight.
Colour tint(float r, float g, float b, float alpha);
inline Colour faded(float alpha) { return tint(1, 1, 1, alpha); }
/// Light that is added to what is there.
Colour light(float r, float g, float b);

class Painter {
 public:
  Painter() = default;
  Painter(const Painter&) = delete;
  Painter& operator=(const Painter&) = delete;
  ~Painter();

  /// Makes window and renderer on the page's canvas; nullptr or a sentence for people.
  const char* open();
  /// An empty texture for premultiplied RGBA; -1 when the graphics card refuses the size.
  TextureId add_texture(int width, int height);
  /// A texture that can be painted between begin_target() and end_target(). Opaque, copied pixel by pixel: it is meant to be drawn at its own size.
  TextureId add_target(int width, int height);
  void remove_texture(TextureId texture);
  void begin_target(TextureId texture, Colour background);
  void end_target();
  /// Largest side of a texture that the graphics card takes, pixels.
  [[nodiscard]] int texture_side_max() const;
  /// Makes `texture` the one that the browser's texSubImage2D writes to.
  void bind_for_upload(TextureId texture);

  /// All that is drawn onto the screen from now on is multiplied by this; alpha is not looked at. Free of cost, unlike a veil over the canvas.
  void set_light(Colour light) { light_ = light; }
  void begin(Colour background);
  /// `source` in pixels of the texture.
  void quad(TextureId texture, const Rect& target, const Rect& source, Colour colour);
  /// Only the diamond inscribed in `target`: what a ground tile covers, without drawing its empty corners. Colours at top, right, bottom, left.
  void diamond(TextureId texture, const Rect& target, const Rect& source, const std::array<Colour, 4>& colours);
  void end();

  [[nodiscard]] float width() const { return width_; }  ///< device pixels
  [[nodiscard]] float height() const { return height_; }
  [[nodiscard]] float pixel_ratio() const { return pixel_ratio_; }
  [[nodiscard]] int draw_calls() const { return draw_calls_last_; }
  [[nodiscard]] int quads() const { return quads_last_; }

 private:
  struct Texture {
    SDL_Texture* handle = nullptr;
    float inverse_width = 1, inverse_height = 1;
  };
  SDL_Vertex* four(TextureId texture, Colour colour);
  [[nodiscard]] Colour lit(Colour colour) const;
  void flush();

  SDL_Window* window_ = nullptr;
  SDL_Renderer* renderer_ = nullptr;
  std::vector<Texture> textures_;
  std::vector<SDL_Vertex> vertices_;
  std::vector<int> indices_;  ///< the same pattern for every quad, grown once
  TextureId current_ = -1;
  Colour light_;
  bool onto_screen_ = true;  ///< not onto a target, which is lit when it is drawn itself
  float width_ = 1, height_ = 1, pixel_ratio_ = 1;
  int draw_calls_ = 0, draw_calls_last_ = 0;
  int quads_ = 0, quads_last_ = 0;
};

}  // namespace cudgel::game
