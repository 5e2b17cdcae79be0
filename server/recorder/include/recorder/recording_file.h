#pragma once
// The file of a recording: made new, appended to chunk by chunk. Never overwrites what is there.

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"

namespace cudgel::recorder {

/// Where the recorder's bytes go; tests put one that fails or waits in its place.
class Sink {
 public:
  virtual ~Sink() = default;
  /// All of it or an error that names the file. After an error nothing more is appended.
  virtual base::Result<void, std::string> append(std::span<const std::uint8_t> bytes) = 0;
  [[nodiscard]] virtual const std::string& name() const = 0;
};

class RecordingFile final : public Sink {
 public:
  /// A file that exists is refused: a recording may be the only trace of a fault.
  static base::Result<std::unique_ptr<RecordingFile>, std::string> create(const std::string& path);
  ~RecordingFile() override;
  RecordingFile(const RecordingFile&) = delete;
  RecordingFile& operator=(const RecordingFile&) = delete;

  base::Result<void, std::string> append(std::span<const std::uint8_t> bytes) override;
  [[nodiscard]] const std::string& name() const override { return path_; }

 private:
  RecordingFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}

  int descriptor_;
  std::string path_;
};

}  // namespace cudgel::recorder
