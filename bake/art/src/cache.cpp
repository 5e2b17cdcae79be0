#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "bake_art/bake.h"

// Set by CMake to a hash of the renderer's sources, so that a changed renderer never shows old pictures.
#ifndef CUDGEL_ART_RENDERER_HASH
#define CUDGEL_ART_RENDERER_HASH "unversioned"
#endif

namespace cudgel::bake {
namespace {

// FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/ (public domain method)
std::uint64_t hash(const std::string& text) {
  std::uint64_t h = 14695981039346656037ULL;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return h;
}

class Writer {
 public:
  void number(std::int32_t v) { bytes_.append(reinterpret_cast<const char*>(&v), sizeof v); }
  void blob(const void* data, std::size_t size) {
    number(static_cast<std::int32_t>(size));
    bytes_.append(static_cast<const char*>(data), size);
  }
  void text(const std::string& s) { blob(s.data(), s.size()); }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Reads what Writer wrote; anything short or odd makes ok() false and the body is rendered again.
class Reader {
 public:
  explicit Reader(std::string bytes) : bytes_(std::move(bytes)) {}
  std::int32_t number() {
    std::int32_t v = 0;
    take(&v, sizeof v);
    return v;
  }
  std::int32_t count(std::int32_t most) {
    const std::int32_t v = number();
    if (v < 0 || v > most) ok_ = false;
    return ok_ ? v : 0;
  }
  std::string text() {
    const auto size = static_cast<std::size_t>(count(1 << 27));
    if (size > bytes_.size() - at_) ok_ = false;
    std::string s(ok_ ? size : 0, '\0');
    take(s.data(), s.size());
    return s;
  }
  bool ok() const { return ok_; }
  bool at_end() const { return ok_ && at_ == bytes_.size(); }

 private:
  void take(void* out, std::size_t size) {
    if (!ok_ || bytes_.size() - at_ < size) {
      ok_ = false;
      return;
    }
    std::memcpy(out, bytes_.data() + at_, size);
    at_ += size;
  }
  std::string bytes_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

void write_sprites(Writer& w, const std::vector<Sprite>& sprites) {
  w.number(static_cast<std::int32_t>(sprites.size()));
  for (const Sprite& s : sprites) {
    for (const int v : {s.image.width, s.image.height, s.scale_log2, s.origin_x, s.origin_y}) w.number(v);
    w.blob(s.image.pixels.data(), s.image.pixels.size() * sizeof(Rgba));
  }
}

std::vector<Sprite> read_sprites(Reader& r) {
  std::vector<Sprite> sprites(static_cast<std::size_t>(r.count(100000)));
  for (Sprite& s : sprites) {
    const int width = r.count(4096), height = r.count(4096);
    s.scale_log2 = r.count(8);
    s.origin_x = r.number();
    s.origin_y = r.number();
    const std::string bytes = r.text();
    if (!r.ok() || bytes.size() != static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * sizeof(Rgba)) return {};
    s.image = Image(width, height);
    if (!bytes.empty()) std::memcpy(s.image.pixels.data(), bytes.data(), bytes.size());
  }
  return sprites;
}

// Not all that another renderer or text made: other work trees and branches share the folder. load() renews a file's time.
void remove_unused(const std::string& folder) {
  constexpr auto k_kept = std::chrono::hours(24 * 30);
  const auto now = std::filesystem::file_time_type::clock::now();
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const auto kind = entry->path().extension();
    std::error_code gone;  // another bake may be clearing up as well
    const auto used = entry->last_write_time(gone);
    if ((kind == ".body" || kind == ".part") && !gone && now - used > k_kept) std::filesystem::remove(entry->path(), gone);
  }
}

}  // namespace

std::string Cache::path(const std::string& name, const std::string& text) const {
  char key[32];
  std::snprintf(key, sizeof key, "%016llx",
                static_cast<unsigned long long>(hash(std::string(CUDGEL_ART_RENDERER_HASH) + '\n' + name + '\n' + text)));
  return folder_ + "/" + name + "-" + key + ".body";
}

bool Cache::load(const std::string& name, const std::string& text, BakedBody& body) const {
  if (folder_.empty()) return false;
  std::ifstream in(path(name, text), std::ios::binary);
  if (!in) return false;
  Reader r(std::string(std::istreambuf_iterator<char>(in), {}));
  BakedBody out;
  out.name = r.text();
  out.height_px = r.number();
  out.animations.resize(static_cast<std::size_t>(r.count(256)));
  for (BakedAnimation& a : out.animations) {
    a.name = r.text();
    a.frame_ms = r.count(5000);
    a.frames = r.count(1000);
    a.directions = r.count(1000);
    a.impact_frame = r.count(1000);
    a.loop = r.number() != 0;
    a.additive = r.number() != 0;
    a.sprites = read_sprites(r);
    a.shadows = read_sprites(r);
    const std::string behind = r.text();
    a.behind.assign(behind.begin(), behind.end());
    if (!r.ok() || a.sprites.size() != static_cast<std::size_t>(a.frames * a.directions)) return false;
    if (!a.shadows.empty() && a.shadows.size() != a.sprites.size()) return false;
    if (!a.behind.empty() && a.behind.size() != a.sprites.size()) return false;
  }
  out.files.resize(static_cast<std::size_t>(r.count(256)));
  for (BakedFile& f : out.files) {
    f.name = r.text();
    const std::string bytes = r.text();
    f.bytes.assign(bytes.begin(), bytes.end());
  }
  if (!r.at_end() || out.name != name) return false;
  in.close();
  std::error_code ignored;
  std::filesystem::last_write_time(path(name, text), std::filesystem::file_time_type::clock::now(), ignored);
  body = std::move(out);
  return true;
}

void Cache::save(const std::string& text, const BakedBody& body) const {
  if (folder_.empty()) return;
  Writer w;
  w.text(body.name);
  w.number(body.height_px);
  w.number(static_cast<std::int32_t>(body.animations.size()));
  for (const BakedAnimation& a : body.animations) {
    w.text(a.name);
    for (const int v : {a.frame_ms, a.frames, a.directions, a.impact_frame, a.loop ? 1 : 0, a.additive ? 1 : 0}) w.number(v);
    write_sprites(w, a.sprites);
    write_sprites(w, a.shadows);
    w.blob(a.behind.data(), a.behind.size());
  }
  w.number(static_cast<std::int32_t>(body.files.size()));
  for (const BakedFile& f : body.files) {
    w.text(f.name);
    w.blob(f.bytes.data(), f.bytes.size());
  }
  std::error_code ignored;
  std::filesystem::create_directories(folder_, ignored);
  const std::string file = path(body.name, text), part = file + ".part";
  {
    std::ofstream out(part, std::ios::binary);
    out << w.bytes();
    out.close();
    if (!out) return;
  }
  std::filesystem::rename(part, file, ignored);
  remove_unused(folder_);
}

}  // namespace cudgel::bake
