// cudgel-bake-sound: synthesises assets/sounds into the files the browser plays. Exit status 0: written; 1: the recipes have mistakes, one
// line each on stderr; 2: wrong options or a file cannot be written.

#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

#include "bake_sound/bake.h"
#include "sheet.h"

namespace {

namespace fs = std::filesystem;
using namespace cudgel::bake_sound;

constexpr const char* k_usage =
    "usage: cudgel-bake-sound --assets DIR --out DIR [--sheet FILE.png]\n"
    "  --assets DIR   the folder that holds sounds/\n"
    "  --out DIR      where sounds.bin and the .mp3 files go\n"
    "  --sheet FILE   also draw the wave and the spectrum of every sound, for looking at, and list their loudness\n";

/// Beside the target first, then renamed over it: nobody ever sees half a file.
bool write_file(const fs::path& target, const std::vector<std::uint8_t>& bytes) {
  fs::path partial = target;
  partial += ".partial";
  std::ofstream file(partial, std::ios::binary | std::ios::trunc);
  file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  file.close();
  std::error_code error;
  if (file) fs::rename(partial, target, error);
  if (file && !error) return true;
  fs::remove(partial, error);
  std::fprintf(stderr, "cudgel-bake-sound: %s cannot be written\n", target.c_str());
  return false;
}

double decibels(float value) { return 20 * std::log10(std::max(static_cast<double>(value), 1e-6)); }

bool write_sheet(const fs::path& target, const std::vector<Rendered>& sounds) {
  for (const Rendered& sound : sounds) {
    std::printf("%-24s %6zu ms  peak %6.1f dB  rms %6.1f dB  loudest 0.1 s %6.1f dB\n", sound.name.c_str(),
                sound.samples.size() * 1000 / k_sample_rate, decibels(peak_of(sound.samples)), decibels(rms_of(sound.samples)),
                decibels(loudest_rms_of(sound.samples, 100)));
  }
  std::string error;
  const auto bytes = cudgel::bake::encode_png(sound_sheet(sounds), error);
  if (!error.empty()) std::fprintf(stderr, "cudgel-bake-sound: %s: %s\n", target.c_str(), error.c_str());
  return error.empty() && write_file(target, bytes);
}

}  // namespace

int main(int argc, char** argv) {
  fs::path assets, out, sheet;
  for (int i = 1; i < argc; ++i) {
    fs::path* value = std::strcmp(argv[i], "--assets") == 0  ? &assets
                      : std::strcmp(argv[i], "--out") == 0   ? &out
                      : std::strcmp(argv[i], "--sheet") == 0 ? &sheet
                                                             : nullptr;
    if (std::strcmp(argv[i], "--help") == 0) {
      std::fputs(k_usage, stdout);
      return 0;
    }
    if (value == nullptr || i + 1 == argc) {
      std::fprintf(stderr, "cudgel-bake-sound: %s: unknown, or without its value\n%s", argv[i], k_usage);
      return 2;
    }
    *value = argv[++i];
  }
  if (assets.empty() || out.empty()) {
    std::fputs(k_usage, stderr);
    return 2;
  }

  const Baked baked = bake(assets);
  for (const std::string& line : baked.complaints) std::fprintf(stderr, "%s\n", line.c_str());
  if (!baked.complaints.empty()) {
    std::fprintf(stderr, "cudgel-bake-sound: %zu mistakes, nothing was written\n", baked.complaints.size());
    return 1;
  }
  std::error_code error;
  fs::create_directories(out, error);
  for (const BakedFile& file : baked.files) {
    if (!write_file(out / file.name, file.bytes)) return 2;
    std::printf("sound  %-24s %8zu bytes\n", file.name.c_str(), file.bytes.size());
  }
  return sheet.empty() || write_sheet(sheet, baked.rendered) ? 0 : 2;
}
