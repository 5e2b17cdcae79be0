#include "sim/fields.h"

#include <algorithm>
#include <bit>
#include <type_traits>

#include "base/hash.h"
#include "visit_fields.h"

namespace cudgel::sim {
namespace {

/// How a value is written for people.
enum class Form : std::uint8_t { number, flag, id, kind, action, mood, opaque };

struct FieldInfo {
  const char* name;
  Form form = Form::number;
};

constexpr std::array<FieldInfo, k_fields> k_infos{{
    {"id.generation"},
    {"kind", Form::kind},
    {"archetype"},
    {"level"},
    {"walker.position.x"},
    {"walker.position.y"},
    {"walker.velocity.x"},
    {"walker.velocity.y"},
    {"walker.facing"},
    {"walker.action", Form::action},
    {"walker.action_since"},
    {"walker.attack_ready"},
    {"walker.intent.heading"},
    {"walker.intent.attack", Form::flag},
    {"walker.intent.target", Form::id},
    {"walker.mana"},
    {"walker.mana_max"},
    {"walker.skill"},
    {"walker.wish"},
    {"walker.point.x"},
    {"walker.point.y"},
    {"walker.wish_point.x"},
    {"walker.wish_point.y"},
    {"walker.skill_ready", Form::opaque},
    {"health"},
    {"health_max"},
    {"expires"},
    {"guarded_until"},
    {"effects.size"},
    {"effects.list", Form::opaque},
    {"name", Form::opaque},
    {"last_sequence"},
    {"last_threat"},
    {"experience"},
    {"view_age"},
    {"ground.place.x"},
    {"ground.place.y"},
    {"ground.until"},
    {"ground.next"},
    {"ground.skill"},
    {"duel.stage"},
    {"duel.rival", Form::id},
    {"duel.until"},
    {"duel.ring.x"},
    {"duel.ring.y"},
    {"order"},
    {"quarry", Form::id},
    {"mind.mood", Form::mood},
    {"mind.until"},
    {"mind.next_path"},
    {"mind.home.x"},
    {"mind.home.y"},
    {"mind.noticed_at.x"},
    {"mind.noticed_at.y"},
    {"mind.goal.x"},
    {"mind.goal.y"},
    {"mind.target", Form::id},
    {"mind.lair"},
    {"mind.phase"},
    {"mind.fled", Form::flag},
    {"mind.path_size"},
    {"mind.path_next"},
    {"mind.path", Form::opaque},
    {"trail.size"},
    {"trail.steps", Form::opaque},
    {"shares.size"},
    {"shares.list", Form::opaque},
    {"belongings.gold"},
    {"belongings.bank_gold"},
    {"belongings.revision"},
    {"belongings.cells", Form::opaque},
    {"amount"},
    {"owner", Form::id},
    {"foe", Form::kind},
    {"homing", Form::id},
    {"damage"},
    {"flight_speed"},
    {"flight_radius"},
}};

/// A value as a number that can be summed. What is no number becomes its hash.
template <class T>
std::int64_t number_of(T value) {
  static_assert(std::is_integral_v<T> || std::is_enum_v<T>);
  return static_cast<std::int64_t>(value);
}
std::int64_t number_of(EntityId id) { return id.packed(); }
std::int64_t number_of(std::string_view text) {
  return static_cast<std::int64_t>(base::hash_bytes({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}));
}
/// Polynomial, not base::hash_bytes: the order of bytes in a number must not matter.
void append(std::uint64_t& sum, std::uint16_t number) { sum = sum * 0x9E3779B97F4A7C15ULL + number + 1U; }
std::int64_t number_of(std::span<const std::uint16_t> numbers) {
  std::uint64_t sum = 0;
  for (const std::uint16_t number : numbers) append(sum, number);
  return static_cast<std::int64_t>(sum);
}
std::int64_t number_of(std::span<const Trail::Step> steps) {
  std::uint64_t sum = 0;
  for (const Trail::Step& step : steps) {
    append(sum, static_cast<std::uint16_t>(step.x));
    append(sum, static_cast<std::uint16_t>(step.y));
  }
  return static_cast<std::int64_t>(sum);
}

void append_long(std::uint64_t& sum, std::uint32_t number) {
  append(sum, static_cast<std::uint16_t>(number));
  append(sum, static_cast<std::uint16_t>(number >> 16U));
}
std::int64_t number_of(std::span<const Tick> ticks) {
  std::uint64_t sum = 0;
  for (const Tick tick : ticks) append_long(sum, tick);
  return static_cast<std::int64_t>(sum);
}
std::int64_t number_of(std::span<const Effect> effects) {
  std::uint64_t sum = 0;
  for (const Effect& effect : effects) {
    append(sum, static_cast<std::uint16_t>(effect.kind));
    append(sum, static_cast<std::uint16_t>(effect.magnitude));
    append(sum, effect.period_ticks);
    append_long(sum, effect.until);
    append_long(sum, effect.next);
    append_long(sum, effect.source.packed());
  }
  return static_cast<std::int64_t>(sum);
}
std::int64_t number_of(std::span<const Share> shares) {
  std::uint64_t sum = 0;
  for (const Share& share : shares) {
    append(sum, share.who.index);
    append(sum, share.who.generation);
    append(sum, static_cast<std::uint16_t>(static_cast<std::uint32_t>(share.damage)));
    append(sum, static_cast<std::uint16_t>(static_cast<std::uint32_t>(share.damage) >> 16U));
  }
  return static_cast<std::int64_t>(sum);
}

std::int64_t number_of(std::span<const Stack> cells) {
  std::uint64_t sum = 0;
  for (const Stack& stack : cells) {
    append(sum, stack.item);
    append(sum, stack.count);
  }
  return static_cast<std::int64_t>(sum);
}

std::string word_of(std::int64_t value, std::span<const char* const> words) {
  if (value >= 0 && value < static_cast<std::int64_t>(words.size())) return words[static_cast<std::size_t>(value)];
  return std::to_string(value);
}

std::string id_text(std::int64_t value) {
  if (value < 0 || value > INT64_C(0xFFFFFFFF)) return std::to_string(value);
  const EntityId id = EntityId::unpack(static_cast<std::uint32_t>(value));
  if (!id.valid()) return "nobody";
  return "entity " + std::to_string(id.index) + " of generation " + std::to_string(id.generation);
}

std::string hash_text(std::uint64_t value) {
  constexpr const char* k_digits = "0123456789abcdef";
  std::string text = "#";
  for (std::uint32_t shift = 64; shift > 0; shift -= 4) text += k_digits[value >> (shift - 4U) & 0xFU];
  return text;
}

std::string value_text(Field field, std::int64_t value) {
  constexpr std::array k_kind_words{"none", "player", "monster", "projectile", "thing", "summoned"};
  constexpr std::array k_action_words{"idle", "walk", "attack", "dead"};
  constexpr std::array k_mood_words{"rest", "roam", "visit", "chase", "home", "flee", "rush", "follow", "thrown"};
  switch (k_infos[static_cast<std::size_t>(field)].form) {
    case Form::flag:
      return word_of(value, std::array{"no", "yes"});
    case Form::id:
      return id_text(value);
    case Form::kind:
      return word_of(value, k_kind_words);
    case Form::action:
      return word_of(value, k_action_words);
    case Form::mood:
      return word_of(value, k_mood_words);
    case Form::opaque:
      return hash_text(static_cast<std::uint64_t>(value));
    case Form::number:
      break;
  }
  return std::to_string(value);
}

/// All fields of one entity as numbers; those it does not have are 0, as in the sums.
using Values = std::array<std::int64_t, k_fields>;

struct Store {
  Values& values;
  template <class T>
  void operator()(Field field, T value) const {
    values[static_cast<std::size_t>(field)] = number_of(value);
  }
};

Values values_of(const World& world, const Entity& entity) {
  Values values{};
  values[static_cast<std::size_t>(Field::generation)] = entity.id.generation;
  visit_entity(entity, Store{values});
  if (entity.kind == Kind::player) visit_belongings(world.belongings(entity), Store{values});
  return values;
}

std::string subject_of(const World& world, std::uint16_t slot) {
  const Entity& entity = world.entities()[slot];
  std::string text = "entity " + std::to_string(slot);
  if (entity.kind == Kind::player) text += " (" + std::string(entity.name.view()) + ")";
  const bool of_a_monsters_kind = entity.kind == Kind::monster || entity.kind == Kind::summoned;
  if (of_a_monsters_kind && entity.archetype < world.content().monsters().size()) {
    text += " (" + world.content().monsters()[entity.archetype].body.name + ")";
  }
  if (entity.kind == Kind::projectile) text += " (projectile)";
  if (entity.kind == Kind::thing && entity.archetype < world.content().items().size()) {
    text += " (" + world.content().items()[entity.archetype].name + ")";
  }
  return text;
}

void compare(const Values& here, const Values& there, EntityId who, const std::string& subject, std::size_t most,
             std::vector<Difference>& found) {
  for (std::size_t i = 0; i < k_fields && found.size() < most; ++i) {
    if (here[i] == there[i]) continue;
    const auto field = static_cast<Field>(i);
    found.push_back({who, subject, field_name(field), value_text(field, here[i]), value_text(field, there[i])});
  }
}

void compare_number(const char* field, std::uint64_t here, std::uint64_t there, std::vector<Difference>& found) {
  if (here != there) found.push_back({{}, "world", field, std::to_string(here), std::to_string(there)});
}

/// Belongs to the slot: odd, and so scattered that no few entities can be mistaken for another one. SplitMix64's finish
/// (G. Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
std::uint64_t weight_of(std::size_t slot) {
  std::uint64_t z = (static_cast<std::uint64_t>(slot) + 1U) * 0x9E3779B97F4A7C15ULL;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return (z ^ (z >> 31U)) | 1U;
}

struct AddTo {
  FieldSums& sums;
  std::uint64_t weight;
  template <class T>
  void operator()(Field field, T value) const {
    const auto number = static_cast<std::uint64_t>(number_of(value));
    FieldSum& sum = sums[static_cast<std::size_t>(field)];
    sum.plain += number;
    sum.weighted += number * weight;
  }
};

constexpr std::size_t k_nowhere = static_cast<std::size_t>(-1);

/// The only slot whose value can have made both sums differ by that much.
std::size_t slot_behind(std::uint64_t plain, std::uint64_t weighted, std::size_t slots) {
  if (plain == 0) return k_nowhere;
  for (std::size_t slot = 0; slot < slots; ++slot) {
    if (plain * weight_of(slot) == weighted) return slot;
  }
  return k_nowhere;
}

}  // namespace

const char* field_name(Field field) { return k_infos[static_cast<std::size_t>(field)].name; }

std::string to_text(const Difference& difference, const std::string& there) {
  if (difference.here.empty() && difference.there.empty()) return difference.subject + " differ in " + difference.field;
  return difference.subject + " " + difference.field + ": " + difference.here + " here, " + difference.there + " " + there;
}

std::vector<Difference> differences(const World& here, const World& there, std::size_t most) {
  std::vector<Difference> found;
  compare_number("tick", here.tick(), there.tick(), found);
  compare_number("random", here.random.state(), there.random.state(), found);
  const std::size_t slots = std::min(here.entities().size(), there.entities().size());
  for (std::size_t i = 0; i < slots && found.size() < most; ++i) {
    const Entity& one = here.entities()[i];
    const Entity& other = there.entities()[i];
    const World& who_knows = one.kind != Kind::none ? here : there;
    compare(values_of(here, one), values_of(there, other), one.id, subject_of(who_knows, static_cast<std::uint16_t>(i)), most,
            found);
  }
  return found;
}

std::vector<Difference> differences(const Walker& here, const Walker& there, const std::string& subject) {
  Values one{};
  Values other{};
  visit_walker(here, Store{one});
  visit_walker(there, Store{other});
  std::vector<Difference> found;
  compare(one, other, {}, subject, k_fields, found);
  return found;
}

FieldSums sum_fields(const World& world) {
  FieldSums sums{};
  for (const Entity& entity : world.entities()) {
    if (entity.id.generation == 0) break;  // slots are taken from the lowest: none above was ever used
    AddTo{sums, weight_of(entity.id.index)}(Field::generation, entity.id.generation);
  }
  for (const std::uint16_t slot : world.alive()) {
    const Entity& entity = world.entities()[slot];
    visit_entity(entity, AddTo{sums, weight_of(slot)});
    if (entity.kind == Kind::player) visit_belongings(world.belongings(entity), AddTo{sums, weight_of(slot)});
  }
  return sums;
}

std::vector<Difference> differences(const World& here, const FieldSums& there) {
  const FieldSums own = sum_fields(here);
  std::vector<Difference> found;
  for (std::size_t i = 0; i < k_fields; ++i) {
    if (own[i] == there[i]) continue;
    const auto field = static_cast<Field>(i);
    const std::uint64_t plain = there[i].plain - own[i].plain;
    const std::size_t slot = slot_behind(plain, there[i].weighted - own[i].weighted, here.entities().size());
    if (slot == k_nowhere) {
      found.push_back({{}, "several entities", field_name(field), {}, {}});
      continue;
    }
    const Entity& entity = here.entities()[slot];
    const std::int64_t value = values_of(here, entity)[i];
    const auto other = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) + plain);
    found.push_back({entity.id, subject_of(here, static_cast<std::uint16_t>(slot)), field_name(field), value_text(field, value),
                     value_text(field, other)});
  }
  return found;
}

}  // namespace cudgel::sim
