// Plays a recorded home to the engine as a live gateway would: rows become messages of numbered
// sensors, sensors say that they live, the gateway falls silent and returns, and a worker closes
// what was raised once somebody was seen again.
//
// A player can be forked at any moment: the future that begins there is played to an engine of its
// own, restored from a snapshot of the home.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/score/alert_log.hpp"
#include "core/engine.hpp"
#include "recorded/voices.hpp"
#include "recorded/wiring.hpp"

namespace anju::score {

using recorded::Row;
using recorded::Wiring;

class Player {
public:
    /// `wiring` outlives the player and all its forks.
    Player(const Wiring& wiring, Instant begin);

    [[nodiscard]] Player fork() const;

    /// Lets time pass up to and including `now`; not earlier than any moment before.
    void wait(Instant now);
    /// Waits for the row's time and applies it.
    void take(const Row& row);
    /// Somebody tells the gateway how the resident is, at the time it is.
    void resident_is(ResidentStatus status);

    /// Of the engine's home.
    [[nodiscard]] std::string snapshot() const { return engine_.snapshot(wiring_.household.id); }
    [[nodiscard]] const AlertLog& log() const { return log_; }
    [[nodiscard]] std::uint64_t readings() const { return readings_; }

private:
    Player(const Wiring& wiring, Instant begin, Engine::Options options)
        : wiring_(wiring), engine_(options), voices_(wiring, begin) {}
    void returned();
    void tell_status();
    void speak(const Row& row);
    void send(recorded::Said said);
    void close_alerts(const std::vector<AlertId>& ids);
    void apply(const Input& input);
    void hear();

    const Wiring& wiring_;
    Engine engine_;
    AlertLog log_;
    Instant now_{};
    std::optional<Instant> silent_since_;  ///< the gateway takes no messages since then
    recorded::Voices voices_;
    std::uint64_t commands_{};
    std::uint64_t readings_{};
    ResidentStatus status_ = ResidentStatus::active;  ///< as it was told
    ResidentStatus known_ = ResidentStatus::active;   ///< as the engine knows it
    Decisions decisions_;
};

}  // namespace anju::score
