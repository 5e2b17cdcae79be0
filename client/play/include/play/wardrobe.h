#pragma once
// Which pictures show what somebody wears: a body in that armour, and laid over it in the same pose a head and what the hand holds. All of it
// goes by names in the atlas, so that an item's look is a model and nothing else: CLASS_ITEM (warrior_steel_mail, mage_ash_staff,
// taoist_straw_hat), CLASS_bare for a body without armour, CLASS_hand for what it holds when no weapon is worn, and for the head without a
// helmet that of the body, BODY_head (warrior_steel_mail_head, mage_bare_head). What has no model looks as if nothing were worn.

#include <cstdint>
#include <vector>

#include "content/content.h"
#include "play/atlas.h"

namespace cudgel::game {

/// Each 1 + index into the content's items, 0 none.
struct Worn {
  std::uint8_t weapon = 0;
  std::uint8_t coat = 0;
  std::uint8_t helmet = 0;
};

/// All three, or none: then the class's own pictures are drawn.
struct Dress {
  const BodyArt* body = nullptr;
  const BodyArt* head = nullptr;
  const BodyArt* held = nullptr;
  [[nodiscard]] bool whole() const { return body != nullptr && head != nullptr && held != nullptr; }
};

class Wardrobe {
 public:
  /// `atlas` must outlive this. Pictures that do not have the frames of the class's own are left out: they would not fit its poses.
  void open(const content::Content& content, const Atlas& atlas);
  /// What is not of the content, or is worn elsewhere, counts as nothing.
  [[nodiscard]] Dress of(std::size_t class_index, const Worn& worn) const;

 private:
  struct ClassLooks {
    Dress plain;
    std::vector<Dress> items;  ///< by item, what it brings: an armour body and head, a helmet a head, a weapon what is held
  };
  std::vector<ClassLooks> classes_;
};

}  // namespace cudgel::game
