#include "session/chat.h"

#include <fmt/format.h>

#include "base/fixed.h"
#include "protocol/limits.h"

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

/// How many of them the line was left with.
std::uint32_t tell(const Hearers& hearers, const protocol::Speak& speak, const Resident& speaker) {
  const replication::Speaker from{speak.channel, speaker.name, body_of(speaker)};
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
  }
  return "";
}

}  // namespace

AnswerBody speak(const protocol::Speak& speak, const std::shared_ptr<Resident>& speaker, const replication::Picture& picture,
                 const Residents& residents, ops::Nanoseconds now_ns) {
  {
    const std::lock_guard lock(speaker->outbox_mutex);
    if (!speaker->voice.may_speak(speak.channel, now_ns)) {
      return Failure{RefusalCode::too_often, speak.channel == Channel::everybody
                                                 ? "not so fast: one line to everybody in five seconds"
                                                 : "not so fast: wait a moment before you say more"};
    }
  }
  Hearers hearers;
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
  }
  const std::uint32_t by = tell(hearers, speak, *speaker);
  const std::lock_guard lock(speaker->outbox_mutex);
  speaker->voice.remember({speak.channel, speak.to, speak.words});
  return protocol::Heard{by};
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
