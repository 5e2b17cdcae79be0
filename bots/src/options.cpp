#include "options.h"

#include <iostream>
#include <string>

#include <CLI/CLI.hpp>

#include "net_native/url.h"

namespace cudgel::bots {

Parsed parse_options(int argc, char** argv, Options& options) {
  CLI::App app{"Headless players for load and soak tests. Exit status 0 only if every player stayed connected the whole time."};
  std::string behaviour = "wander";
  app.add_option("--url", options.url, "server, ws://HOST:PORT[/ws]")->required();
  CLI::Option* players = app.add_option("--players", options.players, "how many");
  players->check(CLI::Range(1, 60000))->capture_default_str();
  CLI::Option* seconds = app.add_option("--seconds", options.seconds, "how long, counted from when all are connected");
  seconds->check(CLI::Range(0.1, 1e7))
      ->capture_default_str();
  CLI::Option* behaves = app.add_option("--behaviour", behaviour, "what they do");
  behaves->check(CLI::IsMember({"wander", "fight", "idle"}))
      ->capture_default_str();
  app.add_option("--inputs-hz", options.inputs_hz, "changes of mind per second and player, at most")
      ->check(CLI::Range(0.1, 20.0))
      ->capture_default_str();
  app.add_option("--json", options.json, "file for the report; - for standard output");
  app.add_option("--seed", options.seed, "of their decisions")->capture_default_str();
  app.add_option("--connect-per-second", options.connects_per_second, "how fast they come")
      ->check(CLI::Range(1.0, 100000.0))
      ->capture_default_str();
  app.add_option("--content", options.content, "content.bin; without it the server is asked for /content.bin");
  CLI::Option* replay = app.add_option("--replay", options.replay,
                                       "a recording of cudgel-server --record: every player in it comes, acts and leaves again at the "
                                       "same times; says how many and how long");
  replay->excludes(players)->excludes(seconds)->excludes(behaves);
  app.add_option("--times", options.times, "with --replay: bots for each recorded player")
      ->check(CLI::Range(1, 1000))
      ->needs(replay)
      ->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int status = app.exit(error);
    return status == 0 ? Parsed::done : Parsed::wrong;
  }
  options.behaviour = behaviour == "fight" ? Behaviour::fight : behaviour == "idle" ? Behaviour::idle : Behaviour::wander;
  auto parts = net::parse_ws_url(options.url);
  if (!parts) {
    std::cerr << "--url: must be ws://HOST:PORT[/ws], is " << options.url << '\n';
    return Parsed::wrong;
  }
  options.host = parts->host;
  options.port = parts->port;
  if (parts->path == "/") options.url += options.url.ends_with('/') ? "ws" : "/ws";
  return Parsed::run;
}

}  // namespace cudgel::bots
