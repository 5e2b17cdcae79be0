#include "goods_text.h"

#include <charconv>
#include <cstdint>

namespace cudgel::store {
namespace {

/// The text up to `end`, which is taken off with it; nothing when it is not there.
std::optional<std::string_view> take_until(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view word = text.substr(0, at);
  text.remove_prefix(at + 1);
  return word;
}

template <class Number>
bool read_number(std::string_view word, Number& number) {
  const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
  return read.ec == std::errc() && read.ptr == word.data() + word.size();
}

}  // namespace

std::string text_of_goods(const std::vector<Goods>& goods) {
  std::string text;
  for (const Goods& one : goods) text += std::to_string(one.cell) + ' ' + one.item + ' ' + std::to_string(one.count) + '\n';
  return text;
}

std::optional<std::vector<Goods>> goods_of_text(std::string_view text) {
  std::vector<Goods> goods;
  while (!text.empty()) {
    const auto cell = take_until(text, ' ');
    const auto item = take_until(text, ' ');
    const auto count = take_until(text, '\n');
    Goods one;
    if (!cell || !item || !count || item->empty() || goods.size() == k_goods_max) return std::nullopt;
    if (!read_number(*cell, one.cell) || !read_number(*count, one.count)) return std::nullopt;
    one.item = *item;
    goods.push_back(std::move(one));
  }
  return goods;
}

}  // namespace cudgel::store
