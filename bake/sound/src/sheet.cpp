#include "sheet.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace cudgel::bake_sound {

namespace {

constexpr int k_wave_width = 360, k_spectrum_width = 360, k_row_height = 96, k_gap = 6;
constexpr std::size_t k_window = 512;
constexpr float k_nearly_clipped = 0.944F;  ///< -0.5 dB
constexpr double k_shown_db = 80;

void draw_wave(bake::Image& sheet, const Samples& samples, int top) {
  const int middle = top + k_row_height / 2;
  for (int x = 0; x < k_wave_width; ++x) {
    const std::size_t begin = samples.size() * static_cast<std::size_t>(x) / k_wave_width;
    const std::size_t end = std::max(begin + 1, samples.size() * (static_cast<std::size_t>(x) + 1) / k_wave_width);
    float low = 0, high = 0;
    for (std::size_t i = begin; i < std::min(end, samples.size()); ++i) {
      low = std::min(low, samples[i]);
      high = std::max(high, samples[i]);
    }
    const bool hot = std::max(-low, high) >= k_nearly_clipped;
    const int from = middle - static_cast<int>(high * k_row_height / 2), to = middle - static_cast<int>(low * k_row_height / 2);
    for (int y = from; y <= to; ++y) {
      if (sheet.holds(x, y)) sheet.at(x, y) = hot ? bake::Rgba{255, 60, 40, 255} : bake::Rgba{240, 210, 130, 255};
    }
  }
}

// Power at each of the window's frequencies, by definition: the sheet is small.
std::vector<double> spectrum(const Samples& samples, std::size_t begin, int bins) {
  std::vector<double> powers;
  for (int bin = 0; bin < bins; ++bin) {
    std::complex<double> sum;
    const double turn = 2 * std::numbers::pi * (bin + 0.5) / bins / 2;
    for (std::size_t i = 0; i < k_window && begin + i < samples.size(); ++i) {
      const double hann = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / k_window);
      sum += std::polar(hann * static_cast<double>(samples[begin + i]), -turn * static_cast<double>(i));
    }
    powers.push_back(std::norm(sum) * 4 / (k_window / 2.0) / (k_window / 2.0));
  }
  return powers;
}

void draw_spectrum(bake::Image& sheet, const Samples& samples, int top) {
  for (int x = 0; x < k_spectrum_width; ++x) {
    const auto begin = samples.size() * static_cast<std::size_t>(x) / k_spectrum_width;
    const auto powers = spectrum(samples, begin, k_row_height);
    for (int y = 0; y < k_row_height; ++y) {
      const double db = 10 * std::log10(powers[static_cast<std::size_t>(y)] + 1e-12);
      const double share = std::clamp(1 + db / k_shown_db, 0.0, 1.0);
      sheet.at(k_wave_width + k_gap + x, top + k_row_height - 1 - y) = {static_cast<std::uint8_t>(255 * share),
                                                                        static_cast<std::uint8_t>(255 * share * share),
                                                                        static_cast<std::uint8_t>(90 * (1 - share)), 255};
    }
  }
}

}  // namespace

bake::Image sound_sheet(const std::vector<Rendered>& sounds) {
  bake::Image sheet(k_wave_width + k_gap + k_spectrum_width, static_cast<int>(sounds.size()) * (k_row_height + k_gap),
                    {20, 16, 14, 255});
  int top = 0;
  for (const Rendered& sound : sounds) {
    draw_wave(sheet, sound.samples, top);
    draw_spectrum(sheet, sound.samples, top);
    top += k_row_height + k_gap;
  }
  return sheet;
}

}  // namespace cudgel::bake_sound
