// cudgel-bake-content: checks assets/content and assets/maps and bakes them to content.bin, and to page.bin and map/*.bin for the page. Exit status 0: written;
// 1: the content has mistakes, one line each on stderr; 2: wrong options or the file cannot be written.

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

#include "bake_content/bake.h"

namespace {

constexpr const char* k_usage =
    "usage: cudgel-bake-content --assets DIR --out DIR\n"
    "  --assets DIR   where content/*.json, maps/vale.tmj and models/*.json are\n"
    "  --out DIR      where content.bin, page.bin and map/*.bin go; each is replaced only as a whole, and only when everything "
    "is right\n";

/// Beside the target first, then renamed over it: nobody ever sees half a file.
bool write_file(const std::filesystem::path& target, const std::vector<std::uint8_t>& bytes) {
  std::filesystem::path partial = target;
  partial += ".partial";
  std::ofstream file(partial, std::ios::binary | std::ios::trunc);
  file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  file.close();
  std::error_code error;
  if (file) std::filesystem::rename(partial, target, error);
  if (file && !error) return true;
  std::filesystem::remove(partial, error);
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  std::filesystem::path assets;
  std::filesystem::path out;
  for (int i = 1; i < argc; ++i) {
    const bool is_assets = std::strcmp(argv[i], "--assets") == 0;
    if (std::strcmp(argv[i], "--help") == 0) {
      std::fputs(k_usage, stdout);
      return 0;
    }
    if ((!is_assets && std::strcmp(argv[i], "--out") != 0) || i + 1 == argc) {
      std::fprintf(stderr, "cudgel-bake-content: %s: unknown, or without its directory\n%s", argv[i], k_usage);
      return 2;
    }
    (is_assets ? assets : out) = argv[++i];
  }
  if (assets.empty() || out.empty()) {
    std::fputs(k_usage, stderr);
    return 2;
  }

  const cudgel::bake_content::Baked baked = cudgel::bake_content::bake(assets);
  for (const std::string& line : baked.complaints) std::fprintf(stderr, "%s\n", line.c_str());
  if (!baked.complaints.empty()) {
    std::fprintf(stderr, "cudgel-bake-content: %zu mistakes, nothing was written\n", baked.complaints.size());
    return 1;
  }
  std::error_code error;
  std::filesystem::remove_all(out / "map", error);  // regions of a larger map would stay
  std::filesystem::create_directories(out / "map", error);
  std::vector<cudgel::bake_content::BakedFile> files = baked.regions;
  files.push_back({"page.bin", baked.page_bytes});
  files.push_back({"content.bin", baked.bytes});
  for (const auto& [name, bytes] : files) {
    if (write_file(out / name, bytes)) continue;
    std::fprintf(stderr, "cudgel-bake-content: %s cannot be written\n", (out / name).c_str());
    return 2;
  }
  std::printf("content.bin: %zu bytes: %s\n", baked.bytes.size(), baked.summary.c_str());
  return 0;
}
