// Goal: no input that ever broke a decoder, and no near relative of a good one, breaks it again, in every build and not only
// under libFuzzer. Method: every file of corpus/NAME goes in whole, cut short at every length, and with random damage from
// a fixed seed.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "base/random.h"
#include "entry.h"

CUDGEL_DECLARE_FUZZ(CUDGEL_FUZZ_ENTRY);

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr int k_damaged_copies = 200;
constexpr std::size_t k_cuts_max = 256;

std::vector<Bytes> corpus() {
  const char* root = std::getenv("CUDGEL_SOURCE_DIR");
  if (root == nullptr) return {};
  std::vector<std::filesystem::path> paths;
  const auto folder = std::filesystem::path(root) / "tests/fuzz/corpus" / CUDGEL_FUZZ_NAME;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder, none)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<Bytes> list;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    list.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return list;
}

TEST(Corpus, of_this_target_is_there) {
  EXPECT_GE(corpus().size(), 3U) << "run through ctest, which sets CUDGEL_SOURCE_DIR; corpus: " << CUDGEL_FUZZ_NAME;
}

TEST(Corpus, harms_nobody_whole) {
  for (const Bytes& bytes : corpus()) CUDGEL_FUZZ_ENTRY(bytes);
}

TEST(Corpus, harms_nobody_cut_short) {
  for (const Bytes& bytes : corpus()) {
    const std::size_t stride = bytes.size() / k_cuts_max + 1;
    for (std::size_t size = 0; size < bytes.size(); size += stride) {
      // A copy of exactly that size, so that AddressSanitizer sees the first byte read beyond it.
      const Bytes cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
      CUDGEL_FUZZ_ENTRY(cut);
    }
  }
}

TEST(Corpus, harms_nobody_damaged) {
  cudgel::base::Random random(1);
  for (const Bytes& bytes : corpus()) {
    for (int copy = 0; copy < k_damaged_copies && !bytes.empty(); ++copy) {
      Bytes damaged = bytes;
      for (std::uint32_t i = 1 + random.below(8); i > 0; --i) {
        damaged[random.below(static_cast<std::uint32_t>(damaged.size()))] = static_cast<std::uint8_t>(random.next());
      }
      CUDGEL_FUZZ_ENTRY(damaged);
    }
  }
}

}  // namespace
