#include "file_bytes.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace cudgel::replay {

base::Result<std::unique_ptr<FileBytes>, std::string> FileBytes::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (descriptor < 0 || fstat(descriptor, &status) != 0) {
    const std::string why = std::strerror(errno);
    if (descriptor >= 0) close(descriptor);
    return base::fail(path + ": cannot be read: " + why);
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  if (!S_ISREG(status.st_mode) || size == 0) {
    close(descriptor);
    return base::fail(path + (S_ISREG(status.st_mode) ? ": is empty" : ": is no file"));
  }
  void* memory = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  const std::string why = std::strerror(errno);
  close(descriptor);
  if (memory == MAP_FAILED) return base::fail(path + ": cannot be read: " + why);
  return std::unique_ptr<FileBytes>(new FileBytes({static_cast<const std::uint8_t*>(memory), size}));
}

FileBytes::~FileBytes() { munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size()); }

}  // namespace cudgel::replay
