#include "content/region.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include "base/assert.h"
#include "base/hash.h"
#include "content/limits.h"
#include "content/schema/region_generated.h"

namespace cudgel::content {
namespace {

constexpr std::int32_t k_region_units = k_region_tiles * base::k_units_per_tile;
constexpr flatbuffers::uoffset_t k_depth_max = 2;
constexpr flatbuffers::uoffset_t k_tables_max = 1;

std::int32_t depth_of(const PropPlacement& prop) { return prop.position.x + prop.position.y; }
bool is_before(const PropPlacement& a, const PropPlacement& b) { return depth_of(a) < depth_of(b); }

Region empty_region(const MapSpec& map, std::int32_t column, std::int32_t row) {
  Region out;
  out.column = column;
  out.row = row;
  out.width = std::min(k_region_tiles, map.width - column * k_region_tiles);
  out.height = std::min(k_region_tiles, map.height - row * k_region_tiles);
  return out;
}

/// Calls visit(index in the region, index on the map) for each row's first tile.
template <class Visit>
void for_each_row(const MapSpec& map, const Region& region, Visit&& visit) {
  for (std::int32_t y = 0; y < region.height; ++y) {
    const std::int32_t on_map = (region.row * k_region_tiles + y) * map.width + region.column * k_region_tiles;
    visit(static_cast<std::ptrdiff_t>(y) * region.width, static_cast<std::ptrdiff_t>(on_map));
  }
}

std::string fault_of(const baked::Region& in, const Region& region, std::size_t props) {
  const auto tiles = static_cast<std::size_t>(region.width) * static_cast<std::size_t>(region.height);
  if (in.ground()->size() != tiles || in.blocked()->size() != tiles) {
    return "ground and blocked: must have " + std::to_string(tiles) + " tiles, have " + std::to_string(in.ground()->size()) +
           " and " + std::to_string(in.blocked()->size());
  }
  for (std::size_t i = 0; i < tiles; ++i) {
    const auto at = static_cast<flatbuffers::uoffset_t>(i);
    if (in.ground()->Get(at) >= k_grounds) return "ground[" + std::to_string(i) + "]: is no kind of ground";
    if (in.blocked()->Get(at) > 1) return "blocked[" + std::to_string(i) + "]: must be 0 or 1";
  }
  // More than four on each tile nobody draws.
  if (in.props()->size() > 4 * tiles) return "props: must be at most " + std::to_string(4 * tiles);
  std::int32_t depth = 0;
  for (flatbuffers::uoffset_t i = 0; i < in.props()->size(); ++i) {
    const baked::RegionProp& prop = *in.props()->Get(i);
    const std::string place = "props[" + std::to_string(i) + "]";
    if (prop.prop() >= props)
      return place + ".prop: there are " + std::to_string(props) + " kinds, is " + std::to_string(prop.prop());
    if (prop.x() >= region.width * base::k_units_per_tile || prop.y() >= region.height * base::k_units_per_tile) {
      return place + ": lies outside its region";
    }
    if (prop.x() + prop.y() < depth) return place + ": must not stand behind the one before it";
    depth = prop.x() + prop.y();
  }
  return {};
}

}  // namespace

std::string region_file(std::int32_t column, std::int32_t row) {
  return "map/" + std::to_string(column) + "_" + std::to_string(row) + ".bin";
}

Region cut_region(const MapSpec& map, std::int32_t column, std::int32_t row) {
  Region out = empty_region(map, column, row);
  for_each_row(map, out, [&](std::ptrdiff_t, std::ptrdiff_t on_map) {
    out.ground.insert(out.ground.end(), map.ground.begin() + on_map, map.ground.begin() + on_map + out.width);
    out.blocked.insert(out.blocked.end(), map.blocked.begin() + on_map, map.blocked.begin() + on_map + out.width);
  });
  for (const PropPlacement& prop : map.props) {
    if (prop.position.x / k_region_units == column && prop.position.y / k_region_units == row) out.props.push_back(prop);
  }
  return out;
}

base::Result<Region, ContentError> decode_region(std::span<const std::uint8_t> bytes, const MapSpec& map, std::size_t props,
                                                 const std::string& file) {
  const auto wrong = [&](const std::string& reason) { return base::fail(ContentError{file + ": " + reason}); };
  if (bytes.size() > k_region_bytes_max) return wrong("must be at most " + std::to_string(k_region_bytes_max) + " bytes");
  // The verifier and the accessors want the alignment that a caller's bytes need not have.
  const auto aligned = std::make_unique<std::uint64_t[]>(bytes.size() / sizeof(std::uint64_t) + 1);
  if (!bytes.empty()) std::memcpy(aligned.get(), bytes.data(), bytes.size());
  const auto* data = reinterpret_cast<const std::uint8_t*>(aligned.get());
  constexpr std::size_t k_header_bytes = 8;
  if (bytes.size() < k_header_bytes || !baked::RegionBufferHasIdentifier(data)) return wrong("is no region of a map");
  flatbuffers::Verifier verifier(data, bytes.size(), k_depth_max, k_tables_max);
  if (!baked::VerifyRegionBuffer(verifier)) return wrong("damaged or cut off (" + std::to_string(bytes.size()) + " bytes)");
  const baked::Region& in = *baked::GetRegion(data);
  if (in.column() >= regions_along(map.width)) return wrong("column: lies outside the map, is " + std::to_string(in.column()));
  if (in.row() >= regions_along(map.height)) return wrong("row: lies outside the map, is " + std::to_string(in.row()));
  Region out = empty_region(map, in.column(), in.row());
  if (const std::string fault = fault_of(in, out, props); !fault.empty()) return wrong(fault);
  out.blocked.assign(in.blocked()->begin(), in.blocked()->end());
  for (const std::uint8_t ground : *in.ground()) out.ground.push_back(static_cast<Ground>(ground));
  for (const baked::RegionProp* prop : *in.props()) {
    out.props.push_back({prop->prop(), {out.column * k_region_units + prop->x(), out.row * k_region_units + prop->y()}});
  }
  return out;
}

base::Result<Region, ContentError> load_region(std::span<const std::uint8_t> bytes, const Content& content, std::int32_t column,
                                               std::int32_t row) {
  const MapSpec& map = content.map();
  const std::string file = region_file(column, row);
  const std::int32_t columns = regions_along(map.width);
  if (column < 0 || row < 0 || column >= columns || row >= regions_along(map.height) || map.regions.empty()) {
    return base::fail(ContentError{file + ": the map has no such region"});
  }
  const auto index = static_cast<std::size_t>(row * columns + column);
  if (base::hash_bytes(bytes) != map.regions[index]) return base::fail(ContentError{file + ": is of another build of the game"});
  auto region = decode_region(bytes, map, content.props().size(), file);
  if (region && (region->column != column || region->row != row)) return base::fail(ContentError{file + ": is another region"});
  return region;
}

void put_region(MapSpec& map, const Region& region) {
  CUDGEL_ASSERT(region.column >= 0 && region.row >= 0 && region.column * k_region_tiles + region.width <= map.width &&
                region.row * k_region_tiles + region.height <= map.height);
  for_each_row(map, region, [&](std::ptrdiff_t in_region, std::ptrdiff_t on_map) {
    std::copy_n(region.ground.begin() + in_region, region.width, map.ground.begin() + on_map);
    std::copy_n(region.blocked.begin() + in_region, region.width, map.blocked.begin() + on_map);
  });
  const auto had = static_cast<std::ptrdiff_t>(map.props.size());
  map.props.insert(map.props.end(), region.props.begin(), region.props.end());
  std::inplace_merge(map.props.begin(), map.props.begin() + had, map.props.end(), is_before);
  if (!map.here.empty()) map.here[static_cast<std::size_t>(region.row * regions_along(map.width) + region.column)] = 1;
}

}  // namespace cudgel::content
