// When a box says that it protects nobody, and that it does not flicker or wake anybody.
#include <gtest/gtest.h>

#include "runtime/protection.hpp"

namespace anju {
namespace {

using namespace std::chrono_literals;
using Reasons = std::set<Unprotected>;

class ProtectionOfAHome : public testing::Test {
protected:
    static constexpr ProtectionFacts well{.home_connected = true,
                                          .sensor_heard = true,
                                          .space_low = false,
                                          .clock_trusted = true,
                                          .somebody_reached = true};
    void look(const ProtectionFacts& facts, std::chrono::seconds at) {
        box_.look(facts, SteadyTime{} + at, Instant{} + starts_at_ + at);
    }
    Duration starts_at_ = 12h;  ///< local time of the beginning
    Protection box_;
};

TEST_F(ProtectionOfAHome, IsThereOnceTheHomeIsHeard) {
    EXPECT_EQ(box_.reasons(), Reasons{Unprotected::starting});
    ProtectionFacts deaf = well;
    deaf.home_connected = false;
    look(deaf, 0s);
    EXPECT_EQ(box_.reasons(), Reasons{Unprotected::home_broker}) << "a start is not taken for well";
    look(well, 5s);
    look(well, 64s);
    EXPECT_FALSE(box_.protects());
    look(well, 65s);
    EXPECT_TRUE(box_.protects());
}

TEST_F(ProtectionOfAHome, EndsForEachReasonAfterItsOwnTime) {
    struct Case {
        Unprotected reason;
        ProtectionFacts facts;
        std::chrono::seconds after;
    };
    const auto but = [](bool ProtectionFacts::* what, bool value) {
        ProtectionFacts out = well;
        out.*what = value;
        return out;
    };
    const Case cases[] = {
        {Unprotected::home_broker, but(&ProtectionFacts::home_connected, false), 2min},
        {Unprotected::no_sensor, but(&ProtectionFacts::sensor_heard, false), 15min},
        {Unprotected::disk_full, but(&ProtectionFacts::space_low, true), 1min},
        {Unprotected::clock, but(&ProtectionFacts::clock_trusted, false), 24h},
        {Unprotected::nobody_told, but(&ProtectionFacts::somebody_reached, false), 15min}};
    for (const Case& one : cases) {
        box_ = Protection{};
        look(well, 0s);
        look(one.facts, 1h);
        look(one.facts, 1h + one.after - 1s);
        EXPECT_TRUE(box_.protects()) << name(one.reason);
        look(one.facts, 1h + one.after);
        EXPECT_EQ(box_.reasons(), Reasons{one.reason});
        look(well, 2h + one.after);
        look(well, 2h + one.after + 59s);
        EXPECT_FALSE(box_.protects()) << name(one.reason);
        look(well, 2h + one.after + 60s);
        EXPECT_TRUE(box_.protects()) << name(one.reason);
    }
}

TEST_F(ProtectionOfAHome, DoesNotFlicker) {
    ProtectionFacts deaf = well;
    deaf.home_connected = false;
    look(well, 0s);
    for (auto at = 60s; at < 10h; at += 60s) {
        look(at % 120s == 0s ? well : deaf, at);
        EXPECT_TRUE(box_.protects());
    }
    look(deaf, 11h);
    look(deaf, 11h + 2min);
    for (std::chrono::seconds at = 12h; at < 20h; at += 50s) {
        look(at % 100s == 0s ? well : deaf, at);
        EXPECT_FALSE(box_.protects());
    }
}

TEST_F(ProtectionOfAHome, IsComplainedOfAloudByDayAlone) {
    ProtectionFacts full = well;
    full.space_low = true;
    starts_at_ = 19h;
    look(full, 0s);
    look(full, 60s);
    look(full, 60s + 30min - 1s);
    EXPECT_FALSE(box_.aloud()) << "somebody may be on it already";
    look(full, 60s + 30min);
    EXPECT_TRUE(box_.aloud());
    look(full, 1h);  // 20:00
    EXPECT_FALSE(box_.aloud());
    EXPECT_FALSE(box_.protects()) << "the lamp goes on";
    look(full, 13h - 1s);
    EXPECT_FALSE(box_.aloud());
    look(full, 13h);  // 08:00
    EXPECT_TRUE(box_.aloud());
    ProtectionFacts lost = full;
    lost.clock_trusted = false;
    look(lost, 13h + 1s);
    EXPECT_FALSE(box_.aloud()) << "nobody knows whether it is day";
    look(well, 14h);
    look(well, 15h);
    EXPECT_FALSE(box_.aloud());
}

}  // namespace
}  // namespace anju
