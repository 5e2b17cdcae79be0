// The heap lies in one mapping that asks for large pages, whichever thread takes memory from it.

#include "ops/heap.h"

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace cudgel::ops {
namespace {

/// What the kernel says of the mapping that holds an address.
struct Mapping {
  bool of_the_heap = false;
  bool asks_for_large_pages = false;
  friend bool operator==(const Mapping&, const Mapping&) = default;
};

Mapping mapping_at(const void* address) {
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  std::ifstream maps("/proc/self/smaps");
  Mapping found;
  bool inside = false;
  for (std::string line; std::getline(maps, line);) {
    std::istringstream head(line);
    std::uintptr_t from = 0, to = 0;
    char dash = 0;
    if (head >> std::hex >> from >> dash >> to && dash == '-') {
      inside = from <= wanted && wanted < to;
      if (inside) found.of_the_heap = line.ends_with("[heap]");
    } else if (inside && line.starts_with("VmFlags:")) {
      found.asks_for_large_pages = (line + " ").find(" hg ") != std::string::npos;
    }
  }
  return found;
}

TEST(Heap, LargeAndSmallBlocksOfEveryThreadLieInLargePages) {
  const std::unique_ptr<char[]> before(new char[64]);
  EXPECT_EQ(mapping_at(before.get()), (Mapping{true, false}));
  ask_for_large_pages();
  // A kernel without large pages cannot be asked for any: the heap is one piece all the same.
  const Mapping wanted{true, std::ifstream("/sys/kernel/mm/transparent_hugepage/enabled").good()};
  // More than one thread's heap of its own would hold, and larger than what would get a mapping of its own.
  const std::unique_ptr<char[]> large(new char[k_large_heap_bytes / 2]);
  EXPECT_EQ(mapping_at(large.get() + k_large_heap_bytes / 4), wanted);  // its beginning may lie in what was there before
  std::unique_ptr<char[]> small;
  std::thread([&small] { small.reset(new char[200'000]); }).join();
  EXPECT_EQ(mapping_at(small.get()), wanted);
  // What does not fit any more is had all the same.
  const std::unique_ptr<char[]> more(new char[k_large_heap_bytes]);
  more[k_large_heap_bytes - 1] = 1;
  EXPECT_EQ(more[k_large_heap_bytes - 1], 1);
}

}  // namespace
}  // namespace cudgel::ops
