#pragma once
// What a player owns, as the step holds it and as the store keeps it: there items stand by name, because their numbers change with the
// content. Converts; decides nothing.

#include "content/content.h"
#include "sim/belongings.h"
#include "store/character_store.h"

namespace cudgel::realm {

/// Writes them into the character.
void write_goods(const content::Content& content, const sim::Belongings& own, store::Character& character);
/// What the character owned; items that the content no longer has are left out. Counts and places are the store's word: the step checks.
sim::Belongings read_goods(const content::Content& content, const store::Character& character);

}  // namespace cudgel::realm
