#pragma once
// How an adventurer deals with what it owns: what to put on, what to drink, what to sell and to buy. Pure.

#include <cstdint>
#include <optional>

#include "adventure/judgement.h"
#include "content/content.h"
#include "protocol/deeds.h"
#include "sim/belongings.h"

namespace cudgel::bots {

/// Who owns it.
struct Wearer {
  std::uint8_t class_index = 0;
  int level = 1;
  int health_max = 1;
};

Potions potions_in(const content::Content& content, const sim::Belongings& own, int level);
/// Drinks the strongest potion of which little would be lost, else the weakest; nothing: there is none.
std::optional<protocol::Deed> drink(const content::Content& content, const sim::Belongings& own, int level, int missing);
/// Puts on something of the bag that is better than what is worn there.
std::optional<protocol::Deed> wear_better(const content::Content& content, const sim::Belongings& own, const Wearer& who);
/// What to do next at the trader: sells what is of no use, then buys; nothing: all is done.
std::optional<protocol::Deed> next_deal(const content::Content& content, const sim::Belongings& own, const Wearer& who);

/// Worth going to the trader for: nothing left to drink and the means to buy some, the bag nearly full, or something better to be had.
bool wants_to_trade(const content::Content& content, const sim::Belongings& own, const Wearer& who);

}  // namespace cudgel::bots
