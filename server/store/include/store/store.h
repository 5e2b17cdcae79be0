#pragma once
// Everything a server keeps: its world and its characters. One file, so that one backup holds both.

#include "store/character_store.h"
#include "store/world_store.h"

namespace cudgel::store {

class Store : public WorldStore, public CharacterStore {};

}  // namespace cudgel::store
