#pragma once
// Files of a test, in a directory of its own that goes with the test.

#include <string>

namespace cudgel::test {

/// A new directory that is removed with everything in it.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }
  /// Writes a file below it, making directories as needed; returns its full path.
  std::string write(const std::string& name, const std::string& bytes) const;

 private:
  std::string path_;
};

/// Empty when it cannot be read.
std::string read_whole_file(const std::string& path);

}  // namespace cudgel::test
