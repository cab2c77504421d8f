// What BIRTH and DATA messages say.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "drivers/driver.hpp"
#include "drivers/event_time.hpp"
#include "drivers/sparkplug/topic.hpp"
#include "sparkplug_b/sparkplug_b.pb.h"

namespace anju::drivers::sparkplug {

/// Learns what a BIRTH explains, then reads the values.
[[nodiscard]] std::vector<Decoded> read_metrics(const Message& message, const Topic& topic,
                                                const sparkplug_b::Payload& payload,
                                                DriverState& state);

/// bdSeq of an NBIRTH or NDEATH.
[[nodiscard]] std::optional<std::uint64_t> session_of(const sparkplug_b::Payload& payload);

/// When the message was made.
[[nodiscard]] EventTime time_of(const sparkplug_b::Payload& payload);

}  // namespace anju::drivers::sparkplug
