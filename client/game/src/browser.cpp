#include "browser.h"

#include <emscripten.h>
#include <emscripten/heap.h>
#include <emscripten/html5.h>

// The bodies are JavaScript. GLctx is the WebGL context that SDL draws with.
// clang-format off
EM_JS(int, cudgel_js_upload_picture, (int index, int x, int y), {
  const picture = Module['pictures'] && Module['pictures'][index];
  if (!picture) return 0;
  GLctx.texSubImage2D(GLctx.TEXTURE_2D, 0, x, y, GLctx.RGBA, GLctx.UNSIGNED_BYTE, picture);
  if (picture.close) picture.close();
  Module['pictures'][index] = null;
  return 1;
});

EM_JS(void, cudgel_js_answer_targets_once, (), {
  const context = GLctx;
  const ask = context.checkFramebufferStatus.bind(context);
  let complete = 0;
  context.checkFramebufferStatus = (target) => complete || (ask(target) === context.FRAMEBUFFER_COMPLETE ? (complete = context.FRAMEBUFFER_COMPLETE) : 0);
});

EM_JS(void, cudgel_js_fetch_page, (const char* file, int index), { Module['fetchPage'](UTF8ToString(file), index); });

EM_JS(void, cudgel_js_fetch_region, (int column, int row), { Module['fetchRegion'](column, row); });

// One scratch canvas for all writing.
EM_JS(void, cudgel_js_prepare_text, (int size_px, int outline_px), {
  if (!Module['scratch']) {
    const canvas = document.createElement('canvas');
    Module['scratch'] = canvas.getContext('2d', { willReadFrequently: true });
  }
  const context = Module['scratch'];
  context.font = '600 ' + size_px + 'px "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "DejaVu Sans", sans-serif';
  context.textBaseline = 'alphabetic';
  context.lineJoin = 'round';
  context.lineWidth = outline_px * 2;
  context.strokeStyle = 'rgba(18, 11, 6, 0.88)';
  context.fillStyle = '#fff';
});

EM_JS(int, cudgel_js_text_width, (const char* text, int outline_px), {
  return Math.ceil(Module['scratch'].measureText(UTF8ToString(text)).width) + outline_px * 2 + 2;
});

EM_JS(void, cudgel_js_size_scratch, (int width, int height), {
  const canvas = Module['scratch'].canvas;
  // Setting the size also empties the canvas and forgets the font.
  canvas.width = width;
  canvas.height = height;
});

EM_JS(void, cudgel_js_paint_text, (const char* text, int size_px, int outline_px), {
  const context = Module['scratch'];
  const words = UTF8ToString(text);
  const baseline = Math.round(outline_px + size_px * 1.02);
  if (outline_px > 0) context.strokeText(words, outline_px + 1, baseline);
  context.fillText(words, outline_px + 1, baseline);
});

EM_JS(void, cudgel_js_paint_glow, (int size), {
  const context = Module['scratch'];
  const half = size / 2;
  const light = context.createRadialGradient(half, half, 0, half, half, half);
  light.addColorStop(0, 'rgba(255,255,255,1)');
  light.addColorStop(0.25, 'rgba(255,255,255,0.55)');
  light.addColorStop(0.6, 'rgba(255,255,255,0.14)');
  light.addColorStop(1, 'rgba(255,255,255,0)');
  context.fillStyle = light;
  context.fillRect(0, 0, size, size);
  context.fillStyle = '#fff';
  context.fillRect(size, 0, 8, 8);
});

EM_JS(void, cudgel_js_upload_scratch, (int x, int y), {
  GLctx.pixelStorei(GLctx.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
  GLctx.texSubImage2D(GLctx.TEXTURE_2D, 0, x, y, GLctx.RGBA, GLctx.UNSIGNED_BYTE, Module['scratch'].canvas);
  GLctx.pixelStorei(GLctx.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
});

EM_JS(double, cudgel_js_pixel_ratio, (), { return window.devicePixelRatio || 1; });

EM_JS(void, cudgel_js_resized, (), { window.dispatchEvent(new UIEvent('resize')); });

EM_JS(void, cudgel_js_start_sound, (int sound, int take, float gain, float pan, float rate), {
  if (Module['start_sound']) Module['start_sound'](sound, take, gain, pan, rate);
});
// clang-format on

namespace {
double render_scale = 1;  // SDL asks for it through a function without arguments
}

/// In place of the library's: SDL sizes the canvas by it, at the start and whenever the window says that it was resized.
extern "C" double emscripten_get_device_pixel_ratio() { return cudgel_js_pixel_ratio() * render_scale; }

namespace cudgel::game::browser {

double now_ms() { return emscripten_get_now(); }

std::size_t memory_bytes() { return emscripten_get_heap_size(); }

void answer_targets_once() { cudgel_js_answer_targets_once(); }

bool upload_picture(int index, int x, int y) { return cudgel_js_upload_picture(index, x, y) != 0; }

void fetch_page(const std::string& file, int index) { cudgel_js_fetch_page(file.c_str(), index); }

void fetch_region(int column, int row) { cudgel_js_fetch_region(column, row); }

int text_width(const std::string& text, int size_px, int outline_px) {
  cudgel_js_prepare_text(size_px, outline_px);
  return cudgel_js_text_width(text.c_str(), outline_px);
}

void upload_text(const std::string& text, int size_px, int outline_px, int x, int y, int width, int height) {
  cudgel_js_size_scratch(width, height);
  cudgel_js_prepare_text(size_px, outline_px);
  cudgel_js_paint_text(text.c_str(), size_px, outline_px);
  cudgel_js_upload_scratch(x, y);
}

void upload_glow(int size) {
  cudgel_js_prepare_text(16, 0);
  cudgel_js_size_scratch(size + 8, size);
  cudgel_js_paint_glow(size);
  cudgel_js_upload_scratch(0, 0);
}

void set_resolution(double scale) {
  render_scale = scale;
  cudgel_js_resized();
}

void start_sound(int sound, int take, float gain, float pan, float rate) { cudgel_js_start_sound(sound, take, gain, pan, rate); }

void run_each_frame(void (*frame)(void*), void* argument) {
  emscripten_set_main_loop_arg(frame, argument, 0, 0);
  emscripten_set_main_loop_timing(EM_TIMING_RAF, 1);
}

}  // namespace cudgel::game::browser
