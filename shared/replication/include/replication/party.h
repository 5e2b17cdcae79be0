#pragma once
// What a player is told of its party, and how that and a bargain travel: values of the wire, so that what is told twice is told the same.

#include <cstdint>
#include <vector>

#include "base/fixed.h"
#include "base/fixed_text.h"
#include "base/ids.h"
#include "protocol/schema/server_generated.h"
#include "sim/entity.h"
#include "sim/together.h"

namespace cudgel::replication {

struct PublishedPlayer;

struct PartyView {
  struct Mate {
    base::EntityId id;
    base::PlayerName name;
    std::uint16_t x = 0;  ///< 1/64 tile
    std::uint16_t y = 0;
    std::uint16_t health_max = 0;
    std::uint16_t level = 1;
    std::uint8_t health = 255;  ///< 255 is whole, 0 dead
    std::uint8_t class_index = 0;
    bool away = false;  ///< the connection is lost, the body waits
    friend bool operator==(const Mate&, const Mate&) = default;
  };
  struct Inviter {
    base::EntityId id;
    base::PlayerName name;
    friend bool operator==(const Inviter&, const Inviter&) = default;
  };
  std::vector<Mate> mates;  ///< the first leads; none or at least two
  std::vector<Inviter> invited_by;
  friend bool operator==(const PartyView&, const PartyView&) = default;
};

/// What of a player is told to its mates.
PartyView::Mate mate_of(const PublishedPlayer& player, bool away);

flatbuffers::Offset<protocol::Trade> write(const sim::TradeView& view, flatbuffers::FlatBufferBuilder& builder);
flatbuffers::Offset<protocol::Party> write(const PartyView& view, flatbuffers::FlatBufferBuilder& builder);
/// No more bytes than this do they take in a frame.
inline constexpr std::size_t k_trade_bytes_max = 512;
inline constexpr std::size_t k_party_bytes_max = 1280;

/// What a note says; it has been let through by protocol::FrameReader.
sim::TradeView trade_by(const protocol::Trade& trade);
PartyView party_by(const protocol::Party& party);

}  // namespace cudgel::replication
