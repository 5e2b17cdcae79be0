// Writes the hand-made part of the corpora: good messages of every sort, from which libFuzzer and the corpus tests go on.
//   make_seeds DIR     DIR/atlas_file/..., DIR/client_message/..., DIR/content_file/..., DIR/region_file/..., DIR/restore_world/..., DIR/server_frame/...,
//                      DIR/sounds_file/...

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "atlas/schema/atlas_generated.h"
#include "bake_content/encode.h"
#include "protocol/client_message.h"
#include "replication/publisher.h"
#include "replication/viewer.h"
#include "sim/world.h"
#include "small_world.h"
#include "sounds/schema/sounds_generated.h"

using namespace cudgel;

namespace {

void write(const std::filesystem::path& path, std::span<const std::uint8_t> bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!file) std::fprintf(stderr, "cannot write %s\n", path.c_str());
}

void write_client_messages(const std::filesystem::path& folder) {
  flatbuffers::FlatBufferBuilder builder;
  protocol::Hello hello;
  hello.name.assign("Ansel");
  write(folder / "hello", protocol::encode(hello, builder));
  hello.name.assign("你好 Größe");
  hello.class_index = 2;
  hello.content_hash = 0x1122334455667788ULL;
  write(folder / "hello_any_script", protocol::encode(hello, builder));
  for (const std::size_t count : {0U, 1U, 3U, 16U}) {
    protocol::Acts acts;
    acts.count = count;
    acts.frame_tick = 500;
    acts.stamp = 12345;
    for (std::size_t i = 0; i < count; ++i) {
      acts.acts[i] = {static_cast<std::uint32_t>(i + 9),
                      static_cast<base::Tick>(503 + i),
                      {3, 1},
                      static_cast<std::uint8_t>(4 * i),
                      i % 2 == 1,
                      static_cast<std::uint8_t>(12 * i),
                      static_cast<std::uint8_t>(i % 2),
                      static_cast<std::uint16_t>(i % 2 * 700),
                      static_cast<std::uint16_t>(i % 2 * 900)};
    }
    write(folder / ("acts_" + std::to_string(count)), protocol::encode(acts, builder));
  }
  write(folder / "bye", protocol::encode(protocol::Bye{}, builder));
  write(folder / "request", protocol::encode(protocol::Request{1, protocol::WhoIsHere{}}, builder));
  protocol::Speak whisper{protocol::Channel::whisper, {}, "can you hear 我?"};
  whisper.to.assign("Wu");
  write(folder / "request_speak", protocol::encode(protocol::Request{1, whisper}, builder));
  write(folder / "request_speak_zone",
        protocol::encode(protocol::Request{1, protocol::Speak{protocol::Channel::zone, {}, "去洞口"}}, builder));
  protocol::Report report;
  report.name.assign("Wu");
  write(folder / "request_report", protocol::encode(protocol::Request{2, report}, builder));
  protocol::Watch watch{{}, 7};
  watch.name.assign("人");
  write(folder / "watch", protocol::encode(watch, builder));
  write(folder / "let_watch", protocol::encode(protocol::Request{4, protocol::LetWatch{true}}, builder));
  write(folder / "who_is_strongest", protocol::encode(protocol::Request{5, protocol::WhoIsStrongest{}}, builder));
  write(folder / "deed", protocol::encode(protocol::Request{2, protocol::Deed{1, 3, 41, 0, 1, 0, {}}}, builder));
  write(folder / "deed_take", protocol::encode(protocol::Request{3, protocol::Deed{0, 0, 0, 0, 0, 0, {9, 1}}}, builder));
  write(folder / "deed_agree", protocol::encode(protocol::Request{4, protocol::Deed{13, 0, 0, 0, 0, 6, {9, 1}}}, builder));
  write(folder / "answer",
        protocol::encode(protocol::Answer{1, protocol::HowItIs{120, 90, 60, 2, protocol::Road::sse}}, builder));
  write(folder / "answer_failure",
        protocol::encode(protocol::Answer{2, protocol::Failure{protocol::RefusalCode::not_now, "nothing was measured yet"}},
                         builder));
}

content::BodySpec make_body(const char* name, const content::AttackSpec& attack) {
  content::BodySpec body;
  body.name = body.sprite = name;
  body.radius = 72;
  body.speed = 700;
  body.health = 50;
  body.attack = attack;
  return body;
}

/// The least that is a game, then with a monster, then with props, water and a second class that throws.
void write_content_files(const std::filesystem::path& folder) {
  bake_content::Tables tables;
  content::MapSpec map = content::make_arena_map(16);
  tables.rules = {4000, 2000, 9000, 2, 4480, 5120, 5, 20000, 3000, 180000, 2304, 2048, 30000, 5, 6144, 10};
  tables.levels = {{40, 60}, 2, 30};
  tables.trade = {10000, 60000, 256, 768, 10, 1536};
  tables.classes = {{make_body("warrior", {content::AttackKind::strike, 8, 14, 230, 250, 200, 700, 0, 0})}};
  write(folder / "least", bake_content::encode(tables, map));
  tables.monsters = {{make_body("goblin", {content::AttackKind::strike, 5, 9, 205, 450, 400, 1600, 0, 0}),
                      2304,
                      6144,
                      4000,
                      1,
                      2,
                      20,
                      false,
                      {},
                      {},
                      "clubbed",
                      "",
                      ""}};
  tables.monsters[0].traits.kin = "goblin";
  write(folder / "monster", bake_content::encode(tables, map));
  tables.classes.push_back({make_body("mage", {content::AttackKind::bolt, 9, 15, 2304, 350, 250, 1000, 2304, 32})});
  content::SkillSpec cloud;
  cloud.name = cloud.picture = "cloud";
  cloud.kind = content::SkillKind::area;
  cloud.reach = cloud.radius = 700;
  cloud.windup_ms = cloud.recovery_ms = 100;
  cloud.cooldown_ms = 5000;
  cloud.lasts_ms = 3000;
  cloud.pulse_ms = 600;
  cloud.effects = {{content::EffectKind::poison, 3, 2000, 500, content::Stacking::stack},
                   {content::EffectKind::slow, 30, 2000, 0, content::Stacking::refresh}};
  tables.classes[1].mana = 60;
  tables.classes[1].skills = {cloud};
  tables.props = {{{"oak", "oak", true, true}, 1, 1}, {{"reeds", "reeds", false, false}, 1, 1}};
  map.ground[3] = content::Ground::water;
  map.ground[4] = content::Ground::path;
  map.blocked[3] = map.blocked[17] = 1;
  map.props = {{0, {384, 384}}, {1, {900, 10}}};
  map.player_starts.push_back({3000, 3000});
  tables.monsters.push_back(tables.monsters[0]);
  content::MonsterSpec& chief = tables.monsters[1];
  chief.body.name = "chief";
  chief.traits = {"goblin", 2, 900, 1200, 0, 20, 3000, {{66, 0, 3, 0}, {33, -1, 0, 500}}};
  chief.appears = "The chief is here.";
  chief.falls = "The chief was slain by {killer}.";
  map.lairs = {{1, {2000, 2000}, 1, 60000}};
  content::ItemSpec gold;
  gold.name = gold.icon = "gold";
  gold.kind = content::ItemKind::gold;
  content::ItemSpec cap = gold;
  cap.name = "cap";
  cap.kind = content::ItemKind::helmet;
  cap.armour = 2;
  tables.items = {gold, cap};
  tables.monsters[1].loot = {50, 1, 9, 2, 10, {{1, 5, 1, 1}}};
  tables.npcs = {{"trader", "oak", content::NpcRole::vendor, {1}}};
  map.npcs = {{0, {1500, 1500}}};
  write(folder / "furnished", bake_content::encode(tables, map));
  map.zones = {{"village", 1, 3, "village", 0x80C0FF, true, false}, {"ring", 1, 40, "", 0xFFFFFF, false, true}};
  map.zone_cells.assign(static_cast<std::size_t>(map.zone_columns() * map.zone_columns()), content::k_no_zone);
  map.zone_cells[0] = 0;
  map.zone_cells[1] = 1;
  write(folder / "zoned", bake_content::encode(tables, map));
  const bake_content::PagePart part{77, {0x1122334455667788ULL}};
  write(folder / "page", bake_content::encode(tables, map, &part));
}

/// Of the map of 96 tiles that region_file.cpp has: a whole square, and the smallest in the corner; bare, and with things on it.
void write_regions(const std::filesystem::path& folder) {
  content::MapSpec map = content::make_arena_map(96);
  write(folder / "bare", bake_content::encode_region(content::cut_region(map, 1, 1)));
  map.ground[5] = content::Ground::cave_floor;
  map.blocked[5] = 1;
  map.props = {{0, {700, 10}}, {2, {900, 900}}, {1, {20000, 4000}}};
  write(folder / "whole", bake_content::encode_region(content::cut_region(map, 0, 0)));
  write(folder / "beside", bake_content::encode_region(content::cut_region(map, 1, 0)));
}

/// A body of one picture; then one that turns, strikes and throws a shadow; then several pages, props and an empty picture.
void write_atlases(const std::filesystem::path& folder) {
  using content::SpriteRect;
  flatbuffers::FlatBufferBuilder builder;
  const auto finish = [&](const char* name, const std::vector<std::string>& pages, const std::vector<SpriteRect>& sprites,
                          const std::vector<flatbuffers::Offset<content::Body>>& bodies) {
    const std::vector<std::uint16_t> sides(pages.size(), 64);
    const auto page_names = builder.CreateVectorOfStrings(pages);
    const auto widths = builder.CreateVector(sides);
    const auto heights = builder.CreateVector(sides);
    const auto rects = builder.CreateVectorOfStructs(sprites);
    content::FinishAtlasBuffer(builder,
                               content::CreateAtlas(builder, page_names, widths, heights, rects, builder.CreateVector(bodies)));
    write(folder / name, {builder.GetBufferPointer(), builder.GetSize()});
    builder.Clear();
  };
  const auto body = [&](const char* name, std::vector<flatbuffers::Offset<content::Animation>> animations) {
    return content::CreateBodyDirect(builder, name, 90, &animations);
  };
  finish("least", {"a.webp"}, {{0, 0, 1, 1, 8, 8, 4, 8}},
         {body("oak", {content::CreateAnimationDirect(builder, "idle", 100, 1, 1, 0, 0)})});
  std::vector<SpriteRect> sprites;
  for (std::uint16_t i = 0; i < 48; ++i) sprites.push_back({0, 1, i, i, 8, 9, -4, 8});
  finish("turning", {"a.webp"}, sprites,
         {body("warrior", {content::CreateAnimationDirect(builder, "attack", 80, 2, 8, 1, 0, 16, false),
                           content::CreateAnimationDirect(builder, "idle", 200, 1, 8, 0, 32, 40, true)})});
  finish("several_pages", {"a.webp", "b.webp"}, {{0, 0, 0, 0, 8, 8, 0, 0}, {1, 4, 0, 0, 8, 8, 0, 0}, {1, 0, 0, 0, 0, 0, 0, 0}},
         {body("bolt", {content::CreateAnimationDirect(builder, "fly", 50, 2, 1, 0, 0, -1, true, true)}),
          body("reeds", {content::CreateAnimationDirect(builder, "idle", 0, 1, 1, 0, 2)})});
}

/// A book of one sound, one with cues for it, and one with several takes and loops.
void write_sound_books(const std::filesystem::path& folder) {
  flatbuffers::FlatBufferBuilder builder;
  using Cues = std::vector<flatbuffers::Offset<content::Cue>>;
  using Loops = std::vector<flatbuffers::Offset<content::Loop>>;
  using Soundscapes = std::vector<flatbuffers::Offset<content::Soundscape>>;
  const auto finish = [&](const char* name, const std::vector<std::uint32_t>& takes_ms, const Cues& cues, const Loops& loops,
                          const Soundscapes& soundscapes) {
    std::vector<flatbuffers::Offset<content::Sound>> sounds;
    for (const char* sound : {"thud", "yelp"}) {
      sounds.push_back(content::CreateSoundDirect(builder, sound, &takes_ms, 180, 2, 3, 12, 2, sounds.empty()));
    }
    content::FinishSoundBookBuffer(builder, content::CreateSoundBookDirect(builder, "effects.mp3", 60, &sounds, &cues, &loops,
                                                                           "later_effects.mp3", &soundscapes));
    write(folder / name, {builder.GetBufferPointer(), builder.GetSize()});
    builder.Clear();
  };
  const std::vector<std::uint16_t> thud{0}, both{0, 1};
  finish("least", {120}, {}, {}, {});
  finish("cues", {120},
         {content::CreateCueDirect(builder, "goblin.hurt", &both), content::CreateCueDirect(builder, "hit", &thud)}, {}, {});
  finish(
      "loops", {120, 400, 700}, {content::CreateCueDirect(builder, "hit", &both)},
      {content::CreateLoopDirect(builder, "wind", "wind.mp3", 10000, false),
       content::CreateLoopDirect(builder, "song", "song.mp3", 32000, true)},
      {content::CreateSoundscapeDirect(builder, "everywhere", &thud), content::CreateSoundscapeDirect(builder, "cave", &both)});
}

/// A connection as server_frame.cpp reads it.
class Connection {
 public:
  void add(std::span<const std::uint8_t> frame) {
    bytes_.push_back(static_cast<std::uint8_t>(frame.size() & 0xffU));
    bytes_.push_back(static_cast<std::uint8_t>(frame.size() >> 8U));
    bytes_.insert(bytes_.end(), frame.begin(), frame.end());
  }
  [[nodiscard]] std::span<const std::uint8_t> bytes() const { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
};

/// A few ticks around one player: arrivals, a walk, a blow, a death, a slot taken again, a departure, notes.
void write_connection(const std::filesystem::path& folder) {
  const content::Content content;
  content::MapSpec map;
  map.width = map.height = 64;
  map.ground.assign(64 * 64, content::Ground::grass);
  map.blocked.assign(64 * 64, 0);
  map.player_starts = {{8192, 8192}};
  sim::World world(content, map, {20, 1, 64, true});
  world.tick_ = 400;
  const auto add = [&](sim::Kind kind, base::Vec2 position) {
    sim::Entity& entity = *world.create(kind);
    entity.walker.position = position;
    entity.health = entity.health_max = 40;
    if (kind == sim::Kind::player) entity.name.assign("Wu");
    return entity.id;
  };
  const auto self = add(sim::Kind::player, {8192, 8192});
  const auto goblin = add(sim::Kind::monster, {9000, 8192});
  const auto other = add(sim::Kind::player, {8192, 7000});
  const auto bolt = add(sim::Kind::projectile, {8400, 8192});

  replication::Publisher publisher;
  replication::Viewer viewer(self);
  replication::FrameWorkspace work;
  Connection connection;
  const auto tick = [&](const sim::Events& events, const replication::FrameExtras& extras) {
    ++world.tick_;
    const auto picture = publisher.publish(world, events);
    connection.add(viewer.encode(*picture, extras, work));
    write(folder / ("until_" + std::to_string(world.tick())), connection.bytes());
  };
  replication::FrameExtras hello;
  replication::Speaker wu{protocol::Channel::everybody, {}, {4, 1}};
  wu.name.assign("Wu");
  const std::vector<replication::Notice> notices = {{1, "Welcome to the Vale."}, {2, "hello 你好", wu}};
  hello.welcome = {20, 64, 77, {}, false};
  hello.notices = notices;
  tick({}, hello);
  world.find(goblin)->walker.velocity = {-8, 0};
  world.find(self)->walker.velocity = {3, 4};
  tick({{sim::EventType::hit, goblin, self, 3, {8192, 8192}, 0}}, {});
  world.find(goblin)->health = 0;
  world.find(goblin)->walker.action = sim::Action::dead;
  world.destroy(bolt);
  tick({{sim::EventType::death, {}, goblin, 0, {9000, 8192}, 0}}, {});
  add(sim::Kind::monster, {8000, 8000});
  world.find(other)->walker.position = {100, 100};
  tick({}, {});
  tick({}, {});
  replication::FrameExtras asked;
  asked.request = {1, protocol::HowIsIt{}};
  protocol::Here here;
  here.total = 2;
  here.players.resize(2);
  for (std::size_t i = 0; i < here.players.size(); ++i) {
    here.players[i].name.assign("Wu");
    here.players[i].entity = {static_cast<std::uint16_t>(i + 1), 1};
  }
  here.players[1].away = true;
  asked.answer = {1, here};
  tick({}, asked);
  replication::FrameExtras refused;
  refused.answer = {2, protocol::Failure{protocol::RefusalCode::too_often, "wait a little"}};
  tick({}, refused);
  replication::FrameExtras heard;
  heard.answer = {3, protocol::Heard{2}};
  tick({}, heard);
}

/// Saved worlds: empty, just begun, and in the middle of a fight.
void write_worlds(const std::filesystem::path& folder) {
  const content::Content content = fuzz::small_content();
  sim::World world(content, content.map(), fuzz::k_small_options);
  base::Random random(3);
  write(folder / "empty", sim::save(world));
  world.populate(0, 4);
  for (const int ticks : {20, 60, 200}) {
    fuzz::play(world, random, ticks);
    write(folder / ("tick_" + std::to_string(world.tick())), sim::save(world));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: make_seeds DIR\n");
    return 2;
  }
  write_atlases(std::filesystem::path(argv[1]) / "atlas_file");
  write_client_messages(std::filesystem::path(argv[1]) / "client_message");
  write_worlds(std::filesystem::path(argv[1]) / "restore_world");
  write_content_files(std::filesystem::path(argv[1]) / "content_file");
  write_regions(std::filesystem::path(argv[1]) / "region_file");
  write_connection(std::filesystem::path(argv[1]) / "server_frame");
  write_sound_books(std::filesystem::path(argv[1]) / "sounds_file");
  return 0;
}
