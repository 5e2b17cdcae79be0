// cudgel-simhash: plays a scripted world and prints one line, the hash of its last state. Two builds agree about the rules
// of the game to the last bit exactly when they print the same line.

#include <algorithm>
#include <charconv>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>

#include "scenes.h"
#include "script.h"

namespace {

constexpr const char* k_help =
    "cudgel-simhash --seed N --ticks N --monsters N --players N\n"
    "cudgel-simhash --scene NAME\n"
    "Plays a scripted world and prints the hash of its last state as 16 hex digits.\n"
    "  --seed N      0..18446744073709551615, draws the map and all chances (1)\n"
    "  --ticks N     0..100000000, how long to play, 20 ticks are a second (1000)\n"
    "  --monsters N  0..2000, goblins that are there at the beginning (40)\n"
    "  --players N   0..1000, scripted players who come and go (12)\n"
    "  --scene NAME  a short game about one thing instead: dogs, effects, boss or zones; behind the hash it tells what happened "
    "how often\n"
    "  --help        this text\n";

template <class T>
bool parse(std::string_view name, const char* text, std::uint64_t most, T& value) {
  std::uint64_t number = 0;
  const char* end = text + std::strlen(text);
  const auto [stop, error] = std::from_chars(text, end, number);
  if (error != std::errc{} || stop != end || number > most) {
    std::fprintf(stderr, "cudgel-simhash: %.*s: must be a whole number 0..%" PRIu64 ", is \"%s\"\n",
                 static_cast<int>(name.size()), name.data(), most, text);
    return false;
  }
  value = static_cast<T>(number);
  return true;
}

bool parse_option(std::string_view name, const char* text, cudgel::simhash::Options& options) {
  if (name == "--seed") return parse(name, text, std::numeric_limits<std::uint64_t>::max(), options.seed);
  if (name == "--ticks") return parse(name, text, 100'000'000, options.ticks);
  if (name == "--monsters") return parse(name, text, 2000, options.monsters);
  return parse(name, text, 1000, options.players);
}

bool known(std::string_view name) { return name == "--seed" || name == "--ticks" || name == "--monsters" || name == "--players"; }

int tell_scene(const std::string& name) {
  const auto& names = cudgel::simhash::scene_names();
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    std::fprintf(stderr, "cudgel-simhash: --scene: there is no \"%s\"; there are dogs, effects, boss and zones\n", name.c_str());
    return 2;
  }
  const cudgel::simhash::Told told = cudgel::simhash::play_scene(name);
  std::printf("%016" PRIx64 " %s\n", told.hash, told.facts.c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  cudgel::simhash::Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name == "--help") {
      std::fputs(k_help, stdout);
      return 0;
    }
    if (name == "--scene" && i + 1 < argc) return tell_scene(argv[i + 1]);
    if (!known(name) && name != "--scene") {
      std::fprintf(
          stderr, "cudgel-simhash: unknown option \"%s\"; there are --seed, --ticks, --monsters, --players, --scene and --help\n",
          argv[i]);
      return 2;
    }
    if (i + 1 == argc) {
      std::fprintf(stderr, "cudgel-simhash: %s: a %s must follow\n", argv[i], name == "--scene" ? "name" : "number");
      return 2;
    }
    if (!parse_option(name, argv[++i], options)) return 2;
  }
  std::printf("%016" PRIx64 "\n", cudgel::simhash::play(options));
  return 0;
}
