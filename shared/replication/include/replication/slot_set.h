#pragma once
// A set of entity slots that gives them back in ascending order: what is collected cell by cell becomes sorted without sorting.
// Reused by one thread for one viewer after the other; it never allocates.

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace cudgel::replication {

class SlotSet {
 public:
  /// Without a branch, for whether something is near can be guessed by no processor.
  void insert_if(bool in, std::uint16_t slot) {
    words_[slot / k_bits] |= std::uint64_t{in} << slot % k_bits;
    used_[slot / (k_bits * k_bits)] |= std::uint64_t{in} << slot / k_bits % k_bits;
  }
  void erase(std::uint16_t slot) { words_[slot / k_bits] &= ~(std::uint64_t{1} << slot % k_bits); }
  /// Calls visit(slot) for each, ascending, and leaves the set empty.
  template <class Visit>
  void drain(Visit&& visit) {
    for (std::size_t group = 0; group < used_.size(); ++group) {
      for (; used_[group] != 0; used_[group] &= used_[group] - 1) {
        const std::size_t word = group * k_bits + lowest(used_[group]);
        for (; words_[word] != 0; words_[word] &= words_[word] - 1) {
          visit(static_cast<std::uint16_t>(word * k_bits + lowest(words_[word])));
        }
      }
    }
  }

 private:
  static constexpr std::size_t k_bits = 64;
  static constexpr std::size_t k_slots = std::size_t{UINT16_MAX} + 1;
  static std::size_t lowest(std::uint64_t word) { return static_cast<std::size_t>(std::countr_zero(word)); }

  std::array<std::uint64_t, k_slots / k_bits> words_{};
  std::array<std::uint64_t, k_slots / k_bits / k_bits> used_{};  ///< a bit for each word that may be other than zero
};

}  // namespace cudgel::replication
