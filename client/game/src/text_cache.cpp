#include "text_cache.h"

#include <algorithm>

#include "browser.h"

namespace cudgel::game {

namespace {
constexpr int k_texture_px = 1024;  ///< side; about 300 names at pixel ratio 1, 40 at 3
constexpr int k_glow_px = 96;
/// Lines come in steps of this height so that a cleared line fits texts of about the same size again.
constexpr int k_line_step_px = 8;
}  // namespace

Rect TextCache::glow() { return {0, 0, k_glow_px, k_glow_px}; }
// From the middle of the white square, so that filtering finds white on all sides.
Rect TextCache::white() { return {k_glow_px + 3, 3, 2, 2}; }

bool TextCache::open(Painter& painter) {
  texture_ = painter.add_texture(k_texture_px, k_texture_px);
  if (texture_ < 0) return false;
  painter.bind_for_upload(texture_);
  browser::upload_glow(k_glow_px);
  next_y_ = k_glow_px + 2;
  return true;
}

std::size_t TextCache::line_for(int width, int height) {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (lines_[i].height == height && lines_[i].used + width <= k_texture_px) return i;
  }
  if (next_y_ + height <= k_texture_px) {
    Line line;
    line.y = next_y_;
    line.height = height;
    next_y_ += height;
    lines_.push_back(std::move(line));
    return lines_.size() - 1;
  }
  std::size_t oldest = lines_.size();
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const bool fits = lines_[i].height >= height && lines_[i].last_frame < frame_;
    if (fits && (oldest == lines_.size() || lines_[i].last_frame < lines_[oldest].last_frame)) oldest = i;
  }
  if (oldest < lines_.size()) {
    for (const std::string& key : lines_[oldest].keys) entries_.erase(key);
    lines_[oldest].keys.clear();
    lines_[oldest].used = 0;
  }
  return oldest;
}

Rect TextCache::text(Painter& painter, const std::string& text, int size_px) {
  const std::string key = std::to_string(size_px) + '\n' + text;
  const auto found = entries_.find(key);
  if (found != entries_.end()) {
    lines_[found->second.line].last_frame = frame_;
    return found->second.source;
  }
  const int outline_px = std::max(2, size_px / 9);
  const int width = std::min(browser::text_width(text, size_px, outline_px), k_texture_px);
  const int height = static_cast<int>(static_cast<float>(size_px) * 1.32F) + outline_px * 2;
  const int line_height = (height + k_line_step_px) / k_line_step_px * k_line_step_px;
  const std::size_t line = line_for(width + 1, line_height);
  if (line == lines_.size()) return {};
  Line& place = lines_[line];
  ++written_;
  painter.bind_for_upload(texture_);
  browser::upload_text(text, size_px, outline_px, place.used, place.y, width, height);
  Entry entry;
  entry.line = line;
  entry.source = {static_cast<float>(place.used), static_cast<float>(place.y), static_cast<float>(width),
                  static_cast<float>(height)};
  place.used += width + 1;
  place.last_frame = frame_;
  place.keys.push_back(key);
  entries_.emplace(key, entry);
  return entry.source;
}

}  // namespace cudgel::game
