#pragma once
// What classes and monsters have in common in the content files: a body with its attack. Knows the files' keys.

#include <set>
#include <string>

#include "bake_content/complaints.h"
#include "bake_content/row_reader.h"
#include "content/content.h"

namespace cudgel::bake_content {

/// The file a row stands in, and what its sprites are checked against.
struct Source {
  std::string file;
  const std::set<std::string>& models;
  Complaints& complaints;
};

content::BodySpec read_body(RowReader& row, const std::string& name, const Source& source);

}  // namespace cudgel::bake_content
