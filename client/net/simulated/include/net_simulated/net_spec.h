#pragma once
// How bad a simulated network is, as people write it: "delay=100,jitter=80,stall=2s/30s,cut=60s". Durations are numbers of
// milliseconds, or carry a unit (ms, s). What is wrong is named together with what would be right.

#include <string>
#include <string_view>

#include "base/result.h"

namespace cudgel::net {

struct NetSpec {
  double delay_ms = 0;            ///< one way, 0..5000
  double jitter_ms = 0;           ///< each message takes delay +- this much, evenly spread, 0..delay; order is kept
  double stall_ms = 0;            ///< nothing arrives in either direction for so long, 0..60000; 0: never
  double stall_every_ms = 30000;  ///< from the begin of a stall to the begin of the next, above stall_ms, at most an hour
  double cut_every_ms = 0;        ///< a connection is lost after half to one and a half times this, 1000..an hour; 0: never
};

/// "" is a perfect network. Each key at most once, in any order.
base::Result<NetSpec, std::string> parse_net_spec(std::string_view text);

}  // namespace cudgel::net
