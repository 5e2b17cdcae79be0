#include "options.h"

#include <iostream>
#include <map>
#include <string>

#include <CLI/CLI.hpp>

#include "base/time_scale.h"
#include "net_native/url.h"

namespace cudgel::bots {

namespace {
const std::map<std::string, Behaviour> k_behaviours = {
    {"wander", Behaviour::wander},   {"fight", Behaviour::fight},     {"idle", Behaviour::idle},
    {"stall", Behaviour::stall},     {"churn", Behaviour::churn},     {"flood", Behaviour::flood},
    {"garbage", Behaviour::garbage}, {"company", Behaviour::company}, {"adventure", Behaviour::adventure},
};

const std::map<std::string, std::optional<net::HttpRoad>> k_transports = {
    {"ws", std::nullopt},
    {"sse", net::HttpRoad::sse},
    {"longpoll", net::HttpRoad::longpoll},
    {"poll", net::HttpRoad::poll},
};

constexpr const char* k_transport_words =
    R"(The road to the server, for all of them; goes with every --behaviour, --net and --replay:
ws        WebSocket
sse       Server-Sent Events, and POST requests
longpoll  HTTP requests, answered when there is something new
poll      HTTP requests, ten a second and more
)";

constexpr const char* k_behaviour_words = R"(What they do, and what counts as the right answer:
wander   a new heading every half to two seconds, some rests; stays connected
fight    goes for the nearest monster and uses its skills; stays connected
idle     stands; stays connected
adventure  plays the game as a beginner does: hunts what it can beat, wears, drinks, sells and buys, dies and wakes; the report tells
         when it reached which level, of the classes in turn (bench/progress.sh); stays connected
company  fights, and trades with whoever is near, and joins parties; stays connected
stall    wanders, but reads and sends nothing for 3 of every 8 seconds; stays connected
churn    comes, stays for half to two seconds, leaves, comes again; is let in every time
flood    says hello, then 1000 messages a second; is closed with 4004, comes again
garbage  sends random bytes, first thing or after hello; is closed with 4002, comes again
)";

constexpr const char* k_net_words = R"(A bad network in front of each player, such as delay=100,jitter=80,stall=2s/30s,cut=60s.
Durations in ms, or with a unit (ms, s); both directions; order is kept:
delay=D     one way
jitter=J    each message takes D +- J
stall=S/E   nothing arrives for S, once every E (30s)
cut=C       the connection is lost after C/2 to 1.5 C: players then count as answered when they have come back
)";

std::string fault_of_net(const std::string& text) {
  const auto spec = net::parse_net_spec(text);
  return spec ? std::string() : spec.error();
}
}  // namespace

Parsed parse_options(int argc, char** argv, Options& options) {
  CLI::App app{
      "Headless players for load and soak tests. Exit status 0 only if every one was answered as it should be the whole time: "
      "for players that means they stayed connected."};
  std::string behaviour = "wander";
  std::string net;
  app.add_option("--url", options.url, "server, ws://HOST:PORT[/ws]")->required();
  CLI::Option* players = app.add_option("--players", options.players, "how many");
  players->check(CLI::Range(1, 60000))->capture_default_str();
  CLI::Option* seconds = app.add_option("--seconds", options.seconds, "how long, counted from when all are connected");
  seconds->check(CLI::Range(0.1, 1e7))->capture_default_str();
  CLI::Option* behaves = app.add_option("--behaviour", behaviour, k_behaviour_words);
  behaves->check(CLI::IsMember(k_behaviours))->capture_default_str();
  CLI::Option* transport = app.add_option("--transport", options.transport, k_transport_words);
  transport->check(CLI::IsMember(k_transports))->capture_default_str();
  app.add_option("--net", net, k_net_words)->check(CLI::Validator(fault_of_net, "SPEC"));
  app.add_option("--inputs-hz", options.inputs_hz, "changes of mind per second and player, at most")
      ->check(CLI::Range(0.1, 20.0))
      ->capture_default_str();
  app.add_option("--json", options.json, "file for the report; - for standard output");
  app.add_flag("--print-disagreements", options.print_disagreements,
               "say on the error stream, tick by tick and field by field, where the server differs from what a bot predicted");
  app.add_option("--seed", options.seed, "of their decisions")->capture_default_str();
  app.add_option("--connect-per-second", options.connects_per_second, "how fast they come")
      ->check(CLI::Range(1.0, 100000.0))
      ->capture_default_str();
  app.add_option("--time-factor", options.time_factor,
                 "this process's time, --seconds included, runs so many times as fast; for a server with the same --time-factor")
      ->check(CLI::Range(base::k_time_factor_min, base::k_time_factor_max))
      ->capture_default_str();
  app.add_option("--content", options.content, "content.bin; without it the server is asked for /content.bin");
  CLI::Option* replay =
      app.add_option("--replay", options.replay,
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
  options.behaviour = k_behaviours.at(behaviour);
  options.http_road = k_transports.at(options.transport);
  if (options.time_factor > 1 && options.http_road) {
    std::cerr << "--time-factor: only together with --transport ws, for HTTP roads wait by the system's clock; is "
              << options.transport << '\n';
    return Parsed::wrong;
  }
  if (!net.empty()) options.net = *net::parse_net_spec(net);
  auto parts = net::parse_ws_url(options.url);
  if (!parts) {
    std::cerr << "--url: must be ws://HOST:PORT[/ws], is " << options.url << '\n';
    return Parsed::wrong;
  }
  const bool is_ipv6 = parts->host.find(':') != std::string::npos;
  const std::string host = is_ipv6 ? "[" + parts->host + "]" : parts->host;
  options.content_url = "http://" + host + ":" + std::to_string(parts->port) + "/content.bin";
  if (parts->path == "/") options.url += options.url.ends_with('/') ? "ws" : "/ws";
  return Parsed::run;
}

}  // namespace cudgel::bots
