#include "core/play_map.h"

namespace cudgel::core {

std::shared_ptr<PlayMap> PlayMaps::get(const content::Content& content, std::uint16_t arena_side, bool free_fights) {
  std::shared_ptr<PlayMap> map = last_.lock();
  if (map != nullptr && side_ == arena_side && free_fights_ == free_fights && content_hash_ == content.hash()) return map;
  map = std::make_shared<PlayMap>(arena_side == 0 ? content.map() : content::make_arena_map(arena_side, free_fights));
  free_fights_ = free_fights;
  side_ = arena_side;
  content_hash_ = content.hash();
  last_ = map;
  return map;
}

}  // namespace cudgel::core
