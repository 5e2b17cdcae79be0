#include "ops/player_metrics.h"

#include <fmt/format.h>

#include <iterator>

#include "metrics_text.h"

namespace cudgel::ops {

void PlayerMetrics::render(std::string& text) const {
  head(text, "cudgel_player_round_trip_seconds",
       "Round trips as the players' clients measure them, the wait for the tick included", "histogram");
  for (std::size_t i = 0; i < k_roads.size(); ++i) {
    round_trip[i].render(text, "cudgel_player_round_trip_seconds", fmt::format("transport=\"{}\"", k_roads[i]).c_str());
  }
  head(text, "cudgel_player_stalls_total", "Times that a player's client heard nothing for more than 250 ms", "counter");
  for (std::size_t i = 0; i < k_roads.size(); ++i) {
    fmt::format_to(std::back_inserter(text), "cudgel_player_stalls_total{{transport=\"{}\"}} {}\n", k_roads[i],
                   stalls[i].value());
  }
  head(text, "cudgel_player_interpolation_delay_seconds", "How far in the past players see each other", "histogram");
  interpolation_delay.render(text, "cudgel_player_interpolation_delay_seconds");
  head(text, "cudgel_player_frames_per_second", "Display frames a second at the players' screens", "histogram");
  frames_per_s.render(text, "cudgel_player_frames_per_second");
  head(text, "cudgel_player_questions_total", "Questions to players' clients how the game runs, by what became of them",
       "counter");
  for (std::size_t i = 0; i < k_outcomes.size(); ++i) {
    fmt::format_to(std::back_inserter(text), "cudgel_player_questions_total{{outcome=\"{}\"}} {}\n", k_outcomes[i],
                   outcomes[i].value());
  }
}

}  // namespace cudgel::ops
