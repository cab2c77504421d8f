// What the runtime says to the world outside, after it has committed.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/decision.hpp"
#include "core/input.hpp"
#include "runtime/box_health.hpp"
#include "runtime/clock.hpp"
#include "runtime/journal.hpp"
#include "runtime/notice.hpp"

namespace anju {

/// Towards the sensors of the home. Never blocks; a lost message is made good by the sensor's
/// repetition.
class SensorLink {
public:
    virtual ~SensorLink() = default;
    virtual void send(std::string topic, std::string payload) = 0;
};

/// Numbers and facts an event is wrapped in.
struct Envelope {
    std::uint64_t epoch{};
    std::uint64_t seq{};
    Instant recorded{};
    ClockState clock = ClockState::unsynchronised;
};

/// Towards the district platform.
class District {
public:
    virtual ~District() = default;
    /// Which lane a decision goes up on; nullopt: it stays on the box. Pure.
    [[nodiscard]] virtual std::optional<Lane> lane_of(const Decision& decision) const = 0;
    /// The decision as it goes on the wire. Pure.
    [[nodiscard]] virtual std::string encode(const Decision& decision, Lane lane,
                                             const Envelope& envelope) const = 0;
    /// How the box does, as it goes on the wire, on the bulk lane. Pure.
    [[nodiscard]] virtual std::string encode(const BoxHealth& health, BoxCause cause,
                                             const BoxWarnings& warnings,
                                             const Envelope& envelope) const = 0;
    /// These events are on disk, in order: send them. Never blocks.
    virtual void committed(std::span<const OutboxEvent> events) = 0;
};

/// Towards people.
class Notifier {
public:
    virtual ~Notifier() = default;
    /// Who is to be told of these decisions, and how; without ids. They are written in the same
    /// transaction. `now` is the engine's.
    [[nodiscard]] virtual std::vector<Notice> notices_of(std::span<const Decision> decisions,
                                                         Instant now) = 0;
    /// These are on disk: send them. At the start, those that were left. Never blocks.
    virtual void committed(std::vector<Notice> notices) = 0;
    /// At the start: channels of which an alert is open, one for each community.
    virtual void resume(std::span<const ChannelHealth> failing) = 0;
};

}  // namespace anju
