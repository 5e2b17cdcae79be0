#include "requests.h"

#include "protocol/client_message.h"

namespace cudgel::core {

void Requests::begin(double now_ms) {
  dialogue_.begin();
  experience_.begin(now_ms);
}

const char* Requests::hear(const protocol::Note& note) {
  base::Result<void, protocol::DialogueFault> heard;
  if (const auto* request = note.body_as_Request()) heard = dialogue_.hear(protocol::value_of(*request));
  if (const auto* answer = note.body_as_Answer()) heard = dialogue_.hear(protocol::value_of(*answer));
  return heard ? nullptr : protocol::words_for(heard.error());
}

std::size_t Requests::tend(double now_ms, const ClientStats& stats, Link& link, flatbuffers::FlatBufferBuilder& builder) {
  std::size_t sent = 0;
  const auto send = [&](std::span<const std::uint8_t> bytes) {
    if (link.send(bytes) != SendResult::sent) return false;
    sent += bytes.size();
    return true;
  };
  dialogue_.expire(static_cast<protocol::Dialogue::Milliseconds>(now_ms));
  while (const auto request = dialogue_.unsent()) {
    if (!send(protocol::encode(*request, builder))) return sent;
    dialogue_.mark_request_sent();
  }
  // A server can ask only one thing; the frame's reader lets nothing else pass.
  while (const protocol::Request* owed = dialogue_.owed()) {
    const protocol::Answer answer{owed->id, experience_.tell(stats, link.transport().name(), now_ms)};
    if (!send(protocol::encode(answer, builder))) return sent;
    dialogue_.mark_answered();
    experience_.told(now_ms);
  }
  return sent;
}

}  // namespace cudgel::core
