#include "realm/goods.h"

namespace cudgel::realm {

void write_goods(const content::Content& content, const sim::Belongings& own, store::Character& character) {
  character.gold = own.gold;
  character.bank_gold = own.bank_gold;
  character.revision = own.revision;
  character.goods.clear();
  for (std::size_t cell = 0; cell < sim::k_cells; ++cell) {
    const sim::Stack& stack = own.cells[cell];
    if (stack.item == 0) continue;
    character.goods.push_back({static_cast<std::uint8_t>(cell), stack.count, content.items()[stack.item - 1U].name});
  }
}

sim::Belongings read_goods(const content::Content& content, const store::Character& character) {
  sim::Belongings own;
  own.gold = character.gold;
  own.bank_gold = character.bank_gold;
  own.revision = character.revision;
  for (const store::Goods& goods : character.goods) {
    const int item = content.find_item(goods.item);
    if (item < 0 || goods.cell >= sim::k_cells) continue;
    own.cells[goods.cell] = {static_cast<std::uint8_t>(item + 1), goods.count};
  }
  return own;
}

}  // namespace cudgel::realm
