#pragma once
// Worlds and characters in one SQLite file (WAL): survives a crash in the middle of a save. Opens only files that are ours or new; a file
// of somebody else, of a newer version, locked or read-only gives an error that names it.

#include <memory>

#include "store/store.h"

struct sqlite3;

namespace cudgel::store {

/// Written into the file's header (PRAGMA application_id): "Cudg".
inline constexpr std::int32_t k_application_id = 0x43756467;

class SqliteStore final : public Store {
 public:
  /// Opens or makes `file`, and brings an older layout up to date by its numbered migrations.
  static base::Result<std::unique_ptr<SqliteStore>, StoreError> open(const std::string& file);
  ~SqliteStore() override;
  SqliteStore(const SqliteStore&) = delete;
  SqliteStore& operator=(const SqliteStore&) = delete;

  base::Result<void, StoreError> save(const Snapshot& snapshot) override;
  base::Result<std::optional<StoredSnapshot>, StoreError> load(const WorldKey& key) override;
  base::Result<void, StoreError> set_aside(std::int64_t id, const std::string& reason) override;
  base::Result<std::int64_t, StoreError> count_others(const WorldKey& key) override;

  base::Result<void, StoreError> create(const Character& character, const TokenKeys& keys) override;
  base::Result<void, StoreError> rotate(std::uint64_t id, const TokenKeys& keys) override;
  base::Result<std::optional<Character>, StoreError> find(const TokenHash& key) override;
  base::Result<void, StoreError> keep(std::span<const Character> characters) override;
  base::Result<std::vector<Rank>, StoreError> strongest(std::size_t count) override;

 private:
  SqliteStore(sqlite3* database, std::string file) : database_(database), file_(std::move(file)) {}
  base::Result<void, StoreError> prepare_file();
  base::Result<void, StoreError> migrate();
  base::Result<std::int64_t, StoreError> pragma(const char* name);
  base::Result<void, StoreError> run(const char* sql);
  /// What went wrong in the transaction that stands open, which is undone.
  base::Result<void, StoreError> undo(const char* doing);
  base::Result<void, StoreError> commit();
  [[nodiscard]] StoreError error(const char* doing) const;

  sqlite3* database_;
  std::string file_;
};

}  // namespace cudgel::store
