#pragma once
// The one table of options: name, value, help and the check that turns text into a value or says what would be right.

#include <span>
#include <string>

#include "ops/options.h"

namespace cudgel::ops {

struct OptionSpec {
  const char* name;        ///< without dashes; the same word in the config file
  const char* value_name;  ///< "HOST:PORT", "N"; nullptr: none on the command line, true or false in the config file
  const char* help;        ///< with unit, range and default
  bool repeatable;
  bool in_config;  ///< may stand in the config file
  /// Empty when the value was taken, else what is wrong: "must be 5..60, is 0".
  std::string (*set)(Options& options, const std::string& value);
};

std::span<const OptionSpec> option_table();
const OptionSpec* find_option(const std::string& name);
/// The option whose name is spelled most alike, or nullptr when none is near.
const OptionSpec* nearest_option(const std::string& name);

}  // namespace cudgel::ops
