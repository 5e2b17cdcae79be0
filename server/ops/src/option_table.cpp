#include "option_table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <limits>

#include "base/edit_distance.h"
#include "base/time_scale.h"

namespace cudgel::ops {
namespace {

std::string quoted(const std::string& value) { return "\"" + value + "\""; }

template <class Number>
bool read_number(const std::string& text, Number& number) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stop == end && !text.empty();
}

/// Whole numbers within low..high, both ends included.
template <class Number>
std::string set_number(Number& target, const std::string& value, std::int64_t low, std::int64_t high) {
  std::int64_t number = 0;
  if (!read_number(value, number) || number < low || number > high) {
    return "must be a whole number in " + std::to_string(low) + ".." + std::to_string(high) + ", is " +
           (value.empty() ? "empty" : value);
  }
  target = static_cast<Number>(number);
  return {};
}

std::string set_listen(Options& options, const std::string& value) {
  const std::string wanted = "must be HOST:PORT, for example 0.0.0.0:8080 or [::1]:8080, is " + quoted(value);
  const auto colon = value.rfind(':');
  if (colon == std::string::npos || colon == 0) return wanted;
  std::string host = value.substr(0, colon);
  if (host.front() == '[') {
    if (host.back() != ']' || host.size() < 4) return wanted;
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string::npos) {
    return "must have an IPv6 address in brackets, for example [::1]:8080, is " + quoted(value);
  }
  std::uint32_t port = 0;
  if (!read_number(value.substr(colon + 1), port) || port > 65535) {
    return "must end in a port of 0..65535 (0 picks a free one), is " + quoted(value);
  }
  options.listen_host = host;
  options.listen_port = static_cast<std::uint16_t>(port);
  return {};
}

std::string set_directory(std::string& target, const std::string& value) {
  std::error_code error;
  if (!std::filesystem::is_directory(value, error)) return "must be a directory that exists, is " + quoted(value);
  target = value;
  return {};
}

std::string set_file(std::string& target, const std::string& value) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(value, error)) return "must be a file that exists, is " + quoted(value);
  target = value;
  return {};
}

std::string set_data(Options& options, const std::string& value) {
  std::error_code error;
  std::filesystem::create_directories(value, error);
  if (error || !std::filesystem::is_directory(value, error)) {
    return "must be a directory that exists or can be made, is " + quoted(value);
  }
  options.data_dir = value;
  return {};
}

std::string set_record(Options& options, const std::string& value) {
  if (value.empty()) return "must be a file, is empty";
  options.record_file = value;
  return {};
}

std::string set_seed(Options& options, const std::string& value) {
  if (!read_number(value, options.seed)) {
    return "must be a whole number in 0.." + std::to_string(std::numeric_limits<std::uint64_t>::max()) + ", is " +
           (value.empty() ? "empty" : value);
  }
  return {};
}

std::string set_start_at(Options& options, const std::string& value) {
  const auto comma = value.find(',');
  std::int32_t x = -1, y = -1;
  const bool read =
      comma != std::string::npos && read_number(value.substr(0, comma), x) && read_number(value.substr(comma + 1), y);
  if (!read || x < 0 || y < 0 || x > 1023 || y > 1023) return "must be X,Y in tiles, for example 100,200, is " + quoted(value);
  options.start_at_x = x;
  options.start_at_y = y;
  return {};
}

std::string add_monster(Options& options, const std::string& value) {
  if (value.empty()) return "must be the name of a monster";
  options.monster_kinds.push_back(value);
  return {};
}

std::string add_start_item(Options& options, const std::string& value) {
  constexpr std::size_t k_start_items_max = 40;  // cells of a bag
  if (value.empty()) return "must be the name of an item";
  if (options.start_items.size() == k_start_items_max) return "a bag holds no more than 40 items";
  options.start_items.push_back(value);
  return {};
}

std::string add_origin(Options& options, const std::string& value) {
  const std::string wanted =
      "must be * or a page's scheme and host without a path, for example https://play.example.org, is " + quoted(value);
  if (value != "*") {
    std::size_t host = std::string::npos;
    if (value.starts_with("https://")) host = 8;
    if (value.starts_with("http://")) host = 7;
    if (host == std::string::npos || host == value.size()) return wanted;
    if (value.find_first_of("/ ", host) != std::string::npos) return wanted;
  }
  std::string lower = value;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
  options.allow_origins.push_back(lower);
  return {};
}

std::string set_log_level(Options& options, const std::string& value) {
  constexpr std::array<const char*, 6> k_levels{"trace", "debug", "info", "warn", "error", "off"};
  for (const char* level : k_levels) {
    if (value == level) {
      options.log_level = value;
      return {};
    }
  }
  return "must be trace, debug, info, warn, error or off, is " + quoted(value);
}

std::string set_switch(bool& target, const std::string& value) {
  if (value != "true" && value != "false") return "must be true or false, is " + quoted(value);
  target = value == "true";
  return {};
}

std::string set_per_address(Options& options, const std::string& value) {
  std::int32_t number = 0;
  std::string wrong = set_number(number, value, 0, 65536);
  if (wrong.empty()) options.connections_per_address = number;
  return wrong;
}

const std::array k_table{
    OptionSpec{"listen", "HOST:PORT", "Where to listen; port 0 picks a free one, IPv6 in brackets. Default 127.0.0.1:8080", false,
               true, set_listen},
    OptionSpec{"web", "DIR", "Directory with the page's files, read once at the start. Default: no files are served", false, true,
               [](Options& o, const std::string& v) { return set_directory(o.web_dir, v); }},
    OptionSpec{"content", "FILE", "The baked game content, the very file the page gets. Default: content.bin in --web", false,
               true, [](Options& o, const std::string& v) { return set_file(o.content_file, v); }},
    OptionSpec{"data", "DIR", "Directory where the world is kept between runs. Default: nothing is kept", false, true, set_data},
    OptionSpec{"tick-hz", "N", "Steps of the world per second, 5..60. Default 20", false, true,
               [](Options& o, const std::string& v) { return set_number(o.tick_hz, v, 5, 60); }},
    OptionSpec{"seed", "N", "Seed of the world's random numbers, 0 or more. Default 1", false, true, set_seed},
    OptionSpec{"net-threads", "N", "Threads that talk to players, 1..64; one serves several thousand players. Default 1", false,
               true, [](Options& o, const std::string& v) { return set_number(o.net_threads, v, 1, 64); }},
    OptionSpec{"config", "FILE",
               "Config file: one option per line, name = value, names as here without dashes; # begins a comment", false, false,
               [](Options& o, const std::string& v) { return set_file(o.config_file, v); }},
    OptionSpec{
        "allow-origin", "URL",
        "Another page that may connect, as scheme and host (https://play.example.org), or * for every one; may be repeated. "
        "Default: only the page this server serves",
        true, true, add_origin},
    OptionSpec{"log-level", "L", "trace, debug, info, warn, error or off. Default info", false, true, set_log_level},
    OptionSpec{"arena", "SIDE", "Load-test world: a flat open map of SIDE x SIDE tiles, 16..1024. Default: the content's map",
               false, true, [](Options& o, const std::string& v) { return set_number(o.arena_side, v, 16, 1024); }},
    OptionSpec{"monsters", "M", "Monsters spread evenly over the arena, 0..15000; only with --arena. Default 0", false, true,
               [](Options& o, const std::string& v) { return set_number(o.monsters, v, 0, 15000); }},
    OptionSpec{
        "monster", "KIND",
        "A kind of monster for the arena, by its name in the content; may be repeated, they stand there in turn. Default: the "
        "kinds that visit players",
        true, true, add_monster},
    OptionSpec{"pvp", nullptr,
               "Players fight each other on all of the arena, from the level on that the content asks; only with --arena", false,
               true, [](Options& o, const std::string& v) { return set_switch(o.free_fights, v); }},
    OptionSpec{"start-level", "N", "Level at which newcomers begin, 1..40; to try out skills. Default 1", false, true,
               [](Options& o, const std::string& v) { return set_number(o.start_level, v, 1, 40); }},
    OptionSpec{"start-at", "X,Y", "Where newcomers come in, in tiles of the map; to look at a place. Default: the map's starts",
               false, true, set_start_at},
    OptionSpec{"start-item", "ITEM",
               "An item in the bag of each newcomer, by its name in the content; may be repeated. Default: none", true, true,
               add_start_item},
    OptionSpec{"players-max", "N", "Players in the world at once, 1..10000; more are told to come back later. Default 2000",
               false, true, [](Options& o, const std::string& v) { return set_number(o.players_max, v, 1, 10000); }},
    OptionSpec{"watchers-max", "N",
               "People who watch players without playing (/watch/NAME), 0..10000, 0: nobody may. Default 200", false, true,
               [](Options& o, const std::string& v) { return set_number(o.watchers_max, v, 0, 10000); }},
    OptionSpec{"watchers-per-player", "N", "Of them, at one player, 1..1000. Default 20", false, true,
               [](Options& o, const std::string& v) { return set_number(o.watchers_per_player, v, 1, 1000); }},
    OptionSpec{"connections-max", "N", "Open connections in all, 1..100000; more are refused. Default 4096", false, true,
               [](Options& o, const std::string& v) { return set_number(o.connections_max, v, 1, 100000); }},
    OptionSpec{
        "connections-per-address", "N",
        "Open connections from one address, 0..65536, 0 without limit. Default 64, and this machine itself is exempt (a reverse "
        "proxy, bots); a number given here counts for this machine too",
        false, true, set_per_address},
    OptionSpec{"save-interval", "S", "Seconds between saves of the world, 1..3600; only with --data. Default 10", false, true,
               [](Options& o, const std::string& v) { return set_number(o.save_interval_s, v, 1, 3600); }},
    OptionSpec{"record", "FILE",
               "A new file into which every tick is written, for cudgel-replay; players' names stand in it. Default: nothing is "
               "recorded",
               false, true, set_record},
    OptionSpec{
        "diagnostics", nullptr,
        "A connection test at /echo: a WebSocket that sends every message back, for conformance suites. Default: there is none",
        false, true, [](Options& o, const std::string& v) { return set_switch(o.diagnostics, v); }},
    OptionSpec{
        "time-factor", "N",
        "The world's time runs N times as fast, 1..100: to try in minutes what takes hours, with bots that do the same; not for "
        "people. Only with --diagnostics. Default 1",
        false, true,
        [](Options& o, const std::string& v) {
          return set_number(o.time_factor, v, base::k_time_factor_min, base::k_time_factor_max);
        }},
};

}  // namespace

std::span<const OptionSpec> option_table() { return k_table; }

const OptionSpec* find_option(const std::string& name) {
  for (const OptionSpec& spec : k_table) {
    if (name == spec.name) return &spec;
  }
  return nullptr;
}

const OptionSpec* nearest_option(const std::string& name) {
  const OptionSpec* nearest = nullptr;
  std::size_t best = 4;
  for (const OptionSpec& spec : k_table) {
    const std::size_t distance = base::edit_distance(name, spec.name);
    if (distance < best) {
      best = distance;
      nearest = &spec;
    }
  }
  return nearest;
}

}  // namespace cudgel::ops
