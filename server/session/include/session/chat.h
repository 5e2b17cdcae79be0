#pragma once
// What players say to each other, and complaints about it. Finds who hears a line and leaves it in their outboxes, so that it arrives in
// order and once, whatever happens to their connections. Called on any network thread, by a session that holds no outbox's lock.

#include <memory>

#include "protocol/requests.h"
#include "replication/publisher.h"
#include "session/residents.h"

namespace cudgel::session {

struct SessionContext;

/// Says it, once. Heard, or a Failure: too often, a whisper to nobody, or to a name that several have. Whoever is away hears whispers when
/// it comes back; a crowd's talk passes it by. A hearer whose outbox is full of talk goes without.
protocol::AnswerBody speak(const protocol::Speak& speak, const std::shared_ptr<Resident>& speaker,
                           const replication::Picture& picture, const SessionContext& context, ops::Nanoseconds now_ns);

/// Writes into the log who complains of whom, and what that one said lately; of its whispers only those to who complains.
/// All complaints together are one line a second: more are counted there.
protocol::AnswerBody report(const protocol::Report& report, const std::shared_ptr<Resident>& reporter, Residents& residents,
                            ops::Nanoseconds now_ns);

}  // namespace cudgel::session
