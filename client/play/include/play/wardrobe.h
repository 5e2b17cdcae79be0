#pragma once
// Which pictures show what somebody wears: a body in that armour, and what the hand holds laid over it in the same pose. All of it goes by
// names in the atlas, so that an item's look is a model and nothing else: CLASS_ITEM (warrior_steel_mail, mage_ash_staff), CLASS_bare for
// a body without armour whose hand is empty, CLASS_hand for what it holds when no weapon is worn. What has no model looks as if nothing were worn.

#include <cstdint>
#include <vector>

#include "content/content.h"
#include "play/atlas.h"

namespace cudgel::game {

/// Both, or neither: then the class's own pictures are drawn.
struct Dress {
  const BodyArt* body = nullptr;
  const BodyArt* held = nullptr;
};

class Wardrobe {
 public:
  /// `atlas` must outlive this. Pictures that do not have the frames of the class's own are left out: they would not fit its poses.
  void open(const content::Content& content, const Atlas& atlas);
  /// `weapon` and `coat`: 1 + index of an item, 0 none; anything else counts as none.
  [[nodiscard]] Dress of(std::size_t class_index, std::uint8_t weapon, std::uint8_t coat) const;

 private:
  struct ClassLooks {
    Dress plain;
    std::vector<const BodyArt*> items;  ///< by item; null: has no look
  };
  std::vector<ClassLooks> classes_;
};

}  // namespace cudgel::game
