#include "bake_sound/mp3.h"

#include <lame/lame.h>

#include <memory>

namespace cudgel::bake_sound {

namespace {
constexpr int k_quality = 2;  ///< 0 best and slowest .. 9
struct Close {
  void operator()(lame_global_flags* encoder) const { lame_close(encoder); }
};
}  // namespace

std::vector<std::uint8_t> encode_mp3(const Samples& samples, int kbit_per_s) {
  const std::unique_ptr<lame_global_flags, Close> encoder(lame_init());
  if (!encoder) return {};
  lame_set_in_samplerate(encoder.get(), k_sample_rate);
  lame_set_out_samplerate(encoder.get(), k_sample_rate);
  lame_set_num_channels(encoder.get(), 1);
  lame_set_mode(encoder.get(), MONO);
  lame_set_brate(encoder.get(), kbit_per_s);
  lame_set_quality(encoder.get(), k_quality);
  lame_set_bWriteVbrTag(encoder.get(), 0);  // some browsers cut the beginning by it and some do not
  if (lame_init_params(encoder.get()) < 0) return {};
  std::vector<std::uint8_t> bytes(samples.size() * 5 / 4 +
                                  7200 * 2);  // the library's own upper bound, and once more for the flush
  const int body = lame_encode_buffer_ieee_float(encoder.get(), samples.data(), nullptr, static_cast<int>(samples.size()),
                                                 bytes.data(), static_cast<int>(bytes.size()));
  if (body < 0) return {};
  const int tail = lame_encode_flush(encoder.get(), bytes.data() + body, static_cast<int>(bytes.size()) - body);
  if (tail < 0) return {};
  bytes.resize(static_cast<std::size_t>(body) + static_cast<std::size_t>(tail));
  return bytes;
}

}  // namespace cudgel::bake_sound
