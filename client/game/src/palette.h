#pragma once
// The colours that mean something: friend and foe, whole and weak, whose blow it was. The second set is for those who do not see red and green
// as two; it is the page's, too (web/css/settings.css). Colours only.

#include "painter.h"

namespace cudgel::game {

struct Palette {
  Colour foe, friendly, weak;                          ///< of health bars
  Colour number_on_self, number_by_self, number_else;  ///< of blows
};

/// `safe`: after M. Okabe and K. Ito, "Color Universal Design", 2008.
inline Palette make_palette(bool safe) {
  if (safe) {
    return {tint(0.84F, 0.37F, 0.0F, 1), tint(0.34F, 0.71F, 0.91F, 1), tint(0.94F, 0.89F, 0.26F, 1),
            tint(1.0F, 0.62F, 0.25F, 1), tint(0.62F, 0.85F, 1.0F, 1),  tint(0.86F, 0.86F, 0.84F, 1)};
  }
  return {tint(0.82F, 0.17F, 0.12F, 1), tint(0.42F, 0.72F, 0.22F, 1), tint(0.92F, 0.62F, 0.13F, 1),
          tint(1.0F, 0.36F, 0.25F, 1),  tint(1.0F, 0.9F, 0.5F, 1),    tint(0.86F, 0.86F, 0.84F, 1)};
}

/// `colour` seen through: all four parts are less, because they are premultiplied.
inline Colour thinned(Colour colour, float opacity) {
  const auto part = [opacity](std::uint8_t value) {
    return static_cast<std::uint8_t>(static_cast<float>(value) * opacity + 0.5F);
  };
  return {part(colour.r), part(colour.g), part(colour.b), part(colour.a)};
}

}  // namespace cudgel::game
