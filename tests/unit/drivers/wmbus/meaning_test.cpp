// What the general records of a meter mean, and which of them are not what they look like.
#include "drivers/wmbus/meaning.hpp"

#include <gtest/gtest.h>

#include "unit/drivers/support.hpp"
#include "unit/drivers/wmbus/made.hpp"

namespace anju::drivers::wmbus {
namespace {

using drivers::testing::brief;
using made::code_of;
using made::Made;
using made::meaning;
using made::telegram;
using made::total;
using made::value_of;

TEST(WmbusWater, TotalIsExactInEveryResolution) {
    EXPECT_EQ(total("04 10 15CD5B07"), 123'456'789);
    EXPECT_EQ(total("04 11 39300000"), 123'450);
    EXPECT_EQ(total("04 12 1A790300"), 22'761'000);
    EXPECT_EQ(total("04 13 39300000"), 12'345'000);
    EXPECT_EQ(total("0C 14 45230100"), 123'450'000);
    EXPECT_EQ(total("0B 15 452301"), 1'234'500'000);
    EXPECT_EQ(total("02 16 3930"), 12'345'000'000);
    EXPECT_EQ(total("0E 13 785634120000"), 12'345'678'000);
    EXPECT_EQ(total("04 FB 10 02000000"), 200'000'000);
    EXPECT_EQ(total("05 16 0000C03F"), 1'500'000);
}

TEST(WmbusWater, TotalStandsInEveryKindOfWaterMeterOfAnyMaker) {
    for (const int type : {0x06, 0x07, 0x15, 0x16, 0x17}) {
        EXPECT_EQ(total("04 13 39300000", {.type = static_cast<std::uint8_t>(type)}), 12'345'000);
    }
}

TEST(WmbusWater, TotalMayComeAfterItsPast) {
    EXPECT_EQ(total("42 6C BF2C  4C 13 00000100  82 04 6C 2129  0C 13 45230100"), 12'345'000);
}

TEST(WmbusWater, TotalIsNeverTakenFromAnotherRecord) {
    EXPECT_EQ(total("44 13 39300000"), std::nullopt) << "a store";
    EXPECT_EQ(total("84 10 13 39300000"), std::nullopt) << "a tariff";
    EXPECT_EQ(total("84 40 13 39300000"), std::nullopt) << "a subunit";
    EXPECT_EQ(total("14 13 39300000"), std::nullopt) << "a maximum";
    EXPECT_EQ(total("24 13 39300000"), std::nullopt) << "a minimum";
    EXPECT_EQ(total("34 13 39300000"), std::nullopt) << "a value while in error";
    EXPECT_EQ(total("04 93 3B 39300000"), std::nullopt) << "forward only";
    EXPECT_EQ(total("04 93 3C 39300000"), std::nullopt) << "backward only";
    EXPECT_EQ(total("04 93 3A 39300000"), std::nullopt) << "not corrected";
    EXPECT_EQ(total("04 93 7D 39300000"), std::nullopt) << "times a thousand";
    EXPECT_EQ(total("04 93 FF 20 39300000"), std::nullopt) << "as the maker means it";
    EXPECT_EQ(total("0D 93 1E 04 39300000"), std::nullopt) << "a profile";
    EXPECT_EQ(total("04 FF 13 39300000"), std::nullopt) << "a VIF of the maker's own";
    EXPECT_EQ(total("04 FD 13 39300000"), std::nullopt) << "another table";
    EXPECT_EQ(total("04 0E 39300000"), std::nullopt) << "energy";
    EXPECT_EQ(total("04 3B 39300000"), std::nullopt) << "flow";
    EXPECT_EQ(total("04 7C 02 336D 39300000"), std::nullopt) << "a unit in plain text";
}

TEST(WmbusWater, TotalThatIsNoneIsAbsentAndNotZero) {
    for (const auto* body : {"04 13 00000080", "0C 13 FFFFFFFF", "00 13"}) {
        const auto result = meaning(body);
        ASSERT_TRUE(result) << body;
        EXPECT_EQ(value_of(result, ReadingKind::water_total_ml), std::nullopt) << body;
        EXPECT_TRUE(result->problems.empty()) << body << " says itself that it holds nothing";
    }
    for (const auto* body : {"04 13 FFFFFFFF", "0C 13 0000A000", "0C 13 010000F0", "05 16 000080BF",
                             "05 16 0000C07F", "07 16 0000000000000070"}) {
        const auto result = meaning(body);
        ASSERT_TRUE(result) << body;
        EXPECT_EQ(value_of(result, ReadingKind::water_total_ml), std::nullopt) << body;
        ASSERT_EQ(result->problems.size(), 1U) << body;
        EXPECT_EQ(result->problems[0].code, "value_invalid");
    }
    EXPECT_EQ(total("04 13 00000000"), 0) << "a new meter";
}

TEST(WmbusWater, TotalsThatDifferAreNeitherBelieved) {
    const auto result = meaning("04 13 39300000  04 13 3A300000  04 13 39300000");
    ASSERT_TRUE(result);
    EXPECT_EQ(value_of(result, ReadingKind::water_total_ml), std::nullopt);
    ASSERT_EQ(result->problems.size(), 1U);
    EXPECT_EQ(result->problems[0].code, "value_contradictory");
    EXPECT_EQ(result->problems[0].at, 6U);
}

TEST(WmbusWater, TotalShownTwiceIsTakenInItsFinerResolution) {
    EXPECT_EQ(total("04 16 0C000000  04 13 39300000"), 12'345'000);
    EXPECT_EQ(total("04 13 39300000  04 16 0C000000"), 12'345'000);
}

TEST(WmbusWater, FlowAndBackwardVolumeStandBesideTheTotal) {
    const auto result = meaning("04 13 FB940000  04 93 3C 01000000  02 3B 0200");
    ASSERT_TRUE(result);
    EXPECT_EQ(brief(result->readings),
              "water_total_ml=38139000 water_reverse_ml=1000 water_flow_mlh=2000 battery_low=0 "
              "fault=0");
    const auto flow = [](std::string_view body) {
        return value_of(meaning(body), ReadingKind::water_flow_mlh);
    };
    EXPECT_EQ(flow("0B 3B 0200F0"), -2'000);
    EXPECT_EQ(flow("02 3E 0300"), 3'000'000);
    EXPECT_EQ(flow("02 43 0100"), 6'000) << "0.0001 m3/min";
    EXPECT_EQ(flow("02 49 0A00"), 360) << "10^-8 m3/s, ten of them";
    EXPECT_EQ(flow("52 3B 0300"), std::nullopt) << "the greatest of a month";
    EXPECT_EQ(flow("02 3B 0080"), std::nullopt);
}

TEST(WmbusWater, StatusTellsOfBatteryAndFault) {
    const auto battery = meaning("04 13 39300000", Made{.status = 0x04});
    EXPECT_EQ(value_of(battery, ReadingKind::battery_low), 1);
    EXPECT_EQ(value_of(battery, ReadingKind::fault), 0);
    const auto fault = meaning("04 13 39300000", Made{.status = 0x08});
    EXPECT_EQ(value_of(fault, ReadingKind::fault), 1);
    EXPECT_EQ(value_of(fault, ReadingKind::tamper), std::nullopt);
    const auto without = meaning("04 13 39300000", Made{.ci = 0x78, .status = 0});
    EXPECT_EQ(brief(without->readings), "water_total_ml=12345000");
}

TEST(WmbusWater, TelegramWithoutAnythingToReadIsALifeSign) {
    const auto result = meaning("04 6D 300CAB22", Made{.ci = 0x78});
    ASSERT_TRUE(result);
    EXPECT_EQ(brief(result->readings), "alive=1");
}

TEST(WmbusMeaning, OfAnotherMediumIsRefusedByName) {
    for (const int type :
         {0x00, 0x02, 0x03, 0x04, 0x08, 0x0C, 0x0D, 0x0E, 0x1B, 0x1D, 0x37, 0x80}) {
        const auto result =
            meaning("0C 13 45230100", Made{.type = static_cast<std::uint8_t>(type)});
        EXPECT_EQ(code_of(result), "not_supported_device") << type;
    }
    EXPECT_NE(meaning("", Made{.type = 0x04}).error().text.find("heat"), std::string::npos);
}

TEST(WmbusMeaning, OfAConverterIsThatOfTheMeterBehindIt) {
    const Made converter{.type = 0x37, .ci = 0x78};
    EXPECT_EQ(total("07 79 7856341293443507  04 13 39300000", converter), 12'345'000);
    EXPECT_EQ(code_of(meaning("07 79 7856341293443504  04 13 39300000", converter)),
              "not_supported_device");
    EXPECT_EQ(code_of(meaning("04 13 39300000", converter)), "not_supported_device");
}

TEST(WmbusMeaning, OfACutOffTelegramIsRefused) {
    const auto result = meaning("04 13 39300000  04 6D 300C");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "record_truncated");
    EXPECT_EQ(result.error().at, 6U);
}

TEST(WmbusMeaning, OfAMakersOwnLayoutIsRefusedUnlessItIsKnown) {
    EXPECT_EQ(code_of(meaning("0F 0102030405")), "layout_unknown");
    EXPECT_EQ(code_of(meaning("2F2F 0F 0102030405")), "layout_unknown");
    EXPECT_EQ(code_of(meaning("0102030405", Made{.ci = 0xA2})), "layout_unknown");
    EXPECT_EQ(total("04 13 39300000  0F 0102030405"), 12'345'000);
}

TEST(WmbusMeaning, OfTheFixedStructureOfWiredMbusIsRefused) {
    Telegram old = telegram("0413 39300000", Made{.ci = 0x73});
    old.wired = true;
    EXPECT_EQ(code_of(meaning(old)), "layout_unknown");
}

TEST(WmbusSmoke, IsAbsentOnlyWhereTheDetectorSaysSo) {
    const Made detector{.type = 0x1A};
    EXPECT_EQ(brief(meaning("02 FD 17 0000", detector)->readings), "smoke=0 battery_low=0 fault=0");
    const auto smoke = [](std::string_view body, const Made& made) {
        return value_of(meaning(body, made), ReadingKind::smoke);
    };
    EXPECT_EQ(smoke("02 FD 17 0000", {.type = 0x1A, .status = 0x03}), std::nullopt)
        << "the status tells of an abnormal condition";
    EXPECT_EQ(smoke("02 FD 17 0000", {.type = 0x1A, .ci = 0x78}), std::nullopt) << "no status";
    EXPECT_EQ(smoke("42 FD 17 0000", detector), std::nullopt) << "flags of the past";
    EXPECT_EQ(smoke("01 FD 61 03  82 06 6C AB22", detector), std::nullopt)
        << "a counter and a date";
}

TEST(WmbusSmoke, IsNotGuessedFromFlagsOfUnknownMeaning) {
    const auto result = meaning("02 FD 17 0400", Made{.type = 0x1A});
    ASSERT_TRUE(result);
    EXPECT_EQ(value_of(result, ReadingKind::smoke), std::nullopt);
    ASSERT_EQ(result->problems.size(), 1U);
    EXPECT_EQ(result->problems[0].code, "flags_unknown");
}

TEST(WmbusSmoke, OfLansenIsToldFromItsTest) {
    const Made lansen{.maker = "LAS", .type = 0x1A, .version = 0x03};
    EXPECT_EQ(value_of(meaning("02 FD 97 1D 0000", lansen), ReadingKind::smoke), 0);
    const auto alarm = meaning("02 FD 97 1D 0400", lansen);
    EXPECT_EQ(value_of(alarm, ReadingKind::smoke), 1);
    EXPECT_EQ(alarm->readings[0].quality, 0);
    const auto test = meaning("02 FD 97 1D 0800", lansen);
    EXPECT_EQ(value_of(test, ReadingKind::smoke), 1);
    EXPECT_EQ(test->readings[0].quality, quality::test);
    const auto both = meaning("02 FD 97 1D 0C00", lansen);
    EXPECT_EQ(both->readings[0].quality, 0) << "an alarm while it is tested is an alarm";
}

TEST(WmbusDoor, OfLansenIsOpenOrClosedAndNothingElse) {
    const Made lansen{.maker = "LAS", .type = 0x1D, .version = 0x07, .status = 0x40};
    const auto closed = meaning("02 FD 1B 1100", lansen);
    EXPECT_EQ(value_of(closed, ReadingKind::contact_open), 0);
    EXPECT_EQ(value_of(closed, ReadingKind::tamper), 1);
    EXPECT_EQ(value_of(meaning("02 FD 1B 5500", lansen), ReadingKind::contact_open), 1);
    const auto odd = meaning("02 FD 1B 1500", lansen);
    EXPECT_EQ(value_of(odd, ReadingKind::contact_open), std::nullopt);
    EXPECT_EQ(odd->problems.size(), 1U);
}

}  // namespace
}  // namespace anju::drivers::wmbus
