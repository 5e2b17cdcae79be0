#pragma once
// assets/content/skills.json: reads the rows and gives each to the class it names. Knows the file's keys and nothing else.

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "bake_content/complaints.h"
#include "content/content.h"

namespace cudgel::bake_content {

/// Every class gets its skills, ascending by level. `monsters`: whom a skill may summon. `models`: names of pictures that exist; empty: not checked.
void read_skills(const std::filesystem::path& assets, const std::set<std::string>& models, Complaints& complaints,
                 const std::vector<content::MonsterSpec>& monsters, std::vector<content::ClassSpec>& classes);

}  // namespace cudgel::bake_content
