#include "ops/histogram.h"

#include <fmt/format.h>

#include <iterator>

namespace cudgel::ops {

void Histogram::count(std::int64_t value) {
  std::size_t bucket = 0;
  while (bucket < scale_.bounds.size() && value > scale_.bounds[bucket]) ++bucket;
  buckets_[bucket].fetch_add(1, std::memory_order_relaxed);
  sum_.fetch_add(static_cast<std::uint64_t>(value < 0 ? 0 : value), std::memory_order_relaxed);
}

void Histogram::render(std::string& text, const char* name, const char* labels) const {
  auto out = std::back_inserter(text);
  const bool labelled = *labels != '\0';
  const char* comma = labelled ? "," : "";
  const auto per_unit = static_cast<double>(scale_.per_unit);
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < scale_.bounds.size(); ++i) {
    below += buckets_[i].load(std::memory_order_relaxed);
    fmt::format_to(out, "{}_bucket{{{}{}le=\"{:g}\"}} {}\n", name, labels, comma,
                   static_cast<double>(scale_.bounds[i]) / per_unit, below);
  }
  below += buckets_.back().load(std::memory_order_relaxed);
  fmt::format_to(out, "{}_bucket{{{}{}le=\"+Inf\"}} {}\n", name, labels, comma, below);
  const std::string braced = labelled ? fmt::format("{{{}}}", labels) : std::string();
  fmt::format_to(out, "{}_sum{} {:.6f}\n{}_count{} {}\n", name, braced,
                 static_cast<double>(sum_.load(std::memory_order_relaxed)) / per_unit, name, braced, below);
}

}  // namespace cudgel::ops
