#pragma once
// The first two lines of every metric on the page.

#include <fmt/format.h>

#include <iterator>
#include <string>

namespace cudgel::ops {

inline void head(std::string& text, const char* name, const char* help, const char* type) {
  fmt::format_to(std::back_inserter(text), "# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

}  // namespace cudgel::ops
