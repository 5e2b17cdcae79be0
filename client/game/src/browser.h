#pragma once
// What only the browser can do for the scene: decode pictures and draw writing in any script. Each function is a few lines of
// JavaScript (browser.cpp); nothing else in the game calls JavaScript.

#include <cstddef>
#include <string>

namespace cudgel::game::browser {

double now_ms();
/// How large the program's memory is.
std::size_t memory_bytes();

/// SDL asks at each change of the render target whether it is complete, and the answer waits until the graphics process has done everything before it:
/// tens of milliseconds. All targets are of one kind, so one answer serves them all. Once, when the context is there.
void answer_targets_once();

/// Copies the page's decoded picture `index` (Module.pictures) to (x, y) of the texture that Painter::bind_for_upload made current; false when it is
/// missing.
bool upload_picture(int index, int x, int y);

/// The page fetches and decodes the picture `file` and then calls cudgel_page_came(index, whether it could).
/// The page fetches a region of the map and then calls cudgel_region_came.
void fetch_region(int column, int row);
void fetch_page(const std::string& file, int index);

/// Width in pixels that draw_text will need, outline included.
int text_width(const std::string& text, int size_px, int outline_px);
/// White writing with a dark outline into the current texture at (x, y), `width` x `height` pixels.
void upload_text(const std::string& text, int size_px, int outline_px, int x, int y, int width, int height);
/// A soft round light of `size` pixels at (0, 0) of the current texture and a white square of 8 pixels right of it.
void upload_glow(int size);

/// From now on the canvas has `scale` (0..1] pixels per pixel of the screen, along each side; the browser enlarges it.
void set_resolution(double scale);

/// The page begins a sound of the book (play/ears.h), unless it is silent.
void start_sound(int sound, int take, float gain, float pan, float rate);

/// Calls frame(argument) once per display frame from now on; returns at once.
void run_each_frame(void (*frame)(void*), void* argument);

}  // namespace cudgel::game::browser
