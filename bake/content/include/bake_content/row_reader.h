#pragma once
// One object of a content file, read key by key in the units people write and handed out in the units of the game. Whatever is
// missing, of the wrong type, out of range or unknown is a complaint with the object's place; reading goes on.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bake_content/complaints.h"
#include "bake_content/json_file.h"
#include "content/limits.h"

namespace cudgel::bake_content {

class RowReader {
 public:
  /// `object` must outlive the reader. Anything but an object is a complaint, and every value is then its range's lower end;
  /// null has been complained about already.
  RowReader(const Json& object, std::string file, std::string place, Complaints& complaints);
  /// Complains about keys that nobody asked for, with the nearest that somebody did. "note" is for people and always allowed.
  ~RowReader();
  RowReader(const RowReader&) = delete;
  RowReader& operator=(const RowReader&) = delete;

  /// A whole number.
  std::int32_t whole(const char* key, content::Range range);
  /// A list of whole numbers, as many as `count` says.
  std::vector<std::int32_t> wholes(const char* key, content::Range range, content::Range count);
  /// Tiles or tiles per second as a decimal ("0.3" or 0.3), in units; `units` is the range in units.
  std::int32_t tiles(const char* key, content::Range units);
  /// Any number low..high; `otherwise` when the key is absent.
  double decimal(const char* key, double otherwise, double low, double high);
  /// As the two above, but `otherwise` when the key is absent.
  std::int32_t whole(const char* key, content::Range range, std::int32_t otherwise);
  std::int32_t tiles(const char* key, content::Range units, std::int32_t otherwise);
  bool flag(const char* key, bool otherwise);
  /// A name of a-z, 0-9 and _; `otherwise` when the key is absent.
  std::string name(const char* key, const std::string& otherwise);
  /// Words for people (content::is_content_text); empty when the key is absent.
  std::string text(const char* key, std::size_t bytes_max);
  /// One of `words`, as its index.
  std::size_t one_of(const char* key, std::initializer_list<const char*> words);
  /// What stands below `key`, for a RowReader; null and a complaint when there is nothing.
  const Json& object(const char* key);
  /// What stands below `key`, whatever it is; nothing when the key is absent.
  const Json* value(const char* key) { return find(key); }
  /// True when the key is there.
  bool has(const char* key) const;
  /// Complains about the value of `key`.
  void complain(const std::string& key, const std::string& reason);
  [[nodiscard]] std::string place_of(const std::string& key) const;

 private:
  const Json* find(const char* key);
  const Json* find_or_complain(const char* key);

  const Json& object_;
  std::string file_;
  std::string place_;
  Complaints& complaints_;
  std::set<std::string> known_;
};

/// A value as a person would write it, cut after 40 characters.
std::string shown(const Json& value);
/// A number as a person would write it: at most four decimals, no zeros at the end.
std::string decimal_text(double number);
/// Units as tiles in decimals, for example 77 -> "0.3008".
std::string tiles_text(std::int32_t units);
/// The entry of `words` that `word` was most likely meant to be, or nothing.
std::string nearest_word(std::string_view word, const std::set<std::string>& words);

}  // namespace cudgel::bake_content
