#pragma once
// All rows of a content file that is one object: name -> row.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "body_rows.h"

namespace cudgel::bake_content {

/// `read(row, name, source)` makes a row; what is wrong with names and their number is told here.
template <class Row, class Read>
std::vector<Row> read_rows(const std::filesystem::path& assets, const char* name, const Source& source, content::Range count,
                           Read read) {
  std::vector<Row> out;
  const std::optional<Json> json = read_json(assets / "content" / name, source.file, source.complaints);
  if (!json) return out;
  if (!json->is_object()) {
    source.complaints.add(source.file, "", "must be an object { \"name\": { ... }, ... }");
    return out;
  }
  for (const auto& [key, value] : json->items()) {
    if (key == "note") continue;
    if (!content::is_content_name(key)) {
      source.complaints.add(source.file, key,
                            "must be a name of 1.." + std::to_string(content::k_name_bytes_max) + " of a-z, 0-9 and _");
    }
    RowReader row(value, source.file, key, source.complaints);
    if (value.is_null()) source.complaints.add(source.file, key, "must be an object { ... }, is null");
    if (value.is_object()) out.push_back(read(row, key, source));
  }
  if (!count.holds(static_cast<std::int64_t>(out.size()))) {
    source.complaints.add(
        source.file, "",
        "must have " + std::to_string(count.min) + ".." + std::to_string(count.max) + " rows, has " + std::to_string(out.size()));
  }
  return out;
}

}  // namespace cudgel::bake_content
