// The heap lies in one mapping that asks for large pages, whichever thread takes memory from it.

#include "ops/heap.h"

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace cudgel::ops {
namespace {

/// The flags of the mapping that holds `address` (VmFlags of /proc/self/smaps); nullopt when there is none.
std::optional<std::string> flags_at(const void* address) {
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  std::ifstream maps("/proc/self/smaps");
  bool inside = false;
  for (std::string line; std::getline(maps, line);) {
    std::istringstream head(line);
    std::uintptr_t from = 0, to = 0;
    char dash = 0;
    if (head >> std::hex >> from >> dash >> to && dash == '-') inside = from <= wanted && wanted < to;
    if (inside && line.starts_with("VmFlags:")) return line;
  }
  return std::nullopt;
}

bool asks_for_large_pages(const void* address) {
  const auto flags = flags_at(address);
  return flags && (*flags + " ").find(" hg ") != std::string::npos;
}

TEST(Heap, LargeAndSmallBlocksOfEveryThreadLieInLargePages) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "the sanitizer's own heap is in use";
#endif
  const std::unique_ptr<char[]> before(new char[64]);
  EXPECT_FALSE(asks_for_large_pages(before.get()));
  ask_for_large_pages();
  if (!std::ifstream("/sys/kernel/mm/transparent_hugepage/enabled")) GTEST_SKIP() << "this kernel has no large pages";
  // More than one thread's heap of its own would hold, and larger than what would get a mapping of its own.
  const std::unique_ptr<char[]> large(new char[k_large_heap_bytes / 2]);
  EXPECT_TRUE(asks_for_large_pages(large.get() + k_large_heap_bytes / 4));  // its beginning may lie in what was there before
  std::unique_ptr<char[]> small;
  std::thread([&small] { small.reset(new char[200'000]); }).join();
  EXPECT_TRUE(asks_for_large_pages(small.get()));
  // What does not fit any more is had all the same.
  const std::unique_ptr<char[]> more(new char[k_large_heap_bytes]);
  more[k_large_heap_bytes - 1] = 1;
  EXPECT_EQ(more[k_large_heap_bytes - 1], 1);
}

}  // namespace
}  // namespace cudgel::ops
