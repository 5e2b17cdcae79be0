// cudgel-bake-art: renders assets/models and assets/tiles into the atlas the client draws from.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <thread>

#include "bake_art/bake.h"

namespace {

using namespace cudgel::bake;
namespace fs = std::filesystem;

struct Options {
  std::string assets, out, cache, sheet, scene, only;
  int jobs = 0;
  int look = -1;
};

constexpr const char* k_usage =
    "usage: cudgel-bake-art --assets DIR --out DIR [--cache DIR] [--jobs N] [--only NAME [--look D]] [--sheet FILE.png] [--scene "
    "FILE.png]\n"
    "  --assets DIR   the folder that holds models/ and tiles/\n"
    "  --out DIR      where atlas.bin, atlas_N.webp, portraits and icons go\n"
    "  --cache DIR    keeps rendered bodies, so that only changed ones are rendered again\n"
    "  --jobs N       threads (default: all cores)\n"
    "  --only NAME    bake bodies whose name begins with NAME, write no atlas (for trying a model)\n"
    "  --look D       with --only: render direction D (0..7) alone, quickly, and keep nothing\n"
    "  --sheet FILE   also write all sprites on one picture, for looking at\n"
    "  --scene FILE   also write a small mock scene\n";

// A whole number of low..high; complains otherwise.
bool read_number(const std::string& option, const std::string& text, int low, int high, int& out) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, out);
  if (error == std::errc() && stop == end && out >= low && out <= high) return true;
  std::fprintf(stderr, "cudgel-bake-art: %s must be %d..%d, is %s\n", option.c_str(), low, high, text.c_str());
  return false;
}

bool parse_options(int argc, char** argv, Options& o) {
  for (int i = 1; i < argc; ++i) {
    const std::string key = argv[i];
    if (key == "--help") return false;
    if (i + 1 >= argc) {
      std::fprintf(stderr, "cudgel-bake-art: %s needs a value\n", key.c_str());
      return false;
    }
    const std::string value = argv[++i];
    if (key == "--assets")
      o.assets = value;
    else if (key == "--out")
      o.out = value;
    else if (key == "--cache")
      o.cache = value;
    else if (key == "--sheet")
      o.sheet = value;
    else if (key == "--scene")
      o.scene = value;
    else if (key == "--only")
      o.only = value;
    else if (key == "--look") {
      if (!read_number(key, value, 0, 7, o.look)) return false;
    } else if (key == "--jobs") {
      if (!read_number(key, value, 1, 256, o.jobs)) return false;
    } else {
      std::fprintf(stderr, "cudgel-bake-art: unknown option %s\n", key.c_str());
      return false;
    }
  }
  if (o.look >= 0 && o.only.empty()) {
    std::fprintf(stderr, "cudgel-bake-art: --look needs --only: an atlas has all directions\n");
    return false;
  }
  if (o.jobs == 0) o.jobs = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  return !o.assets.empty() && !o.out.empty();
}

std::vector<fs::path> json_files(const fs::path& folder, std::string& error) {
  std::vector<fs::path> files;
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(folder, code))
    if (entry.is_regular_file() && entry.path().extension() == ".json") files.push_back(entry.path());
  if (code || files.empty()) error = folder.string() + ": no .json files there";
  std::sort(files.begin(), files.end());
  return files;
}

// Every file is read and checked before the first is rendered: a mistake shows at once.
struct Source {
  std::string name;
  ModelText text;
  Model model;
  bool ground = false;
  std::string later;  // of ground
};

bool read_sources(const Options& o, std::vector<Source>& sources) {
  bool good = true;
  const auto complain = [&](const std::string& error) {
    std::fprintf(stderr, "%s\n", error.c_str());
    good = false;
  };
  for (const char* kind : {"models", "tiles"}) {
    std::string error;
    for (const fs::path& file : json_files(fs::path(o.assets) / kind, error)) {
      Source s;
      s.name = file.stem().string();
      s.ground = std::string(kind) == "tiles";
      if (!o.only.empty() && !s.name.starts_with(o.only)) continue;
      std::string problem;
      s.text = load_model_text(file.string(), std::string("assets/") + kind + "/" + file.filename().string(), problem);
      if (problem.empty() && !s.ground) s.model = parse_model(s.text, s.name, problem);
      if (problem.empty() && s.ground) s.later = ground_later(s.text, s.name, problem);
      if (problem.empty())
        sources.push_back(std::move(s));
      else
        complain(problem);
    }
    if (!error.empty()) complain(error);
  }
  if (good && sources.empty()) complain("cudgel-bake-art: nothing in " + o.assets + " has a name that begins with " + o.only);
  return good;
}

bool write_file(const fs::path& path, const std::vector<std::uint8_t>& bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  out.close();  // what is still buffered may find the disk full
  if (!out) std::fprintf(stderr, "cudgel-bake-art: cannot write %s\n", path.string().c_str());
  return static_cast<bool>(out);
}

bool write_picture(const std::string& path, const Image& image) {
  std::string error;
  const auto bytes = encode_png(image, error);
  if (!error.empty()) std::fprintf(stderr, "cudgel-bake-art: %s: %s\n", path.c_str(), error.c_str());
  return error.empty() && write_file(path, bytes);
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

bool bake_all(const Options& o, const std::vector<Source>& sources, std::vector<BakedBody>& bodies) {
  const Cache cache(o.look >= 0 ? std::string() : o.cache);
  int n = 0;
  for (const Source& s : sources) {
    const auto start = std::chrono::steady_clock::now();
    BakedBody body;
    const bool kept = cache.load(s.name, s.text.merged, body);
    std::string error;
    if (!kept) {
      body = s.ground ? bake_ground(s.text, s.name, error) : bake_body(s.model, o.jobs, o.look, error);
      if (!error.empty()) {
        std::fprintf(stderr, "%s\n", error.c_str());
        return false;
      }
      cache.save(s.text.merged, body);
    }
    std::size_t pictures = 0;
    for (const BakedAnimation& a : body.animations) pictures += a.sprites.size();
    std::printf("art %2d/%zu  %-18s %4zu pictures  %s %.1f s\n", ++n, sources.size(), s.name.c_str(), pictures,
                kept ? "kept    " : "rendered", seconds_since(start));
    std::fflush(stdout);
    body.later = s.ground ? s.later : s.model.later;
    bodies.push_back(std::move(body));
  }
  return true;
}

bool write_outputs(const Options& o, std::vector<BakedBody>& bodies) {
  const auto start = std::chrono::steady_clock::now();
  std::string error;
  const AtlasFiles atlas = build_atlas(bodies, {74, 50, 6}, {52, 30, 6}, error);
  if (!error.empty()) {
    std::fprintf(stderr, "%s\n", error.c_str());
    return false;
  }
  std::error_code ignored;
  fs::create_directories(o.out, ignored);
  std::size_t total = 0;
  const auto put = [&](const BakedFile& f) {
    total += f.bytes.size();
    std::printf("art  %-24s %8zu bytes\n", f.name.c_str(), f.bytes.size());
    return write_file(fs::path(o.out) / f.name, f.bytes);
  };
  for (const BakedFile& f : atlas.files)
    if (!put(f)) return false;
  for (const BakedBody& b : bodies)
    for (const BakedFile& f : b.files)
      if (!put(f)) return false;
  std::printf("art  %d pages, %.1f million pixels of sprites, %zu bytes in all, packed and encoded in %.1f s\n", atlas.pages,
              static_cast<double>(atlas.pixels_used) / 1e6, total, seconds_since(start));
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  Options o;
  if (!parse_options(argc, argv, o)) {
    std::fputs(k_usage, stderr);
    return 2;
  }
  std::vector<Source> sources;
  if (!read_sources(o, sources)) return 1;
  std::vector<BakedBody> bodies;
  if (!bake_all(o, sources, bodies)) return 1;
  if (!o.sheet.empty() && !write_picture(o.sheet, contact_sheet(bodies, o.only))) return 1;
  if (!o.scene.empty() && !write_picture(o.scene, mock_scene(bodies))) return 1;
  if (!o.only.empty()) return 0;
  return write_outputs(o, bodies) ? 0 : 1;
}
