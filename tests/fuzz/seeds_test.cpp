// Goal: the hand-made seeds are of the layouts that there are: each is byte for byte what make_seeds writes, and the content files among them load. Who changes a schema is told
// here to make them anew. Method: make_seeds writes into an empty directory, which is compared with the corpora.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "common/files.h"
#include "content/content.h"

namespace {

namespace fs = std::filesystem;
using cudgel::test::read_whole_file;

class Seeds : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* const root = std::getenv("CUDGEL_SOURCE_DIR");
    ASSERT_NE(root, nullptr) << "run through ctest";
    corpus_ = fs::path(root) / "tests/fuzz/corpus";
    ASSERT_EQ(std::system((std::string(CUDGEL_MAKE_SEEDS) + " " + made_.path()).c_str()), 0);
  }
  cudgel::test::TemporaryDirectory made_;
  fs::path corpus_;
};

TEST_F(Seeds, are_what_make_seeds_writes) {
  int compared = 0;
  for (const auto& entry : fs::recursive_directory_iterator(made_.path())) {
    if (!entry.is_regular_file()) continue;
    const fs::path name = fs::relative(entry.path(), made_.path());
    EXPECT_TRUE(read_whole_file(entry.path()) == read_whole_file(corpus_ / name))
        << name << ": make the seeds anew: build/native/bin/make_seeds tests/fuzz/corpus";
    ++compared;
  }
  EXPECT_GT(compared, 30);
}

TEST_F(Seeds, of_content_load) {
  int whole = 0;
  int page = 0;
  for (const auto& entry : fs::directory_iterator(corpus_ / "content_file")) {
    const std::string bytes = read_whole_file(entry.path());
    const std::span<const std::uint8_t> view(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    const auto as_whole = cudgel::content::Content::load(view);
    const auto as_page = cudgel::content::Content::load_page(view);
    EXPECT_TRUE(as_whole || as_page) << entry.path() << ": " << as_whole.error().text;
    if (as_whole) ++whole;
    if (as_page) ++page;
  }
  EXPECT_EQ(whole, 4);
  EXPECT_EQ(page, 1);
}

}  // namespace
