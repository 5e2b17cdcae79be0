#include "replication/viewer.h"

#include <algorithm>
#include <cstring>

#include "base/assert.h"
#include "wire_values.h"

namespace cudgel::replication {
namespace {

constexpr std::int32_t k_view_units = static_cast<std::int32_t>(protocol::k_view_tiles) * base::k_units_per_tile;

// What a part of a frame can take at most, in bytes, with its share of padding, vtable and offsets.
constexpr std::size_t k_frame_bytes = 256;   ///< root, head, own, the lengths of all lists
constexpr std::size_t k_name_bytes = 32 + base::k_name_bytes_max;
constexpr std::size_t k_note_bytes = 64;     ///< and the text of a notice or the token of a welcome

std::size_t notes_bytes(const FrameExtras& extras) {
  std::size_t bytes = k_note_bytes + protocol::k_token_bytes;
  for (const Notice& notice : extras.notices) bytes += k_note_bytes + notice.text.size();
  if (extras.request) bytes += k_note_bytes + protocol::k_request_wire_bytes_max;
  if (extras.answer) bytes += k_note_bytes + protocol::wire_bytes_max(*extras.answer);
  return bytes;
}

std::size_t arrival_bytes(const PublishedEntity& entity) {
  return sizeof(protocol::Arrival) + (entity.sight.kind == sim::Kind::player ? k_name_bytes : 0);
}

constexpr auto by_distance = [](const auto& a, const auto& b) {
  return a.distance != b.distance ? a.distance < b.distance : a.id.index < b.id.index;
};
constexpr auto by_index = [](const auto& a, const auto& b) { return a.id.index < b.id.index; };

}  // namespace

bool may_see(const Picture& picture, base::EntityId viewer, base::EntityId other) {
  if (viewer == other) return false;
  const PublishedEntity* eye = picture.find(viewer);
  const PublishedEntity* body = picture.find(other);
  return eye != nullptr && body != nullptr && base::chebyshev(body->position - eye->position) <= k_view_units;
}

/// Who is in view now, ascending by index.
void Viewer::gather(const Picture& picture) {
  in_view_.clear();
  const PublishedEntity* self = picture.find(self_);
  present_ = self != nullptr;
  if (!present_) return;
  eye_ = self->position;
  picture.grid.for_each_within(eye_, k_view_units, [&](const sim::SpatialGrid::Item& item) {
    if (item.index != self_.index) in_view_.push_back(item.index);
  });
  std::sort(in_view_.begin(), in_view_.end());
}

/// One pass over what the client holds and what is in view: who left, who came, whose sight changed since it was told.
void Viewer::compare(const Picture& picture) {
  left_.clear();
  arrived_.clear();
  moved_.clear();
  next_known_.clear();
  auto held = known_.begin();
  for (const std::uint16_t index : in_view_) {
    for (; held != known_.end() && held->id.index < index; ++held) left_.push_back(held->id.packed());
    const PublishedEntity& entity = picture.entities[index];
    const Pending pending{entity.sight.id, base::chebyshev(entity.position - eye_)};
    if (held == known_.end() || held->id.index != index) {
      arrived_.push_back(pending);
    } else if (held->id != entity.sight.id) {
      // The slot has a new tenant since.
      left_.push_back(held->id.packed());
      arrived_.push_back(pending);
      ++held;
    } else {
      if (entity.introduced > held->told) {
        arrived_.push_back(pending);
      } else if (entity.changed > held->told) {
        moved_.push_back(pending);
      }
      next_known_.push_back(*held);
      ++held;
    }
  }
  for (; held != known_.end(); ++held) left_.push_back(held->id.packed());
}

/// Cuts what does not fit, farthest first. What was cut stays untold and comes with the next frames.
void Viewer::choose(const Picture& picture, std::size_t bytes_left) {
  const std::size_t room = protocol::k_known_max - next_known_.size();
  std::size_t count = 0;
  std::size_t bytes = 0;
  for (const Pending& pending : arrived_) bytes += arrival_bytes(picture.entities[pending.id.index]);
  if (arrived_.size() > std::min(room, protocol::k_arrivals_per_frame_max) || bytes > bytes_left) {
    std::sort(arrived_.begin(), arrived_.end(), by_distance);
    for (bytes = 0; count < arrived_.size() && count < std::min(room, protocol::k_arrivals_per_frame_max); ++count) {
      const std::size_t more = arrival_bytes(picture.entities[arrived_[count].id.index]);
      if (bytes + more > bytes_left) break;
      bytes += more;
    }
    arrived_.resize(count);
    std::sort(arrived_.begin(), arrived_.end(), by_index);
  }
  bytes_left -= bytes;
  if (const std::size_t moved_max = bytes_left / sizeof(protocol::Motion); moved_.size() > moved_max) {
    std::sort(moved_.begin(), moved_.end(), by_distance);
    moved_.resize(moved_max);
    std::sort(moved_.begin(), moved_.end(), by_index);
  }
}

/// What the client holds once it has applied the frame at hand.
void Viewer::remember(base::Tick now) {
  known_.clear();
  auto arrived = arrived_.cbegin();
  auto moved = moved_.cbegin();
  for (Known& known : next_known_) {
    for (; arrived != arrived_.cend() && arrived->id.index < known.id.index; ++arrived) known_.push_back({arrived->id, now});
    if (arrived != arrived_.cend() && arrived->id == known.id) {
      known.told = now;
      ++arrived;
    }
    if (moved != moved_.cend() && moved->id == known.id) {
      known.told = now;
      ++moved;
    }
    known_.push_back(known);
  }
  for (; arrived != arrived_.cend(); ++arrived) known_.push_back({arrived->id, now});
}

bool Viewer::in_view(const Picture& picture, base::EntityId id) const {
  if (id == self_) return true;
  const PublishedEntity* entity = picture.find(id);
  return entity != nullptr && base::chebyshev(entity->position - eye_) <= k_view_units;
}

/// What happened in view since the last frame, newest first. A viewer's first frame tells only of its own tick.
void Viewer::select_happenings(const Picture& picture) {
  happened_.clear();
  if (!present_) return;
  const base::Tick told = first_ ? picture.tick - 1 : last_frame_;
  for (auto it = picture.happenings.rbegin(); it != picture.happenings.rend() && it->tick > told; ++it) {
    if (happened_.size() == protocol::k_happenings_per_frame_max) return;
    const sim::Event& event = it->event;
    if (base::chebyshev(event.position - eye_) <= k_view_units || in_view(picture, event.source) ||
        in_view(picture, event.target)) {
      happened_.push_back(&*it);
    }
  }
}

/// True when the client could not know its own body without being told; last_own_ is then what to tell.
bool Viewer::choose_own(const Picture& picture) {
  const sim::Entity* self = picture.player(self_);
  if (self == nullptr) return false;
  const protocol::Own own = wire_own(*self);
  if (last_own_) {
    const protocol::Own expected = moved_on(*last_own_, picture.tick - last_own_tick_);
    if (std::memcmp(&expected, &own, sizeof own) == 0) return false;
  }
  last_own_ = own;
  last_own_tick_ = picture.tick;
  return true;
}

Viewer::Written<const protocol::Arrival*> Viewer::write_arrived(const Picture& picture, Builder& builder) const {
  if (arrived_.empty()) return {};
  protocol::Arrival* place = nullptr;
  const auto written = builder.CreateUninitializedVectorOfStructs(arrived_.size(), &place);
  for (const Pending& pending : arrived_) *place++ = wire_arrival(picture.entities[pending.id.index].sight, picture.tick);
  return written;
}

Viewer::Written<const protocol::Motion*> Viewer::write_moved(const Picture& picture, Builder& builder) const {
  if (moved_.empty()) return {};
  protocol::Motion* place = nullptr;
  const auto written = builder.CreateUninitializedVectorOfStructs(moved_.size(), &place);
  for (const Pending& pending : moved_) *place++ = wire_motion(picture.entities[pending.id.index].sight, picture.tick);
  return written;
}

Viewer::Written<const protocol::Happening*> Viewer::write_happened(const Picture& picture, Builder& builder) const {
  if (happened_.empty()) return {};
  protocol::Happening* place = nullptr;
  const auto written = builder.CreateUninitializedVectorOfStructs(happened_.size(), &place);
  for (auto it = happened_.rbegin(); it != happened_.rend(); ++it) *place++ = wire_happening((*it)->event, picture.tick - (*it)->tick);
  return written;
}

Viewer::Written<flatbuffers::Offset<protocol::Name>> Viewer::write_names(const Picture& picture, Builder& builder) {
  names_.clear();
  for (const Pending& pending : arrived_) {
    const sim::Entity* player = picture.player(pending.id);
    if (player == nullptr || player->name.empty()) continue;
    const auto text = builder.CreateString(player->name.view().data(), player->name.view().size());
    names_.push_back(protocol::CreateName(builder, pending.id.packed(), text));
  }
  if (names_.empty()) return {};
  return builder.CreateVector(names_);
}

Viewer::Written<flatbuffers::Offset<protocol::Note>> Viewer::write_notes(const FrameExtras& extras, Builder& builder) const {
  const std::size_t count = extras.notices.size() + (extras.welcome ? 1 : 0) + (extras.request ? 1 : 0) + (extras.answer ? 1 : 0);
  CUDGEL_ASSERT(count <= protocol::k_notes_per_frame_max);
  if (count == 0) return {};
  std::array<flatbuffers::Offset<protocol::Note>, protocol::k_notes_per_frame_max> notes;
  std::size_t written = 0;
  if (extras.welcome) {
    const auto token = builder.CreateVector(extras.welcome->token.data(), extras.welcome->token.size());
    const auto body = protocol::CreateWelcome(builder, self_.packed(), extras.welcome->tick_hz, extras.welcome->arena_side,
                                              extras.welcome->content_hash, token, extras.welcome->resumed);
    notes[written++] = protocol::CreateNote(builder, protocol::NoteBody::Welcome, body.Union());
  }
  for (const Notice& notice : extras.notices) {
    CUDGEL_ASSERT(is_wire_notice(notice.text));
    const auto body = protocol::CreateNotice(builder, builder.CreateString(notice.text));
    notes[written++] = protocol::CreateNote(builder, protocol::NoteBody::Notice, body.Union(), notice.sequence);
  }
  if (extras.request) {
    const auto body = protocol::write(*extras.request, builder);
    notes[written++] = protocol::CreateNote(builder, protocol::NoteBody::Request, body.Union());
  }
  if (extras.answer) {
    const auto body = protocol::write(*extras.answer, builder);
    notes[written++] = protocol::CreateNote(builder, protocol::NoteBody::Answer, body.Union());
  }
  return builder.CreateVector(notes.data(), written);
}

std::span<const std::uint8_t> Viewer::encode(const Picture& picture, const FrameExtras& extras, Builder& builder) {
  CUDGEL_ASSERT(first_ || picture.tick > last_frame_);
  gather(picture);
  compare(picture);
  select_happenings(picture);
  choose(picture, protocol::k_server_frame_bytes_max - k_frame_bytes - notes_bytes(extras) - left_.size() * sizeof(std::uint32_t) -
                      happened_.size() * sizeof(protocol::Happening));

  builder.Clear();
  const auto notes = write_notes(extras, builder);
  const auto names = write_names(picture, builder);
  const auto happened = write_happened(picture, builder);
  const auto left = left_.empty() ? Written<std::uint32_t>{} : builder.CreateVector(left_);
  const auto arrived = write_arrived(picture, builder);
  const auto moved = write_moved(picture, builder);
  const sim::Entity* self = picture.player(self_);
  const protocol::Head head(picture.tick, self != nullptr ? self->last_sequence : 0, extras.echo, extras.slack_ticks, 0, 0);
  const bool tell_own = choose_own(picture);
  builder.Finish(protocol::CreateFrame(builder, &head, tell_own ? &*last_own_ : nullptr, moved, arrived, left, happened, names, notes));
  CUDGEL_ASSERT(builder.GetSize() <= protocol::k_server_frame_bytes_max);

  remember(picture.tick);
  last_frame_ = picture.tick;
  first_ = false;
  return {builder.GetBufferPointer(), builder.GetSize()};
}

}  // namespace cudgel::replication
