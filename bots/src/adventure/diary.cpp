#include "adventure/diary.h"

#include <cmath>

#include <nlohmann/json.hpp>

namespace cudgel::bots {

namespace {
double rounded(double minutes) { return std::round(minutes * 100) / 100; }
}  // namespace

nlohmann::ordered_json to_json(const Diary& diary) {
  nlohmann::ordered_json json;
  json["name"] = diary.name;
  json["class"] = diary.class_name;
  json["minutes"] = rounded(diary.minutes);
  json["level"] = diary.level;
  json["minutes_to_level"] = nlohmann::ordered_json::object();
  for (std::size_t i = 0; i < diary.minutes_to_level.size(); ++i) {
    json["minutes_to_level"][std::to_string(i + 2)] = rounded(diary.minutes_to_level[i]);
  }
  json["experience"] = diary.experience;
  json["kills"] = diary.kills;
  json["deaths"] = diary.deaths;
  json["slain"] = diary.slain;
  json["killed_by"] = diary.killed_by;
  json["potions"] = diary.potions;
  json["visits"] = diary.visits;
  json["gold"] = diary.gold;
  json["minutes_of"] = nlohmann::ordered_json::object();
  for (const auto& [doing, minutes] : diary.minutes_of) json["minutes_of"][doing] = rounded(minutes);
  return json;
}

}  // namespace cudgel::bots
