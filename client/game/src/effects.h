#pragma once
// What flies up for a moment and is gone: numbers, sparks, bursts, rings of light. Purely for the eye; the oldest goes when there are too many.

#include <cstdint>
#include <string>
#include <vector>

#include "core/game_client.h"
#include "palette.h"
#include "play/atlas.h"
#include "play/camera.h"
#include "text_cache.h"

namespace cudgel::game {

class Effects {
 public:
  /// `atlas` must outlive this.
  void open(const Atlas& atlas);
  /// `calm`: what rises does not leap up first.
  void set_look(const Palette& palette, bool calm) {
    palette_ = palette;
    calm_ = calm;
  }
  /// A number that rises from a body of `height` (art pixels) at (x, y) tiles.
  void number(double x, double y, float height, std::int32_t amount, bool on_self, bool by_self, double now_ms);
  /// Words that rise, for example "dodged".
  void words(double x, double y, float height, std::string text, double now_ms);
  /// Health that came back, rising in green.
  void mended(double x, double y, float height, std::int32_t amount, double now_ms);
  /// Golden words, larger and slower: "Level 3".
  void title(double x, double y, float height, std::string text, double now_ms);
  /// An animation of the atlas ("hit_spark", "burst") at (x, y), once or, with `lasts_ms`, again and again so long. The pictures
  /// themselves know how high above the ground they are.
  void picture(const char* name, double x, double y, int facing, double now_ms, double lasts_ms = 0);

  /// Pictures and their light; after the bodies.
  void draw_pictures(Painter& painter, const Camera& camera, double now_ms);
  void draw_texts(Painter& painter, TextCache& text, const Camera& camera, double now_ms);
  /// A soft light at a device pixel, `radius` in art pixels.
  static void glow(Painter& painter, const TextCache& text, const Camera& camera, Point at, float radius, Colour colour);

 private:
  struct Picture {
    const Animation* animation = nullptr;
    double x = 0, y = 0;
    int direction = 0;
    double begin_ms = 0;
    double shown_ms = 0;
    bool stays = false;  ///< comes and goes softly
  };
  struct Text {
    std::string text;
    double x = 0, y = 0;
    float height = 0;
    float size = 1;
    float drift = 0;  ///< art pixels sideways over its life
    float aside = 0;  ///< art pixels: beside those that rise from the same place
    Colour colour;
    double begin_ms = 0;
    double shown_ms = 0;
  };
  void add(Text text);

  const Atlas* atlas_ = nullptr;
  std::vector<Picture> pictures_;
  std::vector<Text> texts_;
  int drift_turn_ = 0;
  Palette palette_ = make_palette(false);
  bool calm_ = false;
};

}  // namespace cudgel::game
