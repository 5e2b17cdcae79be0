#include "baked_content.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace cudgel::test {

const content::Content& baked_content() {
  static const content::Content k_content = [] {
    const char* build = std::getenv("CUDGEL_BUILD_DIR");
    std::ifstream stream(std::string(build == nullptr ? "." : build) + "/assets/content.bin", std::ios::binary);
    const std::vector<std::uint8_t> bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    auto content = content::Content::load(bytes);
    if (!content) {
      std::fprintf(stderr, "%s\n", content.error().text.c_str());
      std::exit(1);
    }
    return *content;
  }();
  return k_content;
}

}  // namespace cudgel::test
