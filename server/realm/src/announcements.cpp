#include "realm/announcements.h"

namespace cudgel::realm {
namespace {

/// Once: a text of marks only must not grow beyond what a notice holds.
std::string with_name(std::string words, std::string_view name) {
  const std::size_t at = words.find(content::k_killer_mark);
  if (at != std::string::npos) words.replace(at, content::k_killer_mark.size(), name);
  return words;
}

std::string name_of(const sim::Entity* killer) {
  if (killer == nullptr) return std::string(content::k_killer_left);
  return std::string(killer->name.view());
}

}  // namespace

std::vector<std::string> announcements(const sim::World& world, const sim::Events& events) {
  std::vector<std::string> out;
  for (const sim::Event& event : events) {
    const bool came = event.type == sim::EventType::spawn;
    if (!came && event.type != sim::EventType::death) continue;
    const sim::Entity* who = world.find(event.target);
    if (who == nullptr || who->kind != sim::Kind::monster) continue;
    const content::MonsterSpec& spec = world.content().monsters()[who->archetype];
    std::string words = came ? spec.appears : with_name(spec.falls, name_of(world.find(event.source)));
    if (!words.empty()) out.push_back(std::move(words));
  }
  return out;
}

}  // namespace cudgel::realm
