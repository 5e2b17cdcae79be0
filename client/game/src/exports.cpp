// What the page may call (web/js/game.js). One game per page. Texts go out as UTF-8 in a buffer that the next call reuses.

#include <emscripten.h>

#include "app.h"

namespace {

cudgel::game::App& app() {
  // Never destroyed: it lives as long as the page.
  static auto* const the_app = new cudgel::game::App();
  return *the_app;
}

const char* handed_out(std::string text) {
  static std::string kept;
  kept = std::move(text);
  return kept.c_str();
}

}  // namespace

extern "C" {

/// Empty when all is well, else a sentence for people.
EMSCRIPTEN_KEEPALIVE const char* cudgel_open(const std::uint8_t* content, std::size_t content_size, const std::uint8_t* atlas,
                                             std::size_t atlas_size) {
  return handed_out(app().open({content, content_size}, {atlas, atlas_size}));
}
EMSCRIPTEN_KEEPALIVE const char* cudgel_open_sounds(const std::uint8_t* bytes, std::size_t size) {
  return handed_out(app().open_sounds({bytes, size}));
}
EMSCRIPTEN_KEEPALIVE const char* cudgel_sound_table() { return handed_out(app().sound_table()); }
EMSCRIPTEN_KEEPALIVE const char* cudgel_soundscape() { return handed_out(app().soundscape()); }
EMSCRIPTEN_KEEPALIVE void cudgel_cue(const char* key) { app().cue(key); }
EMSCRIPTEN_KEEPALIVE void cudgel_set_look(int shake, int calm, int safe_colours, int quality) {
  app().set_look(shake != 0, calm != 0, safe_colours != 0, quality);
}
EMSCRIPTEN_KEEPALIVE int cudgel_bind(int action, const char* code) { return app().input().bind(action, code) ? 1 : 0; }
EMSCRIPTEN_KEEPALIVE void cudgel_set_words(const char* lines) { app().set_words(lines); }
EMSCRIPTEN_KEEPALIVE void cudgel_run() { app().run(); }
EMSCRIPTEN_KEEPALIVE int cudgel_join(const char* url, const char* name, const char* class_name, const char* token,
                                     const char* only_road) {
  return app().join(url, name, class_name, token, only_road) ? 1 : 0;
}
EMSCRIPTEN_KEEPALIVE int cudgel_watch(const char* url, const char* name, const char* only_road) {
  return app().watch(url, name, only_road) ? 1 : 0;
}
EMSCRIPTEN_KEEPALIVE void cudgel_let_watch(int allowed) { app().let_watch(allowed != 0); }
EMSCRIPTEN_KEEPALIVE const char* cudgel_token() { return handed_out(app().token()); }
EMSCRIPTEN_KEEPALIVE void cudgel_page_came(int page, int fetched) {
  if (page >= 0) app().page_came(static_cast<std::size_t>(page), fetched != 0);
}
EMSCRIPTEN_KEEPALIVE void cudgel_region_came(int column, int row, const std::uint8_t* bytes, std::size_t size) {
  app().region_came(column, row, {bytes, size});
}
EMSCRIPTEN_KEEPALIVE const char* cudgel_zones() { return handed_out(app().zones()); }
EMSCRIPTEN_KEEPALIVE void cudgel_leave() { app().leave(); }
EMSCRIPTEN_KEEPALIVE void cudgel_pulse() { app().pulse(); }
EMSCRIPTEN_KEEPALIVE void cudgel_stick(float x, float y) { app().input().set_stick(x, y); }
EMSCRIPTEN_KEEPALIVE void cudgel_attack_button(int down) { app().input().set_attack_button(down != 0); }
EMSCRIPTEN_KEEPALIVE void cudgel_skill_button(int skill) { app().input().press_skill(skill); }
EMSCRIPTEN_KEEPALIVE void cudgel_order_button(int order) { app().input().press_order(order); }
EMSCRIPTEN_KEEPALIVE void cudgel_release_all() { app().input().release_all(); }
EMSCRIPTEN_KEEPALIVE const char* cudgel_state() { return handed_out(app().state()); }
EMSCRIPTEN_KEEPALIVE const char* cudgel_events() { return handed_out(app().events()); }
EMSCRIPTEN_KEEPALIVE const char* cudgel_hud() { return handed_out(app().hud()); }
EMSCRIPTEN_KEEPALIVE const char* cudgel_notices() { return handed_out(app().notices()); }
EMSCRIPTEN_KEEPALIVE const char* cudgel_monitor(double since_ms) { return handed_out(app().monitor(since_ms)); }
EMSCRIPTEN_KEEPALIVE const char* cudgel_trace() { return handed_out(app().trace()); }
EMSCRIPTEN_KEEPALIVE const char* cudgel_items() { return handed_out(app().items()); }
EMSCRIPTEN_KEEPALIVE const char* cudgel_goods() { return handed_out(app().goods()); }
EMSCRIPTEN_KEEPALIVE int cudgel_deed(const char* deed, int cell, int to, int item, int count, double gold) {
  return app().do_deed(deed, cell, to, item, count, gold) ? 1 : 0;
}
EMSCRIPTEN_KEEPALIVE int cudgel_duel(const char* action, unsigned entity) { return app().duel(action, entity) ? 1 : 0; }
EMSCRIPTEN_KEEPALIVE const char* cudgel_challenge(const char* name) { return app().challenge(name); }
EMSCRIPTEN_KEEPALIVE const char* cudgel_together() { return handed_out(app().together()); }
EMSCRIPTEN_KEEPALIVE int cudgel_deal(const char* deed, unsigned who, int cell, int count, double gold) {
  return app().deal(deed, who, cell, count, gold) ? 1 : 0;
}
EMSCRIPTEN_KEEPALIVE void cudgel_take_nearest() { app().take_nearest(); }
EMSCRIPTEN_KEEPALIVE void cudgel_ask_people() { app().ask_people(); }
EMSCRIPTEN_KEEPALIVE void cudgel_ask_strongest() { app().ask_strongest(); }
/// Null before there is a map; valid until the next call. See chart_pixels().
EMSCRIPTEN_KEEPALIVE const std::uint8_t* cudgel_chart_pixels() {
  static std::vector<std::uint8_t> kept;
  kept = app().chart_pixels();
  return kept.data();
}
EMSCRIPTEN_KEEPALIVE const char* cudgel_chart_marks() { return handed_out(app().chart_marks()); }
EMSCRIPTEN_KEEPALIVE int cudgel_speak(const char* channel, const char* to, const char* words) {
  return app().speak(channel, to, words) ? 1 : 0;
}
EMSCRIPTEN_KEEPALIVE int cudgel_report(const char* name) { return app().report(name) ? 1 : 0; }
EMSCRIPTEN_KEEPALIVE const char* cudgel_talk() { return handed_out(app().talk()); }
EMSCRIPTEN_KEEPALIVE void cudgel_show_line(unsigned entity, const char* words) { app().show_line(entity, words); }
EMSCRIPTEN_KEEPALIVE const char* cudgel_people() { return handed_out(app().people()); }

}  // extern "C"
