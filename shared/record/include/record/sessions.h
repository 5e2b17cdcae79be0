#pragma once
// What each player of a recording did, for somebody who wants to do it again elsewhere: bots that put a recorded evening's load on a
// server. Only what does not depend on the recorded world is kept: whom a blow was meant for is not.

#include <string>
#include <vector>

#include "record/recording.h"

namespace cudgel::record {

struct SessionAct {
  base::Tick after = 0;  ///< ticks after the player came
  std::uint8_t heading = 0;
  bool attack = false;
};

/// One player from coming to leaving, or to the end of the recording.
struct PlayerSession {
  std::uint8_t class_index = 0;
  base::Tick joined = 0;  ///< ticks after the recording began
  base::Tick length = 0;  ///< ticks
  std::vector<SessionAct> acts;
};

struct SessionList {
  std::int32_t tick_hz = 20;
  base::Tick ticks = 0;                ///< of the whole recording
  std::vector<PlayerSession> players;  ///< in the order in which they came
};

/// Steps through the whole recording, because only the world knows who a join became. Errors: of the Reader, other content.
base::Result<SessionList, ReadError> collect_sessions(std::span<const std::uint8_t> recording, const content::Content& content);

}  // namespace cudgel::record
