#include "play/talk.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "play/json.h"

namespace cudgel::game {
namespace {

constexpr std::array<std::string_view, protocol::k_channels> k_channel_keys{"",      "say",   "everybody", "whisper",
                                                                            "emote", "party", "zone"};

std::string_view key_of(protocol::Channel channel) { return k_channel_keys[static_cast<std::size_t>(channel)]; }

std::string_view trouble_of(const protocol::RequestFailure& failure) {
  if (failure.kind != protocol::RequestFailure::Kind::refused) return "lost";
  switch (failure.code) {
    case protocol::RefusalCode::busy:
    case protocol::RefusalCode::too_often:
      return "too_often";
    case protocol::RefusalCode::nobody:
      return "nobody";
    case protocol::RefusalCode::several:
      return "several";
    case protocol::RefusalCode::no_party:
      return "no_party";
    case protocol::RefusalCode::not_now:
      break;
  }
  return "lost";
}

template <class Body>
std::string_view trouble_of(const protocol::Ticket<Body>& ticket) {
  return ticket.failure() == nullptr ? std::string_view() : trouble_of(*ticket.failure());
}

bool set_name(base::PlayerName& name, std::string_view text) {
  return base::is_displayable_name(text, base::k_name_characters_max) && name.assign(text);
}

/// The name of a zone as the server tells it; empty outside all of them, and of one that this map lacks.
std::string_view zone_of(const core::GameClient& client, std::uint8_t zone) {
  const content::MapSpec* map = client.map();
  return map == nullptr || zone == 0 || zone > map->zones.size() ? std::string_view()
                                                                 : std::string_view(map->zones[zone - 1U].name);
}

}  // namespace

bool Talk::speak(core::GameClient& client, std::string_view channel, std::string_view to, std::string_view words, double now_ms) {
  const auto found = std::find(k_channel_keys.begin() + 1, k_channel_keys.end(), channel);
  if (found == k_channel_keys.end()) return false;
  protocol::Speak speak{static_cast<protocol::Channel>(found - k_channel_keys.begin()), {}, std::string(words)};
  if (!protocol::is_speech(speak.channel, words)) return false;
  if (speak.channel == protocol::Channel::whisper && !set_name(speak.to, to)) return false;
  spoken_.push_back({speak, client.ask(speak, k_talk_within_ms, now_ms)});
  return true;
}

bool Talk::report(core::GameClient& client, std::string_view name, double now_ms) {
  protocol::Report report;
  if (!set_name(report.name, name)) return false;
  reports_.push_back({report, client.ask(report, k_talk_within_ms, now_ms)});
  return true;
}

std::string Talk::json(core::GameClient& client) {
  Json json;
  json.open('{').key("lines").open('[');
  for (const core::SpokenLine& line : client.take_lines()) {
    json.open('{').field("channel", key_of(line.channel)).field("from", std::string_view(line.from));
    json.field("entity", line.entity.packed()).field("words", std::string_view(line.words));
    json.field("zone", zone_of(client, line.zone)).close('}');
  }
  json.close(']').key("outcomes").open('[');
  for (; !spoken_.empty() && spoken_.front().ticket.over(); spoken_.pop_front()) {
    const auto& [body, ticket] = spoken_.front();
    json.open('{').field("report", false).field("channel", key_of(body.channel)).field("to", body.to.view());
    json.field("words", std::string_view(body.words)).field("heard", ticket.answer() == nullptr ? 0U : ticket.answer()->by);
    json.field("zone", ticket.answer() == nullptr ? std::string_view() : zone_of(client, ticket.answer()->zone));
    json.field("trouble", trouble_of(ticket)).close('}');
  }
  for (; !reports_.empty() && reports_.front().ticket.over(); reports_.pop_front()) {
    json.open('{').field("report", true).field("to", reports_.front().body.name.view());
    json.field("trouble", trouble_of(reports_.front().ticket)).close('}');
  }
  json.close(']').close('}');
  return json.take();
}

}  // namespace cudgel::game
