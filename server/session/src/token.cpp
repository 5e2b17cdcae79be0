#include "token.h"

#include <sodium.h>

#include "base/assert.h"

namespace cudgel::session {

protocol::Token new_token() {
  // Cheap after the first time, and safe from any thread.
  CUDGEL_ASSERT(sodium_init() >= 0);
  protocol::Token token;
  randombytes_buf(token.data(), token.size());
  return token;
}

std::uint64_t random_id() {
  CUDGEL_ASSERT(sodium_init() >= 0);
  std::uint64_t id = 0;
  while (id == 0) randombytes_buf(&id, sizeof id);
  return id;
}

TokenHash hash_of(const protocol::Token& token) {
  TokenHash hash;
  crypto_generichash(hash.data(), hash.size(), token.data(), token.size(), nullptr, 0);
  return hash;
}

}  // namespace cudgel::session
