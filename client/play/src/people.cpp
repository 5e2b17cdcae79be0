#include "play/people.h"

#include "play/json.h"
#include "play/names.h"
#include "play/told.h"

namespace cudgel::game {

void People::ask_strongest(core::GameClient& client, double now_ms) {
  take();
  if (ladder_ticket_.empty()) ladder_ticket_ = client.ask(protocol::WhoIsStrongest{}, k_people_within_ms, now_ms);
}

void People::take() {
  if (!ladder_ticket_.empty() && ladder_ticket_.over()) {
    // Who could not be told keeps the list that there is.
    if (const protocol::Strongest* told = ladder_ticket_.answer(); told != nullptr) strongest_ = *told;
    ladder_ticket_ = {};
  }
  if (!ticket_.over()) return;
  if (const protocol::Here* here = ticket_.answer(); here != nullptr) {
    here_ = *here;
    known_ = true;
    trouble_.clear();
  } else {
    trouble_ = failure_key(*ticket_.failure());
  }
  ticket_ = {};
}

void People::ask(core::GameClient& client, double now_ms) {
  take();
  if (ticket_.empty()) ticket_ = client.ask(protocol::WhoIsHere{}, k_people_within_ms, now_ms);
}

std::string People::json(const content::Content& content) {
  take();
  Json json;
  json.open('{').field("asking", !ticket_.empty()).field("known", known_).field("trouble", std::string_view(trouble_));
  json.field("total", here_.total).key("players").open('[');
  for (const protocol::Here::Person& person : here_.players) {
    const content::BodySpec* spec = body_spec(content, sim::Kind::player, person.class_index);
    json.open('{').field("name", person.name.view());
    json.field("class", spec == nullptr ? std::string_view() : std::string_view(spec->name));
    json.field("level", std::uint32_t{person.level}).field("id", person.entity.packed()).field("away", person.away).close('}');
  }
  json.close(']').key("strongest").open('[');
  for (const protocol::Strongest::Rank& rank : strongest_.ranks) {
    const content::BodySpec* spec = body_spec(content, sim::Kind::player, rank.class_index);
    json.open('{').field("name", rank.name.view());
    json.field("class", spec == nullptr ? std::string_view() : std::string_view(spec->name));
    json.field("level", std::uint32_t{rank.level}).field("experience", rank.experience).field("wins", rank.duel_wins).close('}');
  }
  json.close(']').close('}');
  return json.take();
}

}  // namespace cudgel::game
