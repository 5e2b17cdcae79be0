#include "monster_rows.h"

#include <algorithm>
#include <utility>

#include "content/limits.h"

namespace cudgel::bake_content {
namespace {

content::PhaseSpec read_phase(RowReader& row, std::int32_t below, std::string& call) {
  content::PhaseSpec out;
  out.below_percent = row.whole("below_percent", {content::k_phase_percent.min, below - 1});
  call = row.name("call", "");
  if (!call.empty()) out.call_count = row.whole("count", {1, content::k_call_count.max});
  out.area = row.tiles("area_tiles", content::k_phase_area, 0);
  return out;
}

void read_phases(RowReader& monster, const Source& source, MonsterRow& out) {
  const Json* list = monster.value("phases");
  if (list == nullptr) return;
  if (!list->is_array() || !content::k_phases.holds(static_cast<std::int64_t>(list->size()))) {
    return monster.complain(
        "phases", "must be a list of at most " + std::to_string(content::k_phases.max) + " { ... }, is " + shown(*list));
  }
  std::int32_t below = content::k_phase_percent.max + 1;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const Json& phase = (*list)[i];
    RowReader row(phase, source.file, monster.place_of("phases[" + std::to_string(i) + "]"), source.complaints);
    if (!phase.is_object()) continue;
    if (below <= content::k_phase_percent.min)
      return row.complain("below_percent", "the phase before it is the last there can be");
    std::string call;
    out.spec.traits.phases.push_back(read_phase(row, below, call));
    out.calls.push_back(std::move(call));
    below = out.spec.traits.phases.back().below_percent;
  }
}

void read_pack(RowReader& monster, const Source& source, content::TraitsSpec& traits) {
  const Json* pack = monster.value("pack");
  if (pack == nullptr) return;
  RowReader row(*pack, source.file, monster.place_of("pack"), source.complaints);
  traits.pack_size = row.whole("size", {2, content::k_pack_size.max});
  traits.pack_share = row.tiles("share_tiles", content::k_call_range);
}

void read_flight(RowReader& monster, const Source& source, content::TraitsSpec& traits) {
  const Json* flee = monster.value("flee");
  if (flee == nullptr) return;
  RowReader row(*flee, source.file, monster.place_of("flee"), source.complaints);
  traits.flee_below_percent = row.whole("below_percent", {1, content::k_flee_percent.max});
  traits.flee_ms = row.whole("ms", {1, content::k_flee_ms.max});
}

void read_announcement(RowReader& monster, const Source& source, content::MonsterSpec& out) {
  const Json* announce = monster.value("announce");
  if (announce == nullptr) return;
  RowReader row(*announce, source.file, monster.place_of("announce"), source.complaints);
  out.appears = row.text("appears", content::k_announce_bytes_max);
  out.falls = row.text("falls", content::k_announce_bytes_max);
}

}  // namespace

MonsterRow read_monster(RowReader& row, const std::string& name, const Source& source) {
  MonsterRow out;
  content::MonsterSpec& spec = out.spec;
  spec.body = read_body(row, name, source);
  spec.sight = row.tiles("sight_tiles", content::k_sight);
  spec.leash = row.tiles("leash_tiles", {std::max(content::k_leash.min, spec.sight), content::k_leash.max});
  spec.corpse_ms = row.whole("corpse_ms", content::k_corpse_ms);
  spec.level = row.whole("level", content::k_level);
  spec.experience = row.whole("experience", content::k_experience);
  spec.visit_weight = row.whole("visit_weight", content::k_visit_weight);
  spec.steadfast = row.flag("steadfast", false);
  spec.slays_with = row.name("slays_with", "");
  spec.traits.kin = row.name("kin", name);
  spec.traits.call_for_help = row.tiles("call_for_help_tiles", content::k_call_range, 0);
  spec.traits.keep_distance = row.tiles("keep_distance_tiles", {content::k_keep_distance.min, spec.body.attack.reach}, 0);
  read_pack(row, source, spec.traits);
  read_flight(row, source, spec.traits);
  read_phases(row, source, out);
  read_announcement(row, source, spec);
  return out;
}

std::vector<content::MonsterSpec> settle_calls(std::vector<MonsterRow> rows, const Source& source) {
  std::set<std::string> names;
  for (const MonsterRow& row : rows) names.insert(row.spec.body.name);
  std::vector<content::MonsterSpec> out;
  for (MonsterRow& row : rows) {
    for (std::size_t i = 0; i < row.calls.size(); ++i) {
      const std::string& call = row.calls[i];
      if (call.empty()) continue;
      const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& other) { return other.spec.body.name == call; });
      if (found != rows.end()) {
        row.spec.traits.phases[i].call_monster = static_cast<std::int32_t>(found - rows.begin());
        continue;
      }
      const std::string meant = nearest_word(call, names);
      source.complaints.add(
          source.file, row.spec.body.name + ".phases[" + std::to_string(i) + "].call",
          "there is no monster called \"" + call + "\"" + (meant.empty() ? "" : "; did you mean " + meant + "?"));
    }
  }
  for (MonsterRow& row : rows) out.push_back(std::move(row.spec));
  return out;
}

}  // namespace cudgel::bake_content
