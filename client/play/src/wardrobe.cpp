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
    const auto look = [&](const std::string& name) -> const BodyArt* {
      const BodyArt* const art = body == nullptr ? nullptr : atlas.find(sprite + "_" + name);
      return art != nullptr && fits(*art, *body) ? art : nullptr;
    };
    ClassLooks looks;
    looks.plain = {look("bare"), look("hand")};
    for (const content::ItemSpec& item : content.items()) {
      const bool seen = item.kind == content::ItemKind::weapon || item.kind == content::ItemKind::armour;
      looks.items.push_back(seen ? look(item.name) : nullptr);
    }
    classes_.push_back(std::move(looks));
  }
}

Dress Wardrobe::of(std::size_t class_index, std::uint8_t weapon, std::uint8_t coat) const {
  if (class_index >= classes_.size()) return {};
  const ClassLooks& looks = classes_[class_index];
  const auto worn = [&](std::uint8_t what) { return what == 0 || what > looks.items.size() ? nullptr : looks.items[what - 1U]; };
  const BodyArt* const held = worn(weapon);
  const BodyArt* const body = worn(coat);
  if (held == nullptr && body == nullptr) return {};
  const Dress dress{body != nullptr ? body : looks.plain.body, held != nullptr ? held : looks.plain.held};
  return dress.body != nullptr && dress.held != nullptr ? dress : Dress{};
}

}  // namespace cudgel::game
