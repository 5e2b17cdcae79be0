// Walks through a JSON document and knows where it is, so that every complaint names file, field and reason.
// Fields nobody asked for are mistakes too. Throws ContentError, which parse functions catch at their border.
#pragma once

#include <nlohmann/json.hpp>

#include <set>
#include <stdexcept>
#include <string>

#include "bake_art/vec.h"

namespace cudgel::bake {

using Json = nlohmann::ordered_json;

struct ContentError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Cursor {
 public:
  Cursor(const Json& json, std::string file, std::string path) : json_(&json), file_(std::move(file)), path_(std::move(path)) {}

  [[noreturn]] void fail(const std::string& reason) const {
    throw ContentError(file_ + ": " + (path_.empty() ? std::string("document") : path_) + ": " + reason);
  }
  [[noreturn]] void fail_at(const std::string& key, const std::string& reason) const { child_name(key).fail(reason); }

  const Json& json() const { return *json_; }
  bool has(const std::string& key) const {
    used_.insert(key);
    return json_->is_object() && json_->contains(key);
  }
  Cursor child(const std::string& key) const {
    if (!has(key)) fail_at(key, "missing");
    return Cursor((*json_)[key], file_, joined(key));
  }
  Cursor element(std::size_t i) const { return Cursor((*json_)[i], file_, path_ + "[" + std::to_string(i) + "]"); }
  void want_object() const {
    if (!json_->is_object()) fail("must be an object");
  }
  void want_array() const {
    if (!json_->is_array()) fail("must be a list");
  }

  float number() const {
    if (!json_->is_number()) fail("must be a number");
    return json_->get<float>();
  }
  float number(const std::string& key, float otherwise, float low = -1000, float high = 1000) const {
    if (!has(key)) return otherwise;
    const Cursor c = child(key);
    const float v = c.number();
    if (v < low || v > high) c.fail("must be " + shown(low) + ".." + shown(high));
    return v;
  }
  int whole(const std::string& key, int otherwise, int low, int high) const {
    if (!has(key)) return otherwise;
    const Cursor c = child(key);
    if (!c.json_->is_number_integer()) c.fail("must be a whole number");
    const auto v = c.json_->get<long long>();
    if (v < low || v > high) c.fail("must be " + std::to_string(low) + ".." + std::to_string(high));
    return static_cast<int>(v);
  }
  bool flag(const std::string& key, bool otherwise) const {
    if (!has(key)) return otherwise;
    const Cursor c = child(key);
    if (!c.json_->is_boolean()) c.fail("must be true or false");
    return c.json_->get<bool>();
  }
  std::string text() const {
    if (!json_->is_string()) fail("must be text");
    return json_->get<std::string>();
  }
  std::string text(const std::string& key, const std::string& otherwise) const {
    return has(key) ? child(key).text() : otherwise;
  }
  Vec vec() const {
    if (!json_->is_array() || json_->size() != 3) fail("must be a list of 3 numbers");
    const Vec v{element(0).number(), element(1).number(), element(2).number()};
    // degrees, pixels or metres: nothing sensible is larger, and a slip of the decimal point would fill the memory
    if (std::max({std::fabs(v.x), std::fabs(v.y), std::fabs(v.z)}) > 3600) fail("must be -3600..3600");
    return v;
  }
  Vec vec(const std::string& key, Vec otherwise) const { return has(key) ? child(key).vec() : otherwise; }

  // "#rrggbb" as linear light.
  Vec color() const {
    const std::string s = text();
    if (s.size() != 7 || s[0] != '#' || s.find_first_not_of("0123456789abcdefABCDEF", 1) != std::string::npos)
      fail("must be a colour like \"#a1b2c3\"");
    const auto part = [&](std::size_t at) {
      return std::pow(static_cast<float>(std::stoi(s.substr(at, 2), nullptr, 16)) / 255.F, 2.2F);
    };
    return {part(1), part(3), part(5)};
  }
  Vec color(const std::string& key, Vec otherwise) const { return has(key) ? child(key).color() : otherwise; }

  template <class T>
  T one_of(const std::string& key, T otherwise, std::initializer_list<std::pair<const char*, T>> names) const {
    if (!has(key)) return otherwise;
    const std::string s = child(key).text();
    std::string known;
    for (const auto& [name, value] : names) {
      if (s == name) return value;
      known += (known.empty() ? "" : ", ") + std::string(name);
    }
    fail_at(key, "unknown '" + s + "', must be one of " + known);
  }

  // Call after reading: a field that was never asked for is a typing error.
  void refuse_unknown() const {
    for (auto it = json_->begin(); it != json_->end(); ++it)
      if (used_.count(it.key()) == 0) fail_at(it.key(), "unknown field");
  }

 private:
  std::string joined(const std::string& key) const { return path_.empty() ? key : path_ + "." + key; }
  Cursor child_name(const std::string& key) const { return Cursor(*json_, file_, joined(key)); }
  static std::string shown(float v) {
    std::string s = std::to_string(v);
    s.erase(s.find_last_not_of('0') + 1);
    if (!s.empty() && s.back() == '.') s.pop_back();
    return s;
  }

  const Json* json_;
  std::string file_;
  std::string path_;
  mutable std::set<std::string> used_;
};

// Field `later` of a model or a tile file: true is a page of its own (its name), a word one that it shares, absent or false none.
inline std::string parse_later(const Cursor& root, const std::string& name) {
  if (!root.has("later")) return "";
  const Cursor later = root.child("later");
  if (later.json().is_boolean()) return later.json().get<bool>() ? name : "";
  const std::string group = later.json().is_string() ? later.json().get<std::string>() : "";
  if (group.empty() || group.size() > 32 || group.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") != std::string::npos)
    later.fail("must be true or the name of the pages it shares: a-z and _");
  return group;
}

}  // namespace cudgel::bake
