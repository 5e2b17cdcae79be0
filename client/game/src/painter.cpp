#include "painter.h"

#include <algorithm>

#include "browser.h"

namespace cudgel::game {

namespace {
/// More quads than this in one call gain nothing; the buffer stays small.
constexpr std::size_t k_quads_per_call_max = 4096;

std::uint8_t byte_of(float value) { return static_cast<std::uint8_t>(std::clamp(value, 0.0F, 1.0F) * 255.0F + 0.5F); }
}  // namespace

Colour tint(float r, float g, float b, float alpha) {
  return {byte_of(r * alpha), byte_of(g * alpha), byte_of(b * alpha), byte_of(alpha)};
}

Colour light(float r, float g, float b) { return {byte_of(r), byte_of(g), byte_of(b), 0}; }

Painter::~Painter() {
  for (const Texture& texture : textures_) {
    if (texture.handle != nullptr) SDL_DestroyTexture(texture.handle);
  }
  if (renderer_ != nullptr) SDL_DestroyRenderer(renderer_);
  if (window_ != nullptr) SDL_DestroyWindow(window_);
}

const char* Painter::open() {
  SDL_SetHint(SDL_HINT_RENDER_DRIVER, "opengles2");
  SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "linear");
  SDL_SetHint(SDL_HINT_RENDER_BATCHING, "1");
  // Keys typed into the page's own fields are none of the game's business.
  SDL_SetHint(SDL_HINT_EMSCRIPTEN_KEYBOARD_ELEMENT, "#canvas");
  if (SDL_Init(SDL_INIT_VIDEO) != 0) return "This browser would not give the game a canvas to draw on.";
  SDL_GL_SetAttribute(SDL_GL_ALPHA_SIZE, 0);
  SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
  SDL_GL_SetAttribute(SDL_GL_STENCIL_SIZE, 0);
  window_ = SDL_CreateWindow("Cudgel", SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED, 640, 360,
                             SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
  if (window_ != nullptr) renderer_ = SDL_CreateRenderer(window_, -1, SDL_RENDERER_ACCELERATED);
  if (renderer_ == nullptr) return "The game needs WebGL, and this browser or its settings do not allow it.";
  browser::answer_targets_once();
  return nullptr;
}

TextureId Painter::add_texture(int width, int height) {
  Texture texture;
  // RGBA byte by byte, which is what the browser's pictures are.
  texture.handle = SDL_CreateTexture(renderer_, SDL_PIXELFORMAT_ABGR8888, SDL_TEXTUREACCESS_STATIC, width, height);
  if (texture.handle == nullptr) return -1;
  texture.inverse_width = 1.0F / static_cast<float>(width);
  texture.inverse_height = 1.0F / static_cast<float>(height);
  const SDL_BlendMode premultiplied =
      SDL_ComposeCustomBlendMode(SDL_BLENDFACTOR_ONE, SDL_BLENDFACTOR_ONE_MINUS_SRC_ALPHA, SDL_BLENDOPERATION_ADD,
                                 SDL_BLENDFACTOR_ONE, SDL_BLENDFACTOR_ONE_MINUS_SRC_ALPHA, SDL_BLENDOPERATION_ADD);
  SDL_SetTextureBlendMode(texture.handle, premultiplied);
  textures_.push_back(texture);
  return static_cast<TextureId>(textures_.size()) - 1;
}

TextureId Painter::add_target(int width, int height) {
  Texture texture;
  texture.handle = SDL_CreateTexture(renderer_, SDL_PIXELFORMAT_ABGR8888, SDL_TEXTUREACCESS_TARGET, width, height);
  if (texture.handle == nullptr) return -1;
  texture.inverse_width = 1.0F / static_cast<float>(width);
  texture.inverse_height = 1.0F / static_cast<float>(height);
  SDL_SetTextureBlendMode(texture.handle, SDL_BLENDMODE_NONE);
  SDL_SetTextureScaleMode(texture.handle, SDL_ScaleModeNearest);
  textures_.push_back(texture);
  return static_cast<TextureId>(textures_.size()) - 1;
}

void Painter::remove_texture(TextureId texture) {
  flush();
  SDL_DestroyTexture(textures_[static_cast<std::size_t>(texture)].handle);
  textures_[static_cast<std::size_t>(texture)].handle = nullptr;
}

void Painter::begin_target(TextureId texture, Colour background) {
  flush();
  onto_screen_ = false;
  SDL_SetRenderTarget(renderer_, textures_[static_cast<std::size_t>(texture)].handle);
  SDL_SetRenderDrawColor(renderer_, background.r, background.g, background.b, 255);
  SDL_RenderClear(renderer_);
}

void Painter::end_target() {
  flush();
  onto_screen_ = true;
  SDL_SetRenderTarget(renderer_, nullptr);
}

int Painter::texture_side_max() const {
  SDL_RendererInfo info;
  if (SDL_GetRendererInfo(renderer_, &info) != 0) return 0;
  return std::min(info.max_texture_width, info.max_texture_height);
}

void Painter::bind_for_upload(TextureId texture) {
  // What was queued with the old contents must be drawn first.
  flush();
  SDL_GL_BindTexture(textures_[static_cast<std::size_t>(texture)].handle, nullptr, nullptr);
}

void Painter::begin(Colour background) {
  int w = 1, h = 1, window_w = 1, window_h = 1;
  SDL_GetRendererOutputSize(renderer_, &w, &h);
  SDL_GetWindowSize(window_, &window_w, &window_h);
  width_ = static_cast<float>(std::max(w, 1));
  height_ = static_cast<float>(std::max(h, 1));
  pixel_ratio_ = std::max(0.5F, width_ / static_cast<float>(std::max(window_w, 1)));
  draw_calls_ = 0;
  quads_ = 0;
  SDL_SetRenderDrawColor(renderer_, background.r, background.g, background.b, 255);
  SDL_RenderClear(renderer_);
}

Colour Painter::lit(Colour colour) const {
  if (!onto_screen_) return colour;
  const auto times = [](std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>((a * b + 127) / 255); };
  return {times(colour.r, light_.r), times(colour.g, light_.g), times(colour.b, light_.b), colour.a};
}

SDL_Vertex* Painter::four(TextureId texture, Colour colour) {
  if (texture != current_ || vertices_.size() >= k_quads_per_call_max * 4) flush();
  current_ = texture;
  ++quads_;
  SDL_Vertex vertex{};
  const Colour seen = lit(colour);
  vertex.color = {seen.r, seen.g, seen.b, seen.a};
  vertices_.insert(vertices_.end(), 4, vertex);
  return &vertices_[vertices_.size() - 4];
}

void Painter::quad(TextureId texture, const Rect& target, const Rect& source, Colour colour) {
  SDL_Vertex* v = four(texture, colour);
  const Texture& t = textures_[static_cast<std::size_t>(texture)];
  const float u0 = source.x * t.inverse_width, u1 = (source.x + source.w) * t.inverse_width;
  const float v0 = source.y * t.inverse_height, v1 = (source.y + source.h) * t.inverse_height;
  v[0].position = {target.x, target.y};
  v[0].tex_coord = {u0, v0};
  v[1].position = {target.x + target.w, target.y};
  v[1].tex_coord = {u1, v0};
  v[2].position = {target.x + target.w, target.y + target.h};
  v[2].tex_coord = {u1, v1};
  v[3].position = {target.x, target.y + target.h};
  v[3].tex_coord = {u0, v1};
}

void Painter::diamond(TextureId texture, const Rect& target, const Rect& source, const std::array<Colour, 4>& colours) {
  SDL_Vertex* v = four(texture, {});
  for (std::size_t i = 0; i < 4; ++i) v[i].color = {colours[i].r, colours[i].g, colours[i].b, colours[i].a};
  const Texture& t = textures_[static_cast<std::size_t>(texture)];
  const float u0 = source.x * t.inverse_width, u1 = (source.x + source.w) * t.inverse_width;
  const float v0 = source.y * t.inverse_height, v1 = (source.y + source.h) * t.inverse_height;
  const float um = (u0 + u1) * 0.5F, vm = (v0 + v1) * 0.5F;
  const float xm = target.x + target.w * 0.5F, ym = target.y + target.h * 0.5F;
  v[0].position = {xm, target.y};
  v[0].tex_coord = {um, v0};
  v[1].position = {target.x + target.w, ym};
  v[1].tex_coord = {u1, vm};
  v[2].position = {xm, target.y + target.h};
  v[2].tex_coord = {um, v1};
  v[3].position = {target.x, ym};
  v[3].tex_coord = {u0, vm};
}

void Painter::flush() {
  if (vertices_.empty()) return;
  const std::size_t quad_count = vertices_.size() / 4;
  for (auto q = static_cast<int>(indices_.size() / 6); q < static_cast<int>(quad_count); ++q) {
    for (const int corner : {0, 1, 2, 0, 2, 3}) indices_.push_back(q * 4 + corner);
  }
  SDL_RenderGeometry(renderer_, textures_[static_cast<std::size_t>(current_)].handle, vertices_.data(),
                     static_cast<int>(vertices_.size()), indices_.data(), static_cast<int>(quad_count * 6));
  vertices_.clear();
  ++draw_calls_;
}

void Painter::end() {
  flush();
  SDL_RenderPresent(renderer_);
  draw_calls_last_ = draw_calls_;
  quads_last_ = quads_;
}

}  // namespace cudgel::game
