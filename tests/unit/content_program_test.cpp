// Goal: cudgel-bake-content tells scripts by its exit status and people by its words how it went, and writes all or nothing.
// Method: the program itself, on a small assets directory.

#include <sys/wait.h>

#include <cstdlib>

#include "content_fixture.h"

namespace cudgel::test {
namespace {

class ContentProgram : public ContentFixture {
 protected:
  /// Exit status of the program with these words of a shell behind it; what it said is in log().
  [[nodiscard]] int run(const std::string& words) const {
    const std::string command = CUDGEL_BAKE_CONTENT_BINARY " " + words + " >'" + out_.path() + "/log' 2>&1";
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  [[nodiscard]] int bake_to_out() const { return run("--assets '" + assets().string() + "' --out '" + out_.path() + "/baked'"); }
  [[nodiscard]] std::string log() const { return read_whole_file(out_.path() + "/log"); }
  [[nodiscard]] std::string baked() const { return read_whole_file(out_.path() + "/baked/content.bin"); }

  TemporaryDirectory out_;
};

TEST_F(ContentProgram, right_assets_are_written_with_status_0) {
  EXPECT_EQ(bake_to_out(), 0) << log();
  const std::string bytes = baked();
  const std::vector<std::uint8_t> expected = bake().bytes;
  EXPECT_EQ(bytes, std::string(expected.begin(), expected.end()));
}

TEST_F(ContentProgram, a_mistake_is_status_1_and_nothing_is_written) {
  ASSERT_EQ(bake_to_out(), 0) << log();
  const std::string before = baked();
  replace("content/monsters.json", "\"health\": 40", "\"health\": \"much\"");
  EXPECT_EQ(bake_to_out(), 1);
  EXPECT_NE(log().find("monsters.json: goblin.health"), std::string::npos) << log();
  EXPECT_NE(log().find("nothing was written"), std::string::npos) << log();
  EXPECT_EQ(baked(), before);
}

TEST_F(ContentProgram, wrong_options_and_a_place_that_cannot_be_written_are_status_2) {
  EXPECT_EQ(run("--assets"), 2);
  EXPECT_NE(log().find("usage:"), std::string::npos) << log();
  EXPECT_EQ(run("--assets '" + assets().string() + "' --out /dev/null/nowhere"), 2);
  EXPECT_NE(log().find("cannot be written"), std::string::npos) << log();
}

}  // namespace
}  // namespace cudgel::test
