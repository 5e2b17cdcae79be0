#include "replication/viewer.h"

#include <algorithm>
#include <cstddef>

#include "base/assert.h"
#include "base/prefetch.h"
#include "wire_values.h"

namespace cudgel::replication {
namespace {

constexpr std::int32_t k_view_units = static_cast<std::int32_t>(protocol::k_view_tiles) * base::k_units_per_tile;

// What a part of a frame can take at most, in bytes, with its share of padding, vtable and offsets.
constexpr std::size_t k_frame_bytes = 416;  ///< root, head, own, means, bout, effects, the lengths of all lists
constexpr std::size_t k_name_bytes = 32 + base::k_name_bytes_max;
constexpr std::size_t k_note_bytes = 64;  ///< and the text of a notice or the token of a welcome
constexpr std::size_t k_speaker_bytes = 32 + base::k_name_bytes_max;

std::size_t notes_bytes(const FrameExtras& extras) {
  std::size_t bytes = k_note_bytes + protocol::k_token_bytes;
  for (const Notice& notice : extras.notices) bytes += k_note_bytes + notice.text.size() + (notice.speaker ? k_speaker_bytes : 0);
  if (extras.request) bytes += k_note_bytes + protocol::k_request_wire_bytes_max;
  if (extras.answer) bytes += k_note_bytes + protocol::wire_bytes_max(*extras.answer);
  if (extras.trade) bytes += k_note_bytes + k_trade_bytes_max;
  if (extras.party) bytes += k_note_bytes + k_party_bytes_max;
  if (extras.owned) bytes += k_note_bytes + protocol::k_wire_cells * sizeof(protocol::Cell);
  return bytes;
}

/// What expect_encode_soon() fetches of a published entity: all.
constexpr std::size_t k_entity_lines = sizeof(PublishedEntity) / base::k_cache_line_bytes + 1;

constexpr std::size_t k_arrival_bytes = sizeof(protocol::Arrival) + k_name_bytes;

flatbuffers::Offset<protocol::Speech> write_speech(const Speaker& speaker, const std::string& words,
                                                   flatbuffers::FlatBufferBuilder& builder) {
  CUDGEL_ASSERT(protocol::is_speech(speaker.channel, words) && protocol::is_spoken_zone(speaker.channel, speaker.zone));
  const auto from = builder.CreateString(speaker.name.view().data(), speaker.name.view().size());
  return protocol::CreateSpeech(builder, static_cast<std::uint8_t>(speaker.channel), from, speaker.entity.packed(),
                                builder.CreateString(words), speaker.zone);
}

template <class T>
using Written = flatbuffers::Offset<flatbuffers::Vector<T>>;
using Builder = flatbuffers::FlatBufferBuilder;

Written<const protocol::Arrival*> write_arrived(const Picture& picture, std::span<const Pending> arrived, Builder& builder) {
  if (arrived.empty()) return {};
  // Not uninitialised as the other lists: there the library takes the size for the alignment, and 26 is none.
  return builder.CreateVectorOfStructs<protocol::Arrival>(arrived.size(), [&](std::size_t i, protocol::Arrival* place) {
    *place = wire_arrival(picture.entities[arrived[i].id.index].sight, picture.tick);
  });
}

Written<const protocol::Motion*> write_moved(const Picture& picture, std::span<const Pending> moved, Builder& builder) {
  if (moved.empty()) return {};
  protocol::Motion* place = nullptr;
  const auto written = builder.CreateUninitializedVectorOfStructs(moved.size(), &place);
  for (const Pending& pending : moved) *place++ = wire_motion(picture.entities[pending.id.index].sight, picture.tick);
  return written;
}

Written<const protocol::Happening*> write_happened(base::Tick now, std::span<const Witnessed> happened, Builder& builder) {
  if (happened.empty()) return {};
  protocol::Happening* place = nullptr;
  const auto written = builder.CreateUninitializedVectorOfStructs(happened.size(), &place);
  for (const Witnessed& one : happened) *place++ = wire_happening(one.happening->event, now - one.happening->tick);
  return written;
}

Written<flatbuffers::Offset<protocol::Name>> write_names(const Picture& picture, FrameWorkspace& work) {
  work.names.clear();
  for (const Pending& pending : work.arrived) {
    const PublishedPlayer* player = picture.player(pending.id);
    if (player == nullptr || player->name.empty()) continue;
    const auto text = work.builder.CreateString(player->name.view().data(), player->name.view().size());
    work.names.push_back(protocol::CreateName(work.builder, pending.id.packed(), text));
  }
  if (work.names.empty()) return {};
  return work.builder.CreateVector(work.names);
}

/// Leaves the most important `count` of what happened: own fights, then the nearest, then the newest.
void cut_happened(std::size_t count, std::vector<Witnessed>& happened) {
  if (happened.size() <= count) return;
  const auto more_important = [](const Witnessed& a, const Witnessed& b) {
    if (a.fight != b.fight) return a.fight;
    return a.distance != b.distance ? a.distance < b.distance : a.happening > b.happening;
  };
  std::nth_element(happened.begin(), happened.begin() + static_cast<std::ptrdiff_t>(count), happened.end(), more_important);
  happened.resize(count);
  std::sort(happened.begin(), happened.end(), [](const Witnessed& a, const Witnessed& b) { return a.happening < b.happening; });
}

}  // namespace

bool may_see(const Picture& picture, base::EntityId viewer, base::EntityId other) {
  if (viewer == other) return false;
  const PublishedEntity* eye = picture.find(viewer);
  const PublishedEntity* body = picture.find(other);
  return eye != nullptr && body != nullptr && base::chebyshev(body->position - eye->position) <= k_view_units;
}

/// Ticks since the frame before; 1 for the first.
base::Tick Viewer::gap(const Picture& picture) const { return first_ ? 1 : picture.tick - last_frame_; }

/// Who is in view now.
void Viewer::gather(const Picture& picture, FrameWorkspace& work) {
  const PublishedEntity* self = picture.find(self_);
  present_ = self != nullptr;
  if (!present_) return;
  eye_ = self->position;
  picture.grid.for_each_about(eye_, k_view_units, [&](const sim::SpatialGrid::Item& item) {
    work.slots.insert_if(base::chebyshev(item.position - eye_) <= k_view_units, item.index);
  });
  if (!watches_) work.slots.erase(self_.index);
}

bool Viewer::in_view(const Picture& picture, base::EntityId id) const {
  if (id == self_) return true;
  const PublishedEntity* entity = picture.find(id);
  return entity != nullptr && base::chebyshev(entity->position - eye_) <= k_view_units;
}

/// What happened in view since the last frame, and with whom the receiver exchanged blows. A viewer's first frame tells only of its
/// own tick.
void Viewer::select_happenings(const Picture& picture, FrameWorkspace& work) const {
  work.happened.clear();
  work.opponents.clear();
  if (!present_) return;
  const base::Tick told = first_ ? picture.tick - 1 : last_frame_;
  const auto begin = std::partition_point(picture.happenings.begin(), picture.happenings.end(),
                                          [told](const PublishedHappening& one) { return one.tick <= told; });
  for (auto it = begin; it != picture.happenings.end(); ++it) {
    // The receiver's own place is in this box if it had any part in it.
    if (it->low.x > eye_.x + k_view_units || it->high.x < eye_.x - k_view_units) continue;
    if (it->low.y > eye_.y + k_view_units || it->high.y < eye_.y - k_view_units) continue;
    const sim::Event& event = it->event;
    const bool private_news = event.type == sim::EventType::gained || event.type == sim::EventType::refused;
    if (private_news && event.target != self_) continue;
    if (event.source == self_ && event.target.valid()) work.opponents.push_back(event.target);
    if (event.target == self_ && event.source.valid()) work.opponents.push_back(event.source);
    const std::int32_t distance = base::chebyshev(event.position - eye_);
    if (distance <= k_view_units || in_view(picture, event.source) || in_view(picture, event.target)) {
      work.happened.push_back({&*it, distance, event.source == self_ || event.target == self_});
    }
  }
  cut_happened(std::min(protocol::k_happenings_per_frame_max, k_happened_usual * gap(picture)), work.happened);
}

/// One pass over what is remembered and what is in view: who left, who came, of whom something is untold.
void Viewer::compare(const Picture& picture, FrameWorkspace& work) const {
  work.left.clear();
  work.arrived.clear();
  work.moved.clear();
  work.known.clear();
  const base::Tick elapsed = gap(picture);
  const auto leaves = [&](const Known& known) {
    if (known.standing != Known::Standing::waiting) work.left.push_back(known.id.packed());
  };
  auto before = known_.begin();
  work.slots.drain([&](std::uint16_t slot) {
    for (; before != known_.end() && before->id.index < slot; ++before) leaves(*before);
    const auto place = static_cast<std::uint32_t>(work.known.size());
    const bool remembered = before != known_.end() && before->id.index == slot;
    Known& known = work.known.emplace_back(remembered ? *before++ : Known{picture.entities[slot].sight.id});
    known.fight_ticks = static_cast<std::uint8_t>(known.fight_ticks - std::min<base::Tick>(known.fight_ticks, elapsed));
    if (remembered && known.owed == 0 && picture.changed[slot] <= last_frame_) return;
    if (const base::EntityId tenant = picture.entities[slot].sight.id; tenant != known.id) {
      leaves(known);
      known = Known{tenant};
    }
    note_pending(picture, known, place, work);
  });
  for (; before != known_.end(); ++before) leaves(*before);
}

/// Something is untold of it: as long as nobody decides otherwise, it goes on waiting.
void Viewer::note_pending(const Picture& picture, Known& known, std::uint32_t place, FrameWorkspace& work) const {
  const base::Tick waited = known.owed == 0 ? 0 : known.owed - 1 + gap(picture);
  known.owed = static_cast<std::uint8_t>(std::min<base::Tick>(waited, UINT8_MAX - 1) + 1);
  if (known.standing == Known::Standing::held && picture.entities[known.id.index].introduced > last_frame_) {
    known.standing = Known::Standing::renewed;
  }
  auto& list = known.standing == Known::Standing::held ? work.moved : work.arrived;
  list.push_back({known.id, place, 0, static_cast<std::uint8_t>(known.owed - 1), false});
}

void Viewer::mark_opponents(FrameWorkspace& work) {
  for (const base::EntityId id : work.opponents) {
    const auto found = std::lower_bound(work.known.begin(), work.known.end(), id.index,
                                        [](const Known& known, std::uint16_t index) { return known.id.index < index; });
    if (found != work.known.end() && found->id == id) found->fight_ticks = k_fight_ticks;
  }
}

/// Leaves in `pending` who is told in this frame.
void Viewer::cut(const Picture& picture, std::span<const Known> known, const Allowance& allowance,
                 std::vector<Pending>& pending) const {
  if (pending.size() <= std::min(allowance.usual, allowance.most)) return;
  const base::EntityId own_target = picture.entities[self_.index].target;
  for (Pending& one : pending) {
    const PublishedEntity& entity = picture.entities[one.id.index];
    one.distance = base::chebyshev(entity.position - eye_);
    one.fight = known[one.place].fight_ticks > 0 || entity.target == self_ || entity.owner == self_ || one.id == own_target;
  }
  choose(pending, allowance);
}

void Viewer::choose_told(const Picture& picture, std::size_t bytes_left, FrameWorkspace& work) const {
  const base::Tick elapsed = gap(picture);
  if (!work.arrived.empty()) {
    const auto held = std::count_if(work.known.begin(), work.known.end(),
                                    [](const Known& known) { return known.standing != Known::Standing::waiting; });
    const std::size_t room = protocol::k_known_max - static_cast<std::size_t>(held);
    const std::size_t most = std::min({protocol::k_arrivals_per_frame_max, room, bytes_left / k_arrival_bytes});
    cut(picture, work.known, {k_arrived_usual * elapsed, most, elapsed}, work.arrived);
    bytes_left -= work.arrived.size() * k_arrival_bytes;
  }
  const std::size_t usual = work.known.size() <= k_uncut_in_view ? k_uncut_in_view : k_moved_usual * elapsed;
  cut(picture, work.known, {usual, bytes_left / sizeof(protocol::Motion), elapsed}, work.moved);
}

/// What the client holds once it has applied the frame at hand.
void Viewer::remember(base::Tick now, FrameWorkspace& work) {
  for (const auto* told : {&work.arrived, &work.moved}) {
    for (const Pending& pending : *told) {
      work.known[pending.place].owed = 0;
      work.known[pending.place].standing = Known::Standing::held;
    }
  }
  known_.assign(work.known.begin(), work.known.end());
  last_frame_ = now;
  first_ = false;
}

Viewer::Written<flatbuffers::Offset<protocol::Note>> Viewer::write_notes(const FrameExtras& extras, Builder& builder) const {
  const std::size_t count = extras.notices.size() + (extras.welcome ? 1 : 0) + (extras.request ? 1 : 0) +
                            (extras.answer ? 1 : 0) + (extras.owned ? 1 : 0) + (extras.trade ? 1 : 0) + (extras.party ? 1 : 0);
  CUDGEL_ASSERT(count <= protocol::k_notes_per_frame_max);
  if (count == 0) return {};
  std::array<flatbuffers::Offset<protocol::Note>, protocol::k_notes_per_frame_max> notes;
  std::size_t written = 0;
  if (extras.welcome) {
    const auto token = builder.CreateVector(extras.welcome->token.data(), extras.welcome->token.size());
    const auto body = protocol::CreateWelcome(builder, self_.packed(), extras.welcome->tick_hz, extras.welcome->arena_side,
                                              extras.welcome->content_hash, token, extras.welcome->resumed,
                                              extras.welcome->free_fights, extras.welcome->watched_class);
    notes[written++] = protocol::CreateNote(builder, protocol::NoteBody::Welcome, body.Union());
  }
  for (const Notice& notice : extras.notices) {
    if (notice.speaker) {
      notes[written++] = protocol::CreateNote(builder, protocol::NoteBody::Speech,
                                              write_speech(*notice.speaker, notice.text, builder).Union(), notice.sequence);
      continue;
    }
    CUDGEL_ASSERT(is_wire_notice(notice.text));
    const auto body = protocol::CreateNotice(builder, builder.CreateString(notice.text));
    notes[written++] = protocol::CreateNote(builder, protocol::NoteBody::Notice, body.Union(), notice.sequence);
  }
  // Before the answer: whoever hears that it is done has what came of it.
  if (extras.owned) {
    const auto body = write_owned(*extras.owned, builder);
    notes[written++] = protocol::CreateNote(builder, protocol::NoteBody::Owned, body.Union());
  }
  if (extras.trade) {
    const auto body = write(*extras.trade, builder);
    notes[written++] = protocol::CreateNote(builder, protocol::NoteBody::Trade, body.Union());
  }
  if (extras.party) {
    const auto body = write(*extras.party, builder);
    notes[written++] = protocol::CreateNote(builder, protocol::NoteBody::Party, body.Union());
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

void Viewer::expect_encode_soon(const Picture& picture) const {
  base::prefetch(known_.data(), known_.size() * sizeof(Known) / base::k_cache_line_bytes + 1);
  if (self_.index < picture.entities.size()) base::prefetch(&picture.entities[self_.index], k_entity_lines);
}

void Viewer::expect_encode(const Picture& picture) const {
  const PublishedPlayer* self = picture.player(self_);
  if (self == nullptr) return;
  base::prefetch(self, 1);
}

std::span<const std::uint8_t> Viewer::encode(const Picture& picture, const FrameExtras& extras, FrameWorkspace& work) {
  CUDGEL_ASSERT(first_ || picture.tick > last_frame_);
  gather(picture, work);
  select_happenings(picture, work);
  compare(picture, work);
  mark_opponents(work);
  choose_told(picture,
              protocol::k_server_frame_bytes_max - k_frame_bytes - notes_bytes(extras) -
                  work.left.size() * sizeof(std::uint32_t) - work.happened.size() * sizeof(protocol::Happening),
              work);

  Builder& builder = work.builder;
  builder.Clear();
  const auto notes = write_notes(extras, builder);
  const auto names = write_names(picture, work);
  const auto happened = write_happened(picture.tick, work.happened, builder);
  const auto left = work.left.empty() ? Written<std::uint32_t>{} : builder.CreateVector(work.left);
  const auto arrived = write_arrived(picture, work.arrived, builder);
  const auto moved = write_moved(picture, work.moved, builder);
  const PublishedPlayer* self = picture.player(self_);
  const std::uint16_t late_ms = picture.latest_ms(first_ ? 1 : picture.tick - last_frame_);
  const protocol::Head head(picture.tick, self != nullptr ? self->last_sequence : 0, extras.echo, extras.slack_ticks, 0, late_ms);
  const bool tell_own = self != nullptr && untold(self->own_changed);
  const bool tell_means = self != nullptr && untold(self->means_changed);
  // A client begins without a duel, and with nothing that lies on it.
  const bool tell_bout = self != nullptr && untold(self->bout_changed) && !(first_ && self->bout.stage() == 0);
  const bool tell_effects = self != nullptr && untold(self->effects_changed) && !(first_ && self->effects_size == 0);
  const auto effects = tell_effects ? builder.CreateVectorOfStructs(self->lasting().data(), self->lasting().size())
                                    : Written<const protocol::Lasting*>{};
  builder.Finish(protocol::CreateFrame(builder, &head, tell_own ? &self->own : nullptr, moved, arrived, left, happened, names,
                                       notes, tell_means ? &self->means : nullptr, effects, tell_bout ? &self->bout : nullptr,
                                       extras.watched_by));
  CUDGEL_ASSERT(builder.GetSize() <= protocol::k_server_frame_bytes_max);

  remember(picture.tick, work);
  return {builder.GetBufferPointer(), builder.GetSize()};
}

}  // namespace cudgel::replication
