// What the core concludes. Decisions are data: the shell stores them, sends them, shows them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/model/alert.hpp"

namespace anju {

/// An alert was raised (`from` empty), moved, or stayed where it is (`from` equals its state) and
/// gained evidence that somebody should see.
struct AlertChanged {
    Alert alert;                     ///< as it is now
    std::optional<AlertState> from;  ///< state before; nullopt = just raised
    friend bool operator==(const AlertChanged&, const AlertChanged&) = default;
};

/// Numbers equal those of anju.v1.DeviceEvent.Health.
enum class DeviceHealth : std::uint8_t {
    ok = 1,
    stale = 2,    ///< silent for too long: proves nothing any more
    offline = 3,  ///< unreachable, or silent though it is there to protect
    faulty = 4,   ///< speaks, and says that it cannot do its work
};

struct DeviceHealthChanged {
    DeviceId device;
    DeviceHealth health{};
    friend bool operator==(const DeviceHealthChanged&, const DeviceHealthChanged&) = default;
};

enum class CommandStatus : std::uint8_t { applied = 1, already = 2, refused = 3, expired = 4 };

/// The answer to an AlertCommand.
struct CommandAnswered {
    std::string command_id;
    CommandStatus status{};
    std::string text;  ///< for people, English; empty when applied
    friend bool operator==(const CommandAnswered&, const CommandAnswered&) = default;
};

struct Decision {
    HouseholdId household;   ///< empty for an answer that concerns no known household
    std::uint64_t number{};  ///< 1, 2, 3 … within the household; 0 where household is empty
    Instant at{};            ///< when it became true: a due time or the time of the input
    std::variant<AlertChanged, DeviceHealthChanged, CommandAnswered> what;
    friend bool operator==(const Decision&, const Decision&) = default;
};

using Decisions = std::vector<Decision>;

}  // namespace anju
