#pragma once
// Writes JSON, for what the page and the tests read. Writing only, in order, no checks of nesting.

#include <cstdint>
#include <string>
#include <string_view>

namespace cudgel::game {

class Json {
 public:
  Json& open(char bracket) {
    separate();
    text_ += bracket;
    first_ = true;
    return *this;
  }
  Json& close(char bracket) {
    text_ += bracket;
    first_ = false;
    return *this;
  }
  Json& key(std::string_view name);
  Json& value(std::string_view text);
  Json& value(const char* text) { return value(std::string_view(text)); }
  Json& value(bool yes);
  Json& value(std::int64_t number);
  Json& value(std::int32_t number) { return value(static_cast<std::int64_t>(number)); }
  Json& value(std::uint32_t number) { return value(static_cast<std::int64_t>(number)); }
  Json& value(std::uint64_t number) { return value(static_cast<std::int64_t>(number)); }
  /// At most three digits after the point; not a number becomes null.
  Json& value(double number);
  Json& null();
  template <class Value>
  Json& field(std::string_view name, Value&& content) {
    key(name);
    return value(std::forward<Value>(content));
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void separate();

  std::string text_;
  bool first_ = true;
};

}  // namespace cudgel::game
