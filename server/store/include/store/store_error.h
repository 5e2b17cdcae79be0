#pragma once
// What a store says when it cannot do what it was asked.

#include <string>

namespace cudgel::store {

struct StoreError {
  std::string text;  ///< names the file and what to do
};

}  // namespace cudgel::store
