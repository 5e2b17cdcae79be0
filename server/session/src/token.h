#pragma once
// Secrets and their fingerprints, by libsodium.

#include "session/residents.h"

namespace cudgel::session {

protocol::Token new_token();
/// One-way: who reads it cannot make the token from it.
TokenHash hash_of(const protocol::Token& token);
/// For a character; never 0.
std::uint64_t random_id();

}  // namespace cudgel::session
