// Scores the engine on a recorded home: what it raises on the recording as it is, and how soon it
// tells when at some moment all activity ends while the sensors go on.
//
// One pass over the recording. At each such moment the future is forked off and played to its end;
// so the engine has seen at every moment exactly what a gateway would have seen.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/score/alert_log.hpp"
#include "app/score/protocol.hpp"
#include "recorded/recording.hpp"

namespace anju::score {

enum class Absence : std::uint8_t {
    door,     ///< nothing is told; the doors tell
    derived,  ///< likely absences of the meter are told as "away"
    none,     ///< nothing is told
};

struct Options {
    Rules rules;                               ///< warm_up too: of the engine and of the protocol
    std::optional<Duration> protocol_warm_up;  ///< instead of rules.warm_up, of the protocol alone
    std::set<std::string> entrances;           ///< empty: the sensors of kind door
    std::optional<Absence> absence;            ///< default: door where there is an entrance
    std::optional<Instant> from;               ///< what is before is not scored
    std::optional<std::vector<Instant>> cuts;  ///< instead of 300 drawn ones
};

/// All activity ends at `at`.
struct Cut {
    Instant at{};
    std::optional<Instant> told_at;    ///< may be before `at`: this silence was told already
    std::optional<Instant> urgent_at;  ///< the first P2
    Priority priority{};               ///< of the first; none when nothing was told
    bool away{};                       ///< the resident was probably out
};

struct Score {
    std::string home;
    std::vector<Raised> raised;
    std::vector<Cut> cuts;
    Duration covered{};
    std::uint64_t readings{};  ///< rows that were applied, heartbeats not counted
};

inline constexpr std::size_t default_cuts = 300;

/// A month, as false alerts are counted: 30.44 days.
[[nodiscard]] double months(Duration time);

/// The row as it is after a cut; nullopt when it is gone. Meters go on and say zero.
[[nodiscard]] std::optional<Row> silenced(Row row);

[[nodiscard]] result<Score> score(const Recording& recording, const Options& options);

}  // namespace anju::score
