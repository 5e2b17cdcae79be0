#include "bake_content/json_file.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <vector>

namespace cudgel::bake_content {
namespace {

constexpr std::uintmax_t k_file_bytes_max = 64U << 20U;  ///< far above any map we make; keeps a slip from eating the memory

std::string line_and_column(const std::string& text, std::size_t byte) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(byte, text.size()));
  const auto line = 1 + std::count(text.begin(), end, '\n');
  const auto line_start = std::find(std::make_reverse_iterator(end), text.rend(), '\n').base();
  return "line " + std::to_string(line) + ", column " + std::to_string(std::max<std::ptrdiff_t>(1, end - line_start));
}

/// The words of nlohmann's message without its own number and position.
std::string reason_of(const nlohmann::json::exception& error) {
  const std::string what = error.what();
  const std::size_t position = what.find(": ");
  const std::size_t cut = position == std::string::npos ? what.find("] ") : position;
  return cut == std::string::npos ? what : what.substr(cut + 2);
}

/// Called for every key of the file; remembers those of the objects that are open.
class TwiceFinder {
 public:
  TwiceFinder(const std::string& name, Complaints& complaints) : name_(name), complaints_(complaints) {}

  bool operator()(Json::parse_event_t event, const Json& value) {
    if (event == Json::parse_event_t::object_start) open_.emplace_back();
    if (event == Json::parse_event_t::object_end) open_.pop_back();
    if (event == Json::parse_event_t::key && !open_.back().insert(value.get<std::string>()).second) {
      complaints_.add(name_, value.get<std::string>(), "stands twice in the same object");
    }
    return true;
  }

 private:
  const std::string& name_;
  Complaints& complaints_;
  std::vector<std::set<std::string>> open_;
};

}  // namespace

std::optional<Json> read_json(const std::filesystem::path& path, const std::string& name, Complaints& complaints) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  std::ifstream file(path, std::ios::binary);
  if (error || !file) {
    complaints.add(name, "", "cannot be read");
    return std::nullopt;
  }
  if (size > k_file_bytes_max) {
    complaints.add(name, "", "is too large: " + std::to_string(size) + " bytes");
    return std::nullopt;
  }
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  TwiceFinder twice(name, complaints);
  try {
    return Json::parse(text, [&](int, Json::parse_event_t event, Json& value) { return twice(event, value); });
  } catch (const nlohmann::json::parse_error& failed) {
    complaints.add(name, line_and_column(text, failed.byte), reason_of(failed));
  } catch (const nlohmann::json::exception& failed) {
    complaints.add(name, "", reason_of(failed));  // a number that no double holds: it comes without its place
  }
  return std::nullopt;
}

}  // namespace cudgel::bake_content
