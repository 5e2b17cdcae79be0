// Bones, limbs, materials and portraits of a model file.
#include <algorithm>
#include <cstdlib>

#include "bake_art/model.h"
#include "model_parts.h"

namespace cudgel::bake {

std::string mirrored_name(const std::string& name) {
  if (name.size() > 2 && name.ends_with("_r")) return name.substr(0, name.size() - 1) + "l";
  if (name.size() > 2 && name.ends_with("_l")) return name.substr(0, name.size() - 1) + "r";
  return name;
}

int Names::bone(const Cursor& at, const std::string& key, int otherwise) const {
  if (!at.has(key)) return otherwise;
  const std::string name = at.child(key).text();
  const auto found = bones.find(name);
  if (found == bones.end()) at.fail_at(key, "unknown bone '" + name + "'");
  return found->second;
}

namespace {

struct BoneText {
  std::string name, parent;
  Channels rest;
};

void add_bone(const Cursor& c, const BoneText& text, Names& names, Pose& rest, Model& model) {
  int parent = 0;
  if (!text.parent.empty()) {
    const auto found = names.bones.find(text.parent);
    if (found == names.bones.end()) c.fail_at("parent", "unknown bone '" + text.parent + "'");
    parent = found->second;
  }
  if (names.bones.count(text.name) != 0) c.fail("bone '" + text.name + "' stands twice");
  names.bones[text.name] = static_cast<int>(model.bones.size());
  model.bones.push_back({text.name, parent});
  rest.push_back(text.rest);
}

Vec mirrored(Vec v) { return {v.x, -v.y, v.z}; }
Vec mirrored_turn(Vec v) { return {-v.x, v.y, -v.z}; }

void add_chain(const Cursor& c, const Names& names, const std::string& upper, bool mirror, Model& model) {
  Chain chain;
  chain.upper = names.bones.at(upper);
  // stand_up computes bones in their order and a limb's three at once: what they hang on must come before
  const auto lower = static_cast<std::size_t>(chain.upper) + 1, end = lower + 1;
  if (end >= model.bones.size()) c.fail("needs two bones after it: the lower piece and the end");
  if (model.bones[lower].parent != chain.upper)
    c.fail("the bone after '" + upper + "' must hang on it, '" + model.bones[lower].name + "' does not");
  if (model.bones[end].parent >= chain.upper)
    c.fail("the end '" + model.bones[end].name + "' must hang on a bone that stands before '" + upper + "'");
  for (const Chain& other : model.chains)
    if (std::abs(other.upper - chain.upper) < 3)
      c.fail("shares bones with the limb of '" + model.bones[static_cast<std::size_t>(other.upper)].name + "'");
  chain.upper_m = c.number("upper_m", 0.3F, 0.01F, 5);
  chain.lower_m = c.number("lower_m", 0.3F, 0.01F, 5);
  chain.pole = c.vec("pole", {1, 0, 0});
  chain.bend = c.flag("back", false) ? -1.F : 1.F;
  if (mirror) chain.pole = mirrored(chain.pole);
  chain.grip_bone = names.bone(c, mirror ? "grip_bone_l" : "grip_bone", -1);
  if (chain.grip_bone >= chain.upper) c.fail("its grip bone must stand before '" + upper + "'");
  c.has("grip_bone");
  c.has("grip_bone_l");
  chain.grip_at = c.vec("grip_at", {});
  c.refuse_unknown();
  model.chains.push_back(chain);
}

// Bones stand in the order they are computed in. A bone with "limb" starts a limb; the two bones after it are the
// lower piece and the end.
void parse_bones(const Cursor& root, Names& names, Pose& rest, Model& model) {
  names.bones["root"] = 0;
  model.bones.push_back({"root", -1});
  rest.push_back({});
  if (!root.has("bones")) return;
  const Cursor bones = root.child("bones");
  bones.want_object();
  struct Limb {
    std::string bone;
    Cursor at;
    bool mirror;
  };
  std::vector<Limb> limbs;
  std::vector<std::pair<BoneText, Cursor>> mirrors;
  const auto flush_mirrors = [&] {
    for (const auto& [text, at] : mirrors) add_bone(at, text, names, rest, model);
    mirrors.clear();
  };
  for (auto it = bones.json().begin(); it != bones.json().end(); ++it) {
    const Cursor c = bones.child(it.key());
    c.want_object();
    BoneText text{it.key(), c.text("parent", ""), {}};
    text.rest.at = c.vec("at", {});
    text.rest.turn = c.vec("turn", {});
    text.rest.scale = c.number("scale", 1, 0, 100);
    const bool mirror = c.flag("mirror", false);
    const bool limb = c.has("limb");
    // a limb's mirror image must stand together as well: three bones, then their three images
    if (!mirror || limb) flush_mirrors();
    add_bone(c, text, names, rest, model);
    if (limb) limbs.push_back({text.name, c.child("limb"), false});
    if (mirror) {
      if (mirrored_name(text.name) == text.name) c.fail_at("mirror", "the bone's name must end in _r or _l");
      BoneText other{mirrored_name(text.name), mirrored_name(text.parent), text.rest};
      other.rest.at = mirrored(text.rest.at);
      other.rest.turn = mirrored_turn(text.rest.turn);
      mirrors.emplace_back(other, c);
      if (limb) limbs.push_back({other.name, c.child("limb"), true});
    }
    c.refuse_unknown();
  }
  flush_mirrors();
  for (const Limb& l : limbs) add_chain(l.at, names, l.bone, l.mirror, model);
}

void parse_materials(const Cursor& root, Names& names, Model& model) {
  const Cursor all = root.child("materials");
  all.want_object();
  for (auto it = all.json().begin(); it != all.json().end(); ++it) {
    const Cursor c = all.child(it.key());
    c.want_object();
    Material m;
    m.kind = c.one_of<MaterialKind>("kind", MaterialKind::plain,
                                    {{"plain", MaterialKind::plain},
                                     {"cloth", MaterialKind::cloth},
                                     {"leather", MaterialKind::leather},
                                     {"steel", MaterialKind::steel},
                                     {"skin", MaterialKind::skin},
                                     {"wood", MaterialKind::wood},
                                     {"stone", MaterialKind::stone},
                                     {"leaf", MaterialKind::leaf},
                                     {"thatch", MaterialKind::thatch},
                                     {"hair", MaterialKind::hair},
                                     {"glow", MaterialKind::glow}});
    m.color = c.child("color").color();
    m.color_b = c.color("color_b", m.color * 0.6F);
    m.color_z = c.color("color_z", m.color);
    m.color_top = c.color("color_top", m.color);
    m.top = c.number("top", 0, 0, 1);
    m.gradient_z_low = c.number("z_low", 0);
    m.gradient_z_high = c.number("z_high", 0);
    m.gloss = c.number("gloss", m.kind == MaterialKind::steel ? 0.8F : 0.12F, 0, 2);
    m.grain = c.number("grain", 0.25F, 0, 2);
    m.grain_m = c.number("grain_m", 0.05F, 0.001F, 10);
    m.bump = c.number("bump", 0.3F, 0, 5);
    m.vary = c.number("vary", 0, 0, 1);
    m.emit = c.number("emit", 0, 0, 20);
    m.opacity = c.number("opacity", 1, 0, 4);
    c.refuse_unknown();
    names.materials[it.key()] = static_cast<int>(model.materials.size());
    model.materials.push_back(m);
  }
}

void parse_portraits(const Cursor& root, Model& model) {
  if (!root.has("portraits")) return;
  const Cursor all = root.child("portraits");
  all.want_array();
  for (std::size_t i = 0; i < all.json().size(); ++i) {
    const Cursor c = all.element(i);
    Portrait p;
    p.file = c.child("file").text();
    p.animation = c.text("animation", "idle");
    const auto animation = std::find_if(model.animations.begin(), model.animations.end(),
                                        [&](const AnimationModel& a) { return a.name == p.animation; });
    if (animation == model.animations.end()) c.fail_at("animation", "unknown animation '" + p.animation + "'");
    p.frame = c.number("frame", 0, 0, static_cast<float>(animation->frames));
    p.facing_degrees = c.number("facing_degrees", 75, -360, 360);
    p.width = c.whole("width", 360, 16, 2048);
    p.height = c.whole("height", 480, 16, 2048);
    p.pixels_per_m = c.number("pixels_per_m", 260, 10, 4000);
    p.ground = c.vec("ground", {static_cast<float>(p.width) / 2, static_cast<float>(p.height) * 0.92F, 0});
    p.badge = c.flag("badge", false);
    p.png = p.file.ends_with(".png");
    c.refuse_unknown();
    model.portraits.push_back(p);
  }
}

void parse(const Cursor& root, Model& model) {
  Names names;
  Pose rest;
  root.has("note");
  parse_bones(root, names, rest, model);
  parse_materials(root, names, model);
  parse_parts(root, names, model);
  model.shadow = root.flag("shadow", true);
  parse_animations(root, names, rest, model);
  parse_portraits(root, model);
  model.height_px = root.whole("height_px", 0, 0, 2000);
  model.outline = root.number("outline", 0.55F, 0, 1);
  model.size = root.number("size", 1, 0.25F, 4);
  model.later = parse_later(root, model.name);
  model.in_atlas = root.flag("in_atlas", true);
  model.shadow_scale_log2 = root.whole("shadow_scale_log2", 2, 0, 3);
  root.refuse_unknown();
}

}  // namespace

Model parse_model(const ModelText& text, const std::string& name, std::string& error) {
  Model model;
  model.name = name;
  try {
    const Json json = Json::parse(text.merged);
    parse(Cursor(json, text.file, ""), model);
  } catch (const ContentError& e) {
    error = e.what();
    return {};
  } catch (const Json::exception& e) {
    error = text.file + ": document: " + e.what();
    return {};
  }
  return model;
}

}  // namespace cudgel::bake
