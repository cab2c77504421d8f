// What the box has learned of a person's day and how unusual the present silence is, for whoever
// asks: the answer of Engine::explain(). Plain values; instants of epoch 0 are "never" or "not to
// be expected".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/detect/routine.hpp"
#include "core/engine.hpp"

namespace anju {

/// Whether the present silence is judged by what was learned, and if not, the first reason why.
enum class Judged : std::uint8_t {
    yes,
    warm_up,      ///< too little was learned yet: presets hold
    unsettled,    ///< the home stood empty, and life has not returned for long enough
    out,          ///< presumed out
    unheard,      ///< no sensor of life can be relied upon at the moment
    no_sign,      ///< none was ever heard
    not_watched,  ///< somebody said that the person is away
};
[[nodiscard]] std::string_view name(Judged judged);

/// Why a device says nothing that counts.
enum class Missing : std::uint8_t {
    never_heard,
    not_heard_again,  ///< since nobody listened for a while
    stale,
    offline,
    faulty,
    unreachable,  ///< as its bridge says
    muted,        ///< lives, and has long missed what others notice
    doubted,      ///< has begun to
};
[[nodiscard]] std::string_view name(Missing missing);

struct HouseholdExplanation {
    struct Learning {
        Instant first_sign{};     ///< of life, ever
        std::int64_t days{};      ///< whole ones since then
        bool personal{};          ///< what was learned is relied upon
        Instant personal_from{};  ///< from here on; until then the presets hold
        std::vector<Preset> presets;
    };
    struct Silence {
        Judged judged = Judged::no_sign;
        Instant last_sign{};
        std::optional<Device> last_device = {};
        Instant since{};        ///< what counts began; later than the last sign after a hole
        Instant known_until{};  ///< silent up to here
        Whereabouts where = Whereabouts::unknown;
        bool where_known{};  ///< told by a door, not merely not contradicted
        Instant where_since{};
        bool settled = true;  ///< false: see Judged::unsettled

        // Scores in nats. nullopt where the silence is not judged, or not asked about.
        std::optional<double> score = {};  ///< nullopt too: not unusual at all
        std::optional<double> alert_score = {};
        std::optional<double> phone_score = {};
        std::int64_t once_in_days{};  ///< so high a score; 0 without one

        // Half of such silences, and 19 of 20, are over by these; while the person counts as at
        // home and somebody can be heard.
        Instant half_over{};
        Instant nearly_over{};

        // What was told of this silence, and when the rest would be if it went on and everything
        // stayed as it is; with a meter that tells afterwards, when it would be told at the latest.
        bool phone_told{};
        bool alert_told{};
        Instant phone_at{};
        Instant alert_at{};
        Duration delivery{};  ///< that long these are late at most; 0 but for such meters
    };
    /// Of a silence that begins at a full local hour, as it can be heard now.
    struct Hour {
        Duration half_over{};
        Duration nearly_over{};  ///< 19 of 20
        double within_hour{};    ///< 0..1: the next sign usually comes within the hour
        /// Until an alert by what was learned, deliveries included; nullopt: not within two days.
        std::optional<Duration> alert;
    };
    struct Day {
        bool weekend{};           ///< Saturday or Sunday, else a working day
        std::vector<Hour> hours;  ///< 24; none while nobody can be heard or ever was
    };
    struct Gap {
        Device device;
        Missing why{};
        Instant last_heard{};
    };
    /// False alerts a month: allowed, and how often silences that ended by themselves reached the
    /// threshold of now; nullopt: too little was seen.
    struct Allowance {
        std::uint32_t milli{};
        std::optional<double> reached;
    };

    HouseholdId household;
    std::vector<Resident> residents;
    Instant now{};
    Learning learning;
    Silence silence;
    Day day;
    std::optional<DetectionDelay> best_delay;
    std::vector<Gap> missing;
    /// Signs of life that can be heard now, of those of all sensors that speak at the moment;
    /// nullopt: there is no such sensor.
    std::optional<double> heard;
    bool hour_meter_heard{};  ///< and one that tells of hours
    detect::RoutineView routine;
    Allowance alert;
    Allowance phone;
    // Whatever was learned: an alert where the person is known to be at home, else a phone call.
    Duration home_backstop{};
    Duration unknown_backstop{};
};

}  // namespace anju
