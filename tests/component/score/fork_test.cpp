// A future that is forked off equals the same future played from the beginning, to the last bit of
// the engine's state.
#include <gtest/gtest.h>

#include <algorithm>
#include <span>

#include "app/score/player.hpp"
#include "app/score/score.hpp"
#include "tests/component/score/files.hpp"

namespace anju::score {
namespace {

/// A fortnight of a home with every kind of sensor, not always online.
Recording busy_home() {
    std::vector<std::string> rows;
    std::uint32_t dice = 1;
    const auto roll = [&](std::uint32_t sides) {
        dice = dice * 1'664'525U + 1'013'904'223U;
        return (dice >> 8U) % sides;
    };
    const Instant begin = time("2020-03-01");
    constexpr const char* sensors[] = {"Hall,motion",      "Fridge,contact", "Toilet,flush",
                                       "Bed,pressure",     "Tap,faucet",     "Front,door",
                                       "Kettle,appliance", "Drawer,contact"};
    for (int minute = 0; minute < 14 * 24 * 60; ++minute) {
        const Instant at = begin + std::chrono::minutes{minute};
        const int hour = minute / 60 % 24;
        const bool awake = hour >= 7 && hour < 22 && minute / 60 / 24 != 9;
        if (minute % 60 == 0) {
            rows.push_back(row(at, "Meter", "water", std::to_string(awake ? roll(20) : 0)));
        }
        if (awake && roll(12) == 0) {
            const auto which = roll(8);
            rows.push_back(format_time(at + std::chrono::seconds{roll(60)}) + "," + sensors[which] +
                           "," + std::to_string(which == 7 ? 1 : roll(2)) + "\n");
        }
        if (minute == 7'777) rows.push_back(format_time(at) + ",box,status,offline\n");
        if (minute == 8'888) rows.push_back(format_time(at) + ",box,status,online\n");
    }
    std::ranges::sort(rows);
    std::string text;
    for (const std::string& one : rows) text += one;
    return Files().recording(text);
}

TEST(Fork, EqualsTheSameFuturePlayedFromTheBeginning) {
    const Recording recording = busy_home();
    Rules rules;
    rules.warm_up = 7 * 24h;
    rules.phone_budget_milli = 1000;
    const Wiring wiring = wire(recording, {}, rules);
    std::size_t told = 0;
    for (const Duration after :
         std::initializer_list<Duration>{30h, 5 * 24h + 8h, 6 * 24h + 1h, 9 * 24h + 13h,
                                         10 * 24h + 4h, 11 * 24h + 13h + 7min}) {
        const Instant at = recording.begin() + after;
        SCOPED_TRACE(format_time(at));

        Player straight(wiring, recording.begin());
        Player before(wiring, recording.begin());
        std::optional<Player> forked;
        for (const Row& one : recording.rows) {
            if (one.at > at + looked_for) break;
            if (one.at < at) {
                straight.take(one);
                before.take(one);
                continue;
            }
            if (!forked) forked.emplace(before.fork());
            const auto quiet = silenced(one);
            if (!quiet) continue;
            straight.take(*quiet);
            forked->take(*quiet);
        }
        ASSERT_TRUE(forked);
        straight.wait(at + looked_for);
        forked->wait(at + looked_for);
        EXPECT_EQ(forked->snapshot(), straight.snapshot());
        EXPECT_EQ(forked->log().told().at, straight.log().told().at);
        EXPECT_EQ(forked->log().told().urgent_at, straight.log().told().urgent_at);
        const auto& late = forked->log().raised();
        const auto& all = straight.log().raised();
        ASSERT_LE(late.size(), all.size());
        EXPECT_TRUE(std::ranges::equal(late, std::span(all).last(late.size())));
        told += straight.log().told().at.has_value() ? 1 : 0;
    }
    EXPECT_GT(told, 0U) << "nothing was compared";
}

TEST(Fork, LeavesTheStateItBeganFromAlone) {
    const Recording recording = busy_home();
    const Wiring wiring = wire(recording, {}, Rules{});
    Player player(wiring, recording.begin());
    for (std::size_t i = 0; i < 500; ++i) player.take(recording.rows[i]);
    const std::string state = player.snapshot();
    Player future = player.fork();
    EXPECT_EQ(future.snapshot(), state);
    future.wait(recording.rows[499].at + 48h);
    EXPECT_EQ(player.snapshot(), state);
}

}  // namespace
}  // namespace anju::score
