#pragma once
// Whom the realm asks to tell everybody in the world something, in words: that a boss has come, that it fell. The realm does not know
// how words travel.

#include <string>

namespace cudgel::realm {

class Crier {
 public:
  virtual ~Crier() = default;
  /// `words` as protocol's Notice wants them. Called on the realm's thread, rarely; must not wait for network or disk.
  virtual void cry(const std::string& words) = 0;
};

}  // namespace cudgel::realm
