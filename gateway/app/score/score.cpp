#include "app/score/score.hpp"

#include <algorithm>
#include <utility>

#include "app/score/player.hpp"

namespace anju::score {
namespace {

class Run {
public:
    Run(const Recording& recording, const Options& options)
        : recording_(recording),
          options_(options),
          wiring_(
              wire(recording, options.entrances, options.rules, options.absence != Absence::none)),
          absence_(
              options.absence.value_or(wiring_.has_entrance() ? Absence::door : Absence::none)) {}

    result<Score> run() {
        if (absence_ == Absence::derived && !has_water()) {
            return Error{"absence can be derived from a water meter only", recording_.home,
                         "leave out --absence derived"};
        }
        prepare();
        Player player(wiring_, recording_.begin());
        auto next_cut = cuts_.begin();
        for (std::size_t i = 0; i < recording_.rows.size(); ++i) {
            for (; next_cut != cuts_.end() && *next_cut <= recording_.rows[i].at; ++next_cut) {
                cut(player, i, *next_cut);
            }
            step(player, i);
        }
        for (; next_cut != cuts_.end(); ++next_cut) {
            cut(player, recording_.rows.size(), *next_cut);
        }
        for (const Raised& raised : player.log().raised()) {
            if (raised.at >= scored_from_) score_.raised.push_back(raised);
        }
        score_.readings = player.readings();
        return std::move(score_);
    }

private:
    [[nodiscard]] bool has_water() const {
        return wiring_.has(Speech::total) || wiring_.has(Speech::amounts);
    }

    void prepare() {
        score_.home = recording_.home;
        scored_from_ =
            recording_.begin() + options_.protocol_warm_up.value_or(options_.rules.warm_up);
        if (options_.from) scored_from_ = std::max(scored_from_, *options_.from);
        const Spans scored = since(covered(recording_, wiring_), scored_from_);
        score_.covered = length(scored);

        const std::vector<Silence> likely = likely_absences(recording_);
        if (wiring_.has_entrance()) {
            out_ = door_absences(recording_, wiring_);
        } else {
            for (const Silence& silence : likely) out_.push_back(silence.span);
        }
        if (absence_ == Absence::derived) told_ = likely;
        if (options_.cuts) {
            cuts_ = *options_.cuts;
            std::ranges::sort(cuts_);
        } else {
            cuts_ = draw_moments(without(shortened(scored, looked_for), out_), default_cuts);
        }
    }

    /// Plays row `i` and tells of the absences that begin or end with it.
    void step(Player& player, std::size_t i) {
        const Row& row = recording_.rows[i];
        if (is_return(i)) {
            player.wait(row.at);
            player.resident_is(ResidentStatus::active);
        }
        player.take(row);
        if (next_absence_ < told_.size() && told_[next_absence_].last_use == i) {
            player.resident_is(ResidentStatus::away);
            ++next_absence_;
        }
    }
    /// The absence that was told last ends with row `i`.
    [[nodiscard]] bool is_return(std::size_t i) const {
        return next_absence_ > 0 && told_[next_absence_ - 1].next_use == i;
    }

    /// From the state before row `i` on nobody does anything. An absence that has begun ends when
    /// it was said to.
    void cut(const Player& before, std::size_t i, Instant at) {
        if (at < recording_.begin() || at > recording_.rows.back().at) {
            score_.cuts.emplace_back().at = at;  // of a time without a recording nothing is told
            return;
        }
        Player future = before.fork();
        for (; i < recording_.rows.size() && recording_.rows[i].at <= at + looked_for; ++i) {
            if (is_return(i)) {
                future.wait(recording_.rows[i].at);
                future.resident_is(ResidentStatus::active);
            }
            if (const auto row = silenced(recording_.rows[i])) future.take(*row);
        }
        future.wait(at + looked_for);
        const AlertLog::Told& told = future.log().told();
        score_.cuts.push_back({.at = at,
                               .told_at = told.at,
                               .urgent_at = told.urgent_at,
                               .priority = told.priority,
                               .away = contains(out_, at)});
    }

    const Recording& recording_;
    const Options& options_;
    Wiring wiring_;
    Absence absence_;
    Score score_;
    Instant scored_from_{};
    Spans out_;
    std::vector<Silence> told_;     ///< absences that the gateway is told of
    std::size_t next_absence_ = 0;  ///< in told_: the first that has not begun
    std::vector<Instant> cuts_;
};

}  // namespace

double months(Duration time) {
    constexpr double month_seconds = 30.44 * 86400;
    return std::chrono::duration<double>(time).count() / month_seconds;
}

std::optional<Row> silenced(Row row) {
    if (row.source == Source::status) return row;
    if (row.source != Source::water) return std::nullopt;
    row.milli = 0;
    return row;
}

result<Score> score(const Recording& recording, const Options& options) {
    return Run(recording, options).run();
}

}  // namespace anju::score
