#include "tests/component/ladder/trial.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <vector>

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

    /// `next` says at which moment the process dies after so many have passed; 0: not any more.
    template <class Next>
    void kill(const Next& next) {
        if (!out_.wrong.empty()) return;
        const TempDir folder;
        const SharedOutside outside;
        outside->now = incident_.begins;
        std::string deaths;
        for (;;) {
            outside->fatal = next(outside->moments);
            const End end = live(incident_, *outside, folder.path());
            if (end == End::done) break;
            deaths += fmt::format(" {}", outside->moments);
            if (end == End::failed) {
                return wrong(fmt::format("after{}: {}", deaths, outside->failure.data()));
            }
            ++out_.kills;
        }
        const Story story = story_of(incident_, *outside, folder.path());
        std::string fault = faults(story);
        if (fault.empty()) fault = difference(whole_, story);
        if (!fault.empty()) return wrong(fmt::format("killed at{}: {}", deaths, fault));
        out_.repeated += repeated(story);
        out_.latest = std::max(out_.latest, latest(story));
    }

private:
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

}  // namespace

Trials kill_at_random(std::uint64_t first_seed, std::uint64_t incidents) {
    Trials out;
    for (std::uint64_t seed = first_seed; seed < first_seed + incidents; ++seed) {
        const Incident incident = incident_of(seed);
        Trial trial(incident, out);
        if (!out.wrong.empty()) break;
        std::mt19937_64 dice(seed);
        std::uint64_t left = 1 + dice() % 4;
        trial.kill([&](std::uint64_t passed) -> std::uint64_t {
            if (left == 0) return 0;
            --left;
            if (passed == 0) return trial.remarkable().at(dice() % trial.remarkable().size());
            const std::uint64_t soon = 40;
            const std::uint64_t ahead =
                trial.moments() > passed + soon ? trial.moments() - passed : soon;
            return passed + 1 + dice() % (dice() % 2 == 0 ? soon : ahead);
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
