#pragma once
// The game in the browser: owns client, scene and input, and runs them once per display frame. What the page may ask of it stands in exports.cpp.

#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "content/content.h"
#include "core/game_client.h"
#include "input.h"
#include "late_pages.h"
#include "net_http/http_client.h"
#include "painter.h"
#include "play/atlas.h"
#include "play/camera.h"
#include "play/goods.h"
#include "play/map_stream.h"
#include "play/monitor.h"
#include "play/orders.h"
#include "play/people.h"
#include "play/resolution.h"
#include "play/talk.h"
#include "play/together.h"
#include "play/words.h"
#include "report.h"
#include "scene.h"
#include "sounds.h"
#include "text_cache.h"

namespace cudgel::game {

class App {
 public:
  /// Everything that play needs; empty when all is well, else a sentence for people.
  std::string open(std::span<const std::uint8_t> content_bytes, std::span<const std::uint8_t> atlas_bytes);
  /// Starts the display frames.
  void run();
  /// `class_name` as in the content; false when there is no such class. `token` as token() gave it, or empty; `only_road`
  /// "ws", "sse", "longpoll" or "poll", or empty: the best that works.
  bool join(const std::string& url, const std::string& name, const std::string& class_name, const std::string& token,
            const std::string& only_road);
  /// Looks on at a player of that name.
  bool watch(const std::string& url, const std::string& name, const std::string& only_road);
  /// Whether others may look on at the own character.
  void let_watch(bool allowed);
  /// The secret of the character, in hexadecimal; empty while there is none.
  std::string token();
  void leave();
  /// The browser has fetched an atlas page that was asked for, or could not.
  void page_came(std::size_t page, bool fetched);
  /// A region of the map that was asked for, as fetched; no bytes: it could not be.
  void region_came(std::int32_t column, std::int32_t row, std::span<const std::uint8_t> bytes);
  /// Keeps the connection while the browser gives no display frames (a hidden tab).
  void pulse();

  [[nodiscard]] Input& input() { return input_; }
  std::string state();
  std::string events();
  std::string hud();
  /// What the server said and what there is to tell in words since the last call, as a JSON list.
  std::string notices();
  /// How the game runs, for F3: what happened after `since_ms` and what to say of it (Monitor::graph_json).
  std::string monitor(double since_ms);
  /// The last minute as a trace file.
  std::string trace();
  /// What is heard (Sounds); before that, silence. Empty when all is well, else a sentence for people.
  std::string open_sounds(std::span<const std::uint8_t> bytes);
  std::string sound_table() { return sounds_ ? sounds_->table_json() : "null"; }
  std::string soundscape() { return sounds_ ? sounds_->soundscape_json() : "null"; }
  void cue(const std::string& key);
  /// How the picture is to look. `calm`: no shaking and no more motion than needed; `quality` 0: as sharp as the device can, 1: full,
  /// 2: half; anything else is 0.
  void set_look(bool shake, bool calm, bool safe_colours, int quality);
  void set_words(std::string_view lines) { words_.set(lines); }
  /// Who is in the world: asks the server, and what it has said so far (People::json).
  void ask_people();
  void ask_strongest();
  std::string people();
  /// The map for the page: play/chart.h. Empty before there is one.
  std::vector<std::uint8_t> chart_pixels();
  std::string chart_marks();
  /// The zones of the map (zones_json), the same until another map is played.
  std::string zones();
  /// What players say to each other; see Talk. show_line() lets words stand over somebody's head for a while; more than one line at most as
  /// many as fit. Nothing happens when nobody of that id is in view.
  bool speak(const std::string& channel, const std::string& to, const std::string& words);
  bool report(const std::string& name);
  std::string talk();
  void show_line(std::uint32_t entity, const std::string& words);
  /// What there is of goods: the content's items, what is owned, and a deed to ask for (Goods); false when there is no such deed.
  std::string items();
  std::string goods();
  /// Bargain and party, and a deed with somebody else (play/together.h).
  std::string together();
  bool deal(const std::string& deed, std::uint32_t who, int cell, int count, double gold);
  bool do_deed(const std::string& deed, int cell, int to, int item, int count, double gold);
  void take_nearest();
  /// challenge, accept_duel or decline_duel; false when that is none of them. challenge(): somebody in view by name; empty, or why not.
  bool duel(const std::string& action, std::uint32_t entity);
  const char* challenge(const std::string& name);

 private:
  void frame();
  /// Time, network and what happened; the part that also runs without display frames, when the page is `hidden`.
  void update(double now_ms, bool hidden);
  void order_summoned(sim::Order order, const Surroundings& around, double now_ms);
  void steer(double now_ms);
  void take_moments(double now_ms);
  /// What falls or bursts near is felt.
  void shake_by(const core::Moment& cast);
  void tell_level(const core::Moment& moment);
  void tell_duel(const core::Moment& moment);
  /// Something rare of one's own has come to lie in view: heard, seen and told.
  void tell_treasure(const core::BodyView& thing, double now_ms);
  void draw(double now_ms, float elapsed_ms);
  /// The display frame before has ended now; another begins.
  void next_frame(double now_ms, float interval_ms);
  /// Where the own skill will fall, while it is being begun.
  void show_aim(SceneView& view);
  /// Takes in one of the regions that have come: several in one display frame would be a hitch.
  void take_region();
  /// Asks for the parts of the map that will be needed.
  void fetch_map(double now_ms);
  /// The light of the zone; it goes out of the world while the own character lies dead.
  void dim(float elapsed_ms);
  [[nodiscard]] const core::BodyView* find(base::EntityId id);

  Painter painter_;
  TextCache text_;
  Camera camera_;
  Input input_;
  std::optional<content::Content> content_;
  std::optional<Atlas> atlas_;
  std::optional<LatePages> late_pages_;
  std::unique_ptr<net::HttpClient> http_;
  std::optional<core::GameClient> client_;
  People people_;
  Talk talk_;
  Goods goods_;
  std::optional<MapStream> stream_;
  struct RawRegion {
    std::int32_t column = 0, row = 0;
    std::vector<std::uint8_t> bytes;
  };
  std::deque<RawRegion> regions_;  ///< fetched and not yet taken in; as many as are asked for at once, at most
  std::optional<Scene> scene_;
  std::optional<Sounds> sounds_;
  std::optional<Orders> orders_;
  std::optional<core::BodyView> self_;
  const content::MapSpec* map_ = nullptr;
  base::EntityId pointed_at_;
  Controls controls_;
  Resolution resolution_;
  Words words_;
  Monitor monitor_;
  bool was_hidden_ = false;
  std::array<float, 3> zone_light_ = {1, 1, 1};  ///< goes over to that of the zone where the own character is
  float dusk_ = 0;                               ///< 0 day .. 1 as dark as it gets
  DrawStats stats_;
  SlowFrame frame_;  ///< the display frame that goes on until the next begins
  std::size_t memory_bytes_ = 0;
  std::deque<Happened> events_;
  std::vector<std::string> lines_;  ///< in words, for the page to show
  double last_frame_ms_ = 0;
  double last_struck_ms_ = -1e9;
  double last_attack_ms_ = -1e9;
  std::string killer_, slain_with_;
  std::int32_t refusal_ = 0;  ///< sim::Refusal of the last skill that did not begin
  std::int32_t refusals_ = 0;
};

}  // namespace cudgel::game
