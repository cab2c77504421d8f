#include "fixed_rule.hpp"

#include <algorithm>
#include <chrono>

namespace anju::bench {
namespace {

constexpr Duration limit = std::chrono::hours{12};

class Rule {
public:
    Rule(const recorded::Recording& recording, const score::Options& options)
        : wiring_(recorded::wire(recording, options.entrances, options.rules)),
          covered_(score::covered(recording, wiring_)) {
        for (const recorded::Row& row : recording.rows) {
            if (row.is_use()) uses_.push_back(row.at);
            if (wiring_.speech[row.sensor] == recorded::Speech::total) readings_.push_back(row.at);
        }
        if (options.absence != score::Absence::derived) return;
        for (const score::Silence& silence : score::likely_absences(recording)) {
            away_.push_back(silence.span);
        }
    }

    /// When the silence that begins at `last_use` is told if it goes on.
    [[nodiscard]] std::optional<Instant> told(Instant last_use) const {
        // Counted from the start of the covered time that the moment lies in.
        for (const score::Span& span : covered_) {
            if (span.to < last_use) continue;
            const Instant due = std::max(last_use, span.from) + limit;
            if (due > span.to) continue;  // counted anew after the hole
            if (readings_.empty()) return due;
            const auto next = std::ranges::lower_bound(readings_, due);
            return next == readings_.end() ? std::nullopt : std::optional(*next);
        }
        return std::nullopt;
    }
    [[nodiscard]] bool away_from(Instant last_use) const {
        return std::ranges::any_of(away_,
                                   [&](const score::Span& span) { return span.from == last_use; });
    }
    [[nodiscard]] const std::vector<Instant>& uses() const { return uses_; }
    [[nodiscard]] const score::Spans& covered() const { return covered_; }

private:
    recorded::Wiring wiring_;
    score::Spans covered_;
    score::Spans away_;
    std::vector<Instant> uses_;
    std::vector<Instant> readings_;  // of meters
};

}  // namespace

Tally silent_12h(const recorded::Recording& recording, const score::Options& options,
                 const std::vector<Instant>& moments, Instant scored_from) {
    const Rule rule(recording, options);
    Tally out;
    out.months = score::months(score::length(score::since(rule.covered(), scored_from)));
    const std::vector<Instant>& uses = rule.uses();
    for (std::size_t i = 0; i < uses.size(); ++i) {
        const Instant next = i + 1 < uses.size() ? uses[i + 1] : recording.end();
        if (next - uses[i] <= limit || rule.away_from(uses[i])) continue;
        const auto told = rule.told(uses[i]);
        if (told && *told >= scored_from && *told < next) ++out.false_alerts;
    }
    for (const Instant moment : moments) {
        const auto next = std::ranges::lower_bound(uses, moment);
        if (next == uses.begin()) continue;
        out.delays.push_back(delay_of(moment, rule.told(*std::prev(next))));
    }
    return out;
}

}  // namespace anju::bench
