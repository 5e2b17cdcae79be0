#include "recorder/recording_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace cudgel::recorder {

base::Result<std::unique_ptr<RecordingFile>, std::string> RecordingFile::create(const std::string& path) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor < 0) {
    if (errno == EEXIST) return base::fail(path + ": is there already; recordings are never overwritten, name another file");
    return base::fail(path + ": cannot be made: " + std::strerror(errno));
  }
  return std::unique_ptr<RecordingFile>(new RecordingFile(descriptor, path));
}

RecordingFile::~RecordingFile() { close(descriptor_); }

base::Result<void, std::string> RecordingFile::append(std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return base::fail(path_ + ": cannot be written: " + std::strerror(errno));
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace cudgel::recorder
