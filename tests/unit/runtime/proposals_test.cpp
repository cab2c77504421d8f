// Strangers: what is known of them, and that no flood of invented ones pushes out the real ones.
#include "runtime/proposals.hpp"

#include <gtest/gtest.h>

#include <set>

namespace anju {
namespace {

using namespace std::chrono_literals;

constexpr Instant noon = from_unix_ms(1'800'000'000'000);

Reading reading(ReadingKind kind, std::int64_t value = 1) {
    return {kind, 0, value, noon};
}

class Strangers : public ::testing::Test {
protected:
    Proposals::Heard hear(const std::string& driver, const std::string& address,
                          Instant at = noon) {
        return proposals.hear({.driver = driver, .address = address}, at);
    }
    /// Regular: once every ten minutes for an hour.
    void make_regular(const std::string& driver, const std::string& address) {
        for (int i = 0; i < 6; ++i) hear(driver, address, noon - 1h + i * 10min);
    }
    bool known(const std::string& driver, const std::string& address) {
        return proposals.find(driver, address) != nullptr;
    }
    /// `count` invented addresses, one a millisecond, each once.
    void flood(const std::string& driver, int count, Instant from = noon) {
        for (int i = 0; i < count; ++i) {
            hear(driver, driver + std::to_string(i), from + std::chrono::milliseconds{i});
        }
    }
    /// As after a restart.
    Proposals reloaded() {
        Proposals other;
        EXPECT_TRUE(other.load(proposals.save(noon)));
        return other;
    }

    Proposals proposals;
};

TEST_F(Strangers, AreDescribedByAllTheyHaveSaid) {
    const std::vector<Reading> battery{reading(ReadingKind::battery_pct, 80)};
    const std::vector<Reading> smoke{reading(ReadingKind::smoke, 0),
                                     reading(ReadingKind::battery_pct, 79)};
    EXPECT_EQ(proposals.hear({.driver = "zigbee2mqtt",
                              .address = "0x01",
                              .alias = "hall",
                              .model = "HS1SA",
                              .readings = battery,
                              .topic = "zigbee2mqtt/hall",
                              .payload = "{}",
                              .lqi = 120},
                             noon),
              Proposals::Heard::added);
    EXPECT_EQ(proposals.find("zigbee2mqtt", "0x01")->kind, std::nullopt);
    EXPECT_EQ(proposals.hear({.driver = "zigbee2mqtt",
                              .address = "0x01",
                              .readings = smoke,
                              .topic = "zigbee2mqtt/hall",
                              .payload = "{1}"},
                             noon + 1min),
              Proposals::Heard::again);
    const Proposal* one = proposals.find("zigbee2mqtt", "0x01");
    ASSERT_NE(one, nullptr);
    EXPECT_EQ(one->kind, SensorKind::smoke);
    EXPECT_EQ(one->alias, "hall");
    EXPECT_EQ(one->model, "HS1SA");
    EXPECT_EQ(one->messages, 2U);
    EXPECT_EQ(one->first_heard, noon);
    EXPECT_EQ(one->last_heard, noon + 1min);
    EXPECT_EQ(one->payload, "{1}");
    EXPECT_EQ(one->lqi, 120);
    ASSERT_EQ(one->readings.size(), 2U) << "the last of each kind";
    EXPECT_EQ(one->readings[0].value, 79);
}

TEST_F(Strangers, AreNamedByWhatTheyAreBoughtFor) {
    const auto kind = [](std::initializer_list<ReadingKind> said) {
        std::vector<Reading> readings;
        for (const ReadingKind one : said) readings.push_back(reading(one));
        return kind_of(readings);
    };
    EXPECT_EQ(kind({ReadingKind::battery_pct, ReadingKind::tamper}), std::nullopt);
    EXPECT_EQ(kind({ReadingKind::carbon_monoxide, ReadingKind::smoke}), SensorKind::smoke);
    EXPECT_EQ(kind({ReadingKind::carbon_monoxide}), SensorKind::gas);
    EXPECT_EQ(kind({ReadingKind::vibration, ReadingKind::contact_open}), SensorKind::door);
    EXPECT_EQ(kind({ReadingKind::water_flow_mlh, ReadingKind::fault}), SensorKind::water_meter);
    EXPECT_EQ(kind({ReadingKind::motion, ReadingKind::sos}), SensorKind::sos);
    EXPECT_EQ(kind({}), std::nullopt);
}

TEST_F(Strangers, TellWhyTheyAreNotUnderstoodUntilTheyAre) {
    proposals.hear({.driver = "wmbus",
                    .address = "1",
                    .error = "key_missing",
                    .error_text = "it encrypts",
                    .payload = "2e44"},
                   noon);
    EXPECT_EQ(proposals.find("wmbus", "1")->error, "key_missing");
    const std::vector<Reading> total{reading(ReadingKind::water_total_ml, 5)};
    proposals.hear({.driver = "wmbus", .address = "1", .readings = total}, noon);
    EXPECT_EQ(proposals.find("wmbus", "1")->error, "");
    EXPECT_EQ(proposals.find("wmbus", "1")->kind, SensorKind::water_meter);
}

TEST_F(Strangers, OfNamesThatNobodyCouldTypeAreCountedOnly) {
    for (const std::string& address :
         {std::string{}, std::string(201, 'a'), std::string("a\nb"), std::string("\x1b[31m"),
          std::string("\xff\xfe"), std::string("a\0b", 3)}) {
        EXPECT_EQ(hear("wmbus", address), Proposals::Heard::unusable);
    }
    EXPECT_EQ(proposals.size(), 0U);
    EXPECT_EQ(proposals.dropped(), 6U);
    EXPECT_EQ(hear("wmbus", "客厅 \"x\\\""), Proposals::Heard::added);
}

TEST_F(Strangers, SayAtMostWhatFitsIntoTheirPlace) {
    const std::string endless(100'000, 'x');
    std::vector<Reading> many;
    for (int i = 0; i < 200; ++i) many.push_back(reading(static_cast<ReadingKind>(i)));
    proposals.hear({.driver = "d",
                    .address = "a",
                    .alias = endless,
                    .model = endless,
                    .readings = many,
                    .error = endless,
                    .error_text = endless,
                    .topic = endless,
                    .payload = endless},
                   noon);
    EXPECT_FALSE(proposals.find("d", "a")->whole);
    EXPECT_LT(proposals.save(noon).size(), 8'000U);
}

TEST_F(Strangers, OneIsOneUnderBothOfItsNames) {
    hear("zigbee2mqtt", "hall");
    EXPECT_EQ(proposals.hear({.driver = "zigbee2mqtt", .address = "0x01", .alias = "hall"}, noon),
              Proposals::Heard::again);
    EXPECT_EQ(proposals.size(), 1U);
    EXPECT_EQ(proposals.find("zigbee2mqtt", "0x01")->messages, 2U);
    EXPECT_EQ(proposals.find("zigbee2mqtt", "hall"), nullptr);
    hear("wmbus", "hall");
    EXPECT_EQ(proposals.size(), 2U) << "another driver's hall is another device";
}

TEST_F(Strangers, AreAtMost256AndTheRestIsCounted) {
    flood("wmbus", 10'000);
    EXPECT_EQ(proposals.size(), 256U);
    EXPECT_EQ(proposals.dropped(), 10'000U - 256U);
    EXPECT_TRUE(known("wmbus", "wmbus9999"));
    EXPECT_FALSE(known("wmbus", "wmbus0")) << "the one not heard for longest goes";
}

TEST_F(Strangers, ThatSpeakRegularlySurviveAFlood) {
    for (int i = 0; i < 100; ++i) make_regular("wmbus", "meter" + std::to_string(i));
    flood("wmbus", 10'000);
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(known("wmbus", "meter" + std::to_string(i))) << i;
}

TEST_F(Strangers, OfOneDriverSurviveAFloodOfAnother) {
    hear("zigbee2mqtt", "0x01", noon - 5h);
    flood("wmbus", 10'000);
    EXPECT_TRUE(known("zigbee2mqtt", "0x01"));
}

TEST_F(Strangers, ThatAreNewAreSeenInAStreetOfRegularOnes) {
    for (int i = 0; i < 400; ++i) make_regular("wmbus", "meter" + std::to_string(i));
    EXPECT_EQ(proposals.size(), 256U);
    hear("zigbee2mqtt", "0x01");
    EXPECT_TRUE(known("zigbee2mqtt", "0x01"));
    flood("rtl_433", 5'000);
    EXPECT_TRUE(known("zigbee2mqtt", "0x01"));
    make_regular("zigbee2mqtt", "0x02");
    flood("zigbee2mqtt", 5'000, noon + 1s);
    EXPECT_TRUE(known("zigbee2mqtt", "0x02")) << "a place was made among the regular ones";
}

TEST_F(Strangers, ThatFellSilentMakeRoomForRegularOnes) {
    for (int i = 0; i < 192; ++i) make_regular("wmbus", "old" + std::to_string(i));
    for (int i = 0; i < 6; ++i) hear("wmbus", "new", noon + 48h + i * 10min);
    flood("wmbus", 5'000, noon + 50h);
    EXPECT_TRUE(known("wmbus", "new"));
    int left = 0;
    for (int i = 0; i < 192; ++i) left += known("wmbus", "old" + std::to_string(i)) ? 1 : 0;
    EXPECT_EQ(left, 191);
}

TEST_F(Strangers, StayHiddenOnceIgnored) {
    make_regular("wmbus", "neighbour");
    ASSERT_TRUE(proposals.ignore("wmbus", "neighbour", noon));
    EXPECT_EQ(proposals.size(), 0U);
    EXPECT_EQ(hear("wmbus", "neighbour"), Proposals::Heard::ignored);
    Proposals after = reloaded();
    EXPECT_EQ(after.hear({.driver = "wmbus", .address = "neighbour"}, noon),
              Proposals::Heard::ignored);
    EXPECT_EQ(after.hear({.driver = "rtl_433", .address = "neighbour"}, noon),
              Proposals::Heard::added);
    EXPECT_TRUE(after.unignore("wmbus", "neighbour"));
    EXPECT_FALSE(after.unignore("wmbus", "neighbour"));
    EXPECT_EQ(after.hear({.driver = "wmbus", .address = "neighbour"}, noon),
              Proposals::Heard::added);
}

TEST_F(Strangers, AreIgnoredUpToALimitThatIsSaid) {
    for (int i = 0; i < 1024; ++i) {
        ASSERT_TRUE(proposals.ignore("wmbus", std::to_string(i), noon));
    }
    hear("wmbus", "one more");
    EXPECT_FALSE(proposals.ignore("wmbus", "one more", noon));
    EXPECT_TRUE(proposals.ignore("wmbus", "7", noon)) << "that one is ignored already";
    EXPECT_TRUE(known("wmbus", "one more"));
}

TEST_F(Strangers, AreTheSameAfterARestart) {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
    const std::vector<Reading> readings{reading(ReadingKind::smoke, 0),
                                        {ReadingKind::battery_pct, quality::retained, -3, {}}};
    proposals.hear({.driver = "wmbus",
                    .address = "客厅",
                    .alias = "\xff\xfe",
                    .model = bytes.substr(0, 40),
                    .readings = readings,
                    .error = "key_wrong",
                    .error_text = "text",
                    .topic = "t",
                    .payload = bytes,
                    .rssi_dbm = -97,
                    .lqi = 3},
                   noon);
    hear("zigbee2mqtt", "0x01", noon + 1h);
    const Proposals after = reloaded();
    ASSERT_EQ(after.size(), 2U);
    for (const Proposal* one : proposals.all()) {
        ASSERT_NE(after.find(one->driver, one->address), nullptr);
        EXPECT_EQ(*after.find(one->driver, one->address), *one);
    }
    EXPECT_EQ(after.all().front()->address, "0x01") << "last heard first";
}

TEST_F(Strangers, AreNotReplacedByDamagedText) {
    hear("wmbus", "1");
    const std::string text = proposals.save(noon);
    for (const std::string& bad :
         {std::string{}, std::string("{}"), text.substr(0, text.size() - 1), "[" + text + "]",
          std::string(R"({"version":2,"dropped":0,"proposals":[],"ignored":[]})"),
          std::string(R"({"version":1,"dropped":0,"proposals":[{}],"ignored":[]})")}) {
        EXPECT_FALSE(proposals.load(bad)) << bad;
    }
    EXPECT_TRUE(known("wmbus", "1"));
}

TEST_F(Strangers, AreKeptAtOnceWhenNewAndHourlyWhenHeardAgain) {
    EXPECT_FALSE(proposals.due(noon));
    hear("wmbus", "1");
    EXPECT_TRUE(proposals.due(noon));
    (void)proposals.save(noon);
    EXPECT_FALSE(proposals.due(noon + 24h)) << "nothing has changed";
    hear("wmbus", "1", noon + 1min);
    EXPECT_FALSE(proposals.due(noon + 59min));
    EXPECT_TRUE(proposals.due(noon + 1h));
}

TEST_F(Strangers, ThatAreInventedDoNotWearOutTheFlash) {
    int writes = 0;
    for (int second = 0; second < 24 * 3600; second += 5) {
        const Instant at = noon + std::chrono::seconds{second};
        hear("wmbus", std::to_string(second), at);
        if (!proposals.due(at)) continue;
        (void)proposals.save(at);
        ++writes;
    }
    EXPECT_GE(writes, 100);
    EXPECT_LE(writes, 10 + 24 * 6) << "of up to half a megabyte each";
    ASSERT_TRUE(proposals.ignore("wmbus", "0", noon + 24h));
    EXPECT_TRUE(proposals.due(noon + 24h)) << "what an operator orders is kept at once";
}

TEST_F(Strangers, MoveWithAClockThatIsSet) {
    make_regular("wmbus", "1");
    (void)proposals.save(noon);
    proposals.shift(-50 * 365 * 24h);
    EXPECT_EQ(proposals.find("wmbus", "1")->last_heard, noon - 10min - 50 * 365 * 24h);
    hear("wmbus", "1", noon - 50 * 365 * 24h + 30min);
    EXPECT_FALSE(proposals.due(noon - 50 * 365 * 24h + 30min));
    EXPECT_TRUE(proposals.due(noon - 50 * 365 * 24h + 1h));
}

}  // namespace
}  // namespace anju
