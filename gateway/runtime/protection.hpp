// Whether the box protects anybody right now. It runs, its database is sound and its page is green:
// none of that helps a person whose smoke alarm it cannot hear, or of whose alarm nobody would be
// told. What follows from it, a lamp or a program of the operator's, is for the shell.
//
// A restart of the broker or a minute without a network is no reason to light a lamp; each reason
// has to hold for its own time. A buzzer in a flat at night would do more harm than it can prevent
// by then: `aloud` is for the day, and only where the time of day is known.
//
// How long it has not protected outlives the process: one that ends again and again would otherwise
// begin to count anew each time, and never be heard.
//
// Pure: time is passed in. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

#include "core/model/instant.hpp"
#include "runtime/settled.hpp"

namespace anju {

/// Why it does not.
enum class Unprotected : std::uint8_t {
    starting = 1,     ///< nothing has been looked at yet
    home_broker = 2,  ///< it hears nothing in the home
    no_sensor = 3,    ///< no sensor is there, or none is heard
    disk_full = 4,    ///< readings are refused: a silence would not be seen
    clock = 5,        ///< nobody has set it for a day: night and day may be wrong
    nobody_told = 6,  ///< neither the district nor any channel to people can be reached
};

/// "home_broker"
[[nodiscard]] std::string_view name(Unprotected reason);

struct ProtectionFacts {
    bool home_connected = false;
    bool sensor_heard = false;
    bool space_low = false;
    bool clock_trusted = false;
    bool somebody_reached =
        false;  ///< the district's alarm session is up, or a channel is not down
};

class Protection {
public:
    struct Options {
        std::chrono::seconds home_broker{120};
        std::chrono::seconds no_sensor{15 * 60};
        std::chrono::seconds disk_full{60};
        std::chrono::seconds clock{24 * 3600};
        std::chrono::seconds nobody_told{15 * 60};
        std::chrono::seconds well_again{60};  ///< before a reason is over
        std::chrono::seconds aloud_after{30 * 60};
        /// Of protecting, before the time without is forgotten: a minute now and then is no mend.
        std::chrono::seconds forgotten_after{5 * 60};
        Duration day_begins = std::chrono::hours{8};  ///< local time
        Duration day_ends = std::chrono::hours{20};
    };

    Protection() : Protection(Options{}) {}
    explicit Protection(Options options) : options_(options) {}

    /// An earlier process has not protected since then. Before the first look.
    void resume(SteadyTime since) { since_ = since; }

    /// To be asked every few seconds. `local`: the wall clock in the flat, now.
    void look(const ProtectionFacts& facts, SteadyTime now, Instant local);

    [[nodiscard]] bool protects() const { return reasons().empty(); }
    [[nodiscard]] const std::set<Unprotected>& reasons() const;
    /// It has not protected for a while, and it is a time at which a person may be disturbed.
    [[nodiscard]] bool aloud() const { return aloud_; }
    /// False before the first look: then nothing is known of the noise either.
    [[nodiscard]] bool looked() const { return looked_; }
    /// Since when it does not protect; kept while it has protected for a few minutes only.
    [[nodiscard]] std::optional<SteadyTime> since() const { return since_; }

private:
    [[nodiscard]] std::chrono::seconds hold(Unprotected reason, bool comes) const;

    Options options_;
    bool looked_ = false;
    Settled<Unprotected> settled_;
    std::optional<SteadyTime> since_;       ///< of not protecting
    std::optional<SteadyTime> well_since_;  ///< of protecting
    bool aloud_ = false;
};

}  // namespace anju
