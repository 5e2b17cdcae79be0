#pragma once
// Collects what is wrong with a content file while it is read. Knows ranges and kinds of text, not what a row means.

#include <string>
#include <string_view>

#include <flatbuffers/flatbuffers.h>

#include "content/content.h"
#include "content/limits.h"

namespace cudgel::content {

/// Remembers the first mistake and where it is; later checks say nothing more.
class Checker {
 public:
  [[nodiscard]] bool ok() const { return error_.empty(); }
  [[nodiscard]] ContentError error() const { return {error_}; }

  void fail(const std::string& place, const std::string& reason) {
    if (ok()) error_ = "content.bin: " + place + ": " + reason;
  }
  std::int32_t value(const std::string& place, Range range, std::int64_t value) {
    if (!range.holds(value)) {
      fail(place, "must be " + std::to_string(range.min) + ".." + std::to_string(range.max) + ", is " + std::to_string(value));
      return range.min;
    }
    return static_cast<std::int32_t>(value);
  }
  void count(const std::string& place, Range range, std::size_t size) {
    if (!range.holds(static_cast<std::int64_t>(size))) {
      fail(place,
           "must have " + std::to_string(range.min) + ".." + std::to_string(range.max) + " rows, has " + std::to_string(size));
    }
  }
  std::string name(const std::string& place, const flatbuffers::String& text) {
    const std::string_view view(text.c_str(), text.size());
    if (!is_content_name(view)) fail(place, "must be 1.." + std::to_string(k_name_bytes_max) + " of a-z, 0-9 and _");
    return ok() ? std::string(view) : std::string();
  }
  std::string text(const std::string& place, std::size_t bytes_max, const flatbuffers::String& text) {
    const std::string_view view(text.c_str(), text.size());
    if (!is_content_text(view, bytes_max)) {
      fail(place, "must be at most " + std::to_string(bytes_max) + " bytes of UTF-8 without control characters");
    }
    return ok() ? std::string(view) : std::string();
  }

 private:
  std::string error_;
};

/// "table[index]"
inline std::string row(const char* table, std::size_t index) { return std::string(table) + "[" + std::to_string(index) + "]"; }

}  // namespace cudgel::content
