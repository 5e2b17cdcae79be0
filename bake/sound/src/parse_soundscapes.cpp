#include <algorithm>

#include "bake_content/row_reader.h"
#include "bake_sound/parse.h"
#include "content/content.h"

namespace cudgel::bake_sound {

namespace {

using bake_content::Json;

constexpr std::size_t k_soundscapes_max = 64;
constexpr std::size_t k_loops_together_max = 4;  ///< what a page plays at once beside all effects

std::vector<std::string> parse_loop_names(const Json& list, const std::string& key, const std::string& shown,
                                          const std::set<std::string>& loops, Complaints& complaints) {
  std::vector<std::string> names;
  for (const Json& entry : list) {
    const std::string name = entry.is_string() ? entry.get<std::string>() : std::string();
    if (!loops.contains(name)) {
      const std::string meant = bake_content::nearest_word(name, loops);
      complaints.add(
          shown, key,
          "there is no loop " + bake_content::shown(entry) + (meant.empty() ? " in loops/" : "; did you mean " + meant + "?"));
    } else if (std::find(names.begin(), names.end(), name) != names.end()) {
      complaints.add(shown, key, "names " + name + " twice");
    }
    names.push_back(name);
  }
  return names;
}

}  // namespace

std::vector<Soundscape> parse_soundscapes(const std::filesystem::path& file, const std::string& shown,
                                          const std::set<std::string>& loops, Complaints& complaints) {
  std::vector<Soundscape> soundscapes;
  const auto json = bake_content::read_json(file, shown, complaints);
  if (!json) return soundscapes;
  if (!json->is_object() || json->size() > k_soundscapes_max) {
    complaints.add(shown, "", "must be an object of at most " + std::to_string(k_soundscapes_max) + " soundscapes");
    return soundscapes;
  }
  for (const auto& [key, list] : json->items()) {
    if (key == "note") continue;
    if (!content::is_content_name(key)) complaints.add(shown, key, "must be a zone's music, of a-z, 0-9 and _");
    if (!list.is_array() || list.size() > k_loops_together_max) {
      complaints.add(shown, key, "must be a list of at most " + std::to_string(k_loops_together_max) + " loops; none is silence");
      continue;
    }
    soundscapes.push_back({key, parse_loop_names(list, key, shown, loops, complaints)});
  }
  std::sort(soundscapes.begin(), soundscapes.end(), [](const Soundscape& a, const Soundscape& b) { return a.key < b.key; });
  return soundscapes;
}

}  // namespace cudgel::bake_sound
