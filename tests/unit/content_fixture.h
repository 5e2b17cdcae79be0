#pragma once
// A small assets directory of its own for each test: one class, one monster, three props and a map of 16 x 16 tiles, all of them
// right until the test breaks something. It goes with the test.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "bake_content/bake.h"
#include "common/files.h"

namespace cudgel::test {

class ContentFixture : public ::testing::Test {
 protected:
  void SetUp() override;

  void write(const std::string& file, const std::string& text) const;
  [[nodiscard]] std::string read(const std::string& file) const;
  /// Replaces the first `from` in the file; a test that no longer finds it fails.
  void replace(const std::string& file, const std::string& from, const std::string& to) const;
  [[nodiscard]] bake_content::Baked bake() const { return bake_content::bake(assets_); }
  /// The only complaint there is; otherwise all of them, so that a failure shows them.
  [[nodiscard]] std::string complaint() const;
  [[nodiscard]] const std::filesystem::path& assets() const { return assets_; }

 private:
  TemporaryDirectory directory_;
  std::filesystem::path assets_ = directory_.path();
};

/// The repository's own assets.
std::filesystem::path repository_assets();

}  // namespace cudgel::test
