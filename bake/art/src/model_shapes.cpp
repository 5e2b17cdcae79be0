// "parts" of a model file: primitives, their mirror images and their copies.
#include <cstdint>
#include <set>

#include "model_parts.h"

namespace cudgel::bake {
namespace {

constexpr std::size_t k_shapes_max = 60000;  // cells of the renderer number shapes with 16 bits
constexpr float k_reach_max_m = 25;          // the largest prop is a hut; memory grows with the square

// Small repeatable random numbers: the same file always gives the same picture.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : state_(seed * 2654435761U + 12345U) {}
  float unit() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 17;
    state_ ^= state_ << 5;
    return static_cast<float>(state_ >> 8) / 16777216.F;
  }
  float around() { return unit() * 2 - 1; }

 private:
  std::uint32_t state_;
};

enum class Place { ring, ball, disk, line };

struct Copies {
  Place place = Place::ring;
  int count = 1;
  int seed = 1;
  Vec radius{1, 1, 1};
  float inside = 0;  // ball and disk: nothing closer to the middle than this part of the radius
  Vec at, to;        // middle, or start and end of a line
  Vec jitter_turn;   // degrees at random
  Vec jitter_at;
  Vec turn_to;  // line: turn added linearly up to here
  float size_low = 1, size_high = 1;
  float size_to = 1;  // line: size at the end
  float outward = 0;  // ball: how far the z axis of each copy is turned outward, 0..1
  float phase = 0;    // ring: degrees of the first
  float arc = 360;    // ring: degrees covered
};

Copies parse_copies(const Cursor& c) {
  c.want_object();
  Copies k;
  k.place = c.one_of<Place>("place", Place::ring,
                            {{"ring", Place::ring}, {"ball", Place::ball}, {"disk", Place::disk}, {"line", Place::line}});
  k.count = c.whole("count", 1, 1, 4000);
  k.seed = c.whole("seed", 1, 1, 1 << 20);
  k.radius = c.vec("radius", {1, 1, 1});
  k.inside = c.number("inside", 0, 0, 1);
  k.at = c.vec("at", {});
  k.to = c.vec("to", {});
  k.jitter_turn = c.vec("jitter_turn", {});
  k.jitter_at = c.vec("jitter_at", {});
  k.turn_to = c.vec("turn_to", {});
  k.size_low = c.number("size_low", 1, 0, 10);
  k.size_high = c.number("size_high", 1, 0, 10);
  k.size_to = c.number("size_to", 1, 0, 10);
  k.outward = c.number("outward", 0, 0, 1);
  k.phase = c.number("phase", 0);
  k.arc = c.number("arc", 360);
  if (k.place == Place::ball && k.outward > 0 && std::min({k.radius.x, k.radius.y, k.radius.z}) <= 0)
    c.fail_at("radius", "must be more than 0 in every direction for copies that turn outward");
  c.refuse_unknown();
  return k;
}

// The rotation that takes z to `direction`.
Turn turn_z_to(Vec direction) {
  const Vec z = normalised(direction);
  const Vec side = std::fabs(z.z) > 0.99F ? Vec{1, 0, 0} : normalised(cross({0, 0, 1}, z));
  return {cross(side, z) * -1.F, side, z};
}

Frame copy_frame(const Copies& k, int i, Dice& dice) {
  Frame f;
  const float part = k.count > 1 ? static_cast<float>(i) / static_cast<float>(k.count - 1) : 0;
  Vec turn{};
  switch (k.place) {
    case Place::ring:
      turn.z = k.phase + k.arc * static_cast<float>(i) / static_cast<float>(k.count);
      f.at = k.at;
      break;
    case Place::ball: {
      Vec d;
      do d = {dice.around(), dice.around(), dice.around()};
      while (dot(d, d) > 1 || dot(d, d) < 0.01F);
      const Vec n = normalised(d);
      const float r = std::cbrt(mix(k.inside * k.inside * k.inside, 1, dice.unit()));
      f.at = k.at + n * k.radius * r;
      if (k.outward > 0)
        f.turn = turn_z_to(mix(Vec{0, 0, 1}, normalised(n * Vec{1 / k.radius.x, 1 / k.radius.y, 1 / k.radius.z}), k.outward));
      break;
    }
    case Place::disk: {
      const float a = dice.unit() * 2 * k_pi, r = std::sqrt(mix(k.inside * k.inside, 1, dice.unit()));
      f.at = k.at + Vec{std::cos(a) * r * k.radius.x, std::sin(a) * r * k.radius.y, 0};
      break;
    }
    case Place::line:
      f.at = mix(k.at, k.to, part);
      turn = k.turn_to * part;
      break;
  }
  turn += Vec{dice.around(), dice.around(), dice.around()} * k.jitter_turn;
  f.at += Vec{dice.around(), dice.around(), dice.around()} * k.jitter_at;
  f.turn = f.turn * turn_from_degrees(turn);
  f.scale = mix(k.size_low, k.size_high, dice.unit()) * (k.place == Place::line ? mix(1, k.size_to, part) : 1);
  return f;
}

Primitive placed(Primitive p, const Frame& f) {
  p.a = to_world(f, p.a);
  p.b = to_world(f, p.b);
  p.turn = f.turn * p.turn;
  p.size = p.size * f.scale;
  p.radius_a *= f.scale;
  p.radius_b *= f.scale;
  p.round *= f.scale;
  return p;
}

Primitive mirrored(Primitive p) {
  const auto flip = [](Vec v) { return Vec{v.x, -v.y, v.z}; };
  p.a = flip(p.a);
  p.b = flip(p.b);
  // mirroring turns a rotation into one with both its input and output side swapped
  p.turn = {flip(p.turn.x), flip(p.turn.y) * -1.F, flip(p.turn.z)};
  return p;
}

void parse_size(const Cursor& c, Primitive& p) {
  const auto positive = [&](float v, const char* key) {
    if (v <= 0) c.fail_at(key, "must be more than 0");
    return v;
  };
  switch (p.shape) {
    case Shape::cone:
      p.radius_a = positive(c.number("r", c.number("ra", 0)), "r");
      p.radius_b = c.number("rb", p.radius_a, 0, 100);
      break;
    case Shape::ellipsoid:
      p.size = c.has("r") && c.json()["r"].is_number() ? Vec{1, 1, 1} * c.number("r", 0) : c.child("r").vec();
      positive(std::min({p.size.x, p.size.y, p.size.z}), "r");
      break;
    case Shape::box:
      p.size = c.child("half").vec();
      p.round = c.number("round", 0.01F, 0, 10);
      positive(std::min({p.size.x, p.size.y, p.size.z}), "half");
      break;
    case Shape::cylinder:
      p.size.x = positive(c.number("r", 0), "r");
      p.size.y = c.number("r_top", p.size.x, 0, 100);
      p.size.z = positive(c.number("half_height", 0), "half_height");
      p.round = c.number("round", 0.01F, 0, 10);
      break;
    case Shape::torus:
      p.size.x = positive(c.number("ring", 0), "ring");
      p.size.y = positive(c.number("r", 0), "r");
      break;
  }
}

Primitive parse_one(const Cursor& c, const Names& names) {
  Primitive p;
  c.want_object();
  p.shape = c.one_of<Shape>("shape", Shape::cone,
                            {{"cone", Shape::cone},
                             {"ball", Shape::ellipsoid},
                             {"box", Shape::box},
                             {"cylinder", Shape::cylinder},
                             {"torus", Shape::torus}});
  p.bone = names.bone(c, "bone", 0);
  p.bone_b = names.bone(c, "bone_b", p.bone);
  p.a = c.has("a") ? c.child("a").vec() : c.vec("at", {});
  p.b = c.vec("b", p.bone_b == p.bone ? p.a : Vec{});
  p.turn = turn_from_degrees(c.vec("turn", {}));
  parse_size(c, p);
  const std::string material = c.child("mat").text();
  const auto found = names.materials.find(material);
  if (found == names.materials.end()) c.fail_at("mat", "unknown material '" + material + "'");
  p.material = found->second;
  if (std::max({std::fabs(p.a.x), std::fabs(p.a.y), std::fabs(p.a.z), std::fabs(p.b.x), std::fabs(p.b.y), std::fabs(p.b.z)}) >
      k_reach_max_m)
    c.fail("lies farther than 25 m from its bone");
  p.blend = c.number("blend", 0.015F, 0, 2);
  p.carve = c.flag("carve", false);
  return p;
}

std::vector<Primitive> with_copies(const Cursor& c, const Primitive& first, const Model& model) {
  std::vector<Primitive> all{first};
  if (!c.has("copies")) return all;
  const Cursor copies = c.child("copies");
  const std::size_t levels = copies.json().is_array() ? copies.json().size() : 1;
  for (std::size_t level = 0; level < levels; ++level) {
    const Copies k = parse_copies(copies.json().is_array() ? copies.element(level) : copies);
    Dice dice(static_cast<std::uint32_t>(k.seed));
    std::vector<Primitive> next;
    for (int i = 0; i < k.count; ++i)
      for (const Primitive& p : all) {
        Primitive copy = placed(p, copy_frame(k, i, dice));
        copy.tint *= 1 + dice.around() * model.materials[static_cast<std::size_t>(p.material)].vary;
        next.push_back(copy);
      }
    if (next.size() > 20000) copies.fail("makes more than 20000 shapes");
    all = std::move(next);
  }
  return all;
}

void add(const Cursor& c, const Names& names, std::uint32_t group, Model& model) {
  const Primitive first = parse_one(c, names);
  const bool mirror = c.flag("mirror", false);
  for (const Primitive& p : with_copies(c, first, model)) {
    model.primitives.push_back(p);
    model.primitives.back().group = group;
    if (!mirror) continue;
    Primitive other = mirrored(p);
    const auto other_bone = [&](int bone) {
      const auto found = names.bones.find(mirrored_name(model.bones[static_cast<std::size_t>(bone)].name));
      if (found == names.bones.end())
        c.fail_at("mirror", "there is no '" + mirrored_name(model.bones[static_cast<std::size_t>(bone)].name) + "'");
      return found->second;
    };
    other.bone = other_bone(p.bone);
    other.bone_b = other_bone(p.bone_b);
    other.group = group + 1000;
    model.primitives.push_back(other);
  }
  c.refuse_unknown();
}

}  // namespace

namespace {

// A list of parts' names, `worn` or `bare`.
std::set<std::string> parts_named(const Cursor& root, const char* key, const Cursor& parts) {
  std::set<std::string> out;
  if (!root.has(key)) return out;
  const Cursor list = root.child(key);
  list.want_array();
  for (std::size_t i = 0; i < list.json().size(); ++i) {
    const std::string name = list.element(i).text();
    if (!parts.has(name)) list.element(i).fail("unknown part '" + name + "'");
    out.insert(name);
  }
  return out;
}

}  // namespace

void parse_parts(const Cursor& root, const Names& names, Model& model) {
  const Cursor parts = root.child("parts");
  parts.want_object();
  const std::set<std::string> worn = parts_named(root, "worn", parts), bare = parts_named(root, "bare", parts);
  model.overlay = !worn.empty();
  model.undressed = !bare.empty();
  std::uint32_t group = 1;
  for (auto it = parts.json().begin(); it != parts.json().end(); ++it, ++group) {
    const Cursor part = parts.child(it.key());
    part.want_array();
    const std::size_t first = model.primitives.size();
    for (std::size_t i = 0; i < part.json().size(); ++i) add(part.element(i), names, group, model);
    for (std::size_t i = first; i < model.primitives.size(); ++i) {
      model.primitives[i].shown = worn.empty() || worn.contains(it.key());
      model.primitives[i].bare = bare.contains(it.key());
    }
  }
  if (model.primitives.empty()) parts.fail("has no shapes");
  if (model.primitives.size() > k_shapes_max) parts.fail("makes more than " + std::to_string(k_shapes_max) + " shapes in all");
}

}  // namespace cudgel::bake
