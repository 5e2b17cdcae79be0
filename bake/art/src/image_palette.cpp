// PNG with a palette, for icons. Colours are chosen by median cut (Heckbert 1982): the box with the longest side is split at
// its median until there are enough.
#include <algorithm>
#include <array>
#include <cstring>
#include <unordered_map>

#include "png_encode.h"

namespace cudgel::bake {
namespace {

std::uint8_t part(const Rgba& c, int channel) {
  return std::array<std::uint8_t, 4>{c.r, c.g, c.b, c.a}[static_cast<std::size_t>(channel)];
}

struct Box {
  std::size_t from = 0, to = 0;
  int channel = 0, spread = 0;
};

Box measured(const std::vector<Rgba>& colors, std::size_t from, std::size_t to) {
  Box box{from, to, 0, 0};
  for (int c = 0; c < 4; ++c) {
    int low = 255, high = 0;
    for (std::size_t i = from; i < to; ++i) {
      low = std::min<int>(low, part(colors[i], c));
      high = std::max<int>(high, part(colors[i], c));
    }
    if (high - low > box.spread) {
      box.spread = high - low;
      box.channel = c;
    }
  }
  return box;
}

std::vector<Rgba> choose_palette(std::vector<Rgba> colors, std::size_t most) {
  std::vector<Box> boxes{measured(colors, 0, colors.size())};
  while (boxes.size() < most) {
    const auto widest =
        std::max_element(boxes.begin(), boxes.end(), [](const Box& a, const Box& b) { return a.spread < b.spread; });
    if (widest->spread == 0) break;
    const Box box = *widest;
    const std::size_t middle = (box.from + box.to) / 2;
    std::nth_element(colors.begin() + static_cast<std::ptrdiff_t>(box.from), colors.begin() + static_cast<std::ptrdiff_t>(middle),
                     colors.begin() + static_cast<std::ptrdiff_t>(box.to),
                     [&](const Rgba& a, const Rgba& b) { return part(a, box.channel) < part(b, box.channel); });
    *widest = measured(colors, box.from, middle);
    boxes.push_back(measured(colors, middle, box.to));
  }
  std::vector<Rgba> palette;
  for (const Box& box : boxes) {
    std::array<std::size_t, 4> sum{};
    for (std::size_t i = box.from; i < box.to; ++i)
      for (std::size_t c = 0; c < 4; ++c) sum[c] += part(colors[i], static_cast<int>(c));
    const std::size_t n = std::max<std::size_t>(1, box.to - box.from);
    const auto mean = [&](std::size_t c) { return static_cast<std::uint8_t>((sum[c] + n / 2) / n); };
    palette.push_back({mean(0), mean(1), mean(2), mean(3)});
  }
  return palette;
}

std::uint8_t nearest(const std::vector<Rgba>& palette, const Rgba& color) {
  int best = 1 << 30;
  std::size_t at = 0;
  for (std::size_t i = 0; i < palette.size(); ++i) {
    int d = 0;
    for (int c = 0; c < 4; ++c) {
      const int e = part(palette[i], c) - part(color, c);
      d += e * e;
    }
    if (d < best) {
      best = d;
      at = i;
    }
  }
  return static_cast<std::uint8_t>(at);
}

}  // namespace

std::vector<std::uint8_t> encode_small_png(const Image& image, std::string& error) {
  std::vector<Rgba> colors;
  for (const Rgba& p : image.pixels)
    if (p.a > 0) colors.push_back(p);
  std::vector<Rgba> palette{{0, 0, 0, 0}};
  if (!colors.empty()) {
    const std::vector<Rgba> chosen = choose_palette(std::move(colors), 255);
    palette.insert(palette.end(), chosen.begin(), chosen.end());
  }
  std::vector<std::uint8_t> indices;
  indices.reserve(image.pixels.size());
  std::unordered_map<std::uint32_t, std::uint8_t> known;
  for (const Rgba& p : image.pixels) {
    std::uint32_t key = 0;
    std::memcpy(&key, &p, sizeof key);
    const auto [found, fresh] = known.try_emplace(key, 0);
    if (fresh) found->second = p.a == 0 ? std::uint8_t{0} : nearest(palette, p);
    indices.push_back(found->second);
  }
  return write_png(image.width, image.height, indices.data(), palette, error);
}

}  // namespace cudgel::bake
