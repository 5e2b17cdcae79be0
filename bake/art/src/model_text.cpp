// Reading model files and laying a file over its bases.
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "bake_art/model.h"
#include "json_cursor.h"

namespace cudgel::bake {
namespace {

// Objects merge key by key, anything else replaces.
void merge_over(Json& under, const Json& over) {
  if (!under.is_object() || !over.is_object()) {
    under = over;
    return;
  }
  for (auto it = over.begin(); it != over.end(); ++it) {
    if (under.contains(it.key()))
      merge_over(under[it.key()], it.value());
    else
      under[it.key()] = it.value();
  }
}

// The document, with every key of an object there once: of two, one would win unseen.
Json parse_strictly(const std::string& text, const std::string& shown) {
  std::vector<std::set<std::string>> open;  // the keys of the objects around
  std::string twice;
  const auto watch = [&](int, Json::parse_event_t event, const Json& value) {
    if (event == Json::parse_event_t::object_start) open.emplace_back();
    if (event == Json::parse_event_t::object_end) open.pop_back();
    if (event == Json::parse_event_t::key && !open.back().insert(value.get<std::string>()).second)
      twice = value.get<std::string>();
    return true;
  };
  Json json;
  try {
    json = Json::parse(text, watch);
  } catch (const Json::parse_error& e) {
    const std::string before = text.substr(0, e.byte);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    throw ContentError(shown + ": document: not valid JSON near line " + std::to_string(line));
  } catch (const Json::exception& e) {  // a number that no double holds
    const std::string what = e.what();
    throw ContentError(shown + ": document: " + what.substr(what.find("] ") + 2));
  }
  if (!twice.empty()) throw ContentError(shown + ": " + twice + ": stands twice in the same object");
  if (!json.is_object()) throw ContentError(shown + ": document: must be an object");
  return json;
}

Json load(const std::filesystem::path& file, const std::string& shown, int depth) {
  if (depth > 6) throw ContentError(shown + ": base: bases form a circle or are nested too deeply");
  std::ifstream in(file);
  if (!in) throw ContentError(shown + ": document: cannot be read");
  std::stringstream text;
  text << in.rdbuf();
  Json json = parse_strictly(text.str(), shown);
  if (!json.contains("base")) return json;
  std::vector<std::string> bases;
  if (json["base"].is_string())
    bases.push_back(json["base"].get<std::string>());
  else
    for (const Json& b : json["base"].is_array() ? json["base"] : Json::array({nullptr})) {
      if (!b.is_string()) throw ContentError(shown + ": base: must be a file name or a list of file names");
      bases.push_back(b.get<std::string>());
    }
  Json merged = Json::object();
  const auto shown_folder = std::filesystem::path(shown).parent_path();
  for (const std::string& base : bases) {
    const auto path = file.parent_path() / base;
    if (!std::filesystem::exists(path)) throw ContentError(shown + ": base: no such file '" + base + "'");
    merge_over(merged, load(path, (shown_folder / base).lexically_normal().string(), depth + 1));
  }
  json.erase("base");
  merge_over(merged, json);
  return merged;
}

}  // namespace

ModelText load_model_text(const std::string& file, const std::string& shown_name, std::string& error) {
  try {
    return {shown_name, load(file, shown_name, 0).dump()};
  } catch (const ContentError& e) {
    error = e.what();
    return {shown_name, ""};
  }
}

}  // namespace cudgel::bake
