// "poses" and "animations" of a model file. A pose names only what differs from rest; a key lays poses over each other,
// and "~name" is the mirror image of a pose.
#include <algorithm>
#include <array>

#include "model_parts.h"

namespace cudgel::bake {
namespace {

class PoseBook {
 public:
  PoseBook(const Cursor& root, const Names& names, const Pose& rest) : names_(names), rest_(rest) {
    if (root.has("poses")) {
      const Cursor poses = root.child("poses");
      poses.want_object();
      for (auto it = poses.json().begin(); it != poses.json().end(); ++it) {
        texts_.emplace(it.key(), poses.child(it.key()));
        Pose trial = rest_;
        lay(trial, it.key(), false);  // so that a mistake in an unused pose is found too
      }
    }
  }

  Pose build(const Cursor& at, const std::string& key) const {
    Pose pose = rest_;
    if (!at.has(key)) return pose;
    const Cursor list = at.child(key);
    if (list.json().is_string()) {
      lay_named(pose, list);
    } else {
      list.want_array();
      for (std::size_t i = 0; i < list.json().size(); ++i) lay_named(pose, list.element(i));
    }
    return pose;
  }

 private:
  void lay_named(Pose& pose, const Cursor& name) const {
    std::string key = name.text();
    const bool mirror = key.starts_with("~");
    if (mirror) key.erase(0, 1);
    if (texts_.count(key) == 0) name.fail("unknown pose '" + key + "'");
    lay(pose, key, mirror);
  }

  void lay(Pose& pose, const std::string& key, bool mirror) const {
    const Cursor& text = texts_.at(key);
    text.want_object();
    for (auto it = text.json().begin(); it != text.json().end(); ++it) {
      const Cursor c = text.child(it.key());
      c.want_object();
      const auto bone = names_.bones.find(mirror ? mirrored_name(it.key()) : it.key());
      if (bone == names_.bones.end()) c.fail("unknown bone '" + it.key() + "'");
      Channels& out = pose[static_cast<std::size_t>(bone->second)];
      const float side = mirror ? -1.F : 1.F;
      const auto place = [&](Vec v) { return Vec{v.x, v.y * side, v.z}; };
      const auto turn = [&](Vec v) { return Vec{v.x * side, v.y, v.z * side}; };
      if (c.has("at")) out.at = place(c.child("at").vec());
      if (c.has("move")) out.at += place(c.child("move").vec());
      if (c.has("turn")) out.turn = turn(c.child("turn").vec());
      if (c.has("turn_by")) out.turn += turn(c.child("turn_by").vec());
      out.scale = c.number("scale", out.scale, 0, 100);
      out.fade = c.number("fade", out.fade, 0, 10);
      out.grip = c.number("grip", out.grip, 0, 1);
      c.refuse_unknown();
    }
  }

  const Names& names_;
  const Pose& rest_;
  std::map<std::string, Cursor> texts_;
};

AnimationModel parse_animation(const Cursor& c, const std::string& name, const PoseBook& book, bool shadow) {
  c.want_object();
  AnimationModel a;
  a.name = name;
  a.frames = c.whole("frames", 1, 1, 32);
  a.frame_ms = c.whole("ms", 100, 1, 5000);
  a.impact_frame = c.whole("impact", 0, 0, a.frames - 1);
  a.loop = c.flag("loop", true);
  a.additive = c.flag("additive", false);
  a.shadow = c.flag("shadow", shadow);
  a.directions = c.whole("directions", 8, 1, 8);
  if (a.directions != 1 && a.directions != 8) c.fail_at("directions", "must be 1 or 8");
  const Cursor keys = c.child("keys");
  keys.want_array();
  if (keys.json().empty()) keys.fail("must have at least one key");
  for (std::size_t i = 0; i < keys.json().size(); ++i) {
    const Cursor k = keys.element(i);
    Key key;
    key.frame = k.number("frame", 0, 0, static_cast<float>(a.frames));
    if (!a.keys.empty() && key.frame <= a.keys.back().frame) k.fail_at("frame", "must be later than the key before");
    key.ease = k.one_of<Ease>("ease", Ease::smooth,
                              {{"linear", Ease::linear}, {"smooth", Ease::smooth}, {"in", Ease::in}, {"out", Ease::out}});
    key.pose = book.build(k, "pose");
    k.refuse_unknown();
    a.keys.push_back(std::move(key));
  }
  c.refuse_unknown();
  return a;
}

// The game asks a body that moves for all of these; one that lacks some would stand still or vanish in that moment.
void want_all_moves(const Cursor& all, const Model& model) {
  const auto has = [&](const char* name) {
    return std::any_of(model.animations.begin(), model.animations.end(), [&](const AnimationModel& a) { return a.name == name; });
  };
  constexpr std::array moves{"walk", "attack", "hurt", "death"};
  if (std::none_of(moves.begin(), moves.end(), has)) return;
  for (const char* name : {"idle", "walk", "attack", "hurt", "death"})
    if (!has(name)) all.fail_at(name, "missing: a body that moves has idle, walk, attack, hurt and death");
}

}  // namespace

void parse_animations(const Cursor& root, const Names& names, const Pose& rest, Model& model) {
  const PoseBook book(root, names, rest);
  const Cursor all = root.child("animations");
  all.want_object();
  for (auto it = all.json().begin(); it != all.json().end(); ++it)
    model.animations.push_back(parse_animation(all.child(it.key()), it.key(), book, model.shadow));
  if (model.animations.empty()) all.fail("must have at least one animation");
  want_all_moves(all, model);
}

}  // namespace cudgel::bake
