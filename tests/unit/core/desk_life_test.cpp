// Communities that live for weeks and for a whole year, and what holds in every one of them: each
// contact that is due is done, planned or named as short; what is frozen moves only for a reason
// that was told; the books say what a clerk counts; and neither late timers nor restarts change
// anything. Where the seeds of a failed test come from: ANJU_DESK_SEED=n runs that one alone.
#include <cstdlib>

#include "desk_clerk.hpp"

namespace anju::test {
namespace {

struct Seeds {
    std::uint64_t first{};
    std::uint64_t last{};
};
Seeds seeds(std::uint64_t count) {
    if (const char* one = std::getenv("ANJU_DESK_SEED")) {
        const std::uint64_t seed = std::strtoull(one, nullptr, 10);
        return {seed, seed + 1};
    }
    return {1, 1 + count};
}

std::string first_of(const std::vector<std::string>& complaints) {
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(complaints.size(), 5); ++i) {
        text += "\n" + complaints[i];
    }
    return text;
}

/// Lives to the end under the eyes of a clerk.
Clerk followed(Life& life) {
    Clerk clerk;
    const auto inspect = [&] {
        const CommunityView view = life.view();
        clerk.every_task_is_as_it_was_told(view);
        if (clerk.awaits_plan(life.now)) return;
        const Date week = monday_of(date_of(life.now, china));
        clerk.every_contact_is_accounted_for(view, week);
        clerk.every_contact_is_accounted_for(view, week + 7);
    };
    life.watch = [&](const Life::Event* event, std::span<const Decision> made) {
        clerk.follow(event, made);
        const bool planned = std::ranges::any_of(made, [](const Decision& decision) {
            return std::holds_alternative<PlanMade>(decision.what);
        });
        if (planned) inspect();
    };
    life.live([&](const Life&, Date) { inspect(); });
    return clerk;
}

TEST(DeskLife, EveryContactIsAccountedForNothingFrozenMovesAndTheBooksAreRight) {
    int closed = 0;
    int weighed = 0;
    const auto [first, last] = seeds(600);
    for (std::uint64_t seed = first; seed < last; ++seed) {
        Life life(seed);
        const Clerk clerk = followed(life);
        ASSERT_TRUE(clerk.complaints().empty())
            << "seed " << seed << ", " << clerk.complaints().size()
            << " complaints:" << first_of(clerk.complaints());
        closed += clerk.weeks_closed();
        weighed += clerk.weighed();
    }
    EXPECT_GE(closed, static_cast<int>(last - first) * 3) << "books were hardly ever closed";
    EXPECT_GE(weighed, static_cast<int>(last - first) * 100) << "too few weeks were whole";
}

TEST(DeskLife, AWholeYearWithItsFestivalsIsAccountedForToo) {
    for (const bool duty : {true, false}) {
        Life life(2026, {.residents = 12,
                         .workers = 3,
                         .weeks = 52,
                         .from = make_date(2026, 1, 5),
                         .duty = duty});
        const Clerk clerk = followed(life);
        ASSERT_TRUE(clerk.complaints().empty())
            << clerk.complaints().size() << " complaints:" << first_of(clerk.complaints());
        EXPECT_GE(clerk.weeks_closed(), 50);
    }
}

/// Lives the script once more. `between` is called with the time up to which nothing happens, and
/// may let the engine decide what falls due, or replace it.
template <class Between>
std::pair<std::string, std::string> again(const Life& life, Between between) {
    Engine engine;
    Decisions decisions;
    for (const Life::Event& event : life.script) {
        between(engine, decisions, event.at);
        engine.apply(event.at, event.input, decisions);
    }
    between(engine, decisions, life.now);
    engine.advance(life.now, decisions);
    return {bytes_of(decisions), engine.snapshot(desk_unit)};
}

TEST(DeskLife, LateTimersAndRestartsChangeNothing) {
    const auto [first, last] = seeds(150);
    for (std::uint64_t seed = first; seed < last; ++seed) {
        Life life(seed);
        life.live();
        const std::pair lived{bytes_of(life.decisions), life.engine.snapshot(desk_unit)};
        const auto late = again(life, [](Engine&, Decisions&, Instant) {});
        ASSERT_TRUE(late == lived) << "seed " << seed << ", timers served late";
        const auto punctual = again(life, [](Engine& engine, Decisions& out, Instant to) {
            while (engine.deadline() && *engine.deadline() <= to) {
                engine.advance(*engine.deadline(), out);
            }
        });
        ASSERT_TRUE(punctual == lived) << "seed " << seed << ", timers served punctually";
        std::mt19937_64 dice(seed);
        const auto restored = again(life, [&](Engine& engine, Decisions&, Instant) {
            const std::string bytes = engine.snapshot(desk_unit);
            if (dice() % 9 != 0 || bytes.empty()) return;
            Engine fresh;
            ASSERT_TRUE(fresh.restore(bytes));
            ASSERT_TRUE(fresh.snapshot(desk_unit) == bytes);
            engine = std::move(fresh);
        });
        ASSERT_TRUE(restored == lived) << "seed " << seed << ", restored now and then";
    }
}

}  // namespace
}  // namespace anju::test
