// Edge nodes and devices that speak Sparkplug B (Eclipse Sparkplug Specification 3.0).
//
//   spBv1.0/{group}/NBIRTH|NDATA|NDEATH/{node} spBv1.0/{group}/DBIRTH|DDATA|DDEATH/{node}/{device}
//
// Address: "{group}/{node}" or "{group}/{node}/{device}". A BIRTH says online, a DEATH offline; the
// NDEATH of a node does for all devices that were born since, unless its bdSeq belongs to an
// earlier session. The values of the metrics, by name, are read by the device's profile: no name is
// fixed by the standard. Metrics of different times in one message are read apart, each with its
// time; a historical value is marked quality::late, for it says nothing about the present. What
// follows an alias that no BIRTH has explained is Problem "alias_unknown": the node must be asked
// for a rebirth (metric "Node Control/Rebirth"), which this gateway, only listening, does not do by
// itself.
#pragma once

#include "drivers/driver.hpp"

namespace anju::drivers::sparkplug {

/// Errors: "topic_malformed" "payload_too_large" (envelope), "not_protobuf" "too_many_metrics"
/// (payload).
[[nodiscard]] DecodeResult decode(const Message& message, DriverState& state);
/// A BIRTH names everything its node has.
[[nodiscard]] std::size_t max_payload(const Message& message);
[[nodiscard]] std::vector<SupportedDevice> supported();

}  // namespace anju::drivers::sparkplug
