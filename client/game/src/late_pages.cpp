#include "late_pages.h"

#include "browser.h"

namespace cudgel::game {

namespace {
constexpr double k_retry_ms = 3000;  ///< a page that could not be fetched is asked for again after this
}  // namespace

LatePages::LatePages(Painter& painter, Atlas& atlas) : painter_(painter), atlas_(atlas), pages_(atlas.pages().size()) {}

void LatePages::want(std::size_t page, double now_ms) {
  Page& entry = pages_[page];
  if (!atlas_.pages()[page].later || entry.state != State::absent || now_ms < entry.not_before_ms) return;
  entry.state = State::asked;
  browser::fetch_page(atlas_.pages()[page].file, static_cast<int>(page));
}

void LatePages::came(std::size_t page, bool fetched, double now_ms) {
  if (page >= pages_.size() || pages_[page].state != State::asked) return;
  if (!fetched) {
    pages_[page] = {State::absent, now_ms + k_retry_ms};
    return;
  }
  pages_[page].state = State::waits;
  waiting_.push_back(page);
}

std::optional<std::size_t> LatePages::take_in(double now_ms) {
  if (waiting_.empty()) return std::nullopt;
  const std::size_t page = waiting_.front();
  waiting_.pop_front();
  const Atlas::Page& facts = atlas_.pages()[page];
  const TextureId texture = painter_.add_texture(facts.width, facts.height);
  if (texture >= 0) {
    painter_.bind_for_upload(texture);
    if (browser::upload_picture(static_cast<int>(page), 0, 0)) {
      atlas_.place_page(page, texture, 0, 0);
      pages_[page].state = State::here;
      return page;
    }
    painter_.remove_texture(texture);
  }
  pages_[page] = {State::absent, now_ms + k_retry_ms};
  return std::nullopt;
}

}  // namespace cudgel::game
