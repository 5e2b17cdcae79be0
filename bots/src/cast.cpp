#include "cast.h"

#include <fstream>
#include <iterator>
#include <vector>

namespace cudgel::bots {

namespace {
/// The bots of one player come spread over this time, so that N times the players are not N players at the same instant.
constexpr double k_spread_ms = 1000;
constexpr double k_let_in_ms = 1000;
}  // namespace

base::Result<Cast, std::string> Cast::load(const std::string& file, const content::Content& content, int times) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return base::fail(file + ": cannot be read");
  const std::vector<std::uint8_t> bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  auto list = record::collect_sessions(bytes, content);
  if (!list) return base::fail(file + ": " + list.error().text);
  if (list->players.empty()) return base::fail(file + ": nobody came while it was recorded");
  Cast cast;
  cast.list_ = std::move(*list);
  cast.times_ = times;
  return cast;
}

double Cast::seconds() const { return (ms(list_.ticks) + k_spread_ms + k_let_in_ms) / 1000; }

const record::PlayerSession& Cast::part(int bot) const { return list_.players[static_cast<std::size_t>(bot / times_)]; }

double Cast::comes_ms(int bot) const { return ms(part(bot).joined) + k_spread_ms * (bot % times_) / times_; }

bool Actor::next(double since_join_ms, sim::Intent& intent) {
  const std::size_t before = played_;
  while (played_ < part_->acts.size() && cast_->ms(part_->acts[played_].after) <= since_join_ms) ++played_;
  if (played_ == before) return false;
  intent = {part_->acts[played_ - 1].heading, part_->acts[played_ - 1].attack, {}};
  return true;
}

}  // namespace cudgel::bots
