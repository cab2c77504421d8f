// A thousand incidents with people who answer at random, or do not: who is told when is held
// against the table of docs/alerts.md as the tests have it.
#include <random>

#include "tests/support/ladder_table.hpp"
#include "told.hpp"

namespace anju::test {
namespace {

struct Deed {
    Duration after{};
    AlertVerb verb{};
};

/// Up to six deeds in two hours; half of all incidents find nobody at all for a while.
std::vector<Deed> deeds(std::mt19937_64& dice, bool p1) {
    static constexpr AlertVerb verbs[] = {AlertVerb::acknowledge, AlertVerb::acknowledge,
                                          AlertVerb::en_route, AlertVerb::on_site,
                                          AlertVerb::resolve};
    std::vector<Deed> out;
    Duration at{};
    for (std::uint64_t n = dice() % 7; n > 0; --n) {
        at += Duration{static_cast<std::int64_t>(1 + dice() % (p1 ? 900'000 : 2'400'000))};
        out.push_back({at, verbs[dice() % 5]});
    }
    return out;
}

class Incident : public Told {
protected:
    /// Serves every timer, as the loop does: with the first whole second at which it is due.
    void serve(Duration until, std::vector<Duration>& delays) {
        for (auto due = world.engine.deadline(); due && *due <= monday + until;
             due = world.engine.deadline()) {
            const Instant woken =
                std::min(std::chrono::ceil<std::chrono::seconds>(*due) + 0ms, monday + until);
            const std::size_t before = told().size();
            this->until(woken - monday);
            for (std::size_t i = before; i < told().size(); ++i) {
                delays.push_back(woken - monday - told()[i].after);
            }
        }
    }
};

TEST_F(Incident, OfAThousandEachStepIsMadeInTimeNobodyIsToldTwiceAndNobodyIsMissed) {
    std::size_t tellings = 0;
    std::size_t resumed = 0;
    std::size_t punctual = 0;
    for (std::uint64_t seed = 1; seed <= 1'000; ++seed) {
        std::mt19937_64 dice(seed);
        const bool p1 = dice() % 2 == 0;
        world = World(quiet_home());
        world.ladder = true;
        all.clear();
        const AlertId id = p1 ? raise_p1() : raise_p2();
        LadderTable table(p1);
        std::vector<Duration> delays;
        for (const Deed& deed : deeds(dice, p1)) {
            serve(deed.after, delays);
            table.done(deed.after, deed.verb);
            (void)does(deed.after, id, deed.verb);
        }
        serve(6h, delays);
        table.pass(6h);
        std::vector<LadderTable::Telling> heard;
        for (const Telling& one : told()) {
            if (one.cause != stood_down) heard.push_back({one.after, one.roles, {}});
        }
        ASSERT_EQ(heard, table.told()) << "seed " << seed;
        for (const Duration delay : delays) ASSERT_LT(delay, 1s) << "seed " << seed;
        tellings += heard.size();
        punctual += delays.size();
        for (const Telling& one : told()) resumed += one.cause == not_moving ? 1 : 0;
    }
    EXPECT_EQ(tellings, punctual + 1'000) << "but for the first, all are told by a timer";
    EXPECT_GT(punctual, 5'000U) << tellings;
    EXPECT_GT(resumed, 100U);
}

}  // namespace
}  // namespace anju::test
