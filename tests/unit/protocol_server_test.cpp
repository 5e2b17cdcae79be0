// Goal: a client reads only frames that its sim and its drawing can stand, whoever made them.
// Method: one frame per rule, made with the raw FlatBuffers builder.

#include <gtest/gtest.h>

#include <functional>

#include "protocol/server_frame.h"

namespace cudgel::protocol {
namespace {

using Bytes = std::vector<std::uint8_t>;
using Builder = flatbuffers::FlatBufferBuilder;

/// The parts of a frame, good as they stand; a test spoils one.
struct Parts {
  Head head{1000, 5, 6, 2, 0, 0};
  bool with_head = true;
  Own own{0x00010001, 512, 512, 3, -3, 990, 995, 0x00020002, 40, 50, 1, 7, 1, 64, 1};
  Means means = make_means(70, 5, 10, 0, 0, 0);
  std::vector<Lasting> effects = {Lasting(1100, 30, 3)};
  std::vector<Motion> moved = {motion(3), motion(5)};
  std::vector<Arrival> arrived = {Arrival(motion(1), 10, 2, 0, 1, 0, 0, 0), Arrival(motion(4), 10, 1, 0, 1, 250, 3, 7)};
  std::vector<std::uint32_t> left = {0x00010006, 0x00010007};
  std::vector<Happening> happened = {Happening(0x00010001, 0, 10, 10, 5, 7, 40)};
  std::vector<std::pair<std::uint32_t, std::string>> names = {{0x00010004, "你好"}};
  std::uint8_t tick_hz = 20;
  std::uint16_t arena_side = 256;
  std::uint32_t self = 0x00010001;
  std::size_t token_bytes = k_token_bytes;
  std::string notice = "The realm restarts: wait.";
  NoteBody notice_type = NoteBody::Notice;
  std::size_t notices = 1;
  std::uint8_t channel = 6;
  std::uint8_t zone = 64;

  static Means make_means(std::uint32_t experience, std::uint16_t mana, std::uint16_t mana_max, std::uint8_t skill,
                          std::uint8_t wish, int point, std::uint8_t summoned = 9, std::uint8_t order = 2) {
    static constexpr std::array<std::uint32_t, 4> k_ready{};
    return {experience, mana,     mana_max, flatbuffers::span<const std::uint32_t, 4>(k_ready), point, 1, 1, 1, skill,
            wish,       summoned, order};
  }
  static Motion motion(std::uint16_t index, std::uint8_t pose = 1 << 3 | 7, std::uint8_t age = 200,
                       std::uint8_t action_age = 255) {
    return {index, 1, 100, 100, 12, -12, pose, age, action_age, 255};
  }
};

Bytes bytes_of(const Parts& parts) {
  Builder builder;
  std::vector<flatbuffers::Offset<Note>> notes;
  const auto token = builder.CreateVector(std::vector<std::uint8_t>(parts.token_bytes, 0x5A));
  notes.push_back(CreateNote(builder, NoteBody::Welcome,
                             CreateWelcome(builder, parts.self, parts.tick_hz, parts.arena_side, 99, token).Union()));
  const auto notice = CreateNotice(builder, builder.CreateString(parts.notice));
  for (std::size_t i = 0; i < parts.notices; ++i) notes.push_back(CreateNote(builder, parts.notice_type, notice.Union()));
  const auto speech = CreateSpeechDirect(builder, parts.channel, "人", 0x00010004, "去洞口", parts.zone);
  notes.push_back(CreateNote(builder, NoteBody::Speech, speech.Union(), 7));
  std::vector<flatbuffers::Offset<Name>> names;
  for (const auto& [id, name] : parts.names) names.push_back(CreateName(builder, id, builder.CreateSharedString(name)));
  const auto moved = builder.CreateVectorOfStructs(parts.moved);
  const auto arrived = builder.CreateVectorOfStructs(parts.arrived);
  const auto left = builder.CreateVector(parts.left);
  const auto happened = builder.CreateVectorOfStructs(parts.happened);
  const auto name_list = builder.CreateVector(names);
  const auto note_list = builder.CreateVector(notes);
  const auto effects = builder.CreateVectorOfStructs(parts.effects);
  FrameBuilder frame(builder);
  if (parts.with_head) frame.add_head(&parts.head);
  frame.add_own(&parts.own);
  frame.add_means(&parts.means);
  frame.add_effects(effects);
  frame.add_moved(moved);
  frame.add_arrived(arrived);
  frame.add_left(left);
  frame.add_happened(happened);
  frame.add_names(name_list);
  frame.add_notes(note_list);
  builder.Finish(flatbuffers::Offset<Frame>(builder.EndTable(frame.start_)));  // not frame.Finish(): that asserts a head
  return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
}

TEST(ServerFrame, a_good_frame_is_read) {
  FrameReader reader;
  const auto frame = reader.read(bytes_of({}));
  ASSERT_TRUE(frame) << frame.error().reason;
  EXPECT_EQ((*frame)->head()->tick(), 1000U);
  EXPECT_EQ((*frame)->moved()->size(), 2U);
  EXPECT_EQ((*frame)->names()->Get(0)->name()->str(), "你好");
}

struct Spoiled {
  const char* reason_part;
  std::function<void(Parts&)> spoil;
};

TEST(ServerFrame, every_broken_rule_is_refused_with_the_reason) {
  const auto id = [](unsigned index) { return 0x00010000U | index; };
  const std::vector<Spoiled> rules = {
      {"no Frame", [](Parts& p) { p.with_head = false; }},
      {"head.flags", [](Parts& p) { p.head = Head(1000, 5, 6, 2, 1, 0); }},
      {"own.id", [](Parts& p) { p.own = Own(5, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0); }},
      {"own.x", [=](Parts& p) { p.own = Own(id(5), -1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0); }},
      {"own.x", [=](Parts& p) { p.own = Own(id(5), 1, 262145, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0); }},
      {"own.facing", [=](Parts& p) { p.own = Own(id(5), 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0); }},
      {"own.action", [=](Parts& p) { p.own = Own(id(5), 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0); }},
      {"own.heading", [=](Parts& p) { p.own = Own(id(5), 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 65, 0); }},
      {"own.attack", [=](Parts& p) { p.own = Own(id(5), 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2); }},
      {"own.target", [=](Parts& p) { p.own = Own(id(5), 1, 1, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0); }},
      {"means.experience", [](Parts& p) { p.means = Parts::make_means(1000001, 5, 10, 0, 0, 0); }},
      {"means.mana", [](Parts& p) { p.means = Parts::make_means(1, 11, 10, 0, 0, 0); }},
      {"means.skill", [](Parts& p) { p.means = Parts::make_means(1, 5, 10, 5, 0, 0); }},
      {"means.wish", [](Parts& p) { p.means = Parts::make_means(1, 5, 10, 0, 5, 0); }},
      {"means.point", [](Parts& p) { p.means = Parts::make_means(1, 5, 10, 0, 0, -1); }},
      {"effects: must be at most 8", [](Parts& p) { p.effects.assign(9, p.effects[0]); }},
      {"effects.kind", [](Parts& p) { p.effects[0] = Lasting(1100, 30, 10); }},
      {"effects.magnitude", [](Parts& p) { p.effects[0] = Lasting(1100, 91, 3); }},
      {"motion.generation", [](Parts& p) { p.moved[0] = Motion(3, 0, 1, 1, 0, 0, 0, 0, 0, 0); }},
      {"means.summoned", [](Parts& p) { p.means = Parts::make_means(1, 5, 10, 0, 0, 0, 10); }},
      {"means.order", [](Parts& p) { p.means = Parts::make_means(1, 5, 10, 0, 0, 0, 0, 3); }},
      {"motion.age", [](Parts& p) { p.head = Head(100, 5, 6, 2, 0, 0); }},
      {"motion.action_age", [](Parts& p) { p.head = Head(220, 5, 6, 2, 0, 0); }},
      {"moved: must ascend", [](Parts& p) { p.moved[1] = Parts::motion(3); }},
      {"moved: must ascend", [](Parts& p) { p.moved[1] = Parts::motion(2); }},
      {"arrived: must ascend", [](Parts& p) { p.arrived[1] = p.arrived[0]; }},
      {"arrived: must be at most 256",
       [](Parts& p) {
         p.arrived.clear();
         for (std::uint16_t i = 0; i < 257; ++i)
           p.arrived.emplace_back(Parts::motion(i), std::uint16_t{1}, std::uint8_t{2}, std::uint8_t{0}, std::uint16_t{1},
                                  std::uint8_t{0}, std::uint8_t{0}, std::uint8_t{0});
       }},
      {"arrived.kind", [](Parts& p) { p.arrived[0] = Arrival(Parts::motion(1), 10, 0, 0, 1, 0, 0, 0); }},
      {"arrived.kind", [](Parts& p) { p.arrived[0] = Arrival(Parts::motion(1), 10, 6, 0, 1, 0, 0, 0); }},
      {"arrived.helmet", [](Parts& p) { p.arrived[0] = Arrival(Parts::motion(1), 10, 2, 0, 1, 0, 0, 1); }},
      {"arrived.helmet", [](Parts& p) { p.arrived[0] = Arrival(Parts::motion(1), 10, 4, 0, 1, 0, 0, 255); }},
      {"arrived.helmet", [](Parts& p) { p.arrived[0] = Arrival(Parts::motion(1), 10, 5, 0, 1, 2, 0, 1); }},
      {"arrived.weapon", [](Parts& p) { p.arrived[0] = Arrival(Parts::motion(1), 10, 2, 0, 1, 1, 0, 0); }},
      {"arrived.weapon", [](Parts& p) { p.arrived[0] = Arrival(Parts::motion(1), 10, 3, 0, 1, 0, 9, 0); }},
      {"left: is no entity", [](Parts& p) { p.left[0] = 6; }},
      {"left: must ascend", [](Parts& p) { p.left[1] = p.left[0]; }},
      {"happened: must be at most 64", [](Parts& p) { p.happened.resize(65, p.happened[0]); }},
      {"happened.type", [](Parts& p) { p.happened[0] = Happening(0, 0, 1, 1, 1, k_wire_event_types, 0); }},
      {"happened.age", [](Parts& p) { p.head = Head(0, 0, 0, 0, 0, 0), p.moved.clear(), p.arrived.clear(), p.names.clear(); }},
      {"happened.source", [](Parts& p) { p.happened[0] = Happening(9, 0, 1, 1, 1, 0, 0); }},
      {"happened.target", [](Parts& p) { p.happened[0] = Happening(0, 9, 1, 1, 1, 0, 0); }},
      {"names: must be at most 256", [](Parts& p) { p.names.assign(257, p.names[0]); }},
      {"names.entity", [](Parts& p) { p.names[0].first = 4; }},
      {"names: must ascend", [](Parts& p) { p.names.push_back(p.names[0]); }},
      {"names.name: must be 1 to 16", [](Parts& p) { p.names[0].second = ""; }},
      {"names.name: must be 1 to 16", [](Parts& p) { p.names[0].second = "a\nb"; }},
      {"names.name: must be at most 64", [](Parts& p) { p.names[0].second = std::string(65, 'x'); }},
      {"welcome.self", [](Parts& p) { p.self = 1; }},
      {"welcome.tick_hz", [](Parts& p) { p.tick_hz = 4; }},
      {"welcome.tick_hz", [](Parts& p) { p.tick_hz = 61; }},
      {"welcome.token", [](Parts& p) { p.token_bytes = 31; }},
      {"welcome.token", [](Parts& p) { p.token_bytes = 0; }},
      {"welcome.arena_side", [](Parts& p) { p.arena_side = 15; }},
      {"welcome.arena_side", [](Parts& p) { p.arena_side = 1025; }},
      {"notice.text: must be at most 512", [](Parts& p) { p.notice = std::string(513, 'x'); }},
      {"notice.text: must be visible", [](Parts& p) { p.notice = "\xff\xfe"; }},
      {"speech.channel", [](Parts& p) { p.channel = 0; }},
      {"speech.channel", [](Parts& p) { p.channel = 7; }},
      {"speech.zone", [](Parts& p) { p.zone = 65; }},
      {"speech.zone", [](Parts& p) { p.channel = 2; }},
      {"notes: must be at most 16", [](Parts& p) { p.notices = 16; }},
      {"notes.body_type", [](Parts& p) { p.notice_type = static_cast<NoteBody>(9); }},
  };
  for (const Spoiled& rule : rules) {
    Parts parts;
    rule.spoil(parts);
    FrameReader reader;
    const auto frame = reader.read(bytes_of(parts));
    ASSERT_FALSE(frame) << rule.reason_part;
    EXPECT_NE(std::string_view(frame.error().reason).find(rule.reason_part), std::string_view::npos)
        << "expected " << rule.reason_part << ", got " << frame.error().reason;
  }
}

TEST(ServerFrame, what_is_owned_is_checked) {
  struct Owning {
    std::vector<Cell> cells;
    std::uint32_t gold;
    std::uint32_t bank_gold;
    const char* reason;  ///< nullptr: it is let through
  };
  const std::vector<Owning> list = {
      {{Cell(0, 1, 1), Cell(39, 255, 65535), Cell(84, 3, 2)}, 1000000000, 1000000000, nullptr},
      {{}, 0, 0, nullptr},
      {{}, 1000000001, 0, "owned.gold"},
      {{}, 0, 1000000001, "owned.bank_gold"},
      {{Cell(85, 1, 1)}, 0, 0, "owned.cells.place"},
      {{Cell(3, 1, 1), Cell(3, 1, 1)}, 0, 0, "owned.cells: must ascend"},
      {{Cell(3, 0, 1)}, 0, 0, "owned.cells: must not be empty"},
      {{Cell(3, 1, 0)}, 0, 0, "owned.cells: must not be empty"},
  };
  for (const Owning& owning : list) {
    Builder builder;
    const auto cells = builder.CreateVectorOfStructs(owning.cells);
    const auto owned = CreateOwned(builder, cells, owning.gold, owning.bank_gold, 7);
    const auto note = CreateNote(builder, NoteBody::Owned, owned.Union());
    const auto notes = builder.CreateVector(&note, 1);
    const Head head(1, 0, 0, 0, 0, 0);
    builder.Finish(CreateFrame(builder, &head, nullptr, 0, 0, 0, 0, 0, notes));
    FrameReader reader;
    const auto frame = reader.read({builder.GetBufferPointer(), builder.GetSize()});
    ASSERT_EQ(frame.has_value(), owning.reason == nullptr) << (frame ? "let through" : frame.error().reason);
    if (frame) continue;
    EXPECT_NE(std::string_view(frame.error().reason).find(owning.reason), std::string_view::npos);
  }
}

/// Whether a frame with that note is let through, or why not.
template <class MakeNote>
std::string fault_of_note(NoteBody type, const MakeNote& make) {
  Builder builder;
  const auto note = CreateNote(builder, type, make(builder));
  const auto notes = builder.CreateVector(&note, 1);
  const Head head(1, 0, 0, 0, 0, 0);
  builder.Finish(CreateFrame(builder, &head, nullptr, 0, 0, 0, 0, 0, notes));
  FrameReader reader;
  const auto frame = reader.read({builder.GetBufferPointer(), builder.GetSize()});
  return frame ? std::string() : frame.error().reason;
}

TEST(ServerFrame, a_bargain_is_checked) {
  struct Row {
    std::uint8_t stage;
    std::uint8_t why;
    std::uint32_t other;
    const char* name;
    std::vector<Cell> cells;
    std::uint32_t gold;
    const char* reason;
  };
  const std::vector<Cell> many(13, Cell(1, 1, 1));
  const std::vector<Row> list = {
      {0, 29, 0, nullptr, {}, 0, ""},
      {3, 0, 0x00010002, "Wu", {Cell(0, 1, 1), Cell(39, 2, 9)}, 1000000000, ""},
      {4, 0, 0x00010002, "Wu", {}, 0, "trade.stage"},
      {3, k_wire_verdicts, 0x00010002, "Wu", {}, 0, "trade.why"},
      {1, 0, 5, "Wu", {}, 0, "trade.other"},
      {2, 0, 0x00010002, nullptr, {}, 0, "trade.name"},
      {3, 0, 0x00010002, "Wu", {}, 1000000001, "trade.gold"},
      {3, 0, 0x00010002, "Wu", many, 0, "at most 12"},
      {3, 0, 0x00010002, "Wu", {Cell(40, 1, 1)}, 0, "trade.cells.place"},
      {3, 0, 0x00010002, "Wu", {Cell(3, 1, 1), Cell(3, 1, 1)}, 0, "must ascend"},
      {3, 0, 0x00010002, "Wu", {Cell(3, 0, 1)}, 0, "must not be empty"},
  };
  for (const Row& row : list) {
    const std::string fault = fault_of_note(NoteBody::Trade, [&](Builder& builder) {
      const auto name = row.name == nullptr ? flatbuffers::Offset<flatbuffers::String>() : builder.CreateString(row.name);
      const auto cells = builder.CreateVectorOfStructs(row.cells);
      const auto own = CreateTradeSide(builder, cells, row.gold, true);
      const auto theirs = CreateTradeSide(builder, 0, 0, false);
      return CreateTrade(builder, row.stage, row.why, row.other, name, 9, 1, own, theirs).Union();
    });
    EXPECT_EQ(fault.empty(), *row.reason == '\0') << row.reason << ": " << fault;
    EXPECT_NE(fault.find(row.reason), std::string::npos) << fault;
  }
  EXPECT_NE(fault_of_note(
                NoteBody::Trade,
                [](Builder& builder) { return CreateTrade(builder, 3, 0, 0x00010002, builder.CreateString("Wu"), 9, 1).Union(); })
                .find("are missing"),
            std::string::npos);
}

TEST(ServerFrame, a_party_is_checked) {
  struct Row {
    std::size_t mates;
    std::size_t names;
    std::size_t inviters;
    const char* name;
    std::uint8_t away;
    const char* reason;
  };
  const std::vector<Row> list = {
      {0, 0, 0, "Wu", 0, ""},
      {5, 5, 4, "Wu", 1, ""},
      {1, 1, 0, "Wu", 0, "party.mates: must be"},
      {6, 6, 0, "Wu", 0, "party.mates: must be"},
      {2, 1, 0, "Wu", 0, "party.names"},
      {2, 2, 5, "Wu", 0, "party.inviters: must be at most"},
      {2, 2, 0, "", 0, "party.names"},
      {2, 2, 0, "Wu", 2, "party.mates.away"},
  };
  for (const Row& row : list) {
    const std::string fault = fault_of_note(NoteBody::Party, [&](Builder& builder) {
      const std::vector<Mate> mates(row.mates, Mate(0x00010002, 9, 9, 100, 3, 255, 1, row.away));
      const auto mates_at = builder.CreateVectorOfStructs(mates);
      const std::vector<flatbuffers::Offset<flatbuffers::String>> names(row.names, builder.CreateString(row.name));
      const auto names_at = builder.CreateVector(names);
      const auto inviters_at = builder.CreateVector(std::vector<std::uint32_t>(row.inviters, 0x00010003));
      const std::vector<flatbuffers::Offset<flatbuffers::String>> inviter_names(row.inviters, builder.CreateString("Li"));
      const auto inviter_names_at = builder.CreateVector(inviter_names);
      return CreateParty(builder, mates_at, names_at, inviters_at, inviter_names_at).Union();
    });
    EXPECT_EQ(fault.empty(), *row.reason == '\0') << row.reason << ": " << fault;
    EXPECT_NE(fault.find(row.reason), std::string::npos) << fault;
  }
}

TEST(ServerFrame, a_bout_is_checked) {
  const std::vector<std::pair<Bout, const char*>> list = {
      {Bout(), nullptr},
      {Bout(0x00010001, 99, 0, 262144, 4), nullptr},
      {Bout(0x00010001, 99, 0, 0, 5), "bout.stage"},
      {Bout(0x00010001, 99, 0, 0, 0), "bout.rival: must be somebody"},
      {Bout(0, 99, 0, 0, 2), "bout.rival: must be somebody"},
      {Bout(7, 99, 0, 0, 2), "bout.rival: is no entity id"},
      {Bout(0x00010001, 99, -1, 0, 3), "bout.x"},
      {Bout(0x00010001, 99, 0, 262145, 3), "bout.x"},
  };
  for (const auto& [bout, reason] : list) {
    Builder builder;
    const Head head(1, 0, 0, 0, 0, 0);
    FrameBuilder frame(builder);
    frame.add_head(&head);
    frame.add_bout(&bout);
    frame.add_watched_by(65535);
    builder.Finish(frame.Finish());
    FrameReader reader;
    const auto read = reader.read({builder.GetBufferPointer(), builder.GetSize()});
    ASSERT_EQ(read.has_value(), reason == nullptr) << (read ? "let through" : read.error().reason);
    if (read) continue;
    EXPECT_NE(std::string_view(read.error().reason).find(reason), std::string_view::npos) << read.error().reason;
  }
}

TEST(ServerFrame, size_is_limited) {
  FrameReader reader;
  EXPECT_EQ(reader.read({}).error().code, DecodeErrorCode::malformed);
  EXPECT_EQ(reader.read(Bytes(k_server_frame_bytes_max + 1, 0)).error().code, DecodeErrorCode::too_big);
  EXPECT_EQ(reader.read(Bytes(k_server_frame_bytes_max, 0)).error().code, DecodeErrorCode::malformed);
}

TEST(ServerFrame, a_frame_of_very_many_references_to_one_table_is_refused_at_once) {
  // 16,000 names that are all the same table: the Verifier's cap on tables ends the walk.
  Builder builder;
  const auto name = CreateName(builder, 0x00010001, builder.CreateString("x"));
  const std::vector<flatbuffers::Offset<Name>> names(16'000, name);
  const auto list = builder.CreateVector(names);
  const Head head(1, 0, 0, 0, 0, 0);
  builder.Finish(CreateFrame(builder, &head, nullptr, 0, 0, 0, 0, list, 0));
  ASSERT_LE(builder.GetSize(), k_server_frame_bytes_max);
  FrameReader reader;
  const auto frame = reader.read({builder.GetBufferPointer(), builder.GetSize()});
  ASSERT_FALSE(frame);
  EXPECT_EQ(frame.error().code, DecodeErrorCode::malformed);
}

TEST(ServerFrame, every_truncation_is_refused) {
  const Bytes good = bytes_of({});
  FrameReader reader;
  for (std::size_t size = 0; size < good.size(); ++size) {
    // The root stands in front and refers to what lies behind it, so every cut takes away something it needs.
    EXPECT_FALSE(reader.read(std::span<const std::uint8_t>(good).first(size))) << size;
  }
}

}  // namespace
}  // namespace cudgel::protocol
