#pragma once
// What every fuzz target has in common: bytes in, nothing out, and a broken promise ends the process so that libFuzzer and
// the corpus test both see it. A target never reads a clock, a file or anything but its bytes.

#include <cstdint>
#include <span>

#include "base/assert.h"

/// Declared for every target; only the one that is linked is defined.
#define CUDGEL_DECLARE_FUZZ(name) int name(std::span<const std::uint8_t> bytes)
