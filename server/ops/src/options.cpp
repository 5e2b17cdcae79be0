#include "ops/options.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <map>
#include <set>

#include "option_table.h"

namespace cudgel::ops {
namespace {

constexpr const char* k_intro =
    "cudgel-server: the world of Cudgel, its page and its players on one port.\n"
    "When ready it prints one line, \"listening on http://HOST:PORT\", to standard output; its log goes to standard error.\n"
    "SIGTERM or SIGINT tells the players, saves the world and ends with status 0. SIGHUP reads the content again: numbers change "
    "for what comes\n"
    "into the world from then on, what is wrong is named in the log and changes nothing.";
constexpr const char* k_footer =
    "Exit status: 0 ended as asked; 1 something unexpected; 2 a wrong option or config file; 3 the page's files, the content or "
    "the\n"
    "stored world cannot be used; 4 the address cannot be listened on. The command line goes before the config file.";

/// By option name.
using GivenValues = std::map<std::string, std::vector<std::string>>;

OptionsExit usage_error(const std::string& text) {
  return {k_exit_usage, "cudgel-server: " + text + "\nTry cudgel-server --help."};
}

std::string unknown_option_text(const std::string& where, const std::string& name) {
  std::string text = where + "there is no such option";
  if (const OptionSpec* near = nearest_option(name)) text += "; did you mean " + std::string(near->name) + "?";
  return text;
}

/// The config file's values by option name; checks names, not values.
base::Result<GivenValues, OptionsExit> read_config(const std::string& file) {
  const std::string base_name = std::filesystem::path(file).filename().string();
  std::vector<CLI::ConfigItem> items;
  try {
    items = CLI::ConfigTOML().from_file(file);
  } catch (const std::exception& error) {
    return base::fail(usage_error(base_name + ": " + error.what()));
  }
  GivenValues values;
  for (const CLI::ConfigItem& item : items) {
    if (item.name == "++" || item.name == "--") {
      if (item.parents.empty()) continue;
      return base::fail(usage_error(base_name + ": [" + item.parents.front() + "]: there are no sections, only name = value"));
    }
    const OptionSpec* spec = find_option(item.name);
    if (!item.parents.empty() || spec == nullptr || !spec->in_config) {
      return base::fail(usage_error(unknown_option_text(base_name + ": " + item.fullname() + ": ", item.name)));
    }
    auto& list = values[item.name];
    list.insert(list.end(), item.inputs.begin(), item.inputs.end());
    if (list.empty() || (list.size() > 1 && !spec->repeatable)) {
      return base::fail(usage_error(base_name + ": " + item.name + ": must have exactly one value"));
    }
  }
  return values;
}

/// Checks that need more than one option.
std::string combination_error(const Options& options) {
  if (options.free_fights && options.arena_side == 0) return "--pvp: only together with --arena";
  if (options.monsters > 0 && options.arena_side == 0) return "--monsters: only together with --arena";
  if (!options.monster_kinds.empty() && options.monsters == 0) return "--monster: only together with --monsters";
  if (options.start_at_x >= 0 && options.arena_side > 0) return "--start-at: not together with --arena";
  if (options.start_at_x >= 0 && !options.record_file.empty())
    return "--start-at: not together with --record, which knows the map's starts only";
  if (options.time_factor > 1 && !options.diagnostics) return "--time-factor: only together with --diagnostics";
  if (options.content_file.empty() && options.web_dir.empty()) {
    return "--web or --content: one must be given, for the world needs its content.bin";
  }
  if (options.players_max > options.connections_max) {
    return "--players-max: must be at most --connections-max (" + std::to_string(options.connections_max) + "), is " +
           std::to_string(options.players_max);
  }
  return {};
}

/// What CLI11 complains about itself: unknown options and missing values.
OptionsExit syntax_error(const CLI::ParseError& error, const CLI::App& app, const GivenValues& given) {
  // An option without its value swallows the next option, and what was that one's value is left over.
  for (const auto& [name, values] : given) {
    if (!values.empty() && values.back().starts_with("--")) return usage_error("--" + name + ": needs a value");
  }
  const auto extras = app.remaining();
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr && !extras.empty()) {
    const std::string& extra = extras.front();
    std::string name = extra.substr(std::min(extra.find_first_not_of('-'), extra.size()));
    name = name.substr(0, name.find('='));
    return usage_error(unknown_option_text(extra + ": ", name));
  }
  return usage_error(error.what());
}

}  // namespace

base::Result<Options, OptionsExit> parse_options(int argc, const char* const* argv, const std::string& version) {
  CLI::App app(k_intro);
  app.footer(k_footer);
  app.set_version_flag("--version", version, "Prints version and revision");
  GivenValues given;
  for (const OptionSpec& spec : option_table()) {
    if (spec.value_name == nullptr) {
      app.add_flag_callback(
          std::string("--") + spec.name, [&given, &spec] { given[spec.name].emplace_back("true"); }, spec.help);
      continue;
    }
    CLI::Option* option = app.add_option(std::string("--") + spec.name, given[spec.name], spec.help);
    option->type_name(spec.value_name)->expected(1)->allow_extra_args(false);
    option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return base::fail(OptionsExit{0, app.help()});
  } catch (const CLI::CallForVersion&) {
    return base::fail(OptionsExit{0, version});
  } catch (const CLI::ParseError& error) {
    return base::fail(syntax_error(error, app, given));
  }

  Options options;
  for (const OptionSpec& spec : option_table()) {
    const auto& values = given[spec.name];
    if (values.size() > 1 && !spec.repeatable) {
      return base::fail(usage_error(std::string("--") + spec.name + ": must be given once"));
    }
    for (const std::string& value : values) {
      const std::string wrong = spec.set(options, value);
      if (!wrong.empty()) return base::fail(usage_error(std::string("--") + spec.name + ": " + wrong));
    }
  }
  if (!options.config_file.empty()) {
    auto config = read_config(options.config_file);
    if (!config) return base::fail(config.error());
    const std::string file = std::filesystem::path(options.config_file).filename().string();
    for (const auto& [name, values] : *config) {
      if (!given[name].empty()) continue;
      for (const std::string& value : values) {
        const std::string wrong = find_option(name)->set(options, value);
        if (!wrong.empty()) return base::fail(usage_error(file + ": " + name + ": " + wrong));
      }
    }
  }
  const std::string wrong = combination_error(options);
  if (!wrong.empty()) return base::fail(usage_error(wrong));
  return options;
}

}  // namespace cudgel::ops
