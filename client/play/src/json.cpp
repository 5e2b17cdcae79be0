#include "play/json.h"

#include <cmath>
#include <cstdio>

namespace cudgel::game {

void Json::separate() {
  if (!first_) text_ += ',';
  first_ = false;
}

Json& Json::key(std::string_view name) {
  value(name);
  text_ += ':';
  first_ = true;
  return *this;
}

Json& Json::value(std::string_view text) {
  separate();
  text_ += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      text_ += '\\';
      text_ += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
      text_ += escaped;
    } else {
      text_ += c;
    }
  }
  text_ += '"';
  return *this;
}

Json& Json::value(bool yes) {
  separate();
  text_ += yes ? "true" : "false";
  return *this;
}

Json& Json::value(std::int64_t number) {
  separate();
  text_ += std::to_string(number);
  return *this;
}

Json& Json::value(double number) {
  if (!std::isfinite(number)) return null();
  separate();
  char digits[48];
  std::snprintf(digits, sizeof digits, "%.3f", number);
  text_ += digits;
  while (text_.back() == '0') text_.pop_back();
  if (text_.back() == '.') text_.pop_back();
  return *this;
}

Json& Json::null() {
  separate();
  text_ += "null";
  return *this;
}

}  // namespace cudgel::game
