#include "sounds.h"

#include <algorithm>
#include <vector>

#include "browser.h"
#include "play/json.h"

namespace cudgel::game {

std::string Sounds::open(std::span<const std::uint8_t> bytes, std::uint64_t seed) {
  auto book = SoundBook::load(bytes);
  if (!book) return "The game's sounds could not be read: " + book.error().text;
  ears_.reset();
  book_.emplace(std::move(*book));
  ears_.emplace(*book_, seed);
  return {};
}

std::string Sounds::table_json() const {
  Json json;
  if (!book_) {
    json.null();
    return json.take();
  }
  json.open('{').field("effects_file", std::string_view(book_->effects_file()));
  json.field("later_file", std::string_view(book_->later_file())).field("tick_ms", book_->tick_ms());
  json.key("sounds").open('[');
  for (const SoundSpec& sound : book_->sounds()) {
    json.open('{').field("name", std::string_view(sound.name)).field("length_ms", sound.length_ms);
    json.field("later", sound.later).key("takes_ms").open('[');
    for (const std::uint32_t take_ms : sound.takes_ms) json.value(take_ms);
    json.close(']').close('}');
  }
  json.close(']').key("loops").open('[');
  for (const LoopSpec& loop : book_->loops()) {
    json.open('{').field("name", std::string_view(loop.name)).field("file", std::string_view(loop.file));
    json.field("length_ms", loop.length_ms).field("music", loop.music).close('}');
  }
  json.close(']').close('}');
  return json.take();
}

std::string Sounds::soundscape_json() const {
  Json json;
  if (!book_) {
    json.null();
    return json.take();
  }
  const auto here = book_->soundscape(place_.now());
  std::vector<std::uint16_t> told(here.begin(), here.end());
  json.open('{').key("now").open('[');
  for (const std::uint16_t loop : here) json.value(std::uint32_t{loop});
  json.close(']').key("near").open('[');
  for (const std::string& music : place_.near()) {
    for (const std::uint16_t loop : book_->soundscape(music)) {
      if (std::find(told.begin(), told.end(), loop) != told.end()) continue;
      told.push_back(loop);
      json.value(std::uint32_t{loop});
    }
  }
  json.close(']').close('}');
  return json.take();
}

void Sounds::enter(const content::MapSpec* map) {
  cues_.enter(map);
  place_.enter(map);
}

void Sounds::begin(const Cue& cue, double now_ms) {
  if (!ears_) return;
  if (const auto start = ears_->hear(cue, x_, y_, now_ms)) {
    browser::start_sound(start->sound, start->take, start->gain, start->pan, start->rate);
  }
}

void Sounds::frame(const core::BodyView& self, std::span<const core::BodyView> others, double now_ms) {
  x_ = self.x;
  y_ = self.y;
  place_.stand(x_, y_);
  cues_.watch(self, now_ms);
  for (const core::BodyView& body : others) cues_.watch(body, now_ms);
  cues_.watched(now_ms);
  for (const Cue& cue : cues_.take()) begin(cue, now_ms);
}

void Sounds::own(const OwnFacts& facts, double now_ms) {
  for (const std::string_view key : news_.watch(facts, now_ms)) cue(std::string(key), now_ms);
}

void Sounds::cue(const std::string& key, double now_ms) { begin({{key, key.substr(0, key.find('.')), ""}, x_, y_}, now_ms); }

}  // namespace cudgel::game
