#pragma once
// What a character owns as one text of a database row: a line "CELL ITEM COUNT" for each cell that is not empty. People can read it, and
// what they write instead is not believed.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/character_store.h"

namespace cudgel::store {

std::string text_of_goods(const std::vector<Goods>& goods);
/// Nothing when the text is not of that form.
std::optional<std::vector<Goods>> goods_of_text(std::string_view text);

}  // namespace cudgel::store
