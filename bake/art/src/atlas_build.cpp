#include <algorithm>
#include <unordered_map>

#include "atlas/schema/atlas_generated.h"
#include "bake_art/bake.h"
#include "bake_art/pack.h"

namespace cudgel::bake {
namespace {

constexpr int k_page_px = 2048;           // every WebGL device can hold this
constexpr std::size_t k_pages_max = 256;  // the index has 8 bits for them
constexpr int k_padding_px = 2;           // between sprites, so that filtering and the codec do not mix neighbours

std::vector<const Sprite*> in_order(const std::vector<BakedBody>& bodies) {
  std::vector<const Sprite*> all;
  for (const BakedBody& b : bodies)
    for (const BakedAnimation& a : b.animations) {
      for (const Sprite& s : a.sprites) all.push_back(&s);
      for (const Sprite& s : a.shadows) all.push_back(&s);
    }
  return all;
}

std::vector<Image> draw_pages(const std::vector<const Sprite*>& sprites, const std::vector<PackedRect>& rects, int count) {
  std::vector<Image> pages;
  for (int p = 0; p < count; ++p) {
    int height = 1;
    for (const PackedRect& r : rects)
      if (r.page == p) height = std::max(height, r.y + r.height);
    pages.emplace_back(k_page_px, std::min(k_page_px, (height + 3) / 4 * 4));
  }
  for (std::size_t i = 0; i < sprites.size(); ++i) {
    Image& page = pages[static_cast<std::size_t>(rects[i].page)];
    const Image& from = sprites[i]->image;
    for (int y = 0; y < from.height; ++y) std::copy_n(&from.at(0, y), from.width, &page.at(rects[i].x, rects[i].y + y));
  }
  return pages;
}

std::vector<std::uint8_t> write_index(const std::vector<BakedBody>& bodies, const std::vector<const Sprite*>& sprites,
                                      const std::vector<PackedRect>& rects, const std::vector<Image>& pages,
                                      const std::vector<std::string>& names, const std::vector<std::uint8_t>& later) {
  flatbuffers::FlatBufferBuilder builder(1 << 16);
  std::vector<content::SpriteRect> table;
  for (std::size_t i = 0; i < sprites.size(); ++i) {
    const auto u16 = [](int v) { return static_cast<std::uint16_t>(v); };
    const auto i16 = [](int v) { return static_cast<std::int16_t>(v); };
    table.emplace_back(static_cast<std::uint8_t>(rects[i].page), static_cast<std::uint8_t>(sprites[i]->scale_log2),
                       u16(rects[i].x), u16(rects[i].y), u16(rects[i].width), u16(rects[i].height), i16(sprites[i]->origin_x),
                       i16(sprites[i]->origin_y));
  }
  std::uint32_t next = 0;
  std::vector<flatbuffers::Offset<content::Body>> body_offsets;
  for (const BakedBody& b : bodies) {
    if (b.animations.empty()) continue;
    std::vector<flatbuffers::Offset<content::Animation>> animations;
    for (const BakedAnimation& a : b.animations) {
      const std::uint32_t first = next, shadows = first + static_cast<std::uint32_t>(a.sprites.size());
      next = shadows + static_cast<std::uint32_t>(a.shadows.size());
      const auto name = builder.CreateString(a.name);
      const bool somewhere = std::find(a.behind.begin(), a.behind.end(), 1) != a.behind.end();
      const auto behind = somewhere ? builder.CreateVector(a.behind) : flatbuffers::Offset<flatbuffers::Vector<std::uint8_t>>();
      animations.push_back(
          content::CreateAnimation(builder, name, static_cast<std::uint16_t>(a.frame_ms), static_cast<std::uint16_t>(a.frames),
                                   static_cast<std::uint8_t>(a.directions), static_cast<std::uint8_t>(a.impact_frame), first,
                                   a.shadows.empty() ? -1 : static_cast<std::int32_t>(shadows), a.loop, a.additive, behind));
    }
    const auto list = builder.CreateVectorOfSortedTables(&animations);
    body_offsets.push_back(
        content::CreateBody(builder, builder.CreateString(b.name), static_cast<std::uint16_t>(b.height_px), list));
  }
  std::vector<std::uint16_t> widths, heights;
  for (const Image& p : pages) {
    widths.push_back(static_cast<std::uint16_t>(p.width));
    heights.push_back(static_cast<std::uint16_t>(p.height));
  }
  const auto page_list = builder.CreateVectorOfStrings(names);
  const auto width_list = builder.CreateVector(widths), height_list = builder.CreateVector(heights);
  const auto later_list = builder.CreateVector(later);
  const auto sprite_list = builder.CreateVectorOfStructs(table);
  const auto body_list = builder.CreateVectorOfSortedTables(&body_offsets);
  content::FinishAtlasBuffer(
      builder, content::CreateAtlas(builder, page_list, width_list, height_list, sprite_list, body_list, later_list));
  return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
}

}  // namespace

namespace {

// Moving bodies go to pages of their own: they are many and small on the screen, so they can be squeezed harder than the
// ground and the trees, which stand still to be looked at.
bool moves(const BakedBody& body) {
  return !body.animations.empty() && body.animations[0].directions == 8 && !body.animations[0].shadows.empty();
}

// What lies on the same pages: the still, the moving, and each body that comes later by itself.
struct Group {
  std::vector<std::size_t> sprites;
  std::string name;  // of its pages: atlas_N.webp, or later_NAME_N.webp
  bool later = false;
  bool moving = false;
};

// The group that a body belongs to; what comes later shares one with all that ask for the same pages and move, or stand still, as it does.
std::size_t group_of(const BakedBody& body, const std::vector<BakedBody>& bodies, std::vector<Group>& groups) {
  if (body.later.empty()) return moves(body) ? 1 : 0;
  const bool moving = !body.animations.empty() && body.animations[0].directions == 8;
  // The pages may be those of another body, as a head's are those of its armour.
  const bool of_a_body = std::any_of(bodies.begin(), bodies.end(), [&](const BakedBody& b) { return b.name == body.later; });
  const std::string name = "later_" + body.later + (moving && !of_a_body ? "_moving" : "");
  const auto found = std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return g.name == name; });
  if (found != groups.end()) return static_cast<std::size_t>(found - groups.begin());
  groups.push_back({{}, name, true, moving});
  return groups.size() - 1;
}

std::vector<Group> groups_of(const std::vector<BakedBody>& bodies) {
  std::vector<Group> groups(2);
  groups[0].name = groups[1].name = "atlas";
  groups[1].moving = true;
  std::size_t next = 0;
  for (const BakedBody& b : bodies) {
    Group& group = groups[group_of(b, bodies, groups)];
    for (const BakedAnimation& a : b.animations)
      for (std::size_t i = 0; i < a.sprites.size() + a.shadows.size(); ++i) group.sprites.push_back(next++);
  }
  return groups;
}

// Poses come back (an attack begins as the idle stands): equal pictures of a group get one place on its pages.
std::vector<std::size_t> first_equal(const std::vector<const Sprite*>& sprites, const std::vector<Group>& groups) {
  std::vector<std::size_t> first(sprites.size());
  for (const Group& group : groups) {
    std::unordered_map<std::string, std::size_t> seen;
    for (const std::size_t i : group.sprites) {
      const Image& image = sprites[i]->image;
      std::string key(reinterpret_cast<const char*>(image.pixels.data()), image.pixels.size() * sizeof(Rgba));
      key += std::to_string(image.width);
      first[i] = seen.emplace(std::move(key), i).first->second;
    }
  }
  return first;
}

struct PageKind {
  std::string file;
  bool later = false;
  bool moving = false;
};

// Packs a group behind the pages there are already; false if one of its pictures is larger than a page.
bool pack_group(const Group& group, std::vector<PackedRect>& rects, std::vector<PageKind>& pages) {
  std::vector<PackedRect> some;
  for (const std::size_t i : group.sprites) some.push_back(rects[i]);
  const int count = pack(some, k_page_px, k_padding_px);
  if (count < 0) return false;
  const int first = static_cast<int>(pages.size());
  for (std::size_t i = 0; i < some.size(); ++i) {
    rects[group.sprites[i]] = some[i];
    rects[group.sprites[i]].page += first;
  }
  for (int i = 0; i < count; ++i)
    pages.push_back({group.name + "_" + std::to_string(group.later ? i : first + i) + ".webp", group.later, group.moving});
  return true;
}

// "body: animation" of the first sprite that fits on no page, with its size.
std::string too_large(const std::vector<BakedBody>& bodies) {
  const auto fits = [](const Sprite& s) { return std::max(s.image.width, s.image.height) + k_padding_px <= k_page_px; };
  for (const BakedBody& b : bodies)
    for (const BakedAnimation& a : b.animations)
      for (const std::vector<Sprite>* list : {&a.sprites, &a.shadows}) {
        const auto found = std::find_if_not(list->begin(), list->end(), fits);
        if (found == list->end()) continue;
        return b.name + ": " + a.name + ": a picture of " + std::to_string(found->image.width) + " x " +
               std::to_string(found->image.height) + " pixels";
      }
  return "a picture";
}

}  // namespace

AtlasFiles build_atlas(std::vector<BakedBody>& bodies, const WebpOptions& still, const WebpOptions& moving, std::string& error) {
  std::sort(bodies.begin(), bodies.end(), [](const BakedBody& a, const BakedBody& b) { return a.name < b.name; });
  const std::vector<const Sprite*> sprites = in_order(bodies);
  const std::vector<Group> groups = groups_of(bodies);
  const std::vector<std::size_t> first = first_equal(sprites, groups);
  std::vector<PackedRect> rects;
  AtlasFiles out;
  for (std::size_t i = 0; i < sprites.size(); ++i) {
    const Image& image = sprites[i]->image;
    rects.push_back(first[i] == i ? PackedRect{image.width, image.height, 0, 0, 0} : PackedRect{});
    out.pixels_used += static_cast<std::int64_t>(rects[i].width) * rects[i].height;
  }
  std::vector<PageKind> kinds;
  for (const Group& group : groups) {
    if (pack_group(group, rects, kinds)) continue;
    error = too_large(bodies) + " is larger than a page of the atlas, " + std::to_string(k_page_px) + " pixels";
    return out;
  }
  out.pages = static_cast<int>(kinds.size());
  if (kinds.size() > k_pages_max) {
    error = "the atlas has " + std::to_string(kinds.size()) + " pages, at most " + std::to_string(k_pages_max) + " can be named";
    return out;
  }
  for (std::size_t i = 0; i < sprites.size(); ++i) rects[i] = rects[first[i]];
  const std::vector<Image> pages = draw_pages(sprites, rects, out.pages);
  out.files.resize(pages.size());
  std::vector<std::string> errors(pages.size());
  run_parallel(2, static_cast<int>(pages.size()), [&](int p) {
    const auto i = static_cast<std::size_t>(p);
    out.files[i] = {kinds[i].file, encode_webp(pages[i], kinds[i].moving ? moving : still, errors[i])};
  });
  for (const std::string& e : errors)
    if (!e.empty()) error = e;
  std::vector<std::string> names;
  std::vector<std::uint8_t> later;
  for (const PageKind& kind : kinds) names.push_back(kind.file), later.push_back(kind.later ? 1 : 0);
  out.files.push_back({"atlas.bin", write_index(bodies, sprites, rects, pages, names, later)});
  return out;
}

}  // namespace cudgel::bake
