// The characters' table.

#include <sqlite3.h>

#include "goods_text.h"
#include "sqlite_statement.h"
#include "store/sqlite_store.h"

namespace cudgel::store {
namespace {

std::string_view text_of(sqlite3_stmt* row, int column) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
  return text == nullptr ? std::string_view()
                         : std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(row, column)));
}

void bind(Statement& statement, const Character& character) {
  statement.bind(1, static_cast<std::int64_t>(character.id));
  statement.bind(2, character.name.view());
  statement.bind(3, character.class_name);
  statement.bind(4, static_cast<std::int64_t>(character.map));
  statement.bind(5, static_cast<std::int64_t>(character.x));
  statement.bind(6, static_cast<std::int64_t>(character.y));
  statement.bind(7, static_cast<std::int64_t>(character.health));
  statement.bind(8, static_cast<std::int64_t>(character.level));
  statement.bind(9, static_cast<std::int64_t>(character.experience));
  statement.bind(10, static_cast<std::int64_t>(character.gold));
  statement.bind(11, static_cast<std::int64_t>(character.bank_gold));
  statement.bind(12, static_cast<std::int64_t>(character.revision));
  statement.bind(13, static_cast<std::int64_t>(character.duel_wins));
}

void bind(Statement& statement, int first, const TokenKeys& keys) {
  statement.bind(first, keys.newest);
  if (keys.before)
    statement.bind(first + 1, *keys.before);
  else
    statement.bind_nothing(first + 1);
}

}  // namespace

base::Result<void, StoreError> SqliteStore::create(const Character& character, const TokenKeys& keys) {
  Statement insert(database_,
                   "INSERT INTO character (id, name, class, map, x, y, health, level, experience, gold, bank_gold, revision, "
                   "duel_wins, goods, "
                   "token, token_before) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)");
  bind(insert, character);
  const std::string goods = text_of_goods(character.goods);
  insert.bind(14, goods);
  bind(insert, 15, keys);
  if (insert.step() != SQLITE_DONE) return base::fail(error("a character cannot be written down"));
  return {};
}

base::Result<void, StoreError> SqliteStore::rotate(std::uint64_t id, const TokenKeys& keys) {
  Statement update(database_, "UPDATE character SET token = ?2, token_before = ?3 WHERE id = ?1");
  update.bind(1, static_cast<std::int64_t>(id));
  bind(update, 2, keys);
  if (update.step() != SQLITE_DONE) return base::fail(error("a character's key cannot be written down"));
  if (sqlite3_changes(database_) == 0) return base::fail(StoreError{file_ + ": there is no character " + std::to_string(id)});
  return {};
}

base::Result<std::optional<Character>, StoreError> SqliteStore::find(const TokenHash& key) {
  Statement select(
      database_,
      "SELECT id, name, class, map, x, y, health, level, experience, gold, bank_gold, revision, goods, duel_wins FROM character "
      "WHERE token = ?1 OR token_before = ?1");
  select.bind(1, key);
  const int status = select.step();
  if (status == SQLITE_DONE) return std::optional<Character>();
  if (status != SQLITE_ROW) return base::fail(error("a character cannot be read"));
  sqlite3_stmt* const row = select.get();
  Character character;
  character.id = static_cast<std::uint64_t>(sqlite3_column_int64(row, 0));
  if (!character.name.assign(text_of(row, 1))) {
    return base::fail(StoreError{file_ + ": character " + std::to_string(character.id) + ": the name is longer than " +
                                 std::to_string(base::k_name_bytes_max) + " bytes"});
  }
  character.class_name = text_of(row, 2);
  character.map = static_cast<std::uint64_t>(sqlite3_column_int64(row, 3));
  character.x = sqlite3_column_int(row, 4);
  character.y = sqlite3_column_int(row, 5);
  character.health = sqlite3_column_int(row, 6);
  character.level = sqlite3_column_int(row, 7);
  character.experience = sqlite3_column_int(row, 8);
  character.gold = sqlite3_column_int(row, 9);
  character.bank_gold = sqlite3_column_int(row, 10);
  character.revision = static_cast<std::uint32_t>(sqlite3_column_int64(row, 11));
  auto goods = goods_of_text(text_of(row, 12));
  if (!goods) {
    return base::fail(StoreError{file_ + ": character " + std::to_string(character.id) +
                                 ": goods must be lines of CELL ITEM COUNT, at most " + std::to_string(k_goods_max)});
  }
  character.goods = std::move(*goods);
  character.duel_wins = static_cast<std::uint32_t>(sqlite3_column_int64(row, 13));
  return std::optional<Character>(std::move(character));
}

base::Result<void, StoreError> SqliteStore::keep(std::span<const Character> characters) {
  if (characters.empty()) return {};
  if (auto begun = run("BEGIN IMMEDIATE"); !begun) return begun;
  {
    Statement update(
        database_,
        "UPDATE character SET name = ?2, class = ?3, map = ?4, x = ?5, y = ?6, health = ?7, level = ?8, experience = ?9, "
        "gold = ?10, bank_gold = ?11, revision = ?12, duel_wins = ?13, goods = ?14, "
        "kept_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = ?1");
    for (const Character& character : characters) {
      bind(update, character);
      const std::string goods = text_of_goods(character.goods);
      update.bind(14, goods);
      if (update.step() != SQLITE_DONE) return undo("characters cannot be written down");
      update.again();
    }
  }
  return commit();
}

base::Result<std::vector<Rank>, StoreError> SqliteStore::strongest(std::size_t count) {
  Statement select(
      database_,
      "SELECT name, class, level, experience, duel_wins FROM character ORDER BY level DESC, experience DESC, id LIMIT ?1");
  select.bind(1, static_cast<std::int64_t>(count));
  std::vector<Rank> ranks;
  for (;;) {
    const int status = select.step();
    if (status == SQLITE_DONE) return ranks;
    if (status != SQLITE_ROW) return base::fail(error("the strongest cannot be read"));
    sqlite3_stmt* const row = select.get();
    Rank rank;
    if (!rank.name.assign(text_of(row, 0))) continue;
    rank.class_name = text_of(row, 1);
    rank.level = sqlite3_column_int(row, 2);
    rank.experience = sqlite3_column_int(row, 3);
    rank.duel_wins = static_cast<std::uint32_t>(sqlite3_column_int64(row, 4));
    ranks.push_back(std::move(rank));
  }
}

}  // namespace cudgel::store
