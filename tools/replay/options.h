#pragma once
// The command line of cudgel-replay.

#include <string>

namespace cudgel::replay {

struct Options {
  std::string recording;
  std::string content;  ///< empty: what stands in the recording
};

// Exit statuses.
inline constexpr int k_same = 0;
inline constexpr int k_differs = 1;
inline constexpr int k_unusable = 2;

enum class Parsed { run, done, wrong };  ///< done: help was asked for
/// Says what is wrong on standard error.
Parsed parse_options(int argc, char** argv, Options& options);

}  // namespace cudgel::replay
