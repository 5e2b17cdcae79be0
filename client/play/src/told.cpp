#include "play/told.h"

#include <optional>

#include "protocol/sentences.h"

namespace cudgel::game {
namespace {

/// The name that stands in `notice` where `pattern` has the killer's mark; nothing when that is another sentence.
std::optional<std::string_view> killer_in(std::string_view notice, std::string_view pattern) {
  const std::size_t mark = pattern.find(content::k_killer_mark);
  if (mark == std::string_view::npos) return notice == pattern ? std::optional(std::string_view()) : std::nullopt;
  const std::string_view before = pattern.substr(0, mark);
  const std::string_view after = pattern.substr(mark + content::k_killer_mark.size());
  if (notice.size() < before.size() + after.size() || !notice.starts_with(before) || !notice.ends_with(after))
    return std::nullopt;
  return notice.substr(before.size(), notice.size() - before.size() - after.size());
}

}  // namespace

std::string_view failure_key(const protocol::RequestFailure& failure) {
  switch (failure.kind) {
    case protocol::RequestFailure::Kind::timeout:
      return "timeout";
    case protocol::RequestFailure::Kind::disconnected:
      return "disconnected";
    case protocol::RequestFailure::Kind::refused:
      break;
  }
  switch (failure.code) {
    case protocol::RefusalCode::busy:
      return "busy";
    case protocol::RefusalCode::too_often:
      return "too_often";
    case protocol::RefusalCode::not_now:
      return "not_now";
    case protocol::RefusalCode::nobody:
      return "nobody";
    case protocol::RefusalCode::several:
      return "several";
    case protocol::RefusalCode::no_party:
      return "no_party";
  }
  return "not_now";
}

std::string_view message_key(std::string_view message) { return protocol::key_of_words(message); }

std::string notice_words(const std::string& notice, const content::Content& content, const Words& words) {
  if (const std::string_view key = protocol::key_of_words(notice); !key.empty()) return words.word(key, notice);
  for (const content::MonsterSpec& spec : content.monsters()) {
    if (!spec.appears.empty() && notice == spec.appears) return words.word("appears." + spec.body.name, notice);
    if (spec.falls.empty()) continue;
    const auto killer = killer_in(notice, spec.falls);
    const std::string key = "falls." + spec.body.name;
    if (!killer || words.word(key, "").empty()) continue;
    return words.filled(key, notice,
                        {{"killer", *killer == content::k_killer_left ? words.word("killer.left", content::k_killer_left)
                                                                      : std::string(*killer)}});
  }
  return notice;
}

}  // namespace cudgel::game
