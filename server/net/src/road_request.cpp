#include "net/road_request.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "net/origin.h"

namespace cudgel::net {
namespace {

constexpr int k_version_max = 9999;

template <class T>
struct Named {
  std::string_view name;
  T value;
};
constexpr std::array k_actions{Named<RoadAction>{"open", RoadAction::open}, Named<RoadAction>{"send", RoadAction::send},
                               Named<RoadAction>{"stream", RoadAction::stream}, Named<RoadAction>{"receive", RoadAction::receive},
                               Named<RoadAction>{"close", RoadAction::close}};
constexpr std::array k_kinds{Named<RoadKind>{"sse", RoadKind::sse}, Named<RoadKind>{"longpoll", RoadKind::longpoll},
                             Named<RoadKind>{"poll", RoadKind::poll}};

template <class Table>
auto find(const Table& table, std::string_view name) -> std::optional<decltype(table[0].value)> {
  const auto found = std::find_if(table.begin(), table.end(), [&](const auto& entry) { return entry.name == name; });
  if (found == table.end()) return std::nullopt;
  return found->value;
}

/// Decimal digits and nothing else.
template <class T>
std::optional<T> read_number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.front() == '-') return std::nullopt;
  return value;
}

bool is_road_id(std::string_view text) {
  return text.size() == k_road_id_digits &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

using Checked = base::Result<void, HttpRefusal>;

Checked refuse(const char* sentence) { return base::fail(HttpRefusal{400, sentence}); }

Checked read_open(const HttpRequest& request, RoadRequest& road) {
  const auto kind = find(k_kinds, request.header("cudgel-kind"));
  if (!kind) return refuse("cudgel-kind must be sse, longpoll or poll");
  const auto version = read_number<int>(request.header("cudgel-version"));
  if (!version || *version < 1 || *version > k_version_max) return refuse("cudgel-version must be 1 to 9999");
  road.kind = *kind;
  road.version = *version;
  return {};
}

Checked read_batch_number(const HttpRequest& request, RoadRequest& road) {
  const auto number = read_number<std::uint32_t>(request.header("cudgel-number"));
  if (!number || *number == 0) return refuse("cudgel-number must be the number of the batch, from 1");
  road.number = *number;
  return {};
}

Checked read_got(const HttpRequest& request, RoadRequest& road) {
  const auto got = read_number<std::uint32_t>(request.header("cudgel-got"));
  if (!got) return refuse("cudgel-got must be the number of the last answer");
  road.got = *got;
  return {};
}

Checked read_rest(const HttpRequest& request, std::string_view body, RoadRequest& road) {
  if (road.action == RoadAction::open) {
    if (!body.empty()) return refuse("this request has no body");
    return read_open(request, road);
  }
  road.id = request.header("cudgel-road");
  if (!is_road_id(road.id)) return refuse("cudgel-road must be the id that /road/open answered");
  if (road.action == RoadAction::send && body.empty()) return refuse("the body must be a batch");
  const bool takes_body = road.action == RoadAction::send || road.action == RoadAction::receive;
  if (!takes_body && !body.empty()) return refuse("this request has no body");
  if (!body.empty()) {
    if (auto read = read_batch_number(request, road); !read) return read;
  }
  return road.action == RoadAction::receive ? read_got(request, road) : Checked();
}

}  // namespace

std::size_t road_thread(std::string_view id) {
  std::size_t thread = 0;
  std::from_chars(id.data(), id.data() + k_road_thread_digits, thread, 16);
  return thread;
}

bool is_road_request(const HttpRequest& request) { return request.path.starts_with(k_road_prefix); }

base::Result<RoadRequest, HttpRefusal> read_road_request(const HttpRequest& request, std::string_view body,
                                                         const std::vector<std::string>& allow_origins) {
  const auto action = find(k_actions, request.path.substr(k_road_prefix.size()));
  if (!action) return base::fail(HttpRefusal{404, "the roads are open, send, stream, receive and close"});
  if (!origin_allowed(request, allow_origins)) {
    return base::fail(HttpRefusal{403, "this page may not connect: its origin is not allowed here (see --allow-origin)"});
  }
  RoadRequest road;
  road.action = *action;
  if (auto read = read_rest(request, body, road); !read) return base::fail(std::move(read.error()));
  road.body.assign(body.begin(), body.end());
  return road;
}

}  // namespace cudgel::net
