#pragma once
// A world and its players that are the same wherever they are played: content compiled in, a map drawn from the seed, players who
// join, wander, strike and leave by their own random numbers. For comparing builds; it reads no file and no clock.

#include <cstdint>
#include <vector>

#include "base/random.h"
#include "sim/world.h"

namespace cudgel::simhash {

struct Options {
  std::uint64_t seed = 1;
  std::int32_t ticks = 1000;
  std::int32_t monsters = 40;
  std::int32_t players = 12;
};

content::Content make_content(std::uint64_t seed);

/// The players' side: what they command before each tick, from what they were told after the last one.
class Script {
 public:
  Script(std::uint64_t seed, std::int32_t players);
  /// The commands of the next tick. The order is part of the game.
  const std::vector<sim::Command>& next(const sim::World& world, const sim::Events& last_events);

 private:
  struct Player {
    sim::EntityId id;
    bool waiting = false;  ///< has asked to join
    std::uint32_t sequence = 0;
  };
  void hear(const sim::Events& events);
  void play(const sim::World& world, std::size_t number);
  sim::Intent choose(const sim::World& world, const sim::Entity& self);
  void order_dogs(const sim::World& world, const sim::Entity& self, sim::Command& command);
  void use_skill(const sim::World& world, const sim::Entity& self, sim::Command& command);

  base::Random random_;
  std::vector<Player> players_;
  std::vector<sim::Command> commands_;
};

/// Plays the whole game and gives the hash of its last state.
std::uint64_t play(const Options& options);

}  // namespace cudgel::simhash
