#include "play/wardrobe.h"

#include <algorithm>
#include <string>

namespace cudgel::game {

namespace {
/// Laid over each other, they must have the same pictures at the same moments.
bool fits(const BodyArt& look, const BodyArt& body) {
  return std::all_of(body.animations.begin(), body.animations.end(), [&](const auto& entry) {
    const auto found = look.animations.find(entry.first);
    return found != look.animations.end() && found->second.frames == entry.second.frames &&
           found->second.directions == entry.second.directions;
  });
}
}  // namespace

void Wardrobe::open(const content::Content& content, const Atlas& atlas) {
  classes_.clear();
  for (const content::ClassSpec& spec : content.classes()) {
    const std::string& sprite = spec.body.sprite;
    const BodyArt* const body = atlas.find(sprite);
    const auto art = [&](const std::string& name) -> const BodyArt* {
      const BodyArt* const found = body == nullptr ? nullptr : atlas.find(sprite + "_" + name);
      return found != nullptr && fits(*found, *body) ? found : nullptr;
    };
    ClassLooks looks;
    looks.plain = {art("bare"), art("bare_head"), art("hand")};
    for (const content::ItemSpec& item : content.items()) {
      Dress look;
      if (item.kind == content::ItemKind::weapon) look.held = art(item.name);
      if (item.kind == content::ItemKind::helmet) look.head = art(item.name);
      if (item.kind == content::ItemKind::armour) look = {art(item.name), art(item.name + "_head"), nullptr};
      // An armour's body has no head: one without the other is no look.
      if (item.kind == content::ItemKind::armour && (look.body == nullptr || look.head == nullptr)) look = {};
      looks.items.push_back(look);
    }
    classes_.push_back(std::move(looks));
  }
}

Dress Wardrobe::of(std::size_t class_index, const Worn& worn) const {
  if (class_index >= classes_.size()) return {};
  const ClassLooks& looks = classes_[class_index];
  const auto look = [&](std::uint8_t what) { return what == 0 || what > looks.items.size() ? Dress{} : looks.items[what - 1U]; };
  const BodyArt* const held = look(worn.weapon).held;
  const Dress coat = look(worn.coat);
  const Dress helmet = look(worn.helmet);
  const BodyArt* const hat = helmet.body == nullptr ? helmet.head : nullptr;  // an armour is no hat
  if (held == nullptr && coat.body == nullptr && hat == nullptr) return {};
  Dress dress = coat.body != nullptr ? coat : looks.plain;
  if (hat != nullptr) dress.head = hat;
  dress.held = held != nullptr ? held : looks.plain.held;
  return dress.whole() ? dress : Dress{};
}

}  // namespace cudgel::game
