#pragma once
// The page's files, read into memory once: what is not in the table does not exist, so no path of a request ever reaches the
// file system.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace cudgel::net {

struct WebFile {
  std::string bytes;
  std::string gzip_bytes;  ///< of the sibling NAME.gz; empty when there is none or it is no smaller
  std::string etag;        ///< quoted fingerprint of the bytes
  const char* content_type = "application/octet-stream";
  bool immutable = false;  ///< the name holds a fingerprint: may be kept for ever
};

/// All files together; a page larger than this is a mistake.
inline constexpr std::uint64_t k_web_bytes_max = 256ULL * 1024 * 1024;

class WebFiles {
 public:
  WebFiles() = default;
  /// Reads `directory` and what is below it, without names that begin with a dot. The error names the file.
  static base::Result<WebFiles, std::string> load(const std::string& directory);
  /// The file of that URL path, or nullptr. "/" is "/index.html", and "/name" is "/name.html" where there is no file "name".
  [[nodiscard]] const WebFile* find(std::string_view path) const;
  [[nodiscard]] std::size_t size() const { return files_.size(); }

 private:
  std::map<std::string, WebFile, std::less<>> files_;
};

/// By extension; application/octet-stream when unknown.
const char* content_type_of(std::string_view path);
/// True for names like client.5f3a9c01.js: a dot, at least 8 hex digits, a dot.
bool has_fingerprint(std::string_view path);

}  // namespace cudgel::net
