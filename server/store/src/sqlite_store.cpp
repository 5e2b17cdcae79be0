#include "store/sqlite_store.h"

#include <sqlite3.h>

#include <array>

#include "sqlite_statement.h"

namespace cudgel::store {
namespace {

/// How long to wait for another process that holds the file, before saying so.
constexpr int k_busy_timeout_ms = 2000;

/// Numbered migrations: entry i brings a file of user_version i to i + 1. Never changed once shipped, only added to.
constexpr std::array<const char*, 4> k_migrations{
    "CREATE TABLE snapshot ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  content_hash INTEGER NOT NULL,"  // the 64 bits of base::hash_bytes, as a signed number
    "  arena_side INTEGER NOT NULL,"
    "  tick_hz INTEGER NOT NULL,"
    "  tick INTEGER NOT NULL,"
    "  saved_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),"
    "  set_aside TEXT,"  // why it could not be restored; such a row is never deleted by us
    "  world BLOB NOT NULL);"
    "CREATE INDEX snapshot_of_world ON snapshot (content_hash, arena_side, tick_hz, id);",
    "CREATE TABLE character ("
    "  id INTEGER PRIMARY KEY,"  // random 64 bits, as a signed number
    "  token BLOB NOT NULL,"     // hash of the newest
    "  token_before BLOB,"       // hash of the one before, while it is still good
    "  name TEXT NOT NULL,"
    "  class TEXT NOT NULL,"
    "  map INTEGER NOT NULL,"  // 64 bits, as a signed number
    "  x INTEGER NOT NULL,"    // 1/256 tiles
    "  y INTEGER NOT NULL,"
    "  health INTEGER NOT NULL,"
    "  level INTEGER NOT NULL,"
    "  experience INTEGER NOT NULL,"  // points since that level
    "  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),"
    "  kept_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')));"
    "CREATE UNIQUE INDEX character_by_token ON character (token);"
    "CREATE UNIQUE INDEX character_by_token_before ON character (token_before) WHERE token_before IS NOT NULL;",
    "ALTER TABLE character ADD COLUMN gold INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE character ADD COLUMN bank_gold INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE character ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;"  // of gold and goods
    "ALTER TABLE character ADD COLUMN goods TEXT NOT NULL DEFAULT '';",      // lines "CELL ITEM COUNT"
    "ALTER TABLE character ADD COLUMN duel_wins INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX character_by_rank ON character (level DESC, experience DESC, id);",
};

void bind(Statement& statement, const WorldKey& key) {
  statement.bind(1, static_cast<std::int64_t>(key.content_hash));
  statement.bind(2, static_cast<std::int64_t>(key.arena_side));
  statement.bind(3, static_cast<std::int64_t>(key.tick_hz));
}

StoredSnapshot read_row(sqlite3_stmt* row, const WorldKey& key) {
  StoredSnapshot stored;
  stored.id = sqlite3_column_int64(row, 0);
  const auto* saved_at = sqlite3_column_text(row, 1);
  stored.saved_at = saved_at == nullptr ? "" : reinterpret_cast<const char*>(saved_at);
  stored.snapshot.key = key;
  stored.snapshot.tick = static_cast<std::uint32_t>(sqlite3_column_int64(row, 2));
  const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(row, 3));
  const int size = sqlite3_column_bytes(row, 3);
  if (bytes != nullptr) stored.snapshot.bytes.assign(bytes, bytes + size);
  return stored;
}

}  // namespace

base::Result<std::unique_ptr<SqliteStore>, StoreError> SqliteStore::open(const std::string& file) {
  sqlite3* database = nullptr;
  const int status =
      sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  std::unique_ptr<SqliteStore> store(new SqliteStore(database, file));
  if (status != SQLITE_OK) return base::fail(store->error("cannot be opened"));
  sqlite3_busy_timeout(database, k_busy_timeout_ms);
  if (auto prepared = store->prepare_file(); !prepared) return base::fail(prepared.error());
  if (auto migrated = store->migrate(); !migrated) return base::fail(migrated.error());
  return store;
}

SqliteStore::~SqliteStore() { sqlite3_close_v2(database_); }

/// Refuses what is not ours before anything is written.
base::Result<void, StoreError> SqliteStore::prepare_file() {
  const auto application = pragma("PRAGMA application_id");
  if (!application) return base::fail(application.error());
  const auto version = pragma("PRAGMA user_version");
  if (!version) return base::fail(version.error());
  const auto tables = pragma("SELECT count(*) FROM sqlite_schema");
  if (!tables) return base::fail(tables.error());
  const bool fresh = *application == 0 && *version == 0 && *tables == 0;
  if (!fresh && *application != k_application_id) {
    return base::fail(StoreError{file_ + ": is a database of another program; give --data a directory of its own"});
  }
  if (*version > static_cast<std::int64_t>(k_migrations.size())) {
    return base::fail(StoreError{file_ + ": was written by a newer version of Cudgel (layout " + std::to_string(*version) +
                                 ", this one knows " + std::to_string(k_migrations.size()) + "); use that version"});
  }
  if (sqlite3_db_readonly(database_, "main") == 1) {
    return base::fail(StoreError{file_ + ": cannot be written to; check its owner and permissions"});
  }
  // Exclusive: a second server on the same directory is told so at its start instead of overwriting this one's world.
  for (const char* sql : {"PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL",
                          "BEGIN IMMEDIATE", "COMMIT"}) {
    if (auto done = run(sql); !done) return done;
  }
  return {};
}

base::Result<void, StoreError> SqliteStore::migrate() {
  const auto version = pragma("PRAGMA user_version");
  if (!version) return base::fail(version.error());
  for (auto i = static_cast<std::size_t>(*version); i < k_migrations.size(); ++i) {
    const std::string sql = "BEGIN IMMEDIATE;" + std::string(k_migrations[i]) +
                            "PRAGMA application_id = " + std::to_string(k_application_id) +
                            ";PRAGMA user_version = " + std::to_string(i + 1) + ";COMMIT;";
    if (auto done = run(sql.c_str()); !done) {
      sqlite3_exec(database_, "ROLLBACK", nullptr, nullptr, nullptr);
      return done;
    }
  }
  return {};
}

base::Result<void, StoreError> SqliteStore::save(const Snapshot& snapshot) {
  if (auto begun = run("BEGIN IMMEDIATE"); !begun) return begun;
  Statement insert(database_,
                   "INSERT INTO snapshot (content_hash, arena_side, tick_hz, tick, world) VALUES (?1, ?2, ?3, ?4, ?5)");
  bind(insert, snapshot.key);
  insert.bind(4, static_cast<std::int64_t>(snapshot.tick));
  insert.bind(5, snapshot.bytes);
  Statement prune(
      database_,
      "DELETE FROM snapshot WHERE content_hash = ?1 AND arena_side = ?2 AND tick_hz = ?3 AND set_aside IS NULL AND id NOT IN "
      "(SELECT id FROM snapshot WHERE content_hash = ?1 AND arena_side = ?2 AND tick_hz = ?3 AND set_aside IS NULL "
      "ORDER BY id DESC LIMIT ?4)");
  bind(prune, snapshot.key);
  prune.bind(4, static_cast<std::int64_t>(k_snapshots_kept));
  if (insert.step() != SQLITE_DONE || prune.step() != SQLITE_DONE) return undo("the world cannot be saved");
  return commit();
}

base::Result<std::optional<StoredSnapshot>, StoreError> SqliteStore::load(const WorldKey& key) {
  Statement select(database_,
                   "SELECT id, saved_at, tick, world FROM snapshot WHERE content_hash = ?1 AND arena_side = ?2 AND tick_hz = ?3 "
                   "AND set_aside IS NULL ORDER BY id DESC LIMIT 1");
  bind(select, key);
  const int status = select.step();
  if (status == SQLITE_DONE) return std::optional<StoredSnapshot>();
  if (status != SQLITE_ROW) return base::fail(error("the saved world cannot be read"));
  return std::optional<StoredSnapshot>(read_row(select.get(), key));
}

base::Result<void, StoreError> SqliteStore::set_aside(std::int64_t id, const std::string& reason) {
  Statement update(database_, "UPDATE snapshot SET set_aside = ?1 WHERE id = ?2");
  update.bind(1, reason);
  update.bind(2, id);
  if (update.step() != SQLITE_DONE) return base::fail(error("a snapshot cannot be set aside"));
  if (sqlite3_changes(database_) == 0) return base::fail(StoreError{file_ + ": there is no snapshot " + std::to_string(id)});
  return {};
}

base::Result<std::int64_t, StoreError> SqliteStore::count_others(const WorldKey& key) {
  Statement count(database_, "SELECT count(*) FROM snapshot WHERE NOT (content_hash = ?1 AND arena_side = ?2 AND tick_hz = ?3)");
  bind(count, key);
  if (count.step() != SQLITE_ROW) return base::fail(error("the saved worlds cannot be counted"));
  return sqlite3_column_int64(count.get(), 0);
}

base::Result<std::int64_t, StoreError> SqliteStore::pragma(const char* name) {
  Statement query(database_, name);
  if (query.step() != SQLITE_ROW) return base::fail(error("cannot be read"));
  return sqlite3_column_int64(query.get(), 0);
}

base::Result<void, StoreError> SqliteStore::run(const char* sql) {
  if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return base::fail(error("cannot be written to"));
  return {};
}

base::Result<void, StoreError> SqliteStore::undo(const char* doing) {
  StoreError failed = error(doing);
  sqlite3_exec(database_, "ROLLBACK", nullptr, nullptr, nullptr);
  return base::fail(std::move(failed));
}

base::Result<void, StoreError> SqliteStore::commit() {
  if (sqlite3_exec(database_, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK) return undo("cannot be written to");
  return {};
}

StoreError SqliteStore::error(const char* doing) const {
  std::string text = file_ + ": " + doing + ": " + sqlite3_errmsg(database_);
  switch (sqlite3_errcode(database_)) {
    case SQLITE_NOTADB:
      text += "; move it away, a new one will be made";
      break;
    case SQLITE_CORRUPT:
      text += "; keep a copy, then move it away or repair it with sqlite3's .recover";
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      text += "; another server uses this --data directory, give each its own";
      break;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      text += "; check its owner and permissions";
      break;
    case SQLITE_FULL:
    case SQLITE_IOERR:
      text += "; check the disk and its free space";
      break;
    default:
      break;
  }
  return {text};
}

}  // namespace cudgel::store
