#pragma once
// What either side may ask the other and what is answered, as plain values: what decode makes of a stranger's bytes after every
// check, and what encode takes. Which answer belongs to which request, and who may ask it, is told by the types. No socket, no clock.

#include <array>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include <flatbuffers/flatbuffers.h>

#include "base/fixed_text.h"
#include "protocol/deeds.h"
#include "protocol/limits.h"
#include "protocol/schema/requests_generated.h"

namespace cudgel::protocol {

/// Who has the answer to a request; the other side asks.
enum class Answerer : std::uint8_t { server, client };

/// Answer to WhoIsHere.
struct Here {
  struct Person {
    base::PlayerName name;
    std::uint8_t class_index = 0;  ///< not checked against the content
    std::uint16_t level = 1;
    bool away = false;  ///< the connection is lost, the body waits
    base::EntityId entity;
    bool operator==(const Person&) const = default;
  };
  static constexpr Answerer k_by = Answerer::server;
  std::vector<Person> players;  ///< highest level first, at most k_people_max
  std::uint32_t total = 0;      ///< players in the world
  bool operator==(const Here&) const = default;
};

/// Who is in the world?
struct WhoIsHere {
  using Answer = Here;
  bool operator==(const WhoIsHere&) const = default;
};

enum class Road : std::uint8_t { other, ws, sse, longpoll, poll };
inline constexpr int k_roads = 5;

/// Answer to HowIsIt.
struct HowItIs {
  static constexpr Answerer k_by = Answerer::client;
  std::uint16_t round_trip_ms = 0;           ///< 0..k_round_trip_ms_max
  std::uint16_t interpolation_delay_ms = 0;  ///< 0..k_interpolation_delay_ms_max
  std::uint16_t frames_per_s = 0;            ///< display frames, 0..k_frames_per_s_max; 0: nobody looks
  std::uint16_t stalls = 0;                  ///< since the last such answer on this connection
  Road road = Road::other;
  bool operator==(const HowItIs&) const = default;
};

/// Who hears it.
enum class Channel : std::uint8_t { say = 1, everybody, whisper, emote, party, zone };
inline constexpr int k_channels = 7;  ///< with 0, which is none
inline constexpr std::array<std::string_view, 5> k_emotes{"wave", "bow", "laugh", "cry", "cheer"};

/// Answer to Speak.
struct Heard {
  static constexpr Answerer k_by = Answerer::server;
  std::uint32_t by = 0;   ///< others who will hear it
  std::uint8_t zone = 0;  ///< of Channel::zone: 1 + index into the map's zones, 0 outside all of them; else 0
  bool operator==(const Heard&) const = default;
};

/// Something others are to hear.
struct Speak {
  using Answer = Heard;
  Channel channel = Channel::say;
  base::PlayerName to;  ///< of a whisper, else empty
  std::string words;    ///< see is_speech()
  bool operator==(const Speak&) const = default;
};

/// Answer to Report.
struct Reported {
  static constexpr Answerer k_by = Answerer::server;
  bool operator==(const Reported&) const = default;
};

/// Somebody behaves badly: the host is to know.
struct Report {
  using Answer = Reported;
  base::PlayerName name;
  bool operator==(const Report&) const = default;
};

/// What can be told of a zone with words on that channel: up to k_wire_zones, and of no other channel any.
bool is_spoken_zone(Channel channel, std::uint8_t zone);
/// What can be said on that channel: displayable, within its limits, an emote one of k_emotes.
bool is_speech(Channel channel, std::string_view words);

/// How does the game run at your side?
struct HowIsIt {
  using Answer = HowItIs;
  bool operator==(const HowIsIt&) const = default;
};

/// Answer to LetWatch.
struct Watchers {
  static constexpr Answerer k_by = Answerer::server;
  std::uint16_t by = 0;  ///< so many watch now
  bool operator==(const Watchers&) const = default;
};

/// May others watch the asker?
struct LetWatch {
  using Answer = Watchers;
  bool allowed = true;
  bool operator==(const LetWatch&) const = default;
};

/// Answer to WhoIsStrongest.
struct Strongest {
  struct Rank {
    base::PlayerName name;
    std::uint8_t class_index = 0;  ///< not checked against the content
    std::uint16_t level = 1;
    std::uint32_t experience = 0;  ///< points since that level, 0..k_wire_experience_max
    std::uint32_t duel_wins = 0;
    bool operator==(const Rank&) const = default;
  };
  static constexpr Answerer k_by = Answerer::server;
  std::vector<Rank> ranks;  ///< by level, then experience; at most k_ranks_max
  bool operator==(const Strongest&) const = default;
};

/// Who are the strongest of all, here or not?
struct WhoIsStrongest {
  using Answer = Strongest;
  bool operator==(const WhoIsStrongest&) const = default;
};

struct Outcome {
  static constexpr Answerer k_by = Answerer::server;
  std::uint8_t verdict = 0;  ///< sim::Verdict, below k_wire_verdicts; 0: done
  bool operator==(const Outcome&) const = default;
};

/// Why a request is refused. `busy` is said by the asker's own side and never travels.
enum class RefusalCode : std::uint8_t { busy, too_often, not_now, nobody, several, no_party };
inline constexpr int k_refusal_codes = 6;

/// Answer to anything: it is not answered.
struct Failure {
  RefusalCode code = RefusalCode::not_now;
  std::string words;  ///< for people, displayable, 1..k_failure_bytes_max
  bool operator==(const Failure&) const = default;
};

using RequestBody = std::variant<WhoIsHere, HowIsIt, Speak, Report, Deed, LetWatch, WhoIsStrongest>;
using AnswerBody = std::variant<Failure, Here, HowItIs, Heard, Reported, Outcome, Watchers, Strongest>;

struct Request {
  std::uint32_t id = 0;  ///< 1, 2, 3 ... without gaps for one direction of one connection
  RequestBody body;
  bool operator==(const Request&) const = default;
};

struct Answer {
  std::uint32_t id = 0;
  AnswerBody body;
  bool operator==(const Answer&) const = default;
};

template <class Body>
concept AskedByClient = Body::Answer::k_by == Answerer::server;
template <class Body>
concept AskedByServer = Body::Answer::k_by == Answerer::client;

/// Whether that body is what belongs to that request: its answer, or a Failure.
bool belongs_to(const AnswerBody& answer, const RequestBody& request);

/// Each returns the reason why the part is refused, or nullptr. `by` is who must have the answer. Verified tables only.
const char* fault_of(const wire::Request& request, Answerer by);
const char* fault_of(const wire::Answer& answer, Answerer by);

/// Of a table that has no fault.
Request value_of(const wire::Request& request);
Answer value_of(const wire::Answer& answer);

/// A value out of range is a programmer's mistake: on write, assert.
flatbuffers::Offset<wire::Request> write(const Request& request, flatbuffers::FlatBufferBuilder& builder);
flatbuffers::Offset<wire::Answer> write(const Answer& answer, flatbuffers::FlatBufferBuilder& builder);

/// No more bytes than this does it take in a buffer, with its share of padding and vtables.
std::size_t wire_bytes_max(const Answer& answer);
inline constexpr std::size_t k_request_wire_bytes_max = 96;  ///< of what the server asks

}  // namespace cudgel::protocol
