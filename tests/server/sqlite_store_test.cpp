// Goal: the SQLite store opens what is ours, and leaves everything else as it is with an error that names the file and what to do.
// Method: files made by hand.

#include "store/sqlite_store.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>

#include "common/files.h"

namespace cudgel::store {
namespace {

class SqliteFile : public ::testing::Test {
 protected:
  void run(const char* sql) const {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(file_.c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
    sqlite3_close(database);
  }
  [[nodiscard]] std::string open_error() const {
    const auto opened = SqliteStore::open(file_);
    return opened ? "" : opened.error().text;
  }
  test::TemporaryDirectory directory_;
  std::string file_ = directory_.path() + "/world.sqlite";
};

TEST_F(SqliteFile, worlds_survive_closing_and_opening) {
  const WorldKey key{7, 0, 20};
  {
    auto store = SqliteStore::open(file_);
    ASSERT_TRUE(store) << store.error().text;
    ASSERT_TRUE((*store)->save({key, 42, {1, 2, 3}}));
  }
  auto store = SqliteStore::open(file_);
  ASSERT_TRUE(store) << store.error().text;
  EXPECT_EQ((*(*store)->load(key))->snapshot.tick, 42U);
}

TEST_F(SqliteFile, a_file_of_the_first_layout_keeps_its_world_and_learns_of_characters) {
  const std::string mark = "PRAGMA application_id = " + std::to_string(k_application_id) + ";";
  run((mark +
       "CREATE TABLE snapshot (id INTEGER PRIMARY KEY AUTOINCREMENT, content_hash INTEGER NOT NULL, arena_side INTEGER NOT NULL,"
       " tick_hz INTEGER NOT NULL, tick INTEGER NOT NULL, saved_at TEXT NOT NULL DEFAULT 'then', set_aside TEXT, world BLOB NOT "
       "NULL);"
       "CREATE INDEX snapshot_of_world ON snapshot (content_hash, arena_side, tick_hz, id);"
       "INSERT INTO snapshot (content_hash, arena_side, tick_hz, tick, world) VALUES (7, 0, 20, 42, x'010203');"
       "PRAGMA user_version = 1;")
          .c_str());
  auto store = SqliteStore::open(file_);
  ASSERT_TRUE(store) << store.error().text;
  EXPECT_EQ((*(*store)->load({7, 0, 20}))->snapshot.tick, 42U);
  Character ann;
  ann.id = 5;
  EXPECT_TRUE((*store)->create(ann, {}));
}

TEST_F(SqliteFile, characters_survive_closing_and_opening) {
  Character ann;
  ann.id = 0xF000000000000001ULL;
  ASSERT_TRUE(ann.name.assign("安"));
  ann.class_name = "mage";
  ann.map = 0x8000000000000002ULL;
  ann.x = -1;
  ann.level = 40;
  ann.experience = 999999;
  const TokenKeys keys{{1, 2, 3}, {}};
  {
    auto store = SqliteStore::open(file_);
    ASSERT_TRUE(store && (*store)->create(ann, keys));
  }
  auto store = SqliteStore::open(file_);
  ASSERT_TRUE(store);
  const auto found = (*store)->find(keys.newest);
  ASSERT_TRUE(found && *found);
  EXPECT_EQ(**found, ann);
}

TEST_F(SqliteFile, goods_that_somebody_has_spoilt_are_an_error_that_names_the_character) {
  Character ann;
  ann.id = 5;
  ASSERT_TRUE(ann.name.assign("Ann"));
  const TokenKeys keys{{1, 2, 3}, {}};
  for (const char* goods : {"0 sword", "x sword 1\n", "0 sword many\n", "999 sword 1\n", "0  1\n", "0 sword 1"}) {
    {
      auto store = SqliteStore::open(file_);
      ASSERT_TRUE(store);
      static_cast<void>((*store)->create(ann, keys));
    }
    run(("UPDATE character SET goods = '" + std::string(goods) + "'").c_str());
    auto store = SqliteStore::open(file_);
    ASSERT_TRUE(store);
    const auto found = (*store)->find(keys.newest);
    ASSERT_FALSE(found) << goods;
    EXPECT_NE(found.error().text.find("character 5: goods must be lines of"), std::string::npos) << found.error().text;
  }
}

TEST_F(SqliteFile, another_programs_database_is_refused_unchanged) {
  run("CREATE TABLE notes (text TEXT); PRAGMA application_id = 77;");
  EXPECT_EQ(open_error(), file_ + ": is a database of another program; give --data a directory of its own");
  run("INSERT INTO notes VALUES ('still here')");
}

TEST_F(SqliteFile, a_newer_layout_is_refused) {
  const std::string mark = "PRAGMA application_id = " + std::to_string(k_application_id) + ";";
  run((mark + "CREATE TABLE snapshot (id INTEGER); PRAGMA user_version = 99;").c_str());
  EXPECT_NE(open_error().find("was written by a newer version of Cudgel (layout 99"), std::string::npos) << open_error();
}

TEST_F(SqliteFile, a_file_that_is_no_database_is_refused) {
  std::ofstream(file_) << std::string(4096, 'x');
  EXPECT_NE(open_error().find("move it away"), std::string::npos) << open_error();
}

TEST_F(SqliteFile, a_second_one_on_the_same_file_is_told_so) {
  auto first = SqliteStore::open(file_);
  ASSERT_TRUE(first);
  EXPECT_NE(open_error().find("another server uses this --data directory"), std::string::npos) << open_error();
}

TEST_F(SqliteFile, a_path_that_cannot_be_opened_is_told_so) {
  std::filesystem::create_directory(file_);
  EXPECT_NE(open_error().find("check its owner and permissions"), std::string::npos) << open_error();
}

}  // namespace
}  // namespace cudgel::store
