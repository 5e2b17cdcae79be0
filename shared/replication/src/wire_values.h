#pragma once
// From what the server knows to the schema's structs. On write, assert: whatever stands in a Picture fits the wire.

#include <string_view>

#include "base/ids.h"
#include "protocol/schema/server_generated.h"
#include "replication/track.h"
#include "sim/entity.h"
#include "sim/events.h"

namespace cudgel::replication {

protocol::Own wire_own(const sim::Entity& player);
protocol::Means wire_means(const sim::Entity& player);
protocol::Bout wire_bout(const sim::Duel& duel);
protocol::Lasting wire_effect(const sim::Effect& effect);
/// What a client that was told `own` takes for its own body `ticks` later, without being told anew.
protocol::Own moved_on(protocol::Own own, base::Tick ticks);
protocol::Motion wire_motion(const Sight& sight, base::Tick now);
protocol::Arrival wire_arrival(const Sight& sight, base::Tick now);
protocol::Happening wire_happening(const sim::Event& event, base::Tick age);
flatbuffers::Offset<protocol::Owned> write_owned(const sim::Belongings& own, flatbuffers::FlatBufferBuilder& builder);
bool is_wire_notice(std::string_view text);

}  // namespace cudgel::replication
