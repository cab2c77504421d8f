// The scenario "month" on an engine without brokers: what an operator who drills with it is to see.
#include <gtest/gtest.h>

#include <optional>
#include <variant>
#include <vector>

#include "core/engine.hpp"
#include "firmware-sim/homes/home_model.hpp"
#include "firmware-sim/local_time.hpp"
#include "firmware-sim/scenario/scenario.hpp"

namespace anju::sim {
namespace {

using namespace std::chrono_literals;

struct Month {
    std::vector<AlertChanged> told;
    std::vector<Instant> at;  ///< beside `told`
    Instant fell{};
};

Household household(const SimHome& home) {
    Household out;
    out.id = home.id;
    out.community = home.community;
    out.residents = {home.resident};
    for (const SimDevice& device : home.devices) out.devices.push_back(device.device);
    return out;
}

/// Every sensor's word reaches the engine `delay` after it was spoken.
Month live(std::uint64_t seed, Duration delay) {
    const auto scenario = load_scenario("month").value();
    const SimHome& home = scenario.homes.front();
    HomeModel model(home, scenario.start, scenario.start + scenario.lasts, seed);
    Month month;
    month.fell = local_midnight(scenario.start) + home.incidents.front().at;
    Engine engine;
    Decisions decisions;
    std::uint64_t message = 0;
    const auto hear = [&](const Output& output, Instant now) {
        for (const Emission& emission : output.emissions) {
            const Device& device = home.devices[emission.device].device;
            engine.apply(now,
                         Observation{.device = device.id,
                                     .sequence = Sequence{1, ++message},
                                     .readings = emission.readings},
                         decisions);
        }
    };
    engine.apply(scenario.start, HouseholdSet{household(home)}, decisions);
    hear(model.hello(), scenario.start);
    while (const auto next = model.next()) {
        Output output;
        model.advance(*next, output);
        hear(output, *next + delay);
    }
    engine.advance(scenario.start + scenario.lasts + delay, decisions);
    for (const Decision& decision : decisions) {
        const auto* changed = std::get_if<AlertChanged>(&decision.what);
        // Not how far it has climbed its ladder since.
        if (changed == nullptr || (changed->from && !month.told.empty() &&
                                   month.told.back().alert.priority == changed->alert.priority)) {
            continue;
        }
        month.told.push_back(*changed);
        month.at.push_back(decision.at);
    }
    return month;
}

TEST(Month, AsksToPhoneAndThenRaisesTheAlarmWithinHoursOfTheFallAndTellsNothingBefore) {
    // At the rate of the scenario messages are some minutes of its time under way.
    for (const Duration delay : {Duration{0}, Duration{6min}}) {
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            SCOPED_TRACE(testing::Message() << "seed " << seed << ", delay " << delay.count());
            const Month month = live(seed, delay);
            ASSERT_EQ(month.told.size(), 2U);
            const Alert& phone = month.told[0].alert;
            EXPECT_EQ(phone.kind, AlertKind::inactivity);
            EXPECT_EQ(phone.priority, Priority::p3);
            EXPECT_EQ(month.told[0].from, std::nullopt);
            EXPECT_GT(month.at[0], month.fell);
            const Alert& alarm = month.told[1].alert;
            EXPECT_EQ(alarm.id, phone.id);
            EXPECT_EQ(alarm.priority, Priority::p2);
            EXPECT_EQ(alarm.evidence.rule, "unusual_silence");
            EXPECT_GT(alarm.evidence.once_in_days, phone.evidence.once_in_days);
            EXPECT_LT(month.at[1], month.fell + 5h);
        }
    }
}

}  // namespace
}  // namespace anju::sim
