// A stranger's bytes become a checked value, or an error that names the field. What the FlatBuffers Verifier does not look at
// is looked at here: union types, absent bodies, trailing bytes, ranges, order, text.

#include <algorithm>
#include <cstring>

#include "base/utf8.h"
#include "fail.h"
#include "protocol/client_message.h"
#include "protocol/schema/client_generated.h"

namespace cudgel::protocol {
namespace {

using Decoded = base::Result<ClientMessage, DecodeError>;

constexpr flatbuffers::uoffset_t k_depth_max = 8;
constexpr flatbuffers::uoffset_t k_tables_max = 64;
/// No table of this schema takes more inline bytes than this, in whatever order a builder lays out its fields.
constexpr std::size_t k_table_bytes_max = 32;

static_assert(sizeof(wire::Act) == 20);

/// Follows how far into the buffer the message's parts reach. Everything a builder writes is reached from the root, so the
/// last byte reached, rounded up to 4 (builders pad texts to that), is where a message must end: more is trailing bytes.
class Extent {
 public:
  explicit Extent(std::span<const std::uint8_t> buffer) : buffer_(buffer) {}

  void add(const void* begin, std::size_t size) {
    const auto offset = static_cast<std::size_t>(static_cast<const std::uint8_t*>(begin) - buffer_.data());
    reach_ = std::max(reach_, offset + size);
  }
  /// False when the table or its vtable is larger than this schema's can be. The table has been verified.
  template <class Table>
  [[nodiscard]] bool add_table(const Table* generated, std::size_t fields) {
    const auto* table = reinterpret_cast<const flatbuffers::Table*>(generated);
    const std::uint8_t* vtable = table->GetVTable();
    const std::size_t vtable_size = flatbuffers::ReadScalar<flatbuffers::voffset_t>(vtable);
    if (vtable_size < 4 || vtable_size > 4 + 2 * fields) return false;
    const std::size_t table_size = flatbuffers::ReadScalar<flatbuffers::voffset_t>(vtable + 2);
    if (table_size < 4 || table_size > k_table_bytes_max) return false;
    add(vtable, vtable_size);
    add(table, table_size);
    return true;
  }
  [[nodiscard]] bool ends_the_buffer() const { return (reach_ + 3) / 4 * 4 == buffer_.size(); }

 private:
  std::span<const std::uint8_t> buffer_;
  std::size_t reach_ = 0;
};

constexpr const char* k_trailing = "message: bytes follow after its end";
constexpr const char* k_table_size = "message: a table has fields that this version does not know";

Decoded decode_hello(const wire::Hello& hello, Extent& extent) {
  if (!extent.add_table(&hello, 4)) return refuse(DecodeErrorCode::malformed, k_table_size);
  if (hello.name() == nullptr) return refuse(DecodeErrorCode::malformed, "Hello.name: is missing");
  extent.add(hello.name(), sizeof(flatbuffers::uoffset_t) + hello.name()->size() + 1);
  if (const auto* token = hello.token(); token != nullptr) {
    extent.add(token, sizeof(flatbuffers::uoffset_t) + token->size());
    if (token->size() != k_token_bytes) return refuse(DecodeErrorCode::out_of_range, "Hello.token: must be 32 bytes");
  }
  if (!extent.ends_the_buffer()) return refuse(DecodeErrorCode::malformed, k_trailing);

  const std::string_view name = hello.name()->string_view();
  Hello value;
  if (!base::is_displayable_name(name, base::k_name_characters_max)) {
    return refuse(DecodeErrorCode::invalid_text, "Hello.name: must be 1 to 16 visible characters of valid UTF-8");
  }
  if (!value.name.assign(name)) return refuse(DecodeErrorCode::invalid_text, "Hello.name: must be at most 64 bytes");
  value.class_index = hello.class_index();
  value.content_hash = hello.content_hash();
  if (hello.token() != nullptr) std::copy(hello.token()->begin(), hello.token()->end(), value.token.emplace().begin());
  return value;
}

/// The reason why an act is refused, or nullptr.
const char* fault_of(const wire::Act& act) {
  if (act.sequence() == 0) return "Acts.acts.sequence: must be at least 1";
  if (act.heading() > k_heading_max) return "Acts.acts.heading: must be 0 to 64";
  if (act.attack() > 1) return "Acts.acts.attack: must be 0 or 1";
  if (act.view_age() > k_view_age_max) return "Acts.acts.view_age: must be 0 to 192";
  if (act.skill() > k_wire_skills) return "Acts.acts.skill: must be 0 to 4";
  if (act.skill() == 0 && (act.x() != 0 || act.y() != 0)) return "Acts.acts.x, y: must be 0 without a skill";
  if (act.target() != 0 && !base::EntityId::unpack(act.target()).valid()) return "Acts.acts.target: is no entity id";
  return nullptr;
}

Decoded decode_acts(const wire::Acts& acts, Extent& extent) {
  if (!extent.add_table(&acts, 4)) return refuse(DecodeErrorCode::malformed, k_table_size);
  Acts value;
  value.frame_tick = acts.frame_tick();
  value.stamp = acts.stamp();
  value.notes = acts.notes();
  if (const auto* list = acts.acts(); list != nullptr) {
    extent.add(list, sizeof(flatbuffers::uoffset_t) + list->size() * sizeof(wire::Act));
    if (list->size() > k_acts_per_message_max) return refuse(DecodeErrorCode::out_of_range, "Acts.acts: must be at most 16");
    for (const wire::Act* act : *list) {
      if (const char* fault = fault_of(*act)) return refuse(DecodeErrorCode::out_of_range, fault);
      if (value.count > 0 && act->sequence() != value.acts[value.count - 1].sequence + 1) {
        return refuse(DecodeErrorCode::out_of_range, "Acts.acts.sequence: must ascend without gaps");
      }
      value.acts[value.count++] = {act->sequence(), act->tick(),        base::EntityId::unpack(act->target()),
                                   act->heading(),  act->attack() != 0, act->view_age(),
                                   act->skill(),    act->x(),           act->y()};
    }
  }
  if (!extent.ends_the_buffer()) return refuse(DecodeErrorCode::malformed, k_trailing);
  return value;
}

Decoded decode_bye(const wire::Bye& bye, Extent& extent) {
  if (!extent.add_table(&bye, 0)) return refuse(DecodeErrorCode::malformed, k_table_size);
  if (!extent.ends_the_buffer()) return refuse(DecodeErrorCode::malformed, k_trailing);
  return Bye{};
}

Decoded decode_watch(const wire::Watch& watch, Extent& extent) {
  if (!extent.add_table(&watch, 2)) return refuse(DecodeErrorCode::malformed, k_table_size);
  if (watch.name() == nullptr) return refuse(DecodeErrorCode::malformed, "Watch.name: is missing");
  extent.add(watch.name(), sizeof(flatbuffers::uoffset_t) + watch.name()->size() + 1);
  if (!extent.ends_the_buffer()) return refuse(DecodeErrorCode::malformed, k_trailing);
  Watch value;
  if (!base::is_displayable_name(watch.name()->string_view(), base::k_name_characters_max) ||
      !value.name.assign(watch.name()->string_view())) {
    return refuse(DecodeErrorCode::invalid_text, "Watch.name: must be 1 to 16 visible characters of valid UTF-8");
  }
  value.content_hash = watch.content_hash();
  return value;
}

/// Adds a text that may be absent.
void add_text(const flatbuffers::String* text, Extent& extent) {
  if (text != nullptr) extent.add(text, sizeof(flatbuffers::uoffset_t) + text->size() + 1);
}

/// False when the body has fields that this version does not know.
bool add_request_body(const wire::Request& request, Extent& extent) {
  if (const wire::Speak* speak = request.body_as_Speak(); speak != nullptr) {
    add_text(speak->to(), extent);
    add_text(speak->words(), extent);
    return extent.add_table(speak, 3);
  }
  if (const wire::Report* report = request.body_as_Report(); report != nullptr) {
    add_text(report->name(), extent);
    return extent.add_table(report, 1);
  }
  if (const wire::Deed* deed = request.body_as_Deed(); deed != nullptr) return extent.add_table(deed, 7);
  if (const wire::LetWatch* let = request.body_as_LetWatch(); let != nullptr) return extent.add_table(let, 1);
  if (const auto* strongest = request.body_as_WhoIsStrongest(); strongest != nullptr) return extent.add_table(strongest, 0);
  return extent.add_table(request.body_as_WhoIsHere(), 0);
}

Decoded decode_request(const wire::Request& request, Extent& extent) {
  if (!extent.add_table(&request, 3)) return refuse(DecodeErrorCode::malformed, k_table_size);
  if (const char* fault = fault_of(request, Answerer::server)) return refuse(DecodeErrorCode::out_of_range, fault);
  if (!add_request_body(request, extent)) return refuse(DecodeErrorCode::malformed, k_table_size);
  if (!extent.ends_the_buffer()) return refuse(DecodeErrorCode::malformed, k_trailing);
  return value_of(request);
}

Decoded decode_answer(const wire::Answer& answer, Extent& extent) {
  if (!extent.add_table(&answer, 3)) return refuse(DecodeErrorCode::malformed, k_table_size);
  if (const char* fault = fault_of(answer, Answerer::client)) return refuse(DecodeErrorCode::out_of_range, fault);
  if (const wire::Failure* failure = answer.body_as_Failure(); failure != nullptr) {
    if (!extent.add_table(failure, 2)) return refuse(DecodeErrorCode::malformed, k_table_size);
    extent.add(failure->words(), sizeof(flatbuffers::uoffset_t) + failure->words()->size() + 1);
  } else if (!extent.add_table(answer.body_as_HowItIs(), 5)) {
    return refuse(DecodeErrorCode::malformed, k_table_size);
  }
  if (!extent.ends_the_buffer()) return refuse(DecodeErrorCode::malformed, k_trailing);
  return value_of(answer);
}

}  // namespace

base::Result<ClientMessage, DecodeError> decode_client_message(std::span<const std::uint8_t> bytes) {
  if (bytes.size() > k_client_message_bytes_max) {
    return refuse(DecodeErrorCode::too_big, "message: must be at most 4096 bytes");
  }
  if (bytes.empty()) return refuse(DecodeErrorCode::malformed, "message: is empty");
  alignas(16) std::array<std::uint8_t, k_client_message_bytes_max> aligned;
  std::memcpy(aligned.data(), bytes.data(), bytes.size());

  flatbuffers::Verifier verifier(aligned.data(), bytes.size(), k_depth_max, k_tables_max);
  if (!wire::VerifyClientMessageBuffer(verifier)) return refuse(DecodeErrorCode::malformed, "message: is no ClientMessage");
  const wire::ClientMessage* message = wire::GetClientMessage(aligned.data());
  Extent extent({aligned.data(), bytes.size()});
  if (!extent.add_table(message, 2)) return refuse(DecodeErrorCode::malformed, k_table_size);
  // The Verifier accepts a type without a body, and any body of a type it does not know.
  if (message->body() == nullptr) return refuse(DecodeErrorCode::malformed, "message.body: is missing");
  switch (message->body_type()) {
    case wire::ClientBody::Hello:
      return decode_hello(*message->body_as_Hello(), extent);
    case wire::ClientBody::Acts:
      return decode_acts(*message->body_as_Acts(), extent);
    case wire::ClientBody::Bye:
      return decode_bye(*message->body_as_Bye(), extent);
    case wire::ClientBody::Request:
      return decode_request(*message->body_as_Request(), extent);
    case wire::ClientBody::Answer:
      return decode_answer(*message->body_as_Answer(), extent);
    case wire::ClientBody::Watch:
      return decode_watch(*message->body_as_Watch(), extent);
    case wire::ClientBody::NONE:
      break;
  }
  return refuse(DecodeErrorCode::unknown_message, "message.body_type: is no message of this version");
}

}  // namespace cudgel::protocol
