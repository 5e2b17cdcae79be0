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
  app.add_option("--players", options.players, "how many")->check(CLI::Range(1, 60000))->capture_default_str();
  app.add_option("--seconds", options.seconds, "how long, counted from when all are connected")
      ->check(CLI::Range(0.1, 1e7))
      ->capture_default_str();
  app.add_option("--behaviour", behaviour, "what they do")
      ->check(CLI::IsMember({"wander", "fight", "idle"}))
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
