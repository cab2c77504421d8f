// A thousand incidents with people who answer at random, or do not: who is told when is held
// against the table of docs/alerts.md, written down here once more.
#include <random>

#include "told.hpp"

namespace anju::test {
namespace {

struct Deed {
    Duration after{};
    AlertVerb verb{};
};

/// Who is told when, if these deeds are done, by the words of the table.
class Table {
public:
    explicit Table(bool p1) : p1_(p1) { tell(0ms); }
    /// Everything that is due up to `until`.
    void pass(Duration until) {
        for (Duration at = due(); at <= until; at = due()) step(at);
    }
    void done(const Deed& deed) {
        pass(deed.after);
        switch (deed.verb) {
            case AlertVerb::acknowledge:
                if (state_ != State::open) return;
                state_ = State::acknowledged;
                taken_ = deed.after;
                return;
            case AlertVerb::en_route:
                if (state_ < State::en_route) state_ = State::en_route;
                return;
            case AlertVerb::on_site:
                if (state_ < State::on_site) state_ = State::on_site;
                return;
            default:
                state_ = State::over;
        }
    }
    /// Whoever is told that it is over is not of the ladder.
    [[nodiscard]] const std::vector<std::pair<Duration, std::vector<Role>>>& told() const {
        return told_;
    }

private:
    enum class State { open, acknowledged, en_route, on_site, over };

    [[nodiscard]] Duration due() const {
        const Duration never = 1'000h;
        const Duration limit = p1_ ? Duration{45min} : Duration{60min};
        const Duration late = overdue_ ? never : limit;
        switch (state_) {
            case State::open: {
                const std::vector<Duration> rungs =
                    p1_ ? std::vector<Duration>{0min, 1min, 3min, 5min}
                        : std::vector<Duration>{0min, 15min, 30min, 60min};
                const Duration again = p1_ ? Duration{15min} : Duration{60min};
                const Duration next =
                    rung_ < rungs.size() ? rungs[rung_] : told_.back().first + again;
                return std::min(std::max(next, now_), std::max(late, now_));
            }
            case State::acknowledged:
                return std::min(taken_ + (p1_ ? 5min : 20min), std::max(late, now_));
            case State::en_route:
                return std::max(overdue_ ? told_.back().first + 60min : limit, now_);
            case State::on_site:
            case State::over:
                break;
        }
        return never;
    }
    void step(Duration at) {
        now_ = at;
        const bool late = !overdue_ && at >= (p1_ ? Duration{45min} : Duration{60min});
        if (state_ == State::acknowledged && at == taken_ + (p1_ ? 5min : 20min)) {
            if (late && at > (p1_ ? Duration{45min} : Duration{60min})) overdue_ = true;
            state_ = State::open;
            tell(at);
        } else if (late) {
            overdue_ = true;  // of one that is open only the flag is set: its ladder tells already
            if (state_ != State::open) tell(at);
        } else {
            tell(at);
        }
    }
    void tell(Duration at) {
        static const std::vector<std::vector<Role>> p1{
            p1_first, {neighbour, second_worker}, street, everybody};
        static const std::vector<std::vector<Role>> p2{
            p2_first, {second_worker}, {community_lead}, street};
        const auto& rungs = p1_ ? p1 : p2;
        told_.emplace_back(at, rung_ < rungs.size() ? rungs[rung_] : street);
        ++rung_;
    }

    bool p1_;
    State state_ = State::open;
    Duration now_{};
    Duration taken_{};
    bool overdue_ = false;
    std::size_t rung_ = 0;
    std::vector<std::pair<Duration, std::vector<Role>>> told_;
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
        Table table(p1);
        std::vector<Duration> delays;
        for (const Deed& deed : deeds(dice, p1)) {
            serve(deed.after, delays);
            table.done(deed);
            (void)does(deed.after, id, deed.verb);
        }
        serve(6h, delays);
        table.pass(6h);
        std::vector<std::pair<Duration, std::vector<Role>>> heard;
        for (const Telling& one : told()) {
            if (one.cause != stood_down) heard.emplace_back(one.after, one.roles);
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
