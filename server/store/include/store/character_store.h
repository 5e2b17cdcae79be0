#pragma once
// Where characters are kept. The secret that its player's browser holds is the account: a character is found by the token's hash, and
// by nothing else. Part of Store; the same contract tests hold for all (tests/server/store_contract_test.cpp).

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/fixed_text.h"
#include "base/result.h"
#include "store/store_error.h"

namespace cudgel::store {

using TokenHash = std::array<std::uint8_t, 32>;

/// What opens a character. Each use brings a new token; the one before stays good until the client has shown that it holds the new one.
struct TokenKeys {
  TokenHash newest{};
  std::optional<TokenHash> before;
};

/// Cells that a character can have filled, at most.
inline constexpr std::size_t k_goods_max = 256;

/// Some of one item, in one of the places where things can be; what the numbers of the places mean is the realm's business.
struct Goods {
  std::uint8_t cell = 0;
  std::uint16_t count = 0;
  std::string item;  ///< content's name for it
  friend bool operator==(const Goods&, const Goods&) = default;
};

/// Who somebody is, whatever body it has just now.
struct Character {
  std::uint64_t id = 0;  ///< random, never 0
  base::PlayerName name;
  std::string class_name;  ///< content's name for it: its index may change with the content
  std::uint64_t map =
      0;  ///< which map the place is on, 0: the content's, else an arena's side; on another one the place means nothing
  std::int32_t x = 0;       ///< 1/256 tiles
  std::int32_t y = 0;       ///< 1/256 tiles
  std::int32_t health = 0;  ///< points; 0 and below: it fell
  std::int32_t level = 1;
  std::int32_t experience = 0;  ///< points since that level
  std::int32_t gold = 0;        ///< carried
  std::int32_t bank_gold = 0;
  std::uint32_t revision = 0;  ///< of what it owns: raised by each change
  std::vector<Goods> goods;    ///< ascending by cell
  std::uint32_t duel_wins = 0;
  friend bool operator==(const Character&, const Character&) = default;
};

/// What everybody may know of a character.
struct Rank {
  base::PlayerName name;
  std::string class_name;
  std::int32_t level = 1;
  std::int32_t experience = 0;  ///< points since that level
  std::uint32_t duel_wins = 0;
  friend bool operator==(const Rank&, const Rank&) = default;
};

class CharacterStore {
 public:
  virtual ~CharacterStore() = default;
  /// A new one. An error when its id or a key is there already.
  virtual base::Result<void, StoreError> create(const Character& character, const TokenKeys& keys) = 0;
  /// From now on opened by these keys alone. An error when there is no such character.
  virtual base::Result<void, StoreError> rotate(std::uint64_t id, const TokenKeys& keys) = 0;
  /// Whom that key opens, the newest or the one before; nothing when nobody.
  virtual base::Result<std::optional<Character>, StoreError> find(const TokenHash& key) = 0;
  /// The newest state of characters that were created: all of them or, on an error, none. An unknown id is left out.
  virtual base::Result<void, StoreError> keep(std::span<const Character> characters) = 0;
  /// The first `count` by level, then experience, then id; a name that is too long for one is left out.
  virtual base::Result<std::vector<Rank>, StoreError> strongest(std::size_t count) = 0;
};

}  // namespace cudgel::store
