// libFuzzer's entry for the one target this program is made of (CUDGEL_FUZZ_ENTRY).

#include <cstddef>

#include "entry.h"

CUDGEL_DECLARE_FUZZ(CUDGEL_FUZZ_ENTRY);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // libFuzzer hands out a null pointer for empty input.
  static const std::uint8_t nothing = 0;
  return CUDGEL_FUZZ_ENTRY({data == nullptr ? &nothing : data, size});
}
