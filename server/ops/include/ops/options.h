#pragma once
// What a host can decide: one struct, filled from the command line and a config file through one table of options, so that
// both accept the same words and complain in the same way. It opens no file but the config file and starts nothing.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace cudgel::ops {

struct Options {
  std::string listen_host = "127.0.0.1";  ///< address or name, without brackets
  std::uint16_t listen_port = 8080;       ///< 0: the system picks a free one
  std::string web_dir;                    ///< files of the page; empty: none are served
  std::string content_file;               ///< empty: web_dir/content.bin
  std::string data_dir;                   ///< empty: nothing is kept
  std::int32_t tick_hz = 20;              ///< 5..60
  std::uint64_t seed = 1;
  std::int32_t net_threads = 1;  ///< 1..64
  std::string config_file;
  std::vector<std::string> allow_origins;  ///< beside the page's own; "*" allows every one
  std::string log_level = "info";
  std::int32_t arena_side = 0;   ///< tiles, 0: the content's map
  std::int32_t start_level = 1;  ///< of newcomers
  std::int32_t start_at_x = -1;  ///< tile where newcomers come in; -1: at the map's starts
  std::int32_t start_at_y = -1;
  std::int32_t watchers_max = 200;         ///< who look on without playing, in all; 0: nobody
  std::int32_t watchers_per_player = 20;   ///< at one player
  bool free_fights = false;                ///< arena only: players fight each other on all of it
  std::vector<std::string> start_items;    ///< names of the content; lie in the bags of newcomers
  std::int32_t monsters = 0;               ///< arena only
  std::vector<std::string> monster_kinds;  ///< arena only: names of the content; none: those that visit players
  std::int32_t players_max = 2000;
  std::int32_t connections_max = 4096;
  /// From one address; 0 without limit. Not set: k_connections_per_address, and this machine itself is exempt.
  std::optional<std::int32_t> connections_per_address;
  std::int32_t save_interval_s = 10;
  std::string record_file;       ///< empty: nothing is recorded
  bool diagnostics = false;      ///< the connection test at /echo
  std::int32_t time_factor = 1;  ///< the process's time runs so many times as fast; above 1 only with diagnostics
};

/// A household, a classroom or a LAN party behind one address fits; a single machine's flood does not.
inline constexpr std::int32_t k_connections_per_address = 64;

/// Why the process ends before it has begun.
struct OptionsExit {
  int status = 0;    ///< 0 for --help and --version, else k_exit_usage
  std::string text;  ///< to print: to stdout when status is 0, else to stderr
};
inline constexpr int k_exit_failed = 1;  ///< something unexpected
inline constexpr int k_exit_usage = 2;   ///< an option or the config file is wrong
inline constexpr int k_exit_files = 3;   ///< the page's files, the content or the stored world cannot be used
inline constexpr int k_exit_listen = 4;  ///< the address cannot be listened on

/// Reads the command line, then the config file for everything the command line did not say.
base::Result<Options, OptionsExit> parse_options(int argc, const char* const* argv, const std::string& version);

}  // namespace cudgel::ops
