#pragma once
// Every limit of the wire in one place, with its unit and what depends on it. The same on both sides.

#include <cstddef>
#include <cstdint>

namespace cudgel::protocol {

/// The WebSocket subprotocol this build speaks. Raise the number when either schema changes in a way old peers cannot read.
inline constexpr int k_version = 6;
inline constexpr const char* k_subprotocol = "cudgel.6";
/// What every version also offers, so that a server of another version can accept the socket and say in words what is wrong.
inline constexpr const char* k_subprotocol_any = "cudgel";

inline constexpr std::size_t k_client_message_bytes_max = 4096;  ///< a larger message closes the connection (1009)
inline constexpr std::size_t k_server_frame_bytes_max = 65536;   ///< a frame is cut to fit; what was left out follows in the next
inline constexpr std::size_t k_acts_per_message_max = 16;
inline constexpr std::size_t k_view_tiles = 16;                ///< what a player sees in every direction (Chebyshev)
inline constexpr std::size_t k_happenings_per_frame_max = 64;  ///< own and nearest are kept
inline constexpr std::size_t k_arrivals_per_frame_max = 256;   ///< own fights and nearest first; the rest follow
inline constexpr std::size_t k_notice_bytes_max = 512;
inline constexpr std::size_t k_notes_per_frame_max = 16;  ///< Welcome, notices, requests and answers together
/// Of the secret that a character is known by across connections.
inline constexpr std::size_t k_token_bytes = 32;
inline constexpr std::size_t k_known_max = 8192;  ///< what one viewer can hold; more wait until there is room

/// Requests of one side that have no answer yet: one more is refused by the asker, and closes the connection (4004) if it is sent.
inline constexpr std::size_t k_requests_under_way_max = 8;
inline constexpr std::size_t k_requests_per_frame_max = 1;  ///< a frame asks and answers one each: 20 a second both ways
inline constexpr std::size_t k_answers_per_frame_max = 1;
inline constexpr std::size_t k_trades_per_frame_max = 1;  ///< likewise of Trade, and of Party
inline constexpr std::size_t k_people_max = 100;          ///< in Here
inline constexpr std::size_t k_ranks_max = 10;            ///< in Strongest
inline constexpr std::size_t k_failure_bytes_max = 128;
/// Of what a player says.
inline constexpr std::size_t k_speech_characters_max = 120;
inline constexpr std::size_t k_speech_bytes_max = 480;
inline constexpr int k_round_trip_ms_max = 60000;  ///< of HowItIs; who measures more says this
inline constexpr int k_interpolation_delay_ms_max = 10000;
inline constexpr int k_frames_per_s_max = 1000;

/// How many values the wire's enums have; the protocol does not know the sim, replication checks that they agree.
inline constexpr int k_wire_kinds = 6;  ///< sim::Kind; 0 is nobody and never sent
inline constexpr int k_wire_kind_player = 1;
inline constexpr int k_wire_kind_thing = 4;
inline constexpr int k_wire_kind_summoned = 5;
inline constexpr int k_wire_actions = 4;       ///< sim::Action
inline constexpr int k_wire_event_types = 14;  ///< sim::EventType
inline constexpr int k_wire_facings = 8;
inline constexpr int k_wire_deed_types = 23;   ///< sim::DeedType
inline constexpr int k_wire_verdicts = 38;     ///< sim::Verdict
inline constexpr int k_wire_trade_stages = 4;  ///< sim::TradeView::Stage
inline constexpr std::size_t k_wire_offers_max = 12;
inline constexpr std::size_t k_wire_bag_cells = 40;
inline constexpr std::size_t k_wire_party_max = 5;
inline constexpr std::size_t k_wire_invitations_max = 4;
inline constexpr std::size_t k_wire_cells = 85;  ///< sim::k_cells: bag, worn, bank
inline constexpr std::uint32_t k_wire_gold_max = 1000000000;
inline constexpr int k_wire_duel_stages = 5;  ///< sim::DuelStage
inline constexpr int k_heading_max = 64;      ///< 0 stands, 1..64 turn once around
/// Act.view_age is told in these parts of a tick, and at most as 200 ms at 60 ticks a second.
inline constexpr int k_view_age_parts = 16;
inline constexpr int k_view_age_max = 192;
inline constexpr std::uint32_t k_wire_experience_max = 1000000;
inline constexpr int k_wire_skills = 4;         ///< of a class
inline constexpr int k_wire_effect_kinds = 10;  ///< content::EffectKind
inline constexpr int k_wire_zones = 64;         ///< of a map, content::k_zones
inline constexpr int k_wire_orders = 3;         ///< sim::Order
inline constexpr int k_wire_summoned = 9;       ///< content::k_summoned_max
inline constexpr std::size_t k_wire_effects_max = 8;
/// Largest coordinate of a map of 1024 tiles, in units (1/256 tile).
inline constexpr int k_position_units_max = 1024 * 256;

/// Application close codes (4000-4999) beside the standard ones; every close carries a reason in words.
enum class CloseCode : std::uint16_t {
  normal = 1000,
  going_away = 1001,  ///< the server ends or restarts
  protocol_error = 1002,
  unsupported_data = 1003,  ///< a text message
  invalid_payload = 1007,
  policy = 1008,
  too_big = 1009,
  internal_error = 1011,
  try_later = 1013,      ///< the realm is full
  wrong_version = 4001,  ///< reload the page
  malformed = 4002,      ///< bytes that are no message of ours, or a field out of range
  too_early = 4003,      ///< Acts before Hello, Hello twice
  too_often = 4004,      ///< above the rate limit for too long
  hello_timeout = 4005,  ///< no Hello in time
  wrong_content = 4006,  ///< other content.bin: reload the page
  unresponsive = 4007,   ///< a reader that took nothing for 15 s; who answers no ping is cut without a code
  unwatchable = 4009,    ///< whom a Watch names is not here, or not to be watched, or no more
  only_watching = 4010,  ///< a watcher said anything but Bye
  replaced = 4008,       ///< the same character is spoken for by another connection now
};

}  // namespace cudgel::protocol
