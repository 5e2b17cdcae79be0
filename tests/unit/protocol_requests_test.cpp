// Goal: requests and answers come out of decode as they went into encode, in both directions, and whatever else is refused with
// the reason. Method: round trips, then one hostile message per rule, made with the raw FlatBuffers builder.

#include <gtest/gtest.h>

#include <functional>

#include "protocol/client_message.h"
#include "protocol/schema/client_generated.h"
#include "protocol/server_frame.h"

namespace cudgel::protocol {
namespace {

using Bytes = std::vector<std::uint8_t>;
using Builder = flatbuffers::FlatBufferBuilder;

Bytes finished(Builder& builder) { return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()}; }

Here::Person person(const std::string& name) {
  Here::Person value;
  value.name.assign(name);
  value.class_index = 2;
  value.level = 7;
  value.entity = {3, 1};
  return value;
}

Here good_here(std::size_t people) {
  Here here;
  for (std::size_t i = 0; i < people; ++i) here.players.push_back(person("人 <b>" + std::to_string(i)));
  if (people > 0) here.players.back().away = true;
  here.total = static_cast<std::uint32_t>(people + 5);
  return here;
}

// --- client to server -------------------------------------------------------------------------------------------------------

TEST(ClientRequests, come_out_as_they_went_in) {
  Builder builder;
  Speak whisper{Channel::whisper, {}, "说 <b>\"hi\"</b>"};
  whisper.to.assign("人 <b>");
  Report report;
  report.name.assign("人 <b>");
  std::string longest;
  for (int i = 0; i < 120; ++i) longest += "🙂";
  for (const RequestBody& body : std::vector<RequestBody>{
           WhoIsHere{}, LetWatch{false}, LetWatch{true}, WhoIsStrongest{}, whisper, report, Speak{Channel::say, {}, longest},
           Speak{Channel::everybody, {}, "x"}, Speak{Channel::emote, {}, "bow"}, Speak{Channel::party, {}, "here"},
           Speak{Channel::zone, {}, "去洞口"}}) {
    const Request request{0xffffffffU, body};
    const auto asked = decode_client_message(encode(request, builder));
    ASSERT_TRUE(asked) << asked.error().reason;
    EXPECT_EQ(std::get<Request>(*asked), request);
  }
  const Request deed{7, Deed{18, 84, 84, 255, 65535, 1000000000, {65535, 65535}}};
  const auto done = decode_client_message(encode(deed, builder));
  ASSERT_TRUE(done) << done.error().reason;
  EXPECT_EQ(std::get<Request>(*done), deed);
  const std::vector<Answer> answers = {{1, HowItIs{60000, 10000, 1000, 65535, Road::poll}},
                                       {2, HowItIs{}},
                                       {3, Failure{RefusalCode::not_now, "nichts gemessen"}},
                                       {4, Failure{RefusalCode::too_often, std::string(128, 'x')}}};
  for (const Answer& answer : answers) {
    const auto decoded = decode_client_message(encode(answer, builder));
    ASSERT_TRUE(decoded) << decoded.error().reason;
    EXPECT_EQ(std::get<Answer>(*decoded), answer);
  }
}

Bytes deed_with(std::uint8_t type, std::uint8_t cell, std::uint8_t to, std::uint32_t gold, std::uint32_t thing) {
  Builder builder;
  const auto body = wire::CreateDeed(builder, type, cell, to, 1, 1, gold, thing).Union();
  builder.Finish(wire::CreateClientMessage(builder, wire::ClientBody::Request,
                                           wire::CreateRequest(builder, 1, wire::RequestBody::Deed, body).Union()));
  return finished(builder);
}

struct Hostile {
  Bytes bytes;
  const char* reason_part;
};

Bytes asked(std::uint32_t id, wire::RequestBody type, bool with_body = true) {
  Builder builder;
  const auto body = with_body ? wire::CreateWhoIsHere(builder).Union() : flatbuffers::Offset<void>();
  builder.Finish(
      wire::CreateClientMessage(builder, wire::ClientBody::Request, wire::CreateRequest(builder, id, type, body).Union()));
  return finished(builder);
}

Bytes spoken(std::uint8_t channel, const char* to, const char* words) {
  Builder builder;
  const auto body = wire::CreateSpeakDirect(builder, channel, to, words);
  builder.Finish(wire::CreateClientMessage(builder, wire::ClientBody::Request,
                                           wire::CreateRequest(builder, 1, wire::RequestBody::Speak, body.Union()).Union()));
  return finished(builder);
}

Bytes reported(const char* name) {
  Builder builder;
  const auto body = wire::CreateReportDirect(builder, name);
  builder.Finish(wire::CreateClientMessage(builder, wire::ClientBody::Request,
                                           wire::CreateRequest(builder, 1, wire::RequestBody::Report, body.Union()).Union()));
  return finished(builder);
}

template <class MakeBody>
Bytes answered(std::uint32_t id, wire::AnswerBody type, const MakeBody& make_body) {
  Builder builder;
  const flatbuffers::Offset<void> body = make_body(builder);
  builder.Finish(
      wire::CreateClientMessage(builder, wire::ClientBody::Answer, wire::CreateAnswer(builder, id, type, body).Union()));
  return finished(builder);
}

Bytes how(std::uint16_t round_trip, std::uint16_t delay, std::uint16_t frames, std::uint8_t road, std::uint32_t id = 1) {
  return answered(id, wire::AnswerBody::HowItIs,
                  [&](Builder& builder) { return wire::CreateHowItIs(builder, round_trip, delay, frames, 0, road).Union(); });
}

Bytes failed(std::uint8_t code, const char* words) {
  return answered(1, wire::AnswerBody::Failure, [&](Builder& builder) {
    return words == nullptr ? wire::CreateFailure(builder, code).Union()
                            : wire::CreateFailureDirect(builder, code, words).Union();
  });
}

/// More fields than any table of the schema has.
flatbuffers::Offset<void> wide_table(Builder& builder) {
  const auto start = builder.StartTable();
  for (flatbuffers::voffset_t field = 0; field < 8; ++field) {
    builder.AddElement<std::uint16_t>(static_cast<flatbuffers::voffset_t>(4 + 2 * field), 1, 0);
  }
  return flatbuffers::Offset<void>(builder.EndTable(start));
}

TEST(ClientRequests, whatever_else_is_refused_with_the_reason) {
  Bytes long_request = asked(1, wire::RequestBody::WhoIsHere);
  long_request.resize(long_request.size() + 4);
  Bytes long_answer = failed(1, "no");
  long_answer.resize(long_answer.size() + 4);
  const std::string too_long(129, 'x');
  const std::vector<Hostile> list = {
      {asked(0, wire::RequestBody::WhoIsHere), "Request.id"},
      {asked(1, wire::RequestBody::WhoIsHere, false), "Request.body: is missing"},
      {asked(1, wire::RequestBody::NONE), "Request.body_type: is no request"},
      {asked(1, static_cast<wire::RequestBody>(99)), "Request.body_type: is no request"},
      {asked(1, wire::RequestBody::HowIsIt), "only the server asks"},
      {long_request, "bytes follow"},
      {deed_with(k_wire_deed_types, 0, 0, 0, 0), "Deed.type"},
      {deed_with(0, 85, 0, 0, 0), "Deed.cell"},
      {deed_with(0, 0, 85, 0, 0), "Deed.to"},
      {deed_with(0, 0, 0, 1000000001, 0), "Deed.gold"},
      {deed_with(0, 0, 0, 0, 5), "Deed.thing"},
      {how(1, 1, 1, 1, 0), "Answer.id"},
      {how(60001, 1, 1, 1), "round_trip_ms"},
      {how(1, 10001, 1, 1), "interpolation_delay_ms"},
      {how(1, 1, 1001, 1), "frames_per_s"},
      {how(1, 1, 1, 5), "road"},
      {failed(0, "no"), "Failure.code"},
      {failed(6, "no"), "Failure.code"},
      {spoken(0, nullptr, "hi"), "Speak.channel"},
      {spoken(7, nullptr, "hi"), "Speak.channel"},
      {spoken(6, "Ann", "hi"), "only a whisper"},
      {spoken(6, nullptr, ""), "Speak.words: must be 1 to 120"},
      {spoken(5, "Ann", "hi"), "only a whisper"},
      {spoken(3, nullptr, "hi"), "Speak.to: is missing"},
      {spoken(3, "", "hi"), "Speak.to: must be 1 to 16"},
      {spoken(3, "a name that is too long", "hi"), "Speak.to: must be 1 to 16"},
      {spoken(1, "Ann", "hi"), "only a whisper"},
      {spoken(1, nullptr, nullptr), "Speak.words: is missing"},
      {spoken(1, nullptr, ""), "Speak.words: must be 1 to 120"},
      {spoken(2, nullptr, "   "), "Speak.words: must be 1 to 120"},
      {spoken(1, nullptr, "a\nb"), "Speak.words: must be 1 to 120"},
      {spoken(1, nullptr, "\xff"), "Speak.words: must be 1 to 120"},
      {spoken(1, nullptr, "turned \u202e around"), "Speak.words: must be 1 to 120"},
      {spoken(1, nullptr, std::string(121, 'x').c_str()), "Speak.words: must be 1 to 120"},
      {spoken(1, nullptr, std::string(481, 'x').c_str()), "Speak.words: must be 1 to 120"},
      {spoken(4, nullptr, "spit"), "wave, bow"},
      {reported(nullptr), "Report.name: is missing"},
      {reported("\t"), "Report.name: must be 1 to 16"},
      {answered(1, wire::AnswerBody::Heard, [](Builder& b) { return wire::CreateHeard(b, 1).Union(); }),
       "only the server answers"},
      {failed(1, nullptr), "words: is missing"},
      {failed(1, ""), "words: must be visible"},
      {failed(1, "a\nb"), "words: must be visible"},
      {failed(1, too_long.c_str()), "at most 128"},
      {long_answer, "bytes follow"},
      {answered(1, wire::AnswerBody::Here, [](Builder& b) { return wire::CreateHere(b).Union(); }), "only the server answers"},
      {answered(1, wire::AnswerBody::Outcome, [](Builder& b) { return wire::CreateOutcome(b).Union(); }),
       "only the server answers"},
      {answered(1, wire::AnswerBody::HowItIs, [](Builder&) { return flatbuffers::Offset<void>(); }), "Answer.body: is missing"},
      {answered(1, static_cast<wire::AnswerBody>(99), [](Builder& b) { return wire::CreateHere(b).Union(); }), "is no answer"},
      {answered(1, wire::AnswerBody::HowItIs, wide_table), "does not know"},
  };
  for (const Hostile& hostile : list) {
    const auto decoded = decode_client_message(hostile.bytes);
    ASSERT_FALSE(decoded) << hostile.reason_part;
    EXPECT_NE(std::string_view(decoded.error().reason).find(hostile.reason_part), std::string_view::npos)
        << "expected " << hostile.reason_part << ", got " << decoded.error().reason;
  }
}

TEST(ClientRequests, every_truncation_is_refused) {
  Builder builder;
  for (const Bytes& good :
       {asked(1, wire::RequestBody::WhoIsHere), how(1, 2, 3, 1), failed(2, "later"), spoken(3, "Ann", "hi"), reported("Ann")}) {
    ASSERT_TRUE(decode_client_message(good));
    for (std::size_t size = 0; size < good.size(); ++size) {
      EXPECT_FALSE(decode_client_message(std::span<const std::uint8_t>(good).first(size))) << size << " of " << good.size();
    }
  }
}

// --- server to client -------------------------------------------------------------------------------------------------------

/// A frame whose notes are these.
Bytes frame_with(Builder& builder, const std::vector<flatbuffers::Offset<Note>>& notes) {
  const auto list = builder.CreateVector(notes);
  const Head head(1000, 0, 0, 0, 0, 0);
  builder.Finish(CreateFrame(builder, &head, nullptr, 0, 0, 0, 0, 0, list));
  return finished(builder);
}

flatbuffers::Offset<Note> note_of(Builder& builder, const Request& request) {
  return CreateNote(builder, NoteBody::Request, write(request, builder).Union());
}
flatbuffers::Offset<Note> note_of(Builder& builder, const Answer& answer) {
  return CreateNote(builder, NoteBody::Answer, write(answer, builder).Union());
}

TEST(ServerRequests, come_out_as_they_went_in) {
  const Request request{3, HowIsIt{}};
  for (const std::size_t people : {std::size_t{0}, std::size_t{1}, k_people_max}) {
    const Answer answer{4, good_here(people)};
    Builder builder;
    FrameReader reader;
    const auto frame = reader.read(frame_with(builder, {note_of(builder, request), note_of(builder, answer)}));
    ASSERT_TRUE(frame) << frame.error().reason;
    EXPECT_EQ(value_of(*(*frame)->notes()->Get(0)->body_as_Request()), request);
    EXPECT_EQ(value_of(*(*frame)->notes()->Get(1)->body_as_Answer()), answer);
  }
}

TEST(ServerRequests, take_no_more_bytes_than_was_said) {
  Here longest = good_here(0);
  longest.total = k_people_max;
  for (std::size_t i = 0; i < k_people_max; ++i) longest.players.push_back(person(std::string(16, 'x')));
  const std::vector<Answer> answers = {{1, Here{}},
                                       {1, good_here(1)},
                                       {1, longest},
                                       {1, Failure{RefusalCode::too_often, std::string(128, 'x')}},
                                       {1, HowItIs{1, 2, 3, 4, Road::ws}}};
  for (const Answer& answer : answers) {
    Builder builder;
    builder.Finish(write(answer, builder));
    EXPECT_LE(builder.GetSize(), wire_bytes_max(answer));
  }
  Builder builder;
  builder.Finish(write(Request{1, HowIsIt{}}, builder));
  EXPECT_LE(builder.GetSize(), k_request_wire_bytes_max);
}

flatbuffers::Offset<Note> raw_here(Builder& builder, std::size_t people, std::uint32_t total, const char* name) {
  const auto text = name == nullptr ? flatbuffers::Offset<flatbuffers::String>() : builder.CreateString(name);
  const auto one = wire::CreatePerson(builder, text, 1, 1, false, 0x00010001);
  const auto list = builder.CreateVector(std::vector<flatbuffers::Offset<wire::Person>>(people, one));
  const auto here = wire::CreateHere(builder, list, total);
  return CreateNote(builder, NoteBody::Answer, wire::CreateAnswer(builder, 1, wire::AnswerBody::Here, here.Union()).Union());
}

TEST(ServerRequests, the_strongest_and_watchers_come_out_as_they_went_in_and_are_limited) {
  Strongest longest;
  for (std::size_t i = 0; i < k_ranks_max; ++i) {
    Strongest::Rank& rank = longest.ranks.emplace_back();
    rank.name.assign("人 <b>" + std::to_string(i));
    rank.class_index = 2;
    rank.level = 40;
    rank.experience = k_wire_experience_max;
    rank.duel_wins = 0xffffffffU;
  }
  for (const Answer& answer : std::vector<Answer>{{1, longest}, {1, Strongest{}}, {1, Watchers{65535}}}) {
    Builder builder;
    FrameReader reader;
    const auto frame = reader.read(frame_with(builder, {note_of(builder, answer)}));
    ASSERT_TRUE(frame) << frame.error().reason;
    EXPECT_EQ(value_of(*(*frame)->notes()->Get(0)->body_as_Answer()), answer);
    Builder alone;
    alone.Finish(write(answer, alone));
    EXPECT_LE(alone.GetSize(), wire_bytes_max(answer));
  }
  const auto refused = [](std::size_t ranks, const char* name, std::uint32_t experience) {
    Builder builder;
    const auto text = builder.CreateString(name);
    const auto one = wire::CreateRank(builder, text, 1, 1, experience, 0);
    const auto list = builder.CreateVector(std::vector<flatbuffers::Offset<wire::Rank>>(ranks, one));
    const auto body = wire::CreateStrongest(builder, list);
    const auto note =
        CreateNote(builder, NoteBody::Answer, wire::CreateAnswer(builder, 1, wire::AnswerBody::Strongest, body.Union()).Union());
    FrameReader reader;
    const auto frame = reader.read(frame_with(builder, {note}));
    return frame ? std::string() : std::string(frame.error().reason);
  };
  EXPECT_EQ(refused(10, "x", 0), "");
  EXPECT_EQ(refused(11, "x", 0), "Strongest.ranks: must be at most 10");
  EXPECT_EQ(refused(1, "\n", 0), "Strongest.ranks.name: must be 1 to 16 visible characters of valid UTF-8");
  EXPECT_EQ(refused(1, "x", k_wire_experience_max + 1), "Strongest.ranks.experience: must be 0 to 1000000");
}

TEST(ServerRequests, whatever_else_is_refused_with_the_reason) {
  using Make = std::function<std::vector<flatbuffers::Offset<Note>>(Builder&)>;
  const std::vector<std::pair<const char*, Make>> rules = {
      {"only a client asks",
       [](Builder& b) {
         return std::vector{note_of(b, Request{1, WhoIsHere{}})};
       }},
      {"only a client answers",
       [](Builder& b) {
         return std::vector{note_of(b, Answer{1, HowItIs{}})};
       }},
      {"at most one Request",
       [](Builder& b) {
         return std::vector(2, note_of(b, Request{1, HowIsIt{}}));
       }},
      {"at most one Answer",
       [](Builder& b) {
         return std::vector(2, note_of(b, Answer{1, Here{}}));
       }},
      {"at most 100", [](Builder& b) { return std::vector{raw_here(b, 101, 101, "x")}; }},
      {"Here.total", [](Builder& b) { return std::vector{raw_here(b, 2, 1, "x")}; }},
      {"name: is missing", [](Builder& b) { return std::vector{raw_here(b, 1, 1, nullptr)}; }},
      {"1 to 16 visible", [](Builder& b) { return std::vector{raw_here(b, 1, 1, "\n")}; }},
      {"1 to 16 visible", [](Builder& b) { return std::vector{raw_here(b, 1, 1, "12345678901234567")}; }},
      {"at most 64", [](Builder& b) { return std::vector{raw_here(b, 1, 1, std::string(65, 'x').c_str())}; }},
      {"Request.id",
       [](Builder& b) {
         return std::vector{
             CreateNote(b, NoteBody::Request,
                        wire::CreateRequest(b, 0, wire::RequestBody::HowIsIt, wire::CreateHowIsIt(b).Union()).Union())};
       }},
  };
  for (const auto& [words, make] : rules) {
    Builder builder;
    FrameReader reader;
    const auto frame = reader.read(frame_with(builder, make(builder)));
    ASSERT_FALSE(frame) << words;
    EXPECT_NE(std::string_view(frame.error().reason).find(words), std::string_view::npos)
        << "expected " << words << ", got " << frame.error().reason;
  }
}

}  // namespace
}  // namespace cudgel::protocol
