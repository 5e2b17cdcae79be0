#include "net_simulated/net_spec.h"

#include <array>
#include <charconv>
#include <optional>

namespace cudgel::net {

namespace {
constexpr double k_hour_ms = 3600e3;

struct Key {
  std::string_view name;
  std::string_view example;
};
constexpr std::array<Key, 4> k_keys = {
    {{"delay", "delay=100"}, {"jitter", "jitter=80"}, {"stall", "stall=2s/30s"}, {"cut", "cut=60s"}}};

/// Digits, perhaps with a point, then ms, s or nothing; never negative.
std::optional<double> duration_ms(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc{} || text.starts_with('-')) return std::nullopt;
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  // from_chars also reads "inf" and "nan".
  if (!(value <= k_hour_ms)) return std::nullopt;
  if (unit.empty() || unit == "ms") return value;
  if (unit == "s") return value * 1000;
  return std::nullopt;
}

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

std::string not_a_duration(std::string_view key, std::string_view value) {
  return std::string(key) + ": must be a duration like 100, 100ms or 2s, is " + quoted(value);
}

std::string no_such_key(std::string_view key) {
  std::string text = "there is no key " + quoted(key) + "; there are";
  for (const Key& each : k_keys) text.append(each.name == k_keys.front().name ? " " : ", ").append(each.example);
  return text;
}

/// Empty when all is well.
std::string read_stall(std::string_view value, NetSpec& spec) {
  const std::size_t slash = value.find('/');
  const auto length = duration_ms(value.substr(0, slash));
  if (!length) return not_a_duration("stall", value.substr(0, slash));
  spec.stall_ms = *length;
  if (slash == std::string_view::npos) return {};
  const auto every = duration_ms(value.substr(slash + 1));
  if (!every) return not_a_duration("stall", value.substr(slash + 1));
  spec.stall_every_ms = *every;
  return {};
}

std::string read_item(std::string_view key, std::string_view value, NetSpec& spec) {
  if (key == "stall") return read_stall(value, spec);
  const auto duration = duration_ms(value);
  if (!duration) return not_a_duration(key, value);
  (key == "delay" ? spec.delay_ms : key == "jitter" ? spec.jitter_ms : spec.cut_every_ms) = *duration;
  return {};
}

std::string fault_of(const NetSpec& spec) {
  if (spec.delay_ms > 5000) return "delay: must be at most 5s";
  if (spec.jitter_ms > spec.delay_ms) return "jitter: must be at most the delay, for nothing arrives before it was sent";
  if (spec.stall_ms > 60000) return "stall: must be at most 60s long";
  if (spec.stall_every_ms <= spec.stall_ms || spec.stall_every_ms > k_hour_ms) {
    return "stall: LENGTH/EVERY, EVERY longer than LENGTH and at most 3600s, as in stall=2s/30s";
  }
  if (spec.cut_every_ms != 0 && (spec.cut_every_ms < 1000 || spec.cut_every_ms > k_hour_ms)) return "cut: must be 1s to 3600s";
  return {};
}
}  // namespace

base::Result<NetSpec, std::string> parse_net_spec(std::string_view text) {
  NetSpec spec;
  std::array<bool, k_keys.size()> seen{};
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t comma = rest.find(',');
    const std::string_view item = rest.substr(0, comma);
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    if (comma != std::string_view::npos && rest.empty()) return base::fail(std::string("nothing stands behind the last comma"));
    const std::size_t equals = item.find('=');
    const std::string_view key = item.substr(0, equals);
    std::size_t index = 0;
    while (index < k_keys.size() && k_keys[index].name != key) ++index;
    if (index == k_keys.size()) return base::fail(no_such_key(key));
    if (seen[index]) return base::fail(std::string(key) + ": given twice");
    seen[index] = true;
    if (equals == std::string_view::npos)
      return base::fail(std::string(key) + ": needs a value, as in " + std::string(k_keys[index].example));
    if (std::string fault = read_item(key, item.substr(equals + 1), spec); !fault.empty()) return base::fail(std::move(fault));
  }
  if (std::string fault = fault_of(spec); !fault.empty()) return base::fail(std::move(fault));
  return spec;
}

}  // namespace cudgel::net
