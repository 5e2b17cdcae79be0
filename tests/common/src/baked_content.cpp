#include "common/baked_content.h"

#include <cstdio>
#include <cstdlib>

#include "common/files.h"

namespace cudgel::test {

std::string baked_content_bytes() {
  const char* build = std::getenv("CUDGEL_BUILD_DIR");
  return read_whole_file(std::string(build == nullptr ? "." : build) + "/assets/content.bin");
}

const content::Content& baked_content() {
  static const content::Content k_content = [] {
    const std::string bytes = baked_content_bytes();
    auto content = content::Content::load({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    if (!content) {
      std::fprintf(stderr, "content.bin: %s; run through ctest, which sets CUDGEL_BUILD_DIR\n", content.error().text.c_str());
      std::exit(1);
    }
    return *std::move(content);
  }();
  return k_content;
}

}  // namespace cudgel::test
