#include "store/sqlite_store.h"

#include <sqlite3.h>

#include <array>

namespace cudgel::store {
namespace {

/// How long to wait for another process that holds the file, before saying so.
constexpr int k_busy_timeout_ms = 2000;

/// Numbered migrations: entry i brings a file of user_version i to i + 1. Never changed once shipped, only added to.
constexpr std::array<const char*, 1> k_migrations{
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
};

/// A prepared statement that is always finalised.
class Statement {
 public:
  Statement(sqlite3* database, const char* sql) { status_ = sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr); }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  void bind(int index, std::int64_t value) { note(sqlite3_bind_int64(statement_, index, value)); }
  void bind(int index, const std::string& text) {
    note(sqlite3_bind_text(statement_, index, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT));
  }
  void bind(int index, const std::vector<std::uint8_t>& bytes) {
    note(sqlite3_bind_blob64(statement_, index, bytes.empty() ? "" : static_cast<const void*>(bytes.data()), bytes.size(),
                             SQLITE_STATIC));
  }
  void bind(const WorldKey& key) {
    bind(1, static_cast<std::int64_t>(key.content_hash));
    bind(2, static_cast<std::int64_t>(key.arena_side));
    bind(3, static_cast<std::int64_t>(key.tick_hz));
  }
  /// SQLITE_ROW, SQLITE_DONE or an error.
  int step() { return status_ == SQLITE_OK ? sqlite3_step(statement_) : status_; }
  sqlite3_stmt* get() { return statement_; }

 private:
  void note(int status) {
    if (status_ == SQLITE_OK) status_ = status;
  }
  sqlite3_stmt* statement_ = nullptr;
  int status_ = SQLITE_OK;
};

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

base::Result<std::unique_ptr<SqliteWorldStore>, StoreError> SqliteWorldStore::open(const std::string& file) {
  sqlite3* database = nullptr;
  const int status =
      sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  std::unique_ptr<SqliteWorldStore> store(new SqliteWorldStore(database, file));
  if (status != SQLITE_OK) return base::fail(store->error("cannot be opened"));
  sqlite3_busy_timeout(database, k_busy_timeout_ms);
  if (auto prepared = store->prepare_file(); !prepared) return base::fail(prepared.error());
  if (auto migrated = store->migrate(); !migrated) return base::fail(migrated.error());
  return store;
}

SqliteWorldStore::~SqliteWorldStore() { sqlite3_close_v2(database_); }

/// Refuses what is not ours before anything is written.
base::Result<void, StoreError> SqliteWorldStore::prepare_file() {
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

base::Result<void, StoreError> SqliteWorldStore::migrate() {
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

base::Result<void, StoreError> SqliteWorldStore::save(const Snapshot& snapshot) {
  if (auto begun = run("BEGIN IMMEDIATE"); !begun) return begun;
  Statement insert(database_,
                   "INSERT INTO snapshot (content_hash, arena_side, tick_hz, tick, world) VALUES (?1, ?2, ?3, ?4, ?5)");
  insert.bind(snapshot.key);
  insert.bind(4, static_cast<std::int64_t>(snapshot.tick));
  insert.bind(5, snapshot.bytes);
  Statement prune(
      database_,
      "DELETE FROM snapshot WHERE content_hash = ?1 AND arena_side = ?2 AND tick_hz = ?3 AND set_aside IS NULL AND id NOT IN "
      "(SELECT id FROM snapshot WHERE content_hash = ?1 AND arena_side = ?2 AND tick_hz = ?3 AND set_aside IS NULL "
      "ORDER BY id DESC LIMIT ?4)");
  prune.bind(snapshot.key);
  prune.bind(4, static_cast<std::int64_t>(k_snapshots_kept));
  if (insert.step() != SQLITE_DONE || prune.step() != SQLITE_DONE) {
    StoreError failed = error("the world cannot be saved");
    sqlite3_exec(database_, "ROLLBACK", nullptr, nullptr, nullptr);
    return base::fail(std::move(failed));
  }
  return run("COMMIT");
}

base::Result<std::optional<StoredSnapshot>, StoreError> SqliteWorldStore::load(const WorldKey& key) {
  Statement select(database_,
                   "SELECT id, saved_at, tick, world FROM snapshot WHERE content_hash = ?1 AND arena_side = ?2 AND tick_hz = ?3 "
                   "AND set_aside IS NULL ORDER BY id DESC LIMIT 1");
  select.bind(key);
  const int status = select.step();
  if (status == SQLITE_DONE) return std::optional<StoredSnapshot>();
  if (status != SQLITE_ROW) return base::fail(error("the saved world cannot be read"));
  return std::optional<StoredSnapshot>(read_row(select.get(), key));
}

base::Result<void, StoreError> SqliteWorldStore::set_aside(std::int64_t id, const std::string& reason) {
  Statement update(database_, "UPDATE snapshot SET set_aside = ?1 WHERE id = ?2");
  update.bind(1, reason);
  update.bind(2, id);
  if (update.step() != SQLITE_DONE) return base::fail(error("a snapshot cannot be set aside"));
  if (sqlite3_changes(database_) == 0) return base::fail(StoreError{file_ + ": there is no snapshot " + std::to_string(id)});
  return {};
}

base::Result<std::int64_t, StoreError> SqliteWorldStore::count_others(const WorldKey& key) {
  Statement count(database_, "SELECT count(*) FROM snapshot WHERE NOT (content_hash = ?1 AND arena_side = ?2 AND tick_hz = ?3)");
  count.bind(key);
  if (count.step() != SQLITE_ROW) return base::fail(error("the saved worlds cannot be counted"));
  return sqlite3_column_int64(count.get(), 0);
}

base::Result<std::int64_t, StoreError> SqliteWorldStore::pragma(const char* name) {
  Statement query(database_, name);
  if (query.step() != SQLITE_ROW) return base::fail(error("cannot be read"));
  return sqlite3_column_int64(query.get(), 0);
}

base::Result<void, StoreError> SqliteWorldStore::run(const char* sql) {
  if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return base::fail(error("cannot be written to"));
  return {};
}

StoreError SqliteWorldStore::error(const char* doing) const {
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
