// What a recording is good for: when it covers the home, when somebody was out, and at which
// moments it is asked how soon a sudden silence would have been noticed.
#pragma once

#include <cstddef>
#include <vector>

#include "app/score/spans.hpp"
#include "recorded/recording.hpp"
#include "recorded/wiring.hpp"

namespace anju::score {

using recorded::Recording;
using recorded::Row;
using recorded::Source;
using recorded::Speech;
using recorded::wire;
using recorded::Wiring;

/// A silence of a whole home, from its last use to the next; the rows of the two are named, the
/// second is the number of rows where there is none.
struct Silence {
    Span span;
    std::size_t last_use{};
    std::size_t next_use{};
};

inline constexpr Duration meter_hole = std::chrono::minutes{150};
inline constexpr Duration looked_for = std::chrono::hours{48};

/// Silences of the water meter in which the resident was probably out: longer than 16 h, or of at
/// least 5 h of which at least 4 lie between 09 and 18.
[[nodiscard]] std::vector<Silence> likely_absences(const Recording& recording);

/// Silences of more than ten minutes with the entrance used within three minutes before their
/// start and after their end: somebody left and came back. Known only afterwards.
[[nodiscard]] Spans door_absences(const Recording& recording, const Wiring& wiring);

/// From the first row to the last, without the time the gateway was offline and without the holes
/// of a meter: two readings further apart than meter_hole, and what is before its first.
[[nodiscard]] Spans covered(const Recording& recording, const Wiring& wiring);

/// `wanted` whole seconds, uniformly from `eligible`, ascending. The same ones every time and on
/// every platform.
[[nodiscard]] std::vector<Instant> draw_moments(const Spans& eligible, std::size_t wanted);

}  // namespace anju::score
