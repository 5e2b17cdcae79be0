#include "options.h"

#include <cstdio>
#include <string_view>

namespace cudgel::replay {
namespace {

constexpr const char* k_help =
    "cudgel-replay [--content FILE] RECORDING\n"
    "Plays what cudgel-server --record wrote, as fast as it can, and compares the world after every tick.\n"
    "  RECORDING        the file\n"
    "  --content FILE   content.bin to play with; without it the one that stands in the recording\n"
    "  --help           this text\n"
    "Exit status: 0 every tick came out the same; 1 one did not (its tick, who differs, in which field); 2 the recording cannot "
    "be\n"
    "read, or belongs to other content.\n";

}  // namespace

Parsed parse_options(int argc, char** argv, Options& options) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--help") {
      std::fputs(k_help, stdout);
      return Parsed::done;
    }
    if (word == "--content") {
      if (i + 1 == argc) {
        std::fprintf(stderr, "cudgel-replay: --content: a file must follow\n");
        return Parsed::wrong;
      }
      options.content = argv[++i];
    } else if (word.starts_with("-")) {
      std::fprintf(stderr, "cudgel-replay: unknown option \"%s\"; there are --content and --help\n", argv[i]);
      return Parsed::wrong;
    } else if (!options.recording.empty()) {
      std::fprintf(stderr, "cudgel-replay: one recording at a time, not also \"%s\"\n", argv[i]);
      return Parsed::wrong;
    } else {
      options.recording = word;
    }
  }
  if (options.recording.empty()) {
    std::fprintf(stderr, "cudgel-replay: which recording? Try cudgel-replay --help\n");
    return Parsed::wrong;
  }
  return Parsed::run;
}

}  // namespace cudgel::replay
