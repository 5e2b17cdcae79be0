#include "net/web_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/hash.h"

namespace cudgel::net {
namespace {

namespace fs = std::filesystem;

bool hidden(const fs::path& relative) {
  return std::any_of(relative.begin(), relative.end(), [](const fs::path& part) { return part.native().starts_with('.'); });
}

base::Result<std::string, std::string> read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (!stream) return base::fail(path.string() + ": cannot be read");
  return bytes;
}

std::string etag_of(const std::string& bytes) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  return fmt::format("\"{:016x}\"", base::hash_bytes({data, bytes.size()}));
}

}  // namespace

base::Result<WebFiles, std::string> WebFiles::load(const std::string& directory) {
  WebFiles files;
  std::map<std::string, std::string> compressed;
  std::uint64_t total = 0;
  std::error_code error;
  fs::recursive_directory_iterator walk(directory, error);
  for (; !error && walk != fs::recursive_directory_iterator(); walk.increment(error)) {
    const fs::path relative = walk->path().lexically_relative(directory);
    if (hidden(relative) || !walk->is_regular_file()) continue;
    auto bytes = read_file(walk->path());
    if (!bytes) return base::fail(bytes.error());
    total += bytes->size();
    if (total > k_web_bytes_max) {
      return base::fail(fmt::format("{}: holds more than {} bytes; is it the page's directory?", directory, k_web_bytes_max));
    }
    std::string path = "/" + relative.generic_string();
    if (path.ends_with(".gz")) {
      compressed[path.substr(0, path.size() - 3)] = std::move(*bytes);
      continue;
    }
    WebFile file;
    file.etag = etag_of(*bytes);
    file.bytes = std::move(*bytes);
    file.content_type = content_type_of(path);
    file.immutable = has_fingerprint(path);
    files.files_.emplace(std::move(path), std::move(file));
  }
  if (error) return base::fail(directory + ": cannot be read: " + error.message());
  for (auto& [path, bytes] : compressed) {
    const auto found = files.files_.find(path);
    if (found != files.files_.end() && bytes.size() < found->second.bytes.size()) found->second.gzip_bytes = std::move(bytes);
  }
  return files;
}

const WebFile* WebFiles::find(std::string_view path) const {
  auto found = files_.find(path == "/" ? std::string_view("/index.html") : path);
  if (found == files_.end()) found = files_.find(std::string(path) + ".html");
  return found == files_.end() ? nullptr : &found->second;
}

const char* content_type_of(std::string_view path) {
  struct Type {
    std::string_view extension;
    const char* content_type;
  };
  constexpr std::array k_types{
      Type{".html", "text/html; charset=utf-8"},
      Type{".js", "text/javascript; charset=utf-8"},
      Type{".mjs", "text/javascript; charset=utf-8"},
      Type{".css", "text/css; charset=utf-8"},
      Type{".wasm", "application/wasm"},
      Type{".json", "application/json"},
      Type{".webmanifest", "application/manifest+json"},
      Type{".png", "image/png"},
      Type{".webp", "image/webp"},
      Type{".svg", "image/svg+xml"},
      Type{".ico", "image/x-icon"},
      Type{".txt", "text/plain; charset=utf-8"},
      Type{".mp3", "audio/mpeg"},
      Type{".ogg", "audio/ogg"},
      Type{".wav", "audio/wav"},
      Type{".bin", "application/octet-stream"},
  };
  for (const Type& type : k_types) {
    if (path.ends_with(type.extension)) return type.content_type;
  }
  return "application/octet-stream";
}

bool has_fingerprint(std::string_view path) {
  constexpr std::size_t k_digits_min = 8;
  const std::size_t slash = path.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  for (std::size_t dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.', dot + 1)) {
    const std::size_t end = name.find_first_not_of("0123456789abcdef", dot + 1);
    if (end != std::string_view::npos && name[end] == '.' && end - dot - 1 >= k_digits_min) return true;
  }
  return false;
}

}  // namespace cudgel::net
