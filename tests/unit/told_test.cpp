// Goal: whatever the server refuses or announces has words in every language, and reaches the player in his. Method: all values of all enums that are
// told, against assets/text; notices in the game's own content in, words out; all that F3 can say of what went wrong.

#include "play/told.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "common/baked_content.h"
#include "play/diagnosis.h"
#include "play/goods.h"
#include "protocol/sentences.h"
#include "sim/deeds.h"
#include "sim/walker.h"

namespace cudgel::game {
namespace {

using Texts = std::map<std::string, std::string>;

Texts texts_of(const std::string& language) {
  const char* const root = std::getenv("CUDGEL_SOURCE_DIR");
  std::ifstream file((root == nullptr ? std::string(".") : std::string(root)) + "/assets/text/" + language + ".json");
  EXPECT_TRUE(file) << "assets/text/" << language << ".json is not there";
  return nlohmann::json::parse(file).get<Texts>();
}

Words words_in(const std::string& language) {
  std::string lines;
  for (const auto& [key, text] : texts_of(language)) lines += key + "\t" + text + "\n";
  Words words;
  words.set(lines);
  return words;
}

/// Everything that a player can be told by a number or by a sentence that has a key.
std::vector<std::string> keys_told() {
  std::vector<std::string> keys;
  for (int i = 1; i < sim::k_verdicts; ++i) keys.push_back(std::string("deed.") + verdict_key(static_cast<std::uint8_t>(i)));
  for (int i = 1; i < sim::k_refusals; ++i) keys.push_back("refusal." + std::to_string(i));
  using Kind = protocol::RequestFailure::Kind;
  for (const Kind kind : {Kind::timeout, Kind::disconnected})
    keys.push_back("failure." + std::string(failure_key({kind, {}, ""})));
  for (int i = 0; i < protocol::k_refusal_codes; ++i) {
    keys.push_back("failure." + std::string(failure_key({Kind::refused, static_cast<protocol::RefusalCode>(i), ""})));
  }
  for (int i = 0; i < protocol::k_sentences; ++i) keys.emplace_back(protocol::key_of(static_cast<protocol::Sentence>(i)));
  for (const sim::Verdict why : {sim::Verdict::done, sim::Verdict::declined, sim::Verdict::dead, sim::Verdict::too_far,
                                 sim::Verdict::gone, sim::Verdict::late}) {
    keys.push_back(std::string("trade.over.") + verdict_key(static_cast<std::uint8_t>(why)));
  }
  for (const content::MonsterSpec& spec : test::baked_content().monsters()) {
    if (!spec.appears.empty()) keys.push_back("appears." + spec.body.name);
    if (!spec.falls.empty()) keys.push_back("falls." + spec.body.name);
  }
  return keys;
}

TEST(Told, every_refusal_and_announcement_has_words_in_both_languages) {
  const Texts english = texts_of("en");
  const Texts chinese = texts_of("zh");
  const std::vector<std::string> keys = keys_told();
  EXPECT_GT(keys.size(), 80U);
  for (const std::string& key : keys) {
    ASSERT_TRUE(english.contains(key)) << key << " is missing in assets/text/en.json";
    ASSERT_TRUE(chinese.contains(key)) << key << " is missing in assets/text/zh.json";
    EXPECT_NE(english.at(key), chinese.at(key)) << key << " is not translated";
  }
}

TEST(Told, every_failure_has_a_key_of_its_own) {
  std::map<std::string_view, int> seen;
  for (int i = 0; i < protocol::k_refusal_codes; ++i) {
    ++seen[failure_key({protocol::RequestFailure::Kind::refused, static_cast<protocol::RefusalCode>(i), ""})];
  }
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(protocol::k_refusal_codes));
}

TEST(Told, announcements_of_the_content_are_the_same_words_in_english) {
  const Words english = words_in("en");
  for (const content::MonsterSpec& spec : test::baked_content().monsters()) {
    if (!spec.appears.empty()) {
      EXPECT_EQ(english.word("appears." + spec.body.name, ""), spec.appears);
      EXPECT_EQ(notice_words(spec.appears, test::baked_content(), english), spec.appears);
    }
    EXPECT_EQ(english.word("falls." + spec.body.name, ""), spec.falls);
  }
}

TEST(Told, notices_come_in_the_player_s_language_with_the_name_of_who_did_it) {
  const Words chinese = words_in("zh");
  const auto told = [&](const std::string& notice) { return notice_words(notice, test::baked_content(), chinese); };
  EXPECT_EQ(told("Welcome back."), "欢迎回来。");
  EXPECT_EQ(told("The goblin chief has taken his seat among the standing stones."), "哥布林酋长在立石之间就座了。");
  EXPECT_EQ(told("The goblin chief is dead, and <b>人</b> stood over him."), "哥布林酋长死了，倒在<b>人</b>的脚下。");
  EXPECT_EQ(told("The goblin chief is dead, and {killer} stood over him."), "哥布林酋长死了，倒在{killer}的脚下。")
      << "one may be called that";
  EXPECT_EQ(told("The goblin chief is dead, and somebody who has left stood over him."),
            "哥布林酋长死了，倒在一个已经离开的人的脚下。");
  EXPECT_EQ(told("The host says hello."), "The host says hello.") << "what has no key stays as it was said";
  EXPECT_EQ(told("The goblin chief is dead, and "), "The goblin chief is dead, and ");
}

TEST(Told, every_disturbance_is_told_in_both_languages) {
  const Words english = words_in("en");
  const Words chinese = words_in("zh");
  for (const Trouble trouble : {Trouble::stalled, Trouble::held_back, Trouble::lost, Trouble::tick_late, Trouble::slow}) {
    for (const int times : {1, 2, 5}) {
      for (const double ms : {400.0, 12000.0}) {
        const Disturbance one{trouble, 0, ms, ms, times};
        EXPECT_EQ(words_of(one, english), words_of(one, Words{})) << "assets/text/en.json and the code differ";
        const std::string told = words_of(one, chinese);
        EXPECT_TRUE(std::none_of(told.begin(), told.end(), [](char c) { return (c >= 'A' && c <= 'z'); })) << told;
        EXPECT_NE(told.find(ms < 1000 ? "400 毫秒" : "12 秒"), std::string::npos) << told;
      }
    }
  }
  EXPECT_EQ(words_of({Trouble::stalled, 0, 0, 400, 2}, chinese), "你的网络停了两次，最长 400 毫秒");
}

TEST(Told, without_words_the_server_s_own_stay) {
  const std::string falls = "The goblin chief is dead, and Ann stood over him.";
  EXPECT_EQ(notice_words(falls, test::baked_content(), Words{}), falls);
  EXPECT_EQ(notice_words("Welcome back.", test::baked_content(), Words{}), "Welcome back.");
}

}  // namespace
}  // namespace cudgel::game
