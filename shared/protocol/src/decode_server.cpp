// A frame from a server that may be anybody's: structure by the Verifier, then every range the sim or the eye depends on.

#include <cstring>

#include "base/ids.h"
#include "base/utf8.h"
#include "fail.h"
#include "protocol/server_frame.h"

namespace cudgel::protocol {
namespace {

constexpr flatbuffers::uoffset_t k_depth_max = 8;
/// The frame, its names, its notes with their bodies, both sides of a trade; a request and an answer with theirs, and whom the answer lists.
constexpr flatbuffers::uoffset_t k_tables_max = 1 + k_arrivals_per_frame_max + 2 * k_notes_per_frame_max +
                                                2 * k_trades_per_frame_max + k_requests_per_frame_max + k_answers_per_frame_max +
                                                k_people_max;

// The layouts drawn in the schema; a change here is a new protocol version.
static_assert(sizeof(Head) == 16 && sizeof(Own) == 40 && sizeof(Motion) == 16 && sizeof(Arrival) == 26 &&
              sizeof(Happening) == 16 && sizeof(Means) == 44 && sizeof(Lasting) == 8 && sizeof(Bout) == 20 && sizeof(Cell) == 4 &&
              sizeof(Mate) == 16);

// Each check returns the reason why the part is refused, or nullptr.

const char* fault_of(const Own& own) {
  if (!base::EntityId::unpack(own.id()).valid()) return "own.id: is no entity id";
  if (own.x() < 0 || own.x() > k_position_units_max || own.y() < 0 || own.y() > k_position_units_max) {
    return "own.x, own.y: must be 0 to 262144";
  }
  if (own.facing() >= k_wire_facings) return "own.facing: must be 0 to 7";
  if (own.action() >= k_wire_actions) return "own.action: must be 0 to 3";
  if (own.heading() > k_heading_max) return "own.heading: must be 0 to 64";
  if (own.attack() > 1) return "own.attack: must be 0 or 1";
  if (own.target() != 0 && !base::EntityId::unpack(own.target()).valid()) return "own.target: is no entity id";
  return nullptr;
}

const char* fault_of(const Means& means) {
  if (means.experience() > k_wire_experience_max) return "means.experience: must be 0 to 1000000";
  if (means.mana() > means.mana_max()) return "means.mana: must be at most mana_max";
  if (means.skill() > k_wire_skills) return "means.skill: must be 0 to 4";
  if (means.wish() > k_wire_skills) return "means.wish: must be 0 to 4";
  if (means.summoned() > k_wire_summoned) return "means.summoned: must be 0 to 9";
  if (means.order() >= k_wire_orders) return "means.order: must be 0 to 2";
  const auto off_map = [](int place) { return place < 0 || place > k_position_units_max; };
  if (off_map(means.point_x()) || off_map(means.point_y()) || off_map(means.wish_x()) || off_map(means.wish_y())) {
    return "means.point, means.wish: must be 0 to 262144";
  }
  return nullptr;
}

const char* fault_of_effects(const Frame& frame) {
  const auto* effects = frame.effects();
  if (effects == nullptr) return nullptr;
  if (effects->size() > k_wire_effects_max) return "effects: must be at most 8";
  for (const Lasting* effect : *effects) {
    if (effect->kind() >= k_wire_effect_kinds) return "effects.kind: must be 0 to 9";
    const bool percent = effect->kind() >= 3;
    if (effect->magnitude() > (percent ? 90 : 10000)) return "effects.magnitude: must be 0 to 90 percent or 10000 points";
  }
  return nullptr;
}

const char* fault_of(const Motion& motion, base::Tick now) {
  if (motion.generation() == 0) return "motion.generation: must be at least 1";
  if (motion.age() > now) return "motion.age: is older than the world";
  if (motion.action_age() > now) return "motion.action_age: is older than the world";
  return nullptr;
}

/// Only players wear anything; of somebody summoned and of a thing weapon and coat are whose it is. Which items there are, only the content knows.
const char* fault_of_worn(const Arrival& arrival) {
  if (arrival.kind() == k_wire_kind_player) return nullptr;
  if (arrival.helmet() != 0) return "arrived.helmet: must be 0, only a player wears one";
  const bool somebodys = arrival.kind() == k_wire_kind_summoned || arrival.kind() == k_wire_kind_thing;
  if (!somebodys && (arrival.weapon() != 0 || arrival.coat() != 0)) {
    return "arrived.weapon, arrived.coat: must be 0 of monsters and projectiles";
  }
  return nullptr;
}

const char* fault_of_bodies(const Frame& frame) {
  const base::Tick now = frame.head()->tick();
  int last = -1;
  if (const auto* moved = frame.moved()) {
    for (const Motion* motion : *moved) {
      if (const char* fault = fault_of(*motion, now)) return fault;
      if (motion->index() <= last) return "moved: must ascend by index";
      last = motion->index();
    }
  }
  last = -1;
  if (const auto* arrived = frame.arrived()) {
    if (arrived->size() > k_arrivals_per_frame_max) return "arrived: must be at most 256";
    for (const Arrival* arrival : *arrived) {
      if (const char* fault = fault_of(arrival->motion(), now)) return fault;
      if (arrival->kind() == 0 || arrival->kind() >= k_wire_kinds) return "arrived.kind: must be 1 to 5";
      if (const char* fault = fault_of_worn(*arrival)) return fault;
      if (arrival->motion().index() <= last) return "arrived: must ascend by index";
      last = arrival->motion().index();
    }
  }
  last = -1;
  if (const auto* left = frame.left()) {
    for (const std::uint32_t packed : *left) {
      const auto id = base::EntityId::unpack(packed);
      if (!id.valid()) return "left: is no entity id";
      if (id.index <= last) return "left: must ascend by index";
      last = id.index;
    }
  }
  return nullptr;
}

const char* fault_of_happenings(const Frame& frame) {
  const auto* happened = frame.happened();
  if (happened == nullptr) return nullptr;
  if (happened->size() > k_happenings_per_frame_max) return "happened: must be at most 64";
  for (const Happening* happening : *happened) {
    if (happening->type() >= k_wire_event_types) return "happened.type: must be 0 to 13";
    if (happening->age() > frame.head()->tick()) return "happened.age: is older than the world";
    if (happening->source() != 0 && !base::EntityId::unpack(happening->source()).valid())
      return "happened.source: is no entity id";
    if (happening->target() != 0 && !base::EntityId::unpack(happening->target()).valid())
      return "happened.target: is no entity id";
  }
  return nullptr;
}

const char* fault_of_names(const Frame& frame) {
  const auto* names = frame.names();
  if (names == nullptr) return nullptr;
  // Before a look at any text: the same long text may be referenced by thousands of names.
  if (names->size() > k_arrivals_per_frame_max) return "names: must be at most 256";
  int last = -1;
  for (const Name* name : *names) {
    const auto id = base::EntityId::unpack(name->entity());
    if (!id.valid()) return "names.entity: is no entity id";
    if (id.index <= last) return "names: must ascend by index";
    last = id.index;
    if (name->name() == nullptr) return "names.name: is missing";
    if (name->name()->size() > base::k_name_bytes_max) return "names.name: must be at most 64 bytes";
    if (!base::is_displayable_name(name->name()->string_view(), base::k_name_characters_max)) {
      return "names.name: must be 1 to 16 visible characters of valid UTF-8";
    }
  }
  return nullptr;
}

const char* fault_of(const Welcome& welcome) {
  if (!base::EntityId::unpack(welcome.self()).valid()) return "welcome.self: is no entity id";
  if (welcome.tick_hz() < 5 || welcome.tick_hz() > 60) return "welcome.tick_hz: must be 5 to 60";
  if (welcome.token() == nullptr || welcome.token()->size() != k_token_bytes) return "welcome.token: must be 32 bytes";
  const auto side = welcome.arena_side();
  if (side != 0 && (side < 16 || side > 1024)) return "welcome.arena_side: must be 0 or 16 to 1024";
  return nullptr;
}

const char* fault_of(const Notice& notice) {
  if (notice.text() == nullptr) return "notice.text: is missing";
  if (notice.text()->size() > k_notice_bytes_max) return "notice.text: must be at most 512 bytes";
  if (!base::is_displayable_name(notice.text()->string_view(), k_notice_bytes_max)) {
    return "notice.text: must be visible characters of valid UTF-8";
  }
  return nullptr;
}

const char* fault_of(const Speech& speech) {
  if (speech.channel() == 0 || speech.channel() >= k_channels) return "speech.channel: must be 1 to 6";
  if (speech.from() == nullptr) return "speech.from: is missing";
  if (speech.from()->size() > base::k_name_bytes_max ||
      !base::is_displayable_name(speech.from()->string_view(), base::k_name_characters_max)) {
    return "speech.from: must be 1 to 16 visible characters of valid UTF-8";
  }
  if (!base::EntityId::unpack(speech.entity()).valid()) return "speech.entity: is no entity id";
  if (speech.words() == nullptr) return "speech.words: is missing";
  if (!is_speech(static_cast<Channel>(speech.channel()), speech.words()->string_view())) {
    return "speech.words: must be 1 to 120 visible characters of valid UTF-8, or an emote";
  }
  if (!is_spoken_zone(static_cast<Channel>(speech.channel()), speech.zone())) {
    return "speech.zone: must be 0 to 64, and 0 of other channels than 6";
  }
  return nullptr;
}

const char* fault_of(const Owned& owned) {
  if (owned.gold() > k_wire_gold_max) return "owned.gold: must be 0 to 1000000000";
  if (owned.bank_gold() > k_wire_gold_max) return "owned.bank_gold: must be 0 to 1000000000";
  if (owned.cells() == nullptr) return nullptr;
  int last = -1;
  for (const Cell* cell : *owned.cells()) {
    if (cell->place() <= last) return "owned.cells: must ascend by place";
    if (cell->place() >= k_wire_cells) return "owned.cells.place: must be 0 to 84";
    if (cell->item() == 0 || cell->count() == 0) return "owned.cells: must not be empty";
    last = cell->place();
  }
  return nullptr;
}

const char* fault_of(const TradeSide* side) {
  if (side == nullptr) return "trade.own, trade.theirs: are missing";
  if (side->gold() > k_wire_gold_max) return "trade.gold: must be 0 to 1000000000";
  if (side->cells() == nullptr) return nullptr;
  if (side->cells()->size() > k_wire_offers_max) return "trade.cells: must be at most 12";
  int last = -1;
  for (const Cell* cell : *side->cells()) {
    if (cell->place() <= last) return "trade.cells: must ascend by place";
    if (cell->place() >= k_wire_bag_cells) return "trade.cells.place: must be 0 to 39";
    if (cell->item() == 0 || cell->count() == 0) return "trade.cells: must not be empty";
    last = cell->place();
  }
  return nullptr;
}

bool is_name(const flatbuffers::String* name) {
  return name != nullptr && name->size() <= base::k_name_bytes_max &&
         base::is_displayable_name(name->string_view(), base::k_name_characters_max);
}

const char* fault_of(const Trade& trade) {
  if (trade.stage() >= k_wire_trade_stages) return "trade.stage: must be 0 to 3";
  if (trade.why() >= k_wire_verdicts) return "trade.why: must be 0 to 37";
  if (trade.stage() == 0) return nullptr;
  if (!base::EntityId::unpack(trade.other()).valid()) return "trade.other: is no entity id";
  if (!is_name(trade.name())) return "trade.name: must be 1 to 16 visible characters of valid UTF-8";
  if (trade.stage() != 3) return nullptr;
  if (const char* fault = fault_of(trade.own())) return fault;
  return fault_of(trade.theirs());
}

using Names = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>;

/// Whether there are as many as that, each a name. Counted before a look at any text: the same long one may be referenced by thousands.
bool are_names(const Names* names, std::size_t count) {
  if (names == nullptr || names->size() != count) return names == nullptr && count == 0;
  for (const flatbuffers::String* name : *names) {
    if (!is_name(name)) return false;
  }
  return true;
}

const char* fault_of(const Party& party) {
  const std::size_t mates = party.mates() == nullptr ? 0 : party.mates()->size();
  const std::size_t inviters = party.inviters() == nullptr ? 0 : party.inviters()->size();
  if (mates == 1 || mates > k_wire_party_max) return "party.mates: must be 0 or 2 to 5";
  if (inviters > k_wire_invitations_max) return "party.inviters: must be at most 4";
  if (!are_names(party.names(), mates)) return "party.names: must be a name for each mate";
  if (!are_names(party.inviter_names(), inviters)) return "party.inviter_names: must be a name for each inviter";
  for (std::size_t i = 0; i < mates; ++i) {
    const Mate& mate = *party.mates()->Get(static_cast<flatbuffers::uoffset_t>(i));
    if (!base::EntityId::unpack(mate.entity()).valid()) return "party.mates.entity: is no entity id";
    if (mate.away() > 1) return "party.mates.away: must be 0 or 1";
  }
  for (std::size_t i = 0; i < inviters; ++i) {
    if (!base::EntityId::unpack(party.inviters()->Get(static_cast<flatbuffers::uoffset_t>(i))).valid()) {
      return "party.inviters: is no entity id";
    }
  }
  return nullptr;
}

const char* fault_of_notes(const Frame& frame) {
  const auto* notes = frame.notes();
  if (notes == nullptr) return nullptr;
  if (notes->size() > k_notes_per_frame_max) return "notes: must be at most 16";
  std::size_t requests = 0;
  std::size_t answers = 0;
  std::size_t trades = 0;
  std::size_t parties = 0;
  for (const Note* note : *notes) {
    if (note->body() == nullptr) return "notes.body: is missing";
    switch (note->body_type()) {
      case NoteBody::Welcome:
        if (const char* fault = fault_of(*note->body_as_Welcome())) return fault;
        break;
      case NoteBody::Notice:
        if (const char* fault = fault_of(*note->body_as_Notice())) return fault;
        break;
      case NoteBody::Speech:
        if (const char* fault = fault_of(*note->body_as_Speech())) return fault;
        break;
      case NoteBody::Request:
        if (++requests > k_requests_per_frame_max) return "notes: must be at most one Request";
        if (const char* fault = fault_of(*note->body_as_Request(), Answerer::client)) return fault;
        break;
      case NoteBody::Answer:
        if (++answers > k_answers_per_frame_max) return "notes: must be at most one Answer";
        if (const char* fault = fault_of(*note->body_as_Answer(), Answerer::server)) return fault;
        break;
      case NoteBody::Owned:
        if (const char* fault = fault_of(*note->body_as_Owned())) return fault;
        break;
      case NoteBody::Trade:
        if (++trades > k_trades_per_frame_max) return "notes: must be at most one Trade";
        if (const char* fault = fault_of(*note->body_as_Trade())) return fault;
        break;
      case NoteBody::Party:
        if (++parties > k_trades_per_frame_max) return "notes: must be at most one Party";
        if (const char* fault = fault_of(*note->body_as_Party())) return fault;
        break;
      default:
        return "notes.body_type: is no note of this version";
    }
  }
  return nullptr;
}

const char* fault_of(const Bout& bout) {
  if (bout.stage() >= k_wire_duel_stages) return "bout.stage: must be 0 to 4";
  if ((bout.rival() != 0) != (bout.stage() != 0)) return "bout.rival: must be somebody exactly when there is a stage";
  if (bout.rival() != 0 && !base::EntityId::unpack(bout.rival()).valid()) return "bout.rival: is no entity id";
  if (bout.x() < 0 || bout.x() > k_position_units_max || bout.y() < 0 || bout.y() > k_position_units_max) {
    return "bout.x, bout.y: must be 0 to 262144";
  }
  return nullptr;
}

const char* fault_of(const Frame& frame) {
  if (frame.head()->flags() != 0) return "head.flags: must be 0";
  if (frame.own() != nullptr) {
    if (const char* fault = fault_of(*frame.own())) return fault;
  }
  if (frame.means() != nullptr) {
    if (const char* fault = fault_of(*frame.means())) return fault;
  }
  if (frame.bout() != nullptr) {
    if (const char* fault = fault_of(*frame.bout())) return fault;
  }
  if (const char* fault = fault_of_effects(frame)) return fault;
  if (const char* fault = fault_of_bodies(frame)) return fault;
  if (const char* fault = fault_of_happenings(frame)) return fault;
  if (const char* fault = fault_of_names(frame)) return fault;
  return fault_of_notes(frame);
}

}  // namespace

base::Result<const Frame*, DecodeError> FrameReader::read(std::span<const std::uint8_t> bytes) {
  if (bytes.size() > k_server_frame_bytes_max) return refuse(DecodeErrorCode::too_big, "frame: must be at most 65536 bytes");
  if (bytes.empty()) return refuse(DecodeErrorCode::malformed, "frame: is empty");
  aligned_.resize((bytes.size() + sizeof(std::uint64_t) - 1) / sizeof(std::uint64_t));
  std::memcpy(aligned_.data(), bytes.data(), bytes.size());
  const auto* copy = reinterpret_cast<const std::uint8_t*>(aligned_.data());

  flatbuffers::Verifier verifier(copy, bytes.size(), k_depth_max, k_tables_max);
  if (!VerifyFrameBuffer(verifier)) return refuse(DecodeErrorCode::malformed, "frame: is no Frame");
  const Frame* frame = GetFrame(copy);
  if (const char* fault = fault_of(*frame)) return refuse(DecodeErrorCode::out_of_range, fault);
  return frame;
}

}  // namespace cudgel::protocol
