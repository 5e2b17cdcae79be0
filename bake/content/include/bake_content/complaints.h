#pragma once
// What is wrong with the content files, one line each, in the order of finding: "FILE: PLACE: REASON". The baker collects
// instead of stopping at the first, so that a person can mend all of them in one go.

#include <string>
#include <vector>

namespace cudgel::bake_content {

class Complaints {
 public:
  /// `place` may be empty: then the whole file is meant.
  void add(const std::string& file, const std::string& place, const std::string& reason) {
    lines_.push_back(place.empty() ? file + ": " + reason : file + ": " + place + ": " + reason);
  }
  [[nodiscard]] bool none() const { return lines_.empty(); }
  [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }

 private:
  std::vector<std::string> lines_;
};

}  // namespace cudgel::bake_content
