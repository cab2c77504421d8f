#include "app/score/protocol.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <random>

namespace anju::score {

using namespace std::chrono_literals;

namespace {

constexpr Duration surely_out = 16h;
constexpr Duration maybe_out = 5h;
constexpr Duration of_it_by_day = 4h;
constexpr Duration day_begins = 9h;
constexpr Duration day_ends = 18h;

constexpr Duration long_silence = 10min;
constexpr Duration near_the_door = 3min;

/// How much of a span lies between 09 and 18.
Duration by_day(const Span& span) {
    Duration sum{};
    for (Instant day = std::chrono::floor<std::chrono::days>(span.from); day < span.to;
         day += 24h) {
        const Instant from = std::max(span.from, day + day_begins);
        const Instant to = std::min(span.to, day + day_ends);
        if (to > from) sum += to - from;
    }
    return sum;
}

bool likely_out(const Span& span) {
    const Duration silent = span.to - span.from;
    return silent > surely_out || (silent >= maybe_out && by_day(span) >= of_it_by_day);
}

bool any_between(const std::vector<Instant>& sorted, Instant from, Instant to) {
    const auto first = std::ranges::lower_bound(sorted, from);
    return first != sorted.end() && *first <= to;
}

Spans offline(const Recording& recording) {
    Spans spans;
    bool off = false;
    for (const Row& row : recording.rows) {
        if (row.source != Source::status) continue;
        if (!row.on() && !off) spans.push_back({row.at, recording.end()});
        if (row.on() && off) spans.back().to = row.at;
        off = !row.on();
    }
    return spans;
}

/// Where this meter did not tell.
Spans holes_of(const Recording& recording, std::size_t meter) {
    Spans holes;
    Instant last = recording.begin();
    bool first = true;
    for (const Row& row : recording.rows) {
        if (row.sensor != meter) continue;
        if (row.at - last > (first ? 0ms : meter_hole)) holes.push_back({last, row.at});
        last = row.at;
        first = false;
    }
    if (recording.end() > last) holes.push_back({last, recording.end()});
    return holes;
}

}  // namespace

std::vector<Silence> likely_absences(const Recording& recording) {
    std::vector<Silence> absences;
    const auto consider = [&](std::size_t last, std::size_t next) {
        const Instant to = next < recording.rows.size() ? recording.rows[next].at : recording.end();
        const Silence silence{{recording.rows[last].at, to}, last, next};
        if (likely_out(silence.span)) absences.push_back(silence);
    };
    std::size_t last = recording.rows.size();
    for (std::size_t i = 0; i < recording.rows.size(); ++i) {
        const Row& row = recording.rows[i];
        if (row.source != Source::water || !row.is_use()) continue;
        if (last < i) consider(last, i);
        last = i;
    }
    if (last < recording.rows.size()) consider(last, recording.rows.size());
    return absences;
}

Spans door_absences(const Recording& recording, const Wiring& wiring) {
    std::vector<Instant> uses;
    std::vector<Instant> passed;
    for (const Row& row : recording.rows) {
        if (!row.is_use()) continue;
        uses.push_back(row.at);
        if (wiring.entrance[row.sensor]) passed.push_back(row.at);
    }
    Spans absences;
    for (std::size_t i = 1; i < uses.size(); ++i) {
        const Span silence{uses[i - 1], uses[i]};
        if (silence.to - silence.from > long_silence &&
            any_between(passed, silence.from - near_the_door, silence.from) &&
            any_between(passed, silence.to, silence.to + near_the_door)) {
            absences.push_back(silence);
        }
    }
    return absences;
}

Spans covered(const Recording& recording, const Wiring& wiring) {
    Spans spans = without({{recording.begin(), recording.end()}}, offline(recording));
    for (std::size_t i = 0; i < recording.sensors.size(); ++i) {
        if (wiring.speech[i] == Speech::total) spans = without(spans, holes_of(recording, i));
    }
    return spans;
}

std::vector<Instant> draw_moments(const Spans& eligible, std::size_t wanted) {
    using std::chrono::ceil;
    using std::chrono::seconds;
    std::vector<std::uint64_t> lengths;
    std::uint64_t total = 0;
    for (const Span& span : eligible) {
        const auto whole = ceil<seconds>(span.to) - ceil<seconds>(span.from);
        lengths.push_back(static_cast<std::uint64_t>(whole.count()));
        total += lengths.back();
    }
    std::vector<Instant> moments;
    if (total == 0) return moments;
    std::mt19937_64 random(20'170'222);  // its numbers are fixed by the standard
    while (moments.size() < wanted) {
        std::uint64_t second = random() % total;
        std::size_t span = 0;
        while (second >= lengths[span]) second -= lengths[span++];
        moments.push_back(ceil<seconds>(eligible[span].from) +
                          seconds{static_cast<std::int64_t>(second)});
    }
    std::ranges::sort(moments);
    return moments;
}

}  // namespace anju::score
