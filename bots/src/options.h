#pragma once
// The command line of cudgel-bots. Wrong options are named with what would be right.

#include <cstdint>
#include <optional>
#include <string>

#include "net_http/http_road.h"
#include "net_simulated/net_spec.h"

namespace cudgel::bots {

enum class Behaviour : std::uint8_t { wander, fight, idle, stall, churn, flood, garbage, company, adventure };
/// Those that do what no client of ours does: raw connections instead of players.
inline bool misbehaves(Behaviour behaviour) { return behaviour == Behaviour::flood || behaviour == Behaviour::garbage; }

struct Options {
  std::string url;          ///< ws://HOST:PORT/PATH, complete
  std::string content_url;  ///< http://HOST:PORT/content.bin
  std::string transport = "ws";
  std::optional<net::HttpRoad> http_road;  ///< the same; nothing: WebSocket
  int players = 1;
  double seconds = 10;
  Behaviour behaviour = Behaviour::wander;
  double inputs_hz = 10;
  std::optional<net::NetSpec> net;  ///< a bad network in front of each player
  std::string json;                 ///< file for the report, "-" for standard output, empty for none
  std::uint64_t seed = 1;
  double connects_per_second = 200;
  std::string replay;                ///< a recording whose players the bots play; empty: they decide for themselves
  int times = 1;                     ///< bots per recorded player
  int time_factor = 1;               ///< the process's time runs so many times as fast, as the server's must
  bool print_disagreements = false;  ///< where prediction and server differ, on the error stream
  std::string content;               ///< content.bin; empty: fetched from content_url
};

enum class Parsed : std::uint8_t { run, done, wrong };  ///< done: help was asked for

Parsed parse_options(int argc, char** argv, Options& options);

}  // namespace cudgel::bots
