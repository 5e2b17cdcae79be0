#include "bake_content/row_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/edit_distance.h"
#include "base/fixed.h"
#include "content/content.h"

namespace cudgel::bake_content {
namespace {

constexpr std::size_t k_shown_bytes_max = 40;

/// A JSON number, or a string that is nothing but a decimal number.
std::optional<double> number_of(const Json& value) {
  if (value.is_number()) return value.get<double>();
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::string must_be(const std::string& low, const std::string& high, const Json& value) {
  return "must be " + low + ".." + high + ", is " + shown(value);
}

}  // namespace

std::string shown(const Json& value) {
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() <= k_shown_bytes_max) return text;
  std::size_t cut = k_shown_bytes_max;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;  // never through a character
  return text.substr(0, cut) + "...";
}

// 1/256 of a tile has eight decimals; four tell units apart.
std::string tiles_text(std::int32_t units) { return decimal_text(static_cast<double>(units) / base::k_units_per_tile); }

std::string decimal_text(double number) {
  std::string text = std::to_string(number);
  const std::size_t dot = text.find('.');
  text.resize(std::min(text.size(), dot + 5));
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string nearest_word(std::string_view word, const std::set<std::string>& words) {
  std::string best;
  std::size_t best_edits = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : words) {
    // A word that only lacks its unit ("speed" for "speed_tiles_per_s") is near, however long the unit.
    const bool start_of = candidate.size() > word.size() && candidate.compare(0, word.size() + 1, std::string(word) + "_") == 0;
    const std::size_t edits = start_of ? 1 : base::edit_distance(word, candidate);
    if (edits >= best_edits) continue;
    best = candidate;
    best_edits = edits;
  }
  return best;
}

RowReader::RowReader(const Json& object, std::string file, std::string place, Complaints& complaints)
    : object_(object), file_(std::move(file)), place_(std::move(place)), complaints_(complaints) {
  if (!object_.is_object() && !object_.is_null())
    complaints_.add(file_, place_, "must be an object { ... }, is " + shown(object_));
}

RowReader::~RowReader() {
  if (!object_.is_object()) return;
  for (const auto& [key, value] : object_.items()) {
    if (key == "note" || known_.count(key) != 0) continue;
    const std::string meant = nearest_word(key, known_);
    complain(key, meant.empty() ? "is no key that is known here" : "is no key that is known here; did you mean " + meant + "?");
  }
}

std::string RowReader::place_of(const std::string& key) const { return place_.empty() ? key : place_ + "." + key; }

void RowReader::complain(const std::string& key, const std::string& reason) { complaints_.add(file_, place_of(key), reason); }

bool RowReader::has(const char* key) const { return object_.is_object() && object_.contains(key); }

const Json* RowReader::find(const char* key) {
  known_.insert(key);
  return has(key) ? &object_.at(key) : nullptr;
}

const Json* RowReader::find_or_complain(const char* key) {
  const Json* value = find(key);
  if (value == nullptr && object_.is_object()) complain(key, "is missing");
  return value;
}

std::int32_t RowReader::whole(const char* key, content::Range range) {
  const Json* value = find_or_complain(key);
  if (value == nullptr) return range.min;
  const std::optional<double> number = number_of(*value);
  if (!number || *number != std::floor(*number)) {
    complain(key, "must be a whole number, is " + shown(*value));
  } else if (*number < range.min || *number > range.max) {
    complain(key, must_be(std::to_string(range.min), std::to_string(range.max), *value));
  } else {
    return static_cast<std::int32_t>(*number);
  }
  return range.min;
}

std::vector<std::int32_t> RowReader::wholes(const char* key, content::Range range, content::Range count) {
  const Json* value = find_or_complain(key);
  if (value == nullptr) return {};
  if (!value->is_array() || !count.holds(static_cast<std::int64_t>(value->size()))) {
    complain(key, "must be a list of " + std::to_string(count.min) + ".." + std::to_string(count.max) + " whole numbers");
    return {};
  }
  std::vector<std::int32_t> out;
  for (const Json& entry : *value) {
    const std::optional<double> number = number_of(entry);
    const bool whole = number && *number == std::floor(*number);
    if (!whole || *number < range.min || *number > range.max) {
      const std::string at = std::string(key) + "[" + std::to_string(out.size()) + "]";
      complain(at, whole ? must_be(std::to_string(range.min), std::to_string(range.max), entry)
                         : "must be a whole number, is " + shown(entry));
      return {};
    }
    out.push_back(static_cast<std::int32_t>(*number));
  }
  return out;
}

std::int32_t RowReader::tiles(const char* key, content::Range units) {
  const Json* value = find_or_complain(key);
  if (value == nullptr) return units.min;
  const std::optional<double> number = number_of(*value);
  if (!number) {
    complain(key, "must be a number, is " + shown(*value));
    return units.min;
  }
  const double exact = *number * base::k_units_per_tile;
  if (exact < units.min || exact > units.max) {
    complain(key, must_be(tiles_text(units.min), tiles_text(units.max), *value));
    return units.min;
  }
  return static_cast<std::int32_t>(std::lround(exact));
}

double RowReader::decimal(const char* key, double otherwise, double low, double high) {
  const Json* value = find(key);
  if (value == nullptr) return otherwise;
  const std::optional<double> number = number_of(*value);
  if (!number) {
    complain(key, "must be a number, is " + shown(*value));
  } else if (*number < low || *number > high) {
    complain(key, must_be(decimal_text(low), decimal_text(high), *value));
  } else {
    return *number;
  }
  return otherwise;
}

std::int32_t RowReader::whole(const char* key, content::Range range, std::int32_t otherwise) {
  return find(key) == nullptr ? otherwise : whole(key, range);
}

std::int32_t RowReader::tiles(const char* key, content::Range units, std::int32_t otherwise) {
  return find(key) == nullptr ? otherwise : tiles(key, units);
}

bool RowReader::flag(const char* key, bool otherwise) {
  const Json* value = find(key);
  if (value == nullptr) return otherwise;
  if (value->is_boolean()) return value->get<bool>();
  complain(key, "must be true or false, is " + shown(*value));
  return otherwise;
}

std::string RowReader::name(const char* key, const std::string& otherwise) {
  const Json* value = find(key);
  if (value == nullptr) return otherwise;
  if (value->is_string() && content::is_content_name(value->get_ref<const std::string&>())) return value->get<std::string>();
  complain(key, "must be a name of 1.." + std::to_string(content::k_name_bytes_max) + " of a-z, 0-9 and _, is " + shown(*value));
  return otherwise;
}

std::string RowReader::text(const char* key, std::size_t bytes_max) {
  const Json* value = find(key);
  if (value == nullptr) return {};
  if (value->is_string() && content::is_content_text(value->get_ref<const std::string&>(), bytes_max))
    return value->get<std::string>();
  complain(key, "must be words of at most " + std::to_string(bytes_max) + " bytes, is " + shown(*value));
  return {};
}

std::size_t RowReader::one_of(const char* key, std::initializer_list<const char*> words) {
  const Json* value = find_or_complain(key);
  if (value == nullptr) return 0;
  std::string list;
  std::size_t index = 0;
  for (const char* word : words) {
    if (value->is_string() && value->get_ref<const std::string&>() == word) return index;
    list += index++ == 0 ? word : std::string(", ") + word;
  }
  complain(key, "must be one of " + list + ", is " + shown(*value));
  return 0;
}

const Json& RowReader::object(const char* key) {
  static const Json k_nothing;
  const Json* value = find_or_complain(key);
  if (value == nullptr) return k_nothing;
  if (value->is_null()) complain(key, "must be an object { ... }, is null");
  return *value;
}

}  // namespace cudgel::bake_content
