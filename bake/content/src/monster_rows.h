#pragma once
// The rows of assets/content/monsters.json: a body and what its mind can do. A row may name others (whom a phase calls) that stand
// below it, so names become indices only when all rows are read.

#include <string>
#include <vector>

#include "body_rows.h"

namespace cudgel::bake_content {

struct MonsterRow {
  content::MonsterSpec spec;
  std::vector<std::string> calls;  ///< by phase: the name of whom it calls, or nothing
};

MonsterRow read_monster(RowReader& row, const std::string& name, const Source& source);
/// Names become indices; who does not exist is a complaint.
std::vector<content::MonsterSpec> settle_calls(std::vector<MonsterRow> rows, const Source& source);

}  // namespace cudgel::bake_content
