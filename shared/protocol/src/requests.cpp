// Requests and answers between the wire and plain values, for both directions. Every range is checked here, once.

#include "protocol/requests.h"

#include <algorithm>

#include "base/assert.h"
#include "base/utf8.h"

namespace cudgel::protocol {
namespace {

const char* fault_of(const wire::Person& person) {
  if (person.name() == nullptr) return "Here.players.name: is missing";
  if (person.name()->size() > base::k_name_bytes_max) return "Here.players.name: must be at most 64 bytes";
  if (!base::is_displayable_name(person.name()->string_view(), base::k_name_characters_max)) {
    return "Here.players.name: must be 1 to 16 visible characters of valid UTF-8";
  }
  if (!base::EntityId::unpack(person.entity()).valid()) return "Here.players.entity: is no entity id";
  return nullptr;
}

const char* fault_of(const wire::Here& here) {
  const auto* players = here.players();
  const std::size_t listed = players == nullptr ? 0 : players->size();
  // Before a look at any name: the same long text may be referenced by thousands.
  if (listed > k_people_max) return "Here.players: must be at most 100";
  if (here.total() < listed) return "Here.total: must be at least as many as are listed";
  for (std::size_t i = 0; i < listed; ++i) {
    if (const char* fault = fault_of(*players->Get(static_cast<flatbuffers::uoffset_t>(i)))) return fault;
  }
  return nullptr;
}

const char* fault_of_name(const flatbuffers::String* name, const char* missing, const char* wrong) {
  if (name == nullptr) return missing;
  const bool fits = name->size() <= base::k_name_bytes_max;
  return fits && base::is_displayable_name(name->string_view(), base::k_name_characters_max) ? nullptr : wrong;
}

const char* fault_of(const wire::Strongest& strongest) {
  if (strongest.ranks() == nullptr) return nullptr;
  if (strongest.ranks()->size() > k_ranks_max) return "Strongest.ranks: must be at most 10";
  for (const wire::Rank* rank : *strongest.ranks()) {
    if (const char* fault = fault_of_name(rank->name(), "Strongest.ranks.name: is missing",
                                          "Strongest.ranks.name: must be 1 to 16 visible characters of valid UTF-8")) {
      return fault;
    }
    if (rank->experience() > k_wire_experience_max) return "Strongest.ranks.experience: must be 0 to 1000000";
  }
  return nullptr;
}

const char* fault_of(const wire::Speak& speak) {
  if (speak.channel() == 0 || speak.channel() >= k_channels) return "Speak.channel: must be 1 to 6";
  const auto channel = static_cast<Channel>(speak.channel());
  if (channel == Channel::whisper) {
    if (const char* fault =
            fault_of_name(speak.to(), "Speak.to: is missing", "Speak.to: must be 1 to 16 visible characters of valid UTF-8")) {
      return fault;
    }
  } else if (speak.to() != nullptr) {
    return "Speak.to: only a whisper is said to somebody";
  }
  if (speak.words() == nullptr) return "Speak.words: is missing";
  if (is_speech(channel, speak.words()->string_view())) return nullptr;
  return channel == Channel::emote ? "Speak.words: must be wave, bow, laugh, cry or cheer"
                                   : "Speak.words: must be 1 to 120 visible characters of valid UTF-8, at most 480 bytes";
}

const char* fault_of(const wire::Report& report) {
  return fault_of_name(report.name(), "Report.name: is missing",
                       "Report.name: must be 1 to 16 visible characters of valid UTF-8");
}

const char* fault_of(const wire::HowItIs& how) {
  if (how.round_trip_ms() > k_round_trip_ms_max) return "HowItIs.round_trip_ms: must be 0 to 60000";
  if (how.interpolation_delay_ms() > k_interpolation_delay_ms_max) return "HowItIs.interpolation_delay_ms: must be 0 to 10000";
  if (how.frames_per_s() > k_frames_per_s_max) return "HowItIs.frames_per_s: must be 0 to 1000";
  if (how.road() >= k_roads) return "HowItIs.road: must be 0 to 4";
  return nullptr;
}

const char* fault_of(const wire::Deed& deed) {
  if (deed.type() >= k_wire_deed_types) return "Deed.type: must be 0 to 22";
  if (deed.cell() >= k_wire_cells) return "Deed.cell: must be 0 to 84";
  if (deed.to() >= k_wire_cells) return "Deed.to: must be 0 to 84";
  if (deed.gold() > k_wire_gold_max) return "Deed.gold: must be 0 to 1000000000";
  if (deed.thing() != 0 && !base::EntityId::unpack(deed.thing()).valid()) return "Deed.thing: is no entity id";
  return nullptr;
}

const char* fault_of(const wire::Outcome& outcome) {
  return outcome.verdict() < k_wire_verdicts ? nullptr : "Outcome.verdict: must be 0 to 37";
}

const char* fault_of(const wire::Heard& heard) { return heard.zone() <= k_wire_zones ? nullptr : "Heard.zone: must be 0 to 64"; }

const char* fault_of(const wire::Failure& failure) {
  if (failure.code() == 0 || failure.code() >= k_refusal_codes) return "Failure.code: must be 1 to 5";
  if (failure.words() == nullptr) return "Failure.words: is missing";
  if (failure.words()->size() > k_failure_bytes_max) return "Failure.words: must be at most 128 bytes";
  if (!base::is_displayable_name(failure.words()->string_view(), k_failure_bytes_max)) {
    return "Failure.words: must be visible characters of valid UTF-8";
  }
  return nullptr;
}

Here value_of(const wire::Here& here) {
  Here value;
  value.total = here.total();
  if (here.players() == nullptr) return value;
  value.players.reserve(here.players()->size());
  for (const wire::Person* person : *here.players()) {
    Here::Person& added = value.players.emplace_back();
    added.name.assign(person->name()->string_view());
    added.class_index = person->class_index();
    added.level = person->level();
    added.away = person->away();
    added.entity = base::EntityId::unpack(person->entity());
  }
  return value;
}

Strongest value_of(const wire::Strongest& strongest) {
  Strongest value;
  if (strongest.ranks() == nullptr) return value;
  for (const wire::Rank* rank : *strongest.ranks()) {
    Strongest::Rank& added = value.ranks.emplace_back();
    added.name.assign(rank->name()->string_view());
    added.class_index = rank->class_index();
    added.level = rank->level();
    added.experience = rank->experience();
    added.duel_wins = rank->duel_wins();
  }
  return value;
}

HowItIs value_of(const wire::HowItIs& how) {
  return {how.round_trip_ms(), how.interpolation_delay_ms(), how.frames_per_s(), how.stalls(), static_cast<Road>(how.road())};
}

Speak value_of(const wire::Speak& speak) {
  Speak value{static_cast<Channel>(speak.channel()), {}, speak.words()->str()};
  if (speak.to() != nullptr) value.to.assign(speak.to()->string_view());
  return value;
}

Report value_of(const wire::Report& report) {
  Report value;
  value.name.assign(report.name()->string_view());
  return value;
}

Deed value_of(const wire::Deed& deed) {
  return {deed.type(), deed.cell(), deed.to(), deed.item(), deed.count(), deed.gold(), base::EntityId::unpack(deed.thing())};
}

Failure value_of(const wire::Failure& failure) { return {static_cast<RefusalCode>(failure.code()), failure.words()->str()}; }

/// One body written: its type in the union and where it stands.
template <class Type>
struct Written {
  Type type;
  flatbuffers::Offset<void> place;
};

struct WriteRequest {
  flatbuffers::FlatBufferBuilder& builder;

  Written<wire::RequestBody> operator()(const WhoIsHere&) const {
    return {wire::RequestBody::WhoIsHere, wire::CreateWhoIsHere(builder).Union()};
  }
  Written<wire::RequestBody> operator()(const HowIsIt&) const {
    return {wire::RequestBody::HowIsIt, wire::CreateHowIsIt(builder).Union()};
  }
  Written<wire::RequestBody> operator()(const Speak& speak) const {
    CUDGEL_ASSERT(is_speech(speak.channel, speak.words) && (speak.channel == Channel::whisper) == !speak.to.empty());
    flatbuffers::Offset<flatbuffers::String> to;
    if (!speak.to.empty()) to = builder.CreateString(speak.to.view().data(), speak.to.view().size());
    const auto words = builder.CreateString(speak.words);
    return {wire::RequestBody::Speak, wire::CreateSpeak(builder, static_cast<std::uint8_t>(speak.channel), to, words).Union()};
  }
  Written<wire::RequestBody> operator()(const Report& report) const {
    CUDGEL_ASSERT(base::is_displayable_name(report.name.view(), base::k_name_characters_max));
    const auto name = builder.CreateString(report.name.view().data(), report.name.view().size());
    return {wire::RequestBody::Report, wire::CreateReport(builder, name).Union()};
  }
  Written<wire::RequestBody> operator()(const Deed& deed) const {
    CUDGEL_ASSERT(deed.type < k_wire_deed_types && deed.cell < k_wire_cells && deed.to < k_wire_cells);
    CUDGEL_ASSERT(deed.gold <= k_wire_gold_max);
    return {
        wire::RequestBody::Deed,
        wire::CreateDeed(builder, deed.type, deed.cell, deed.to, deed.item, deed.count, deed.gold, deed.thing.packed()).Union()};
  }
  Written<wire::RequestBody> operator()(const LetWatch& let) const {
    return {wire::RequestBody::LetWatch, wire::CreateLetWatch(builder, let.allowed).Union()};
  }
  Written<wire::RequestBody> operator()(const WhoIsStrongest&) const {
    return {wire::RequestBody::WhoIsStrongest, wire::CreateWhoIsStrongest(builder).Union()};
  }
};

struct WriteAnswer {
  flatbuffers::FlatBufferBuilder& builder;

  Written<wire::AnswerBody> operator()(const Failure& failure) const {
    CUDGEL_ASSERT(failure.code != RefusalCode::busy && failure.words.size() <= k_failure_bytes_max);
    CUDGEL_ASSERT(base::is_displayable_name(failure.words, k_failure_bytes_max));
    const auto words = builder.CreateString(failure.words);
    return {wire::AnswerBody::Failure, wire::CreateFailure(builder, static_cast<std::uint8_t>(failure.code), words).Union()};
  }
  Written<wire::AnswerBody> operator()(const Here& here) const {
    CUDGEL_ASSERT(here.players.size() <= k_people_max && here.total >= here.players.size());
    std::array<flatbuffers::Offset<wire::Person>, k_people_max> people;
    for (std::size_t i = 0; i < here.players.size(); ++i) {
      const Here::Person& person = here.players[i];
      CUDGEL_ASSERT(base::is_displayable_name(person.name.view(), base::k_name_characters_max));
      CUDGEL_ASSERT(person.entity.valid());
      const auto name = builder.CreateString(person.name.view().data(), person.name.view().size());
      people[i] = wire::CreatePerson(builder, name, person.class_index, person.level, person.away, person.entity.packed());
    }
    const auto list = builder.CreateVector(people.data(), here.players.size());
    return {wire::AnswerBody::Here, wire::CreateHere(builder, list, here.total).Union()};
  }
  Written<wire::AnswerBody> operator()(const HowItIs& how) const {
    CUDGEL_ASSERT(how.round_trip_ms <= k_round_trip_ms_max && how.frames_per_s <= k_frames_per_s_max);
    CUDGEL_ASSERT(how.interpolation_delay_ms <= k_interpolation_delay_ms_max);
    return {wire::AnswerBody::HowItIs, wire::CreateHowItIs(builder, how.round_trip_ms, how.interpolation_delay_ms,
                                                           how.frames_per_s, how.stalls, static_cast<std::uint8_t>(how.road))
                                           .Union()};
  }
  Written<wire::AnswerBody> operator()(const Heard& heard) const {
    CUDGEL_ASSERT(heard.zone <= k_wire_zones);
    return {wire::AnswerBody::Heard, wire::CreateHeard(builder, heard.by, heard.zone).Union()};
  }
  Written<wire::AnswerBody> operator()(const Reported&) const {
    return {wire::AnswerBody::Reported, wire::CreateReported(builder).Union()};
  }
  Written<wire::AnswerBody> operator()(const Outcome& outcome) const {
    CUDGEL_ASSERT(outcome.verdict < k_wire_verdicts);
    return {wire::AnswerBody::Outcome, wire::CreateOutcome(builder, outcome.verdict).Union()};
  }
  Written<wire::AnswerBody> operator()(const Watchers& watchers) const {
    return {wire::AnswerBody::Watchers, wire::CreateWatchers(builder, watchers.by).Union()};
  }
  Written<wire::AnswerBody> operator()(const Strongest& strongest) const {
    CUDGEL_ASSERT(strongest.ranks.size() <= k_ranks_max);
    std::array<flatbuffers::Offset<wire::Rank>, k_ranks_max> ranks;
    for (std::size_t i = 0; i < strongest.ranks.size(); ++i) {
      const Strongest::Rank& rank = strongest.ranks[i];
      CUDGEL_ASSERT(base::is_displayable_name(rank.name.view(), base::k_name_characters_max));
      CUDGEL_ASSERT(rank.experience <= k_wire_experience_max);
      const auto name = builder.CreateString(rank.name.view().data(), rank.name.view().size());
      ranks[i] = wire::CreateRank(builder, name, rank.class_index, rank.level, rank.experience, rank.duel_wins);
    }
    const auto list = builder.CreateVector(ranks.data(), strongest.ranks.size());
    return {wire::AnswerBody::Strongest, wire::CreateStrongest(builder, list).Union()};
  }
};

}  // namespace

bool is_spoken_zone(Channel channel, std::uint8_t zone) { return zone <= (channel == Channel::zone ? k_wire_zones : 0); }

bool is_speech(Channel channel, std::string_view words) {
  if (channel == Channel::emote) return std::find(k_emotes.begin(), k_emotes.end(), words) != k_emotes.end();
  return words.size() <= k_speech_bytes_max && base::is_displayable_name(words, k_speech_characters_max);
}

bool belongs_to(const AnswerBody& answer, const RequestBody& request) {
  if (std::holds_alternative<Failure>(answer)) return true;
  return std::visit(
      [&](const auto& body) { return std::holds_alternative<typename std::decay_t<decltype(body)>::Answer>(answer); }, request);
}

const char* fault_of(const wire::Request& request, Answerer by) {
  if (request.id() == 0) return "Request.id: must be at least 1";
  if (request.body() == nullptr) return "Request.body: is missing";
  // The Verifier lets any body of a type that it does not know pass.
  switch (request.body_type()) {
    case wire::RequestBody::WhoIsHere:
      return by == Answerer::server ? nullptr : "Request.body_type: only a client asks that";
    case wire::RequestBody::HowIsIt:
      return by == Answerer::client ? nullptr : "Request.body_type: only the server asks that";
    case wire::RequestBody::Speak:
      return by == Answerer::server ? fault_of(*request.body_as_Speak()) : "Request.body_type: only a client asks that";
    case wire::RequestBody::Report:
      return by == Answerer::server ? fault_of(*request.body_as_Report()) : "Request.body_type: only a client asks that";
    case wire::RequestBody::Deed:
      return by == Answerer::server ? fault_of(*request.body_as_Deed()) : "Request.body_type: only a client asks that";
    case wire::RequestBody::WhoIsStrongest:
    case wire::RequestBody::LetWatch:
      return by == Answerer::server ? nullptr : "Request.body_type: only a client asks that";
    case wire::RequestBody::NONE:
      break;
  }
  return "Request.body_type: is no request of this version";
}

const char* fault_of(const wire::Answer& answer, Answerer by) {
  if (answer.id() == 0) return "Answer.id: must be at least 1";
  if (answer.body() == nullptr) return "Answer.body: is missing";
  switch (answer.body_type()) {
    case wire::AnswerBody::Failure:
      return fault_of(*answer.body_as_Failure());
    case wire::AnswerBody::Here:
      return by == Here::k_by ? fault_of(*answer.body_as_Here()) : "Answer.body_type: only the server answers that";
    case wire::AnswerBody::HowItIs:
      return by == HowItIs::k_by ? fault_of(*answer.body_as_HowItIs()) : "Answer.body_type: only a client answers that";
    case wire::AnswerBody::Heard:
      return by == Heard::k_by ? fault_of(*answer.body_as_Heard()) : "Answer.body_type: only the server answers that";
    case wire::AnswerBody::Watchers:
    case wire::AnswerBody::Reported:
      return by == Answerer::server ? nullptr : "Answer.body_type: only the server answers that";
    case wire::AnswerBody::Outcome:
      return by == Outcome::k_by ? fault_of(*answer.body_as_Outcome()) : "Answer.body_type: only the server answers that";
    case wire::AnswerBody::Strongest:
      return by == Strongest::k_by ? fault_of(*answer.body_as_Strongest()) : "Answer.body_type: only the server answers that";
    case wire::AnswerBody::NONE:
      break;
  }
  return "Answer.body_type: is no answer of this version";
}

Request value_of(const wire::Request& request) {
  if (request.body_type() == wire::RequestBody::WhoIsHere) return {request.id(), WhoIsHere{}};
  if (request.body_type() == wire::RequestBody::Speak) return {request.id(), value_of(*request.body_as_Speak())};
  if (request.body_type() == wire::RequestBody::Report) return {request.id(), value_of(*request.body_as_Report())};
  if (request.body_type() == wire::RequestBody::Deed) return {request.id(), value_of(*request.body_as_Deed())};
  if (request.body_type() == wire::RequestBody::LetWatch) return {request.id(), LetWatch{request.body_as_LetWatch()->allowed()}};
  if (request.body_type() == wire::RequestBody::WhoIsStrongest) return {request.id(), WhoIsStrongest{}};
  return {request.id(), HowIsIt{}};
}

Answer value_of(const wire::Answer& answer) {
  if (answer.body_type() == wire::AnswerBody::Here) return {answer.id(), value_of(*answer.body_as_Here())};
  if (answer.body_type() == wire::AnswerBody::HowItIs) return {answer.id(), value_of(*answer.body_as_HowItIs())};
  if (answer.body_type() == wire::AnswerBody::Heard)
    return {answer.id(), Heard{answer.body_as_Heard()->by(), answer.body_as_Heard()->zone()}};
  if (answer.body_type() == wire::AnswerBody::Reported) return {answer.id(), Reported{}};
  if (answer.body_type() == wire::AnswerBody::Outcome) return {answer.id(), Outcome{answer.body_as_Outcome()->verdict()}};
  if (answer.body_type() == wire::AnswerBody::Watchers) return {answer.id(), Watchers{answer.body_as_Watchers()->by()}};
  if (answer.body_type() == wire::AnswerBody::Strongest) return {answer.id(), value_of(*answer.body_as_Strongest())};
  return {answer.id(), value_of(*answer.body_as_Failure())};
}

flatbuffers::Offset<wire::Request> write(const Request& request, flatbuffers::FlatBufferBuilder& builder) {
  CUDGEL_ASSERT(request.id != 0);
  const auto body = std::visit(WriteRequest{builder}, request.body);
  return wire::CreateRequest(builder, request.id, body.type, body.place);
}

flatbuffers::Offset<wire::Answer> write(const Answer& answer, flatbuffers::FlatBufferBuilder& builder) {
  CUDGEL_ASSERT(answer.id != 0);
  const auto body = std::visit(WriteAnswer{builder}, answer.body);
  return wire::CreateAnswer(builder, answer.id, body.type, body.place);
}

std::size_t wire_bytes_max(const Answer& answer) {
  constexpr std::size_t k_answer_bytes = 128;  // of the answer and its body, without the texts
  constexpr std::size_t k_person_bytes = 44;   // of a person, without the name
  if (const auto* failure = std::get_if<Failure>(&answer.body)) return k_answer_bytes + failure->words.size();
  std::size_t bytes = k_answer_bytes;
  if (const auto* here = std::get_if<Here>(&answer.body)) {
    for (const Here::Person& person : here->players) bytes += k_person_bytes + person.name.view().size();
  }
  constexpr std::size_t k_rank_bytes = 48;  // of a rank, without the name
  if (const auto* strongest = std::get_if<Strongest>(&answer.body)) {
    for (const Strongest::Rank& rank : strongest->ranks) bytes += k_rank_bytes + rank.name.view().size();
  }
  return bytes;
}

}  // namespace cudgel::protocol
