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

TokenHash hash_of(const protocol::Token& token) {
  TokenHash hash;
  crypto_generichash(hash.data(), hash.size(), token.data(), token.size(), nullptr, 0);
  return hash;
}

}  // namespace cudgel::session
