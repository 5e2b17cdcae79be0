#pragma once
// A JSON file as a tree that keeps the order of its keys. Tells where the syntax is wrong, and refuses a key that stands twice in an object.

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "bake_content/complaints.h"

namespace cudgel::bake_content {

using Json = nlohmann::ordered_json;

/// `name` is what complaints call the file. Nothing, and a complaint, when it cannot be read or is not JSON.
std::optional<Json> read_json(const std::filesystem::path& path, const std::string& name, Complaints& complaints);

}  // namespace cudgel::bake_content
