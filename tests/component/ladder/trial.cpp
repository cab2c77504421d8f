#include "tests/component/ladder/trial.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

#include "tests/component/ladder/downtime.hpp"
#include "tests/component/ladder/life.hpp"
#include "tests/support/broker.hpp"  // TempDir

namespace anju::test {
namespace {

class Trial {
public:
    Trial(const Incident& incident, Trials& out) : incident_(incident), out_(out) {
        const TempDir folder;
        const SharedOutside outside;
        outside->now = incident.begins;
        if (live(incident, *outside, folder.path()) != End::done) {
            wrong(std::string("never killed: ") + outside->failure.data());
            return;
        }
        whole_ = story_of(incident, *outside, folder.path());
        moments_ = outside->moments;
        remarkable_.assign(
            outside->remarkable.begin(),
            outside->remarkable.begin() + static_cast<std::ptrdiff_t>(outside->remarkable_count));
        if (const auto fault = faults(whole_); !fault.empty()) wrong("never killed: " + fault);
        ++out_.incidents;
        count(whole_);
    }
    [[nodiscard]] std::uint64_t moments() const { return moments_; }
    /// Moments that matter, counted from 1.
    [[nodiscard]] const std::vector<std::uint32_t>& remarkable() const { return remarkable_; }

    /// `next` says at which moment the process dies after so many have passed; 0: not any more. It
    /// is back at once.
    template <class Next>
    void kill(Next next) {
        Outcome outcome = survive(std::move(next), [] { return Duration{}; });
        if (outcome.wrong.empty()) outcome.wrong = difference(whole_, outcome.story);
        out_.latest = std::max(out_.latest, latest(outcome.story));
        settle(outcome);
    }
    /// It is back after `pause`.
    template <class Next, class Pause>
    void kill(Next next, Pause pause) {
        Outcome outcome = survive(std::move(next), std::move(pause));
        if (outcome.wrong.empty()) {
            const Punctuality found =
                held_against_table(incident_, outcome.story, outcome.gaps, outcome.end);
            outcome.wrong = found.wrong;
            out_.latest = std::max(out_.latest, found.latest);
            out_.delayed += found.delayed;
        }
        settle(outcome);
    }

private:
    struct Outcome {
        Story story;
        std::vector<Gap> gaps;
        Instant end{};
        std::string deaths;
        std::string wrong;
    };

    template <class Next, class Pause>
    Outcome survive(Next next, Pause pause) {
        Outcome out;
        const TempDir folder;
        const SharedOutside outside;
        outside->now = incident_.begins;
        for (;;) {
            outside->fatal = next(outside->moments);
            const End end = live(incident_, *outside, folder.path());
            if (end == End::done) break;
            out.deaths += fmt::format(" {}", outside->moments);
            if (end == End::failed) {
                out.wrong = outside->failure.data();
                return out;
            }
            ++out_.kills;
            const Instant back = outside->now + pause();
            out.gaps.push_back({outside->now, back});
            outside->now = back;
        }
        out.end = outside->now;
        out.story = story_of(incident_, *outside, folder.path());
        out.wrong = faults(out.story);
        return out;
    }
    void settle(const Outcome& outcome) {
        if (!outcome.wrong.empty()) {
            wrong(fmt::format("killed at{}: {}", outcome.deaths, outcome.wrong));
        }
        out_.repeated += repeated(outcome.story);
    }
    void wrong(const std::string& what) {
        if (!out_.wrong.empty()) return;
        out_.wrong = fmt::format("seed {}, {}", incident_.seed, what);
    }
    void count(const Story& story) {
        out_.calls += story.calls.size();
        out_.notices += static_cast<std::uint64_t>(
            std::ranges::count(story.notices, NoticeTopic::alert, &Notice::topic));
        out_.latest = std::max(out_.latest, latest(story));
    }

    const Incident& incident_;
    Trials& out_;
    Story whole_;
    std::uint64_t moments_ = 0;
    std::vector<std::uint32_t> remarkable_;
};

/// Up to four deaths: the first at a moment that matters, the others soon after a start or anywhere
/// later.
class Fate {
public:
    Fate(std::uint64_t seed, const Trial& trial)
        : trial_(trial), dice_(seed), left_(1 + dice_() % 4) {}
    std::uint64_t operator()(std::uint64_t passed) {
        if (left_ == 0) return 0;
        --left_;
        if (passed == 0) return trial_.remarkable().at(dice_() % trial_.remarkable().size());
        const std::uint64_t soon = 40;
        const std::uint64_t ahead =
            trial_.moments() > passed + soon ? trial_.moments() - passed : soon;
        return passed + 1 + dice_() % (dice_() % 2 == 0 ? soon : ahead);
    }

private:
    const Trial& trial_;
    std::mt19937_64 dice_;
    std::uint64_t left_;
};

}  // namespace

Trials kill_at_random(std::uint64_t first_seed, std::uint64_t incidents) {
    Trials out;
    for (std::uint64_t seed = first_seed; seed < first_seed + incidents; ++seed) {
        const Incident incident = incident_of(seed);
        Trial trial(incident, out);
        if (!out.wrong.empty()) break;
        trial.kill(Fate(seed, trial));
        if (!out.wrong.empty()) break;
    }
    return out;
}

Trials kill_for_a_while(std::uint64_t first_seed, std::uint64_t incidents) {
    Trials out;
    for (std::uint64_t seed = first_seed; seed < first_seed + incidents; ++seed) {
        const Incident incident = plain_incident_of(seed);
        Trial trial(incident, out);
        if (!out.wrong.empty()) break;
        std::mt19937_64 dice(~seed);
        trial.kill(Fate(seed, trial), [&dice] {
            const std::uint64_t most = dice() % 2 == 0 ? 100'000 : 2'400'000;
            return Duration{static_cast<std::int64_t>(dice() % most)};
        });
        if (!out.wrong.empty()) break;
    }
    return out;
}

Trials kill_at_every_moment(const Incident& incident, std::uint64_t stride) {
    Trials out;
    Trial trial(incident, out);
    for (std::uint64_t fatal = 1; fatal <= trial.moments(); fatal += stride) {
        trial.kill([&](std::uint64_t passed) { return passed == 0 ? fatal : 0; });
    }
    return out;
}

}  // namespace anju::test
