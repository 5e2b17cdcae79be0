#include "play/soundscape.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace cudgel::game {

namespace {

const std::string k_no_music;
constexpr double k_aslant = 0.7071;
constexpr std::array<std::pair<double, double>, 8> k_ways{{{1, 0},
                                                           {k_aslant, k_aslant},
                                                           {0, 1},
                                                           {-k_aslant, k_aslant},
                                                           {-1, 0},
                                                           {-k_aslant, -k_aslant},
                                                           {0, -1},
                                                           {k_aslant, -k_aslant}}};

std::int32_t units(double tiles) { return static_cast<std::int32_t>(std::floor(tiles * base::k_units_per_tile)); }

}  // namespace

void Soundscape::enter(const content::MapSpec* map) {
  map_ = map;
  stands_ = false;
  looked_x_ = looked_y_ = -1e9;
  now_.clear();
  near_.clear();
}

const std::string& Soundscape::music_at(double x, double y) const {
  const int zone = map_ == nullptr ? -1 : map_->zone_at({units(x), units(y)});
  return zone < 0 ? k_no_music : map_->zones[static_cast<std::size_t>(zone)].music;
}

void Soundscape::look_around(double x, double y) {
  near_.clear();
  for (const double away : {k_near_tiles / 2, k_near_tiles}) {
    for (const auto& [dx, dy] : k_ways) {
      const std::string& music = music_at(x + dx * away, y + dy * away);
      if (music != now_ && std::find(near_.begin(), near_.end(), music) == near_.end()) near_.push_back(music);
    }
  }
}

void Soundscape::stand(double x, double y) {
  const bool jumped = !stands_ || std::hypot(x - x_, y - y_) > k_jump_tiles;
  stands_ = true;
  x_ = x;
  y_ = y;
  const std::string& here = music_at(x, y);
  bool another = here != now_;
  if (another && !jumped) {
    another = std::none_of(k_ways.begin(), k_ways.end(), [&](const auto& way) {
      return music_at(x + way.first * k_within_tiles, y + way.second * k_within_tiles) == now_;
    });
  }
  if (another) now_ = here;
  if (!another && std::hypot(x - looked_x_, y - looked_y_) < 1) return;
  looked_x_ = x;
  looked_y_ = y;
  look_around(x, y);
}

}  // namespace cudgel::game
