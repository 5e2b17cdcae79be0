#pragma once
// Rows by entity id in one piece of memory, in the order in which a frame names them: ascending by slot. A client with twenty bodies in view
// walks over all of them with every frame; a hash table keeps each elsewhere, and thousands of clients in one process then wait for memory more
// than they compute. Looking up is a binary search, a frame's arrivals are merged in one go. Knows nothing of frames.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/ids.h"

namespace cudgel::replication {

template <typename Value>
class BodyTable {
 public:
  using Row = std::pair<std::uint32_t, Value>;  ///< packed id, what is known
  using const_iterator = typename std::vector<Row>::const_iterator;
  using iterator = typename std::vector<Row>::iterator;

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  /// Ascending by slot, then by generation.
  [[nodiscard]] const_iterator begin() const { return rows_.begin(); }
  [[nodiscard]] const_iterator end() const { return rows_.end(); }
  [[nodiscard]] iterator begin() { return rows_.begin(); }
  [[nodiscard]] iterator end() { return rows_.end(); }

  /// end() when there is none.
  [[nodiscard]] const_iterator find(std::uint32_t packed) const { return find_in(rows_.begin(), rows_.end(), packed); }
  [[nodiscard]] iterator find(std::uint32_t packed) { return find_in(rows_.begin(), rows_.end(), packed); }
  [[nodiscard]] bool contains(std::uint32_t packed) const { return find(packed) != end(); }
  /// Only of one that it contains.
  [[nodiscard]] const Value& at(std::uint32_t packed) const {
    const auto found = find(packed);
    CUDGEL_ASSERT(found != end());
    return found->second;
  }

  /// Removes those for which `unwanted(packed)`, asked in order, is true.
  template <typename Unwanted>
  void remove_if(Unwanted unwanted) {
    std::erase_if(rows_, [&unwanted](const Row& row) { return unwanted(row.first); });
  }
  /// Adds rows, ascending like the table's own, none of which it contains. `more` is left empty.
  void merge(std::vector<Row>& more) {
    const auto old = static_cast<std::ptrdiff_t>(rows_.size());
    rows_.insert(rows_.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    more.clear();
    std::inplace_merge(rows_.begin(), rows_.begin() + old, rows_.end(),
                       [](const Row& a, const Row& b) { return before(a.first, b.first); });
  }

 private:
  static bool before(std::uint32_t a, std::uint32_t b) { return base::EntityId::unpack(a) < base::EntityId::unpack(b); }
  template <typename Iterator>
  static Iterator find_in(Iterator first, Iterator last, std::uint32_t packed) {
    const auto found =
        std::lower_bound(first, last, packed, [](const Row& row, std::uint32_t id) { return before(row.first, id); });
    return found != last && found->first == packed ? found : last;
  }

  std::vector<Row> rows_;
};

}  // namespace cudgel::replication
