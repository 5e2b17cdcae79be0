#pragma once
// A file as bytes, without reading it into memory first: recordings may be larger than that.

#include <memory>
#include <span>
#include <string>

#include "base/result.h"

namespace cudgel::replay {

class FileBytes {
 public:
  static base::Result<std::unique_ptr<FileBytes>, std::string> open(const std::string& path);
  ~FileBytes();
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;
  [[nodiscard]] std::span<const std::uint8_t> bytes() const { return bytes_; }

 private:
  explicit FileBytes(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  std::span<const std::uint8_t> bytes_;
};

}  // namespace cudgel::replay
