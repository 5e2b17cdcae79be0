#include "session/session.h"

#include <fmt/format.h>

#include <variant>

#include "base/prefetch.h"
#include "protocol/sentences.h"
#include "realm/goods.h"

namespace cudgel::session {

using ops::Refusal;
using protocol::CloseCode;
using protocol::Sentence;
using protocol::words_of;

namespace {
/// Beside a welcome, a question, an answer, what it owns, its bargain and its party.
constexpr std::size_t k_notices_per_frame_max = protocol::k_notes_per_frame_max - 1 - protocol::k_requests_per_frame_max -
                                                protocol::k_answers_per_frame_max - 1 - 2 * protocol::k_trades_per_frame_max;
/// So much of a connection holds what asking and sending look at.
constexpr std::size_t k_connection_lines = 2;
}  // namespace

Session::Session(Connection& connection, const Offer& offer, SessionContext& context, ops::Nanoseconds now_ns)
    : connection_(connection),
      context_(context),
      speaker_(context.residents.next_speaker()),
      goods_(speaker_),
      requests_(context, speaker_),
      opened_ns_(now_ns) {
  context_.metrics.sessions.add(1);
  context_.metrics.sessions_opened.add();
  if (offer.our_version) return;
  const std::string theirs = offer.their_version > 0 ? std::to_string(offer.their_version) : "another version";
  refuse(Refusal::wrong_version, CloseCode::wrong_version,
         fmt::format("this page speaks protocol {}, the realm speaks {}: reload the page", theirs, protocol::k_version));
}

void Session::message(std::span<const std::uint8_t> bytes) {
  if (state_ == State::closing || state_ == State::ended) return;
  context_.metrics.messages_received.add();
  context_.metrics.bytes_received.add(bytes.size());
  const ops::Nanoseconds now_ns = context_.clock();
  const auto by_count = messages_.spend(1, now_ns);
  const auto by_size = bytes_.spend(static_cast<std::int64_t>(bytes.size()), now_ns);
  if (by_count == RateLimit::Verdict::too_often || by_size == RateLimit::Verdict::too_often) {
    return refuse(Refusal::too_often, CloseCode::too_often,
                  fmt::format("{}: at most {} messages and {} bytes a second", words_of(Sentence::too_often), k_messages_per_s,
                              k_bytes_per_s));
  }
  if (by_count == RateLimit::Verdict::drop || by_size == RateLimit::Verdict::drop) return context_.metrics.messages_dropped.add();

  const auto decoded = protocol::decode_client_message(bytes);
  if (!decoded) {
    return refuse(Refusal::malformed, CloseCode::malformed,
                  fmt::format("{}: {}", words_of(Sentence::malformed), decoded.error().reason));
  }
  std::visit([this](const auto& body) { on(body); }, *decoded);
}

void Session::on(const protocol::Hello& hello) {
  if (only_watches()) return;
  if (state_ != State::hello) return refuse(Refusal::too_early, CloseCode::too_early, "Hello was said already");
  if (hello.content_hash != context_.content.hash()) {
    return refuse(Refusal::wrong_content, CloseCode::wrong_content, words_of(Sentence::updated));
  }
  if (hello.class_index >= context_.content.classes().size()) {
    return refuse(
        Refusal::wrong_class, CloseCode::malformed,
        fmt::format("Hello.class_index: must be below {}, is {}", context_.content.classes().size(), hello.class_index));
  }
  hello_ = hello;
  asked_ns_ = context_.clock();
  state_ = State::seeking;
  seek();
}

void Session::on(const protocol::Watch& watch) {
  if (only_watches()) return;
  if (state_ != State::hello) return refuse(Refusal::too_early, CloseCode::too_early, "Hello was said already");
  if (watch.content_hash != context_.content.hash()) {
    return refuse(Refusal::wrong_content, CloseCode::wrong_content, words_of(Sentence::updated));
  }
  const auto found = context_.residents.named(watch.name);
  if (found.empty()) return refuse(Refusal::unwatchable, CloseCode::unwatchable, words_of(Sentence::watch_nobody));
  if (found.size() > 1) return refuse(Refusal::unwatchable, CloseCode::unwatchable, words_of(Sentence::watch_several));
  if (!found[0]->may_be_watched.load(std::memory_order_relaxed)) {
    return refuse(Refusal::unwatchable, CloseCode::unwatchable, words_of(Sentence::watch_forbidden));
  }
  if (!context_.residents.let_watcher_in(*found[0])) {
    return refuse(Refusal::unwatchable, CloseCode::unwatchable, words_of(Sentence::watch_full));
  }
  resident_ = found[0];
  link_ = resident_->link;
  viewer_.emplace(base::EntityId::unpack(link_->entity.load(std::memory_order_relaxed)), true);
  state_ = State::watching;
  context_.metrics.watchers.add(1);
  context_.metrics.watchers_let_in.add();
}

bool Session::only_watches() {
  if (state_ != State::watching) return false;
  refuse(Refusal::only_watching, CloseCode::only_watching, "who watches can do nothing else");
  return true;
}

void Session::watch_on(const replication::Picture& picture, ops::Nanoseconds now_ns, FrameBatch* batch) {
  const auto over = [this](std::string_view why) { close(CloseCode::unwatchable, why); };
  if (link_->expired.load(std::memory_order_acquire) || link_->gone.load(std::memory_order_acquire)) {
    return over(words_of(Sentence::watch_left));
  }
  if (!resident_->may_be_watched.load(std::memory_order_relaxed)) return over(words_of(Sentence::watch_forbidden_now));
  if (picture.player(viewer_->self()) == nullptr || !reads(now_ns)) return;
  replication::FrameExtras extras;
  if (!welcomed_) {
    extras.welcome = {context_.tick_hz,
                      context_.arena_side,
                      context_.content.hash(),
                      {},
                      false,
                      context_.free_fights,
                      static_cast<std::uint8_t>(1 + resident_->class_index)};
  }
  const std::span<const std::uint8_t> frame = viewer_->encode(picture, extras, context_.work);
  context_.metrics.frames_watched.add();
  if (welcomed_ && batch != nullptr) return batch->add(*this, frame);
  if (connection_.send(frame) != SendResult::sent) return;
  welcomed_ = true;
  note_sent(frame.size());
}

void Session::seek() {
  if (!hello_->token) return join(nullptr);
  Residents::Claim claim = context_.residents.claim(*hello_->token, hello_->name, hello_->class_index, speaker_);
  if (claim.standing == Residents::Standing::taken) return resume(std::move(claim.entry));
  if (claim.standing == Residents::Standing::leaving) return;
  if (!search_) search_ = context_.residents.seek(*hello_->token);
  if (!search_) return join(nullptr);
  switch (search_->state.load(std::memory_order_acquire)) {
    case store::Answer::State::pending:
      return;
    case store::Answer::State::failed:
      return refuse(Refusal::store, CloseCode::try_later, words_of(Sentence::not_looked_up));
    case store::Answer::State::done:
      break;
  }
  const auto& found = search_->found;
  const bool same = found && found->name == hello_->name && found->class_name == class_name(hello_->class_index);
  join(same ? &*found : nullptr);
}

void Session::join(const store::Character* known) {
  auto link = std::make_shared<realm::PlayerLink>();
  std::optional<Residents::Known> key;
  realm::JoinRequest request{link, hello_->name, hello_->class_index};
  if (known != nullptr) {
    key = Residents::Known{known->id, *hello_->token};
    request.returning = sim::Returning{std::nullopt, known->health, known->level, known->experience};
    link->duel_wins.store(known->duel_wins, std::memory_order_relaxed);
    request.returning->belongings = realm::read_goods(context_.content, *known);
    if (known->map == context_.arena_side) request.returning->place = base::Vec2{known->x, known->y};
  }
  auto entry = context_.residents.admit(link, hello_->name, hello_->class_index, speaker_, key);
  // Another connection was faster with the same character: the next look finds it in the world.
  if (!entry) return search_.reset();
  resident_ = std::move(entry->resident);
  link_ = std::move(link);
  if (known != nullptr) {
    resident_->outbox.push(std::string(words_of(Sentence::welcome_back)));  // an empty one has room
    link_->news.store(true, std::memory_order_relaxed);
  }
  token_ = entry->token;
  written_ = std::move(entry->written);
  hello_.reset();
  search_.reset();
  state_ = State::joining;
  if (context_.inbox.add(std::move(request))) return;
  link_->expired.store(true, std::memory_order_release);  // the realm will never hear of it
  refuse(Refusal::realm_full, CloseCode::try_later, words_of(Sentence::crowd));
}

void Session::resume(Residents::Entry entry) {
  resident_ = std::move(entry.resident);
  token_ = entry.token;
  written_ = std::move(entry.written);
  link_ = resident_->link;
  hello_.reset();
  search_.reset();
  state_ = State::joining;
  const bool was_away = link_->away.exchange(false, std::memory_order_acq_rel);
  const bool missed = was_away && context_.clock() - resident_->let_go_ns.load(std::memory_order_relaxed) > k_missed_ns;
  resumed_ = true;
  context_.metrics.sessions_resumed.add();
  const std::lock_guard lock(resident_->outbox_mutex);
  resident_->outbox.begin_again();
  // Full: it has come back a hundred times without reading a word. It need not be told once more.
  if (missed) resident_->outbox.push(std::string(words_of(Sentence::nothing_missed)));
  link_->news.store(resident_->outbox.waiting() > 0, std::memory_order_relaxed);
}

bool Session::still_speaks() {
  if (link_->speaker.load(std::memory_order_acquire) == speaker_) return true;
  context_.metrics.sessions_replaced.add();
  close(CloseCode::replaced, words_of(Sentence::elsewhere));
  return false;
}

void Session::on(const protocol::Acts& acts) {
  if (only_watches()) return;
  if (state_ == State::hello) return refuse(Refusal::too_early, CloseCode::too_early, "Acts came before Hello");
  if (state_ == State::seeking || !still_speaks()) return;
  stamp_ = acts.stamp;
  // Before its first frame a client does not know the tick: there is nothing it could want yet.
  if (state_ != State::playing || !welcomed_) return;
  if (!confirmed_) context_.residents.confirm(*resident_);
  confirmed_ = true;
  if (acts.notes > 0) {
    const std::lock_guard lock(resident_->outbox_mutex);
    resident_->outbox.acknowledge(acts.notes);
  }
  for (std::size_t i = 0; i < acts.count; ++i) {
    if (!context_.inbox.add(realm::PlayerAct{viewer_->self(), acts.acts[i]})) context_.metrics.inputs_dropped.add();
  }
}

template <class Spoken>
void Session::hear(const Spoken& spoken) {
  if (only_watches()) return;
  if (!welcomed_) return refuse(Refusal::too_early, CloseCode::too_early, "a Request or an Answer came before the Welcome");
  if (!still_speaks()) return;
  const auto heard = requests_.hear(spoken);
  if (heard) return;
  const bool too_many = heard.error() == protocol::DialogueFault::too_many;
  refuse(too_many ? Refusal::too_often : Refusal::malformed, too_many ? CloseCode::too_often : CloseCode::malformed,
         protocol::words_for(heard.error()));
}

void Session::on(const protocol::Bye&) {
  if (resident_ && state_ != State::watching && still_speaks()) {
    link_->gone.store(true, std::memory_order_release);
    context_.residents.remove(*resident_);
  }
  if (state_ != State::closing) close(CloseCode::normal, "goodbye");
}

void Session::text_message() {
  if (state_ == State::closing || state_ == State::ended) return;
  refuse(Refusal::text_message, CloseCode::unsupported_data, "only binary messages are understood");
}

void Session::oversized_message() {
  if (state_ == State::closing || state_ == State::ended) return;
  refuse(Refusal::too_big, CloseCode::too_big,
         fmt::format("a message has at most {} bytes", protocol::k_client_message_bytes_max));
}

void Session::closed() {
  let_go();
  state_ = State::ended;
  ++context_.ended;
  context_.metrics.sessions.add(-1);
}

void Session::show(ops::Nanoseconds now_ns, FrameBatch& batch) {
  if (state_ == State::hello && now_ns - opened_ns_ > k_hello_deadline_ns) {
    return refuse(Refusal::hello_timeout, CloseCode::hello_timeout, words_of(Sentence::no_hello));
  }
  if ((state_ == State::seeking || state_ == State::joining) && now_ns - asked_ns_ > k_answer_deadline_ns) {
    return refuse(Refusal::store, CloseCode::try_later, words_of(Sentence::too_busy));
  }
  if (state_ == State::watching) return watch_on(*context_.shown, now_ns, &batch);
  if (state_ == State::seeking) seek();
  if (resident_ && (state_ == State::joining || state_ == State::playing) && !still_speaks()) return;
  if (state_ == State::joining) check_verdict();
  if (state_ == State::playing && link_->earned.load(std::memory_order_relaxed) &&
      !link_->written.load(std::memory_order_relaxed)) {
    if (link_->character.load(std::memory_order_relaxed) != 0) context_.residents.look_after(*resident_);
    if (link_->character.load(std::memory_order_relaxed) == 0) {
      context_.residents.write_down(*resident_, class_name(resident_->class_index));
    }
  }
  if (state_ == State::playing && welcomed_) requests_.tend(now_ns);
  if (state_ == State::playing) send_frame(*context_.shown, now_ns, &batch);
}

void Session::expect_show_soon() const {
  if (state_ != State::playing && state_ != State::watching) return;
  base::prefetch(link_.get(), 1);
  base::prefetch(&connection_, k_connection_lines);
  viewer_->expect_encode_soon(*context_.shown);
}

void Session::expect_show() const {
  if (state_ != State::playing) return;
  viewer_->expect_encode(*context_.shown);
}

void Session::expect_deliver() const { base::prefetch(&connection_, k_connection_lines); }

void Session::pull() {
  if (state_ == State::watching && (!welcomed_ || told_tick_ != context_.shown->tick)) {
    return watch_on(*context_.shown, context_.clock(), nullptr);
  }
  if (state_ != State::playing || (welcomed_ && told_tick_ == context_.shown->tick) || !still_speaks()) return;
  send_frame(*context_.shown, context_.clock(), nullptr);
}

/// A key that the store might not have after a crash would lock its player out.
bool Session::key_is_safe() {
  if (!written_) return true;
  const auto state = written_->state.load(std::memory_order_acquire);
  if (state == store::Answer::State::pending) return false;
  written_.reset();
  if (state == store::Answer::State::done) return true;
  refuse(Refusal::store, CloseCode::try_later, words_of(Sentence::not_written));
  return false;
}

void Session::check_verdict() {
  if (!key_is_safe()) return;
  switch (link_->verdict.load(std::memory_order_acquire)) {
    case realm::PlayerLink::Verdict::pending:
      return;
    case realm::PlayerLink::Verdict::full:
      return refuse(Refusal::realm_full, CloseCode::try_later, words_of(Sentence::realm_full));
    case realm::PlayerLink::Verdict::joined:
      viewer_.emplace(base::EntityId::unpack(link_->entity.load(std::memory_order_relaxed)));
      context_.residents.settle(*resident_);
      state_ = State::playing;
      return;
  }
}

bool Session::may_be_told(const replication::Picture& picture, ops::Nanoseconds now_ns) {
  if (link_->expired.load(std::memory_order_acquire)) {
    close(CloseCode::try_later, words_of(Sentence::away_too_long));
    return false;
  }
  // An older session on another thread may have let go just after we took over.
  if (link_->away.load(std::memory_order_relaxed)) link_->away.store(false, std::memory_order_release);
  // The verdict may be newer than this picture: then the body is not in it yet.
  if (picture.player(viewer_->self()) == nullptr) return false;
  return reads(now_ns);
}

bool Session::reads(ops::Nanoseconds now_ns) {
  if (connection_.ready()) {
    behind_since_ns_ = 0;
    return true;
  }
  if (!connection_.asks()) context_.metrics.frames_skipped.add();
  if (behind_since_ns_ == 0) behind_since_ns_ = now_ns;
  if (now_ns - behind_since_ns_ > k_stalled_ns) {
    refuse(Refusal::unresponsive, CloseCode::unresponsive, words_of(Sentence::not_read));
  }
  return false;
}

void Session::send_frame(const replication::Picture& picture, ops::Nanoseconds now_ns, FrameBatch* batch) {
  if (!may_be_told(picture, now_ns)) return;
  replication::FrameExtras extras;
  extras.echo = stamp_;
  // Mostly there is none: then the link, which the realm reads too, is left as it is.
  if (link_->slack_ticks.load(std::memory_order_relaxed) != realm::k_slack_none) {
    extras.slack_ticks = link_->slack_ticks.exchange(realm::k_slack_none, std::memory_order_relaxed);
  }
  if (!welcomed_) {
    extras.welcome = {context_.tick_hz, context_.arena_side, context_.content.hash(), token_, resumed_, context_.free_fights};
  }
  extras.watched_by = link_->watchers.load(std::memory_order_relaxed);
  if (welcomed_) {
    extras.owned = goods_.untold(link_->ledger);
    extras.trade = together_.untold_trade(link_->ledger);
    extras.party = together_.untold_party(link_->ledger, picture, context_.residents);
  }
  requests_.add_to(extras, resident_, picture, now_ns, [&](std::uint32_t id, const protocol::Deed& deed) {
    return goods_.answer_to(id, deed, viewer_->self(), link_->ledger, context_.inbox, extras.owned.get());
  });
  std::unique_lock lock(resident_->outbox_mutex, std::defer_lock);
  if (link_->news.load(std::memory_order_relaxed)) {
    lock.lock();
    extras.notices = resident_->outbox.unsent(k_notices_per_frame_max);
  }
  const std::span<const std::uint8_t> frame = viewer_->encode(picture, extras, context_.work);
  const bool only_picture =
      welcomed_ && !lock && !extras.request && !extras.answer && !extras.owned && !extras.trade && !extras.party;
  if (only_picture && batch != nullptr) return batch->add(*this, frame);
  if (connection_.send(frame) != SendResult::sent) return;
  if (lock) {
    resident_->outbox.mark_sent(extras.notices.size());
    link_->news.store(!resident_->outbox.unsent(1).empty(), std::memory_order_relaxed);
  }
  requests_.mark_sent(extras);
  if (extras.owned) goods_.mark_told(*extras.owned);
  if (extras.trade) together_.mark_trade_told();
  if (extras.party) together_.mark_party_told(extras.party);
  if (!welcomed_) requests_.begin(now_ns);
  welcomed_ = true;
  token_ = {};
  note_sent(frame.size());
}

void Session::deliver(std::span<const std::uint8_t> frame) {
  const bool told = state_ == State::playing || state_ == State::watching;
  if (told && connection_.send(frame) == SendResult::sent) note_sent(frame.size());
}

void Session::note_sent(std::size_t frame_bytes) {
  told_tick_ = context_.shown->tick;
  context_.metrics.frames_sent.add();
  context_.metrics.bytes_sent.add(frame_bytes);
}

void Session::go_away(std::string_view reason) {
  if (state_ != State::closing && state_ != State::ended) close(CloseCode::going_away, reason);
}

void Session::refuse(Refusal refusal, CloseCode code, std::string_view reason) {
  context_.metrics.refuse(refusal);
  context_.refusal_log.warn("{} is turned away ({}): {}", connection_.address(), static_cast<int>(code), ops::printable(reason));
  close(code, reason);
}

void Session::close(CloseCode code, std::string_view reason) {
  let_go();
  state_ = State::closing;
  connection_.close(code, reason);
}

/// Nobody speaks for the character any more, unless another connection does. One whose player never saw it has nobody to wait for.
void Session::let_go() {
  requests_.end();
  if (state_ == State::watching) {
    context_.residents.let_watcher_out(*resident_);
    context_.metrics.watchers.add(-1);
    return;
  }
  if (!resident_ || link_->speaker.load(std::memory_order_acquire) != speaker_) return;
  if (welcomed_ || resumed_) {
    resident_->let_go_ns.store(context_.clock(), std::memory_order_relaxed);
    link_->away.store(true, std::memory_order_release);
  } else {
    link_->gone.store(true, std::memory_order_release);
    context_.residents.remove(*resident_);
  }
}

}  // namespace cudgel::session
