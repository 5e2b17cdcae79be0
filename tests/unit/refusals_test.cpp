// Goal: every deed is checked for all that docs/PROTOCOL.md says it is checked for, is refused with that reason, and has then changed nothing that anybody owns. Method: the
// page's table is read, and for each deed and reason in it there is a small world in which just that stands in the way; a row without a world, or a
// world without a row, fails.

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>
#include <sstream>

#include "common/files.h"
#include "goods_fixture.h"
#include "play/goods.h"

namespace cudgel::sim::testing {
namespace {

constexpr std::int32_t k_side = 24;
constexpr std::uint8_t k_weapon = k_worn_begin;
constexpr std::uint8_t k_coat = k_worn_begin + 1;

/// The goods' village, a haven in the corner, and one wall.
content::Content refusing_content() {
  const content::Content goods = make_goods_content(k_side);
  content::MapSpec map = goods.map();
  map.zones = {{"haven", 1, 9, "", 0xFFFFFF, true, false}};
  map.zone_cells.assign(static_cast<std::size_t>(map.zone_columns() * map.zone_columns()), content::k_no_zone);
  map.zone_cells[0] = 0;
  map.blocked[static_cast<std::size_t>(8 * k_side + 8)] = 1;
  content::Content made =
      content::Content::from_tables(goods.classes(), goods.monsters(), goods.rules(), std::move(map), goods.levels());
  content::TradeSpec trade = goods.trade();
  trade.reach = 5 * k_tile / 4;
  std::vector<content::ItemSpec> items = goods.items();
  items[cap].level = 3;
  made.set_goods(std::move(items), goods.npcs(), trade);
  return made;
}

/// Ann, who does it, beside trader and banker, and Wu two tiles off.
struct Scene {
  Stage stage{refusing_content()};
  EntityId ann = stage.add_player(warrior, base::tile_centre(11, 12));
  EntityId wu = stage.add_player(mage, base::tile_centre(11, 14));

  Scene() { stage.at(ann).level = stage.at(wu).level = 5; }
  Belongings& own(EntityId who) { return stage.world.belongings(stage.at(who)); }
  Entity& self() { return stage.at(ann); }
  void move(EntityId who, Vec2 place) { stage.at(who).walker.position = place; }
  void away() { move(ann, base::tile_centre(20, 20)); }
  void give(std::size_t cell, ItemIndex item, std::uint16_t count = 1) { own(ann).cells[cell] = {stack_of(item), count}; }
  static void fill_bag(Belongings& own) {
    for (std::size_t cell = 0; cell < k_bag_cells; ++cell) own.cells[cell] = {stack_of(ring), 1};
  }
  EntityId lay(ItemIndex item, Vec2 place) {
    Entity& thing = *stage.world.create(Kind::thing);
    thing.archetype = item;
    thing.amount = thing.level = 1;
    thing.walker.position = place;
    thing.expires = stage.world.tick() + 1000;
    return thing.id;
  }
  Verdict settle(EntityId who, const Deed& deed) {
    Command command;
    command.type = Command::Type::deed;
    command.who = who;
    command.deed = deed;
    stage.commands.push_back(command);
    stage.tick();
    return stage.world.scratch.settled.at(0).verdict;
  }
  void must(EntityId who, DeedType type, EntityId thing = {}, std::uint8_t cell = 0, std::uint32_t amount = 0) {
    EXPECT_EQ(settle(who, {type, cell, 0, 0, 0, amount, thing}), Verdict::done);
  }
  /// A bargain with Wu is open, and of Ann's first cell something lies in it.
  void bargain() {
    must(ann, DeedType::trade, wu);
    must(wu, DeedType::trade, ann);
  }
  void offer_first() {
    bargain();
    must(ann, DeedType::offer, {}, 0);
  }
  /// Wu has agreed to what there is, and Ann will.
  Deed last_word() {
    must(wu, DeedType::agree, ann, 0, trade_view(stage.world, wu, Verdict::done).revision);
    return {DeedType::agree, 0, 0, 0, 0, trade_view(stage.world, ann, Verdict::done).revision, wu};
  }
  EntityId another() {
    const EntityId who = stage.add_player(warrior, base::tile_centre(12, 14));
    stage.at(who).level = 5;
    return who;
  }
  void party_of(EntityId leader, EntityId member) {
    must(leader, DeedType::invite, member);
    must(member, DeedType::accept, leader);
  }
};

struct Row {
  DeedType type;
  Verdict why;
  std::function<Deed(Scene&)> prepare;
};

Deed of(DeedType type, std::uint8_t cell = 0, std::uint8_t to = 0, std::uint16_t count = 0) {
  return {type, cell, to, 0, count, 0, {}};
}
Deed with(DeedType type, EntityId thing) { return {type, 0, 0, 0, 0, 0, thing}; }
Deed gold_of(DeedType type, std::uint32_t amount) { return {type, 0, 0, 0, 0, amount, {}}; }
Deed buying(std::uint8_t item, std::uint16_t count) { return {DeedType::buy, 0, 0, item, count, 0, {}}; }

// One row a line, as in a table.
// clang-format off
void add_ground_rows(std::vector<Row>& rows) {
  using T = DeedType;
  using V = Verdict;
  const auto take = [](EntityId thing) { return with(T::take, thing); };
  rows.insert(rows.end(), {
    {T::take, V::gone, [=](Scene&) { return take({200, 1}); }},
    {T::take, V::too_far, [=](Scene& s) { return take(s.lay(potion, base::tile_centre(14, 14))); }},
    {T::take, V::not_yours, [=](Scene& s) {
       const EntityId thing = s.lay(potion, s.self().walker.position + Vec2{k_tile, 0});
       s.stage.at(thing).owner = s.wu;
       s.stage.at(thing).guarded_until = s.stage.world.tick() + 100;
       return take(thing);
     }},
    {T::take, V::out_of_sight, [=](Scene& s) {
       s.move(s.ann, {8 * k_tile - 80, 8 * k_tile + 128});
       return take(s.lay(potion, {9 * k_tile + 30, 8 * k_tile + 128}));
     }},
    {T::take, V::no_space, [=](Scene& s) {
       Scene::fill_bag(s.own(s.ann));
       return take(s.lay(potion, s.self().walker.position + Vec2{k_tile, 0}));
     }},
    {T::take, V::too_much, [=](Scene& s) {
       s.own(s.ann).gold = k_gold_max;
       return take(s.lay(gold, s.self().walker.position + Vec2{k_tile, 0}));
     }},
    {T::drop, V::no_such_cell, [](Scene& s) { return s.give(k_weapon, sword), of(T::drop, k_weapon); }},
    {T::drop, V::empty, [](Scene& s) { return s.give(0, potion, 2), of(T::drop, 0, 0, 3); }},
    {T::drop, V::offered, [](Scene& s) { return s.give(0, potion, 2), s.offer_first(), of(T::drop, 0); }},
    {T::drop, V::no_space, [](Scene& s) {
       s.give(0, potion);
       while (s.stage.world.create(Kind::monster) != nullptr) s.stage.world.entities()[s.stage.world.alive().back()].health = 9;
       return of(T::drop, 0);
     }},
  });
}

void add_bag_rows(std::vector<Row>& rows) {
  using T = DeedType;
  using V = Verdict;
  rows.insert(rows.end(), {
    {T::move, V::no_such_cell, [](Scene& s) { return s.give(0, potion), of(T::move, 0, k_cells); }},
    {T::move, V::empty, [](Scene&) { return of(T::move, 4, 5); }},
    {T::move, V::useless, [](Scene& s) { return s.give(0, potion), of(T::move, 0, 0); }},
    {T::move, V::offered, [](Scene& s) { return s.give(0, potion), s.offer_first(), of(T::move, 0, 9); }},
    {T::move, V::too_far, [](Scene& s) { return s.give(0, potion), s.away(), of(T::move, 0, k_bank_begin); }},
    {T::move, V::wrong_slot, [](Scene& s) { return s.give(0, sword), of(T::move, 0, k_coat); }},
    {T::move, V::too_low, [](Scene& s) { return s.give(0, mail), s.self().level = 1, of(T::move, 0, k_coat); }},
    {T::move, V::wrong_class, [](Scene& s) { return s.give(0, staff), of(T::move, 0, k_weapon); }},
    {T::move, V::no_space, [](Scene& s) { return s.give(0, potion, 3), s.give(1, sword), of(T::move, 0, 1, 1); }},
    {T::use, V::no_such_cell, [](Scene& s) { return s.give(k_bank_begin, potion), of(T::use, k_bank_begin); }},
    {T::use, V::empty, [](Scene&) { return of(T::use, 3); }},
    {T::use, V::useless, [](Scene& s) { return s.give(0, potion), of(T::use, 0); }},
    {T::use, V::offered, [](Scene& s) { return s.give(0, potion), s.self().health = 5, s.offer_first(), of(T::use, 0); }},
    {T::use, V::too_low, [](Scene& s) { return s.give(0, cap), s.self().level = 2, of(T::use, 0); }},
    {T::use, V::wrong_class, [](Scene& s) { return s.give(0, staff), of(T::use, 0); }},
    {T::use, V::no_space, [](Scene& s) { return Scene::fill_bag(s.own(s.ann)), s.give(k_weapon, sword), of(T::use, k_weapon); }},
  });
}

void add_vendor_rows(std::vector<Row>& rows) {
  using T = DeedType;
  using V = Verdict;
  rows.insert(rows.end(), {
    {T::buy, V::no_such_cell, [](Scene& s) { return s.own(s.ann).gold = 99, buying(stack_of(potion), 0); }},
    {T::buy, V::too_far, [](Scene& s) { return s.own(s.ann).gold = 99, s.away(), buying(stack_of(potion), 1); }},
    {T::buy, V::not_sold, [](Scene& s) { return s.own(s.ann).gold = 99, buying(stack_of(ring), 1); }},
    {T::buy, V::no_gold, [](Scene& s) { return s.own(s.ann).gold = 9, buying(stack_of(potion), 1); }},
    {T::buy, V::offered, [](Scene& s) {
       s.own(s.ann).gold = 12;
       s.bargain();
       s.must(s.ann, T::offer_gold, {}, 0, 3);
       return buying(stack_of(potion), 1);
     }},
    {T::buy, V::no_space, [](Scene& s) { return s.own(s.ann).gold = 99, Scene::fill_bag(s.own(s.ann)), buying(stack_of(potion), 1); }},
    {T::sell, V::no_such_cell, [](Scene& s) { return s.give(k_weapon, sword), of(T::sell, k_weapon); }},
    {T::sell, V::empty, [](Scene& s) { return s.give(0, potion, 2), of(T::sell, 0, 0, 3); }},
    {T::sell, V::offered, [](Scene& s) { return s.give(0, potion), s.offer_first(), of(T::sell, 0); }},
    {T::sell, V::too_far, [](Scene& s) { return s.give(0, potion), s.away(), of(T::sell, 0); }},
    {T::sell, V::worthless, [](Scene& s) { return s.give(0, cap), of(T::sell, 0); }},
    {T::sell, V::too_much, [](Scene& s) { return s.give(0, potion), s.own(s.ann).gold = k_gold_max, of(T::sell, 0); }},
  });
  for (const T type : {T::deposit, T::withdraw}) {
    const auto purses = [type](Scene& s, std::int32_t from, std::int32_t to) {
      Belongings& own = s.own(s.ann);
      (type == T::deposit ? own.gold : own.bank_gold) = from;
      (type == T::deposit ? own.bank_gold : own.gold) = to;
    };
    rows.insert(rows.end(), {
      {type, V::too_far, [=](Scene& s) { return purses(s, 9, 0), s.away(), gold_of(type, 5); }},
      {type, V::useless, [=](Scene& s) { return purses(s, 9, 0), gold_of(type, 0); }},
      {type, V::no_gold, [=](Scene& s) { return purses(s, 9, 0), gold_of(type, 10); }},
      {type, V::too_much, [=](Scene& s) { return purses(s, 9, k_gold_max), gold_of(type, 5); }},
    });
  }
  rows.push_back({T::deposit, V::offered, [](Scene& s) {
                    s.own(s.ann).gold = 9;
                    s.bargain();
                    s.must(s.ann, T::offer_gold, {}, 0, 6);
                    return gold_of(T::deposit, 4);
                  }});
}

void add_duel_rows(std::vector<Row>& rows) {
  using T = DeedType;
  using V = Verdict;
  const auto challenged = [](Scene& s) { return s.must(s.wu, T::challenge, s.ann), with(T::accept_duel, s.wu); };
  rows.insert(rows.end(), {
    {T::challenge, V::gone, [](Scene& s) { return s.stage.at(s.wu).health = 0, with(T::challenge, s.wu); }},
    {T::challenge, V::beginner, [](Scene& s) { return s.stage.at(s.wu).level = 4, with(T::challenge, s.wu); }},
    {T::challenge, V::too_far, [](Scene& s) { return s.away(), with(T::challenge, s.wu); }},
    {T::challenge, V::haven, [](Scene& s) {
       return s.move(s.ann, base::tile_centre(2, 2)), s.move(s.wu, base::tile_centre(2, 5)), with(T::challenge, s.wu);
     }},
    {T::challenge, V::engaged, [](Scene& s) { return s.must(s.wu, T::challenge, s.another()), with(T::challenge, s.wu); }},
    {T::accept_duel, V::no_duel, [](Scene& s) { return s.must(s.ann, T::challenge, s.wu), with(T::accept_duel, s.wu); }},
    {T::accept_duel, V::too_far, [=](Scene& s) { const Deed deed = challenged(s); return s.away(), deed; }},
    {T::accept_duel, V::haven, [=](Scene& s) {
       const Deed deed = challenged(s);
       return s.move(s.ann, base::tile_centre(2, 2)), s.move(s.wu, base::tile_centre(2, 5)), deed;
     }},
    {T::decline_duel, V::no_duel, [](Scene&) { return of(T::decline_duel); }},
    {T::order, V::no_such_cell, [](Scene&) { return of(T::order, k_orders); }},
    {T::order, V::no_pack, [](Scene&) { return of(T::order, 0); }},
    {T::order, V::no_foe, [](Scene& s) {
       Deed deed = with(T::order, s.wu);
       deed.cell = static_cast<std::uint8_t>(Order::attack);
       return s.self().summoned = 1, deed;
     }},
    {T::order, V::too_far, [](Scene& s) {
       s.move(s.ann, base::tile_centre(1, 20));
       Deed deed = with(T::order, s.stage.add_goblin(base::tile_centre(22, 3)));
       deed.cell = static_cast<std::uint8_t>(Order::attack);
       return s.self().summoned = 1, deed;
     }},
  });
}

void add_trade_rows(std::vector<Row>& rows) {
  using T = DeedType;
  using V = Verdict;
  const auto coins = [](Scene& s) { return s.own(s.ann).gold = 9, s.bargain(); };
  rows.insert(rows.end(), {
    {T::trade, V::nobody, [](Scene& s) { return with(T::trade, s.ann); }},
    {T::trade, V::too_far, [](Scene& s) { return s.away(), with(T::trade, s.wu); }},
    {T::trade, V::useless, [](Scene& s) { return s.must(s.ann, T::trade, s.wu), with(T::trade, s.wu); }},
    {T::trade, V::busy, [](Scene& s) { return s.must(s.wu, T::trade, s.another()), with(T::trade, s.wu); }},
    {T::end_trade, V::no_trade, [](Scene&) { return of(T::end_trade); }},
    {T::offer, V::no_trade, [](Scene& s) { return s.give(0, potion), s.must(s.ann, T::trade, s.wu), of(T::offer, 0); }},
    {T::offer, V::no_such_cell, [](Scene& s) { return s.give(k_weapon, sword), s.bargain(), of(T::offer, k_weapon); }},
    {T::offer, V::empty, [](Scene& s) { return s.give(0, potion, 2), s.bargain(), of(T::offer, 0, 0, 3); }},
    {T::offer, V::useless, [](Scene& s) { return s.give(0, potion, 2), s.offer_first(), of(T::offer, 0, 0, 2); }},
    {T::offer, V::too_many, [](Scene& s) {
       Scene::fill_bag(s.own(s.ann));
       s.bargain();
       for (std::uint8_t cell = 0; cell < 12; ++cell) s.must(s.ann, T::offer, {}, cell);
       return of(T::offer, 12);
     }},
    {T::take_back, V::no_trade, [](Scene&) { return of(T::take_back, 0); }},
    {T::take_back, V::empty, [](Scene& s) { return s.give(0, potion), s.offer_first(), of(T::take_back, 1); }},
    {T::offer_gold, V::no_trade, [](Scene& s) { return s.own(s.ann).gold = 9, gold_of(T::offer_gold, 5); }},
    {T::offer_gold, V::no_gold, [=](Scene& s) { return coins(s), gold_of(T::offer_gold, 10); }},
    {T::offer_gold, V::useless, [=](Scene& s) { return coins(s), s.must(s.ann, T::offer_gold, {}, 0, 5), gold_of(T::offer_gold, 5); }},
    {T::agree, V::no_trade, [](Scene& s) { return with(T::agree, s.wu); }},
    {T::agree, V::changed, [](Scene& s) {
       s.give(0, potion);
       s.bargain();
       const Deed deed = s.last_word();
       return s.must(s.ann, T::offer, {}, 0), deed;
     }},
    {T::agree, V::useless, [](Scene& s) {
       s.bargain();
       const Deed deed{T::agree, 0, 0, 0, 0, trade_view(s.stage.world, s.ann, V::done).revision, s.wu};
       return s.must(s.ann, T::agree, s.wu, 0, deed.gold), deed;
     }},
    {T::agree, V::their_bag, [](Scene& s) { return s.give(0, potion), Scene::fill_bag(s.own(s.wu)), s.offer_first(), s.last_word(); }},
    {T::agree, V::no_space, [](Scene& s) {
       Scene::fill_bag(s.own(s.ann));
       s.own(s.wu).cells[0] = {stack_of(potion), 1};
       s.bargain();
       return s.must(s.wu, T::offer, {}, 0), s.last_word();
     }},
    {T::agree, V::too_much, [=](Scene& s) {
       coins(s);
       s.own(s.wu).gold = k_gold_max;
       return s.must(s.ann, T::offer_gold, {}, 0, 5), s.last_word();
     }},
  });
}

void add_party_rows(std::vector<Row>& rows) {
  using T = DeedType;
  using V = Verdict;
  rows.insert(rows.end(), {
    {T::invite, V::nobody, [](Scene& s) { return with(T::invite, s.ann); }},
    {T::invite, V::not_leader, [](Scene& s) { return s.party_of(s.wu, s.ann), with(T::invite, s.another()); }},
    {T::invite, V::in_party, [](Scene& s) { return s.party_of(s.wu, s.another()), with(T::invite, s.wu); }},
    {T::invite, V::useless, [](Scene& s) { return s.must(s.ann, T::invite, s.wu), with(T::invite, s.wu); }},
    {T::invite, V::busy, [](Scene& s) {
       for (std::size_t i = 0; i < k_invitations_max; ++i) s.must(s.another(), T::invite, s.wu);
       return with(T::invite, s.wu);
     }},
    {T::invite, V::party_full, [](Scene& s) {
       for (int i = 1; i < make_rules().party_size; ++i) s.party_of(s.ann, s.another());
       return with(T::invite, s.wu);
     }},
    {T::accept, V::not_invited, [](Scene& s) { return with(T::accept, s.wu); }},
    {T::accept, V::in_party, [](Scene& s) {
       // Invitations end with joining; a saved world may say otherwise.
       s.party_of(s.ann, s.another());
       s.stage.world.invitations.push_back({s.wu, s.ann, s.stage.world.tick() + 100});
       return with(T::accept, s.wu);
     }},
    {T::accept, V::party_full, [](Scene& s) {
       // She was invited while there was still room.
       for (int i = 2; i < make_rules().party_size; ++i) s.party_of(s.wu, s.another());
       const EntityId last = s.another();
       s.must(s.wu, T::invite, s.ann);
       return s.party_of(s.wu, last), with(T::accept, s.wu);
     }},
    {T::decline, V::not_invited, [](Scene& s) { return with(T::decline, s.wu); }},
    {T::leave_party, V::no_party, [](Scene&) { return of(T::leave_party); }},
    {T::remove, V::no_party, [](Scene& s) { return with(T::remove, s.wu); }},
    {T::remove, V::not_leader, [](Scene& s) { return s.party_of(s.wu, s.ann), with(T::remove, s.wu); }},
    {T::remove, V::nobody, [](Scene& s) { return s.party_of(s.ann, s.another()), with(T::remove, s.wu); }},
  });
}
// clang-format on

std::vector<Row> all_rows() {
  std::vector<Row> rows;
  add_ground_rows(rows);
  add_bag_rows(rows);
  add_vendor_rows(rows);
  add_duel_rows(rows);
  add_trade_rows(rows);
  add_party_rows(rows);
  for (int i = 0; i < k_deed_types; ++i) {
    const auto type = static_cast<DeedType>(i);
    if (!is_of_party(type)) rows.push_back({type, Verdict::dead, [type](Scene& s) { return s.self().health = 0, of(type); }});
    if (!needs_hands(type)) continue;
    rows.push_back({type, Verdict::stunned, [type](Scene& s) {
                      Effect stun;
                      stun.kind = content::EffectKind::stun;
                      stun.until = s.stage.world.tick() + 100;
                      s.self().effects.add(stun, content::Stacking::refresh);
                      s.give(0, potion);
                      return of(type, 0, 1);
                    }});
  }
  return rows;
}

using Cell = std::pair<std::string, std::string>;

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

/// Deed and reason of each cell of the page's table.
std::set<Cell> cells_of_page() {
  const char* const root = std::getenv("CUDGEL_SOURCE_DIR");
  std::istringstream page(test::read_whole_file(std::string(root == nullptr ? "." : root) + "/docs/PROTOCOL.md"));
  std::set<Cell> cells;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("| deed | is refused with |")) {
      inside = true;
    } else if (inside && line.starts_with("| ")) {
      const std::size_t bar = line.find('|', 1);
      std::istringstream deeds(line.substr(1, bar - 1));
      for (std::string deed; std::getline(deeds, deed, ',');) {
        std::istringstream reasons(line.substr(bar + 1, line.rfind('|') - bar - 1));
        for (std::string reason; std::getline(reasons, reason, ',');) cells.emplace(trimmed(deed), trimmed(reason));
      }
    } else if (inside && !line.starts_with("|")) {
      break;
    }
  }
  return cells;
}

TEST(Refusals, each_reason_of_the_page_stands_in_the_way_of_its_deed_and_nothing_is_changed) {
  for (const Row& row : all_rows()) {
    SCOPED_TRACE(std::string(game::deed_key(static_cast<std::uint8_t>(row.type))) + ": " +
                 game::verdict_key(static_cast<std::uint8_t>(row.why)));
    Scene scene;
    const Deed deed = row.prepare(scene);
    const Belongings anns = scene.own(scene.ann);
    const Belongings wus = scene.own(scene.wu);
    EXPECT_STREQ(game::verdict_key(static_cast<std::uint8_t>(scene.settle(scene.ann, deed))),
                 game::verdict_key(static_cast<std::uint8_t>(row.why)));
    EXPECT_EQ(scene.own(scene.ann), anns);
    EXPECT_EQ(scene.own(scene.wu), wus);
  }
}

TEST(Refusals, the_page_tells_exactly_those) {
  std::set<Cell> tried;
  for (const Row& row : all_rows())
    tried.emplace(game::deed_key(static_cast<std::uint8_t>(row.type)), game::verdict_key(static_cast<std::uint8_t>(row.why)));
  const std::set<Cell> told = cells_of_page();
  ASSERT_GT(told.size(), 50U) << "docs/PROTOCOL.md has its table";
  for (const Cell& cell : told) EXPECT_TRUE(tried.contains(cell)) << "told and not tried: " << cell.first << ": " << cell.second;
  for (const Cell& cell : tried) EXPECT_TRUE(told.contains(cell)) << "tried and not told: " << cell.first << ": " << cell.second;
}

TEST(Refusals, every_reason_can_come_true) {
  std::set<Verdict> tried;
  for (const Row& row : all_rows()) tried.insert(row.why);
  // These are told to the other side of a bargain, and are no answer to a deed.
  tried.insert({Verdict::done, Verdict::declined, Verdict::late});
  for (int i = 0; i < k_verdicts; ++i)
    EXPECT_TRUE(tried.contains(static_cast<Verdict>(i))) << game::verdict_key(static_cast<std::uint8_t>(i));
}

}  // namespace
}  // namespace cudgel::sim::testing
