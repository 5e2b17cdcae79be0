#pragma once
// A prepared statement that is always finalised. The first thing that goes wrong stays, and step() tells it. Bytes that are bound must
// outlive the step; texts are copied.

#include <sqlite3.h>

#include <cstdint>
#include <span>
#include <string_view>

namespace cudgel::store {

class Statement {
 public:
  Statement(sqlite3* database, const char* sql) { status_ = sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr); }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  void bind(int index, std::int64_t value) { note(sqlite3_bind_int64(statement_, index, value)); }
  void bind(int index, std::string_view text) {
    note(sqlite3_bind_text(statement_, index, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT));
  }
  void bind(int index, std::span<const std::uint8_t> bytes) {
    note(sqlite3_bind_blob64(statement_, index, bytes.empty() ? "" : static_cast<const void*>(bytes.data()), bytes.size(),
                             SQLITE_STATIC));
  }
  void bind_nothing(int index) { note(sqlite3_bind_null(statement_, index)); }
  /// Ready to be bound and stepped once more.
  void again() { sqlite3_reset(statement_); }
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

}  // namespace cudgel::store
