#include "session/chat.h"

#include <fmt/format.h>

#include "base/fixed.h"
#include "protocol/limits.h"
#include "session/session.h"

namespace cudgel::session {

using protocol::AnswerBody;
using protocol::Channel;
using protocol::Failure;
using protocol::RefusalCode;
using Hearers = std::vector<std::shared_ptr<Resident>>;

namespace {

constexpr std::int32_t k_earshot = static_cast<std::int32_t>(protocol::k_view_tiles) * base::k_units_per_tile;

base::EntityId body_of(const Resident& resident) {
  return base::EntityId::unpack(resident.link->entity.load(std::memory_order_relaxed));
}

Hearers near(const Resident& speaker, const replication::Picture& picture, const Residents& residents) {
  const replication::PublishedEntity* self = picture.find(body_of(speaker));
  if (self == nullptr) return {};
  std::vector<base::EntityId> bodies;
  picture.grid.for_each_within(self->position, k_earshot, [&](const sim::SpatialGrid::Item& item) {
    const replication::Sight& sight = picture.entities[item.index].sight;
    if (sight.kind == sim::Kind::player) bodies.push_back(sight.id);
  });
  return residents.at(bodies);
}

/// Whoever stands in that zone, or outside all of them.
Hearers in_zone(int zone, const replication::Picture& picture, const SessionContext& context) {
  std::vector<base::EntityId> bodies;
  for (const replication::PublishedPlayer& player : picture.players) {
    const replication::PublishedEntity* body = picture.find(player.id);
    if (body != nullptr && context.zone_at(body->position) == zone) bodies.push_back(player.id);
  }
  return context.residents.at(bodies);
}

/// How many of them the line was left with.
std::uint32_t tell(const Hearers& hearers, const protocol::Speak& speak, const Resident& speaker, std::uint8_t zone) {
  const replication::Speaker from{speak.channel, speaker.name, body_of(speaker), zone};
  std::uint32_t by = 0;
  for (const std::shared_ptr<Resident>& hearer : hearers) {
    if (hearer.get() == &speaker) continue;
    if (speak.channel != Channel::whisper && hearer->link->away.load(std::memory_order_relaxed)) continue;
    const std::lock_guard lock(hearer->outbox_mutex);
    if (!hearer->outbox.push(from, speak.words)) continue;
    hearer->link->news.store(true, std::memory_order_relaxed);
    ++by;
  }
  return by;
}

const char* name_of(Channel channel) {
  switch (channel) {
    case Channel::say:
      return "say";
    case Channel::everybody:
      return "everybody";
    case Channel::whisper:
      return "whisper";
    case Channel::emote:
      return "emote";
    case Channel::party:
      return "party";
    case Channel::zone:
      return "zone";
  }
  return "";
}

const char* words_for_haste(Channel channel) {
  if (channel == Channel::everybody) return "not so fast: one line to everybody in five seconds";
  if (channel == Channel::zone) return "not so fast: one line to the zone in three seconds";
  return "not so fast: wait a moment before you say more";
}

}  // namespace

AnswerBody speak(const protocol::Speak& speak, const std::shared_ptr<Resident>& speaker, const replication::Picture& picture,
                 const SessionContext& context, ops::Nanoseconds now_ns) {
  const Residents& residents = context.residents;
  {
    const std::lock_guard lock(speaker->outbox_mutex);
    if (!speaker->voice.may_speak(speak.channel, now_ns)) {
      return Failure{RefusalCode::too_often, words_for_haste(speak.channel)};
    }
  }
  Hearers hearers;
  std::uint8_t zone = 0;
  switch (speak.channel) {
    case Channel::whisper:
      hearers = residents.named(speak.to);
      if (hearers.empty()) return Failure{RefusalCode::nobody, "nobody of that name is here"};
      if (hearers.size() > 1) return Failure{RefusalCode::several, "several have that name"};
      break;
    case Channel::everybody:
      hearers = residents.everybody();
      break;
    case Channel::say:
    case Channel::emote:
      hearers = near(*speaker, picture, residents);
      break;
    case Channel::party:
      if (const auto company = speaker->link->ledger.newest_company(); company && !company->members.empty()) {
        hearers = residents.at(company->members);
      } else {
        return Failure{RefusalCode::no_party, "you are in no party"};
      }
      break;
    case Channel::zone:
      if (const replication::PublishedEntity* self = picture.find(body_of(*speaker)); self != nullptr) {
        const int where = context.zone_at(self->position);
        zone = static_cast<std::uint8_t>(where + 1);
        hearers = in_zone(where, picture, context);
      }
      break;
  }
  const std::uint32_t by = tell(hearers, speak, *speaker, zone);
  const std::lock_guard lock(speaker->outbox_mutex);
  speaker->voice.remember({speak.channel, speak.to, speak.words});
  return protocol::Heard{by, zone};
}

AnswerBody report(const protocol::Report& report, const std::shared_ptr<Resident>& reporter, Residents& residents,
                  ops::Nanoseconds now_ns) {
  {
    const std::lock_guard lock(reporter->outbox_mutex);
    if (!reporter->voice.may_report(now_ns)) {
      return Failure{RefusalCode::too_often, "you have just complained: wait a few seconds"};
    }
  }
  const Hearers accused = residents.named(report.name);
  if (accused.empty()) return Failure{RefusalCode::nobody, "nobody of that name is here"};
  for (const std::shared_ptr<Resident>& one : accused) {
    std::string lines;
    const std::lock_guard lock(one->outbox_mutex);
    for (const Said& said : one->voice.lately()) {
      if (said.channel == Channel::whisper && said.to != reporter->name) continue;
      lines += fmt::format("{}({}) \"{}\"", lines.empty() ? "" : ", ", name_of(said.channel), said.words);
    }
    // Names and lines were checked when they came: no control characters, no line ends.
    residents.complaints().warn("{} complains of {}, who said lately: {}", reporter->name.view(), one->name.view(),
                                lines.empty() ? "nothing" : lines);
  }
  return protocol::Reported{};
}

}  // namespace cudgel::session
