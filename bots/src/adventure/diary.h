#pragma once
// How one adventurer fared, as numbers: when it reached which level, what killed it. Filled by the adventurer, read by the report.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace cudgel::bots {

struct Diary {
  std::string name;
  std::string class_name;
  double minutes = 0;                    ///< of play so far
  std::vector<double> minutes_to_level;  ///< of level 2, 3 ...: when it was reached, in minutes of play
  int level = 1;
  std::int64_t experience = 0;  ///< points earned in all
  int kills = 0;                ///< that it earned something of
  int deaths = 0;
  std::map<std::string, int> slain;          ///< name of the monster, how many by its own hand at last
  std::map<std::string, int> killed_by;      ///< the same, how often they killed it
  int potions = 0;                           ///< drunk
  int visits = 0;                            ///< to the trader
  std::int64_t gold = 0;                     ///< in the purse at last
  std::map<std::string, double> minutes_of;  ///< by what it was doing
};

nlohmann::ordered_json to_json(const Diary& diary);

}  // namespace cudgel::bots
