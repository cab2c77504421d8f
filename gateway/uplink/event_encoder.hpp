// Decisions as the district reads them (docs/protocol/district.md). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/decision.hpp"
#include "runtime/ports.hpp"

namespace anju::uplink {

/// Alerts of P1 and P2 and answers to commands go on the alarm lane, the rest on bulk. Nothing
/// that the core decides today stays on the box.
[[nodiscard]] std::optional<Lane> lane_of(const Decision& decision);

/// Serialized DistrictUplink with a DistrictEvent. Carries identifiers, never a name of a person.
[[nodiscard]] std::string encode_event(std::string_view gateway_id, const Decision& decision,
                                       Lane lane, const Envelope& envelope);

/// Serialized DistrictUplink with a DistrictEvent of the bulk lane: how the box does.
[[nodiscard]] std::string encode_box(std::string_view gateway_id, const BoxHealth& health,
                                     BoxCause cause, const BoxWarnings& warnings,
                                     const Envelope& envelope);

/// Serialized DistrictUplink that explains why a number has no event any more.
[[nodiscard]] std::string encode_tombstone(std::string_view gateway_id, Lane lane,
                                           const Envelope& envelope, std::string_view reason);

/// "{gateway_id}/{epoch}/{lane}/{seq}", lane as "alarm" or "bulk".
[[nodiscard]] std::string event_id(std::string_view gateway_id, Lane lane,
                                   const Envelope& envelope);

/// "alarm" or "bulk".
[[nodiscard]] std::string_view lane_name(Lane lane);

}  // namespace anju::uplink
