// Layouts of makers' own, and compact frames: each read rightly, and refused when a bit is off.
#include "drivers/wmbus/meters.hpp"

#include <gtest/gtest.h>

#include <set>
#include <utility>

#include "drivers/wmbus/compact.hpp"
#include "drivers/wmbus/crc.hpp"
#include "drivers/wmbus/meaning.hpp"
#include "unit/drivers/support.hpp"
#include "unit/drivers/wmbus/made.hpp"

namespace anju::drivers::wmbus {
namespace {

using made::bytes;
using made::code_of;
using made::Made;
using made::meaning;
using made::telegram;
using made::total;
using made::value_of;

constexpr Made apator_162{.maker = "APA", .type = 0x07, .version = 0x05};

/// As the module sends it: with the CRC behind.
std::string with_crc(std::string_view block) {
    const std::uint16_t crc = crc16(bytes(block));
    const std::uint8_t end[] = {static_cast<std::uint8_t>(crc >> 8U),
                                static_cast<std::uint8_t>(crc & 0xFFU)};
    return "2F2F" + std::string(block) + to_hex(end);
}

TEST(WmbusApator162, HasItsTotalInARegisterOfItsOwn) {
    EXPECT_EQ(total("2F2F0F334DA39A00000071011ABF0D00039A0D00A01053850310CECC0D008943", apator_162),
              904'398'000);
    EXPECT_EQ(total(with_crc("0F00000000000000 10 01000000"), apator_162), 1'000);
    EXPECT_EQ(total(with_crc("0F00000000000000 43 1010 10 01000000 FFFFFF"), apator_162), 1'000);
}

TEST(WmbusApator162, IsRefusedWhenAnythingInItIsNotKnown) {
    EXPECT_EQ(code_of(meaning(with_crc("0F00000000000000 66 10 10 01000000"), apator_162)),
              "layout_unknown");
    EXPECT_EQ(code_of(meaning(with_crc("0F00000000000000 10 010000"), apator_162)),
              "layout_unknown");
    const std::string good = with_crc("0F00000000000000 10 01000000");
    for (std::size_t i = 3; i < bytes(good).size(); ++i) {
        Telegram damaged = telegram(good, apator_162);
        std::vector<std::uint8_t> copy(damaged.body.begin(), damaged.body.end());
        copy[i] ^= 1U;
        damaged.body = copy;
        EXPECT_EQ(code_of(meaning(damaged)), "layout_unknown") << "byte " << i;
    }
    EXPECT_EQ(total(with_crc("0F00000000000000 41 5559 FFFF"), apator_162), std::nullopt);
}

TEST(WmbusApator08, CountsInThirds) {
    const Made litres{.maker = "APT", .type = 0x0F, .version = 0x0F, .ci = 0xA0};
    EXPECT_EQ(total("42F214000040030000000005FF0472BF1400", litres), 457'579'333);
    const Made cubic_metres{.maker = "APT", .type = 0x11, .version = 0x04, .ci = 0xA0};
    EXPECT_EQ(total("1D5400000840030000000005FF05D83D0000", cubic_metres), 7'177'666'667);
    EXPECT_EQ(code_of(meaning("42F214000041030000000005FF0472BF1400", litres)), "layout_unknown");
    EXPECT_EQ(code_of(meaning("42F214000040030000000005FF0472BF7400", litres)), "layout_unknown")
        << "the register was greater last month";
    const Made other{.maker = "APT", .type = 0x07, .version = 0x04, .ci = 0xA0};
    EXPECT_EQ(code_of(meaning("42F214000040030000000005FF0472BF1400", other)), "layout_unknown");
}

TEST(WmbusDiehl, PriosIsUnscrambled) {
    const Made sappel{
        .maker = "SAP", .type = 0x04, .version = 0x0C, .ci = 0xA3, .number = "2124589C"};
    EXPECT_EQ(total("63140013716577EC59E8663AB0D31C", sappel), 38'944'000);
    const auto result = meaning("63140013716577EC59E8663AB0D31C", sappel);
    EXPECT_EQ(result->device, "") << "its address stands where the standard has it";
}

TEST(WmbusDiehl, PriosWithAddressInTheOldOrderNamesTheMeter) {
    const Made hydrometer{
        .maker = "HYD", .type = 0x48, .version = 0x50, .ci = 0xA2, .number = "03750786"};
    const auto result = meaning("51520015BEB6B2E1ED623A18FC74A5", hydrometer);
    EXPECT_EQ(value_of(result, ReadingKind::water_total_ml), 521'602'000);
    EXPECT_EQ(result->device, "HYD-48500375");
}

TEST(WmbusDiehl, PriosThatMakesNoSenseIsRefused) {
    const Made sappel{
        .maker = "SAP", .type = 0x04, .version = 0x0C, .ci = 0xA3, .number = "2124589D"};
    EXPECT_EQ(code_of(meaning("63140013716577EC59E8663AB0D31C", sappel)), "layout_unknown")
        << "another meter's address";
    EXPECT_EQ(code_of(meaning("63140013716577EC59", sappel)), "layout_unknown");
    const Made heat{
        .maker = "HYD", .type = 0x04, .version = 0x0C, .ci = 0xA3, .number = "2124589C"};
    EXPECT_FALSE(meaning("63140013716577EC59E8663AB0D31C", heat));
}

TEST(WmbusTechem, AddsWhatWasReadAndWhatCameSince) {
    const Made radio_3{.maker = "TCH", .type = 0x62, .version = 0x74, .ci = 0xA2};
    EXPECT_EQ(total("069F255900B029310000", radio_3), 13'800'000);
    EXPECT_EQ(total("0600000000B029310000", radio_3), 4'900'000) << "never read yet";
    EXPECT_EQ(code_of(meaning("06BF015900B029310000", radio_3)), "layout_unknown") << "month 13";
    EXPECT_EQ(code_of(meaning("069F2559000000310000", radio_3)), "layout_unknown") << "no today";
    EXPECT_EQ(code_of(meaning("069F2559", radio_3)), "layout_unknown");
    const Made unknown{.maker = "TCH", .type = 0x62, .version = 0x11, .ci = 0xA2};
    EXPECT_EQ(code_of(meaning("069F255900B029310000", unknown)), "layout_unknown");
}

TEST(WmbusTechem, RadioThreeAHasOneTotal) {
    const Made radio_3a{.maker = "TCH", .type = 0x72, .version = 0x50, .ci = 0xA2};
    EXPECT_EQ(total("0C007C31102500002934", radio_3a), 948'800'000);
    EXPECT_EQ(code_of(meaning("0C007C31102501002934", radio_3a)), "layout_unknown");
}

TEST(WmbusQundis, ProfileBeginsWithTheTotal) {
    const std::string profile =
        "0DFF5F 1C 0082DA0000600107C113FFFF48200000BF2C91170000DF2120200000";
    const Made water{.maker = "QDS", .type = 0x06, .version = 0x18, .ci = 0x78};
    EXPECT_EQ(total(profile, water), 2'048'000);
    EXPECT_EQ(total("0DFF5F 1C 0082DA0000600107C006FFFF48200000BF2C91170000DF2120200000", water),
              std::nullopt)
        << "energy";
    EXPECT_EQ(total("0DFF5F 1C 0082DA0000600107C113FFFFFFFFFFFFBF2C91170000DF2120200000", water),
              std::nullopt);
    const Made other{.maker = "XYZ", .type = 0x06, .version = 0x18, .ci = 0x78};
    EXPECT_EQ(total(profile, other), std::nullopt);
    const Made heat{.maker = "QDS", .type = 0x04, .version = 0x18, .ci = 0x78};
    EXPECT_EQ(code_of(meaning(profile, heat)), "not_supported_device");
}

TEST(WmbusMeter, MayUseAFieldInItsOwnWay) {
    const Made axioma{.maker = "AXI", .type = 0x07, .version = 0x01};
    EXPECT_EQ(value_of(meaning("01 FD 74 5B", axioma), ReadingKind::battery_pct), 91);
    EXPECT_EQ(value_of(meaning("01 FD 74 5B"), ReadingKind::battery_pct), std::nullopt) << "days";
    const Made waterstar{.maker = "DWZ", .type = 0x06, .version = 0x02};
    EXPECT_EQ(value_of(meaning("01 FD 48 1D", waterstar), ReadingKind::battery_mv), 2'900);
    const Made kaden{.maker = "KDN", .type = 0x07, .version = 0x01};
    EXPECT_EQ(total("04 12 1A790300  04 12 0D000000", kaden), 22'761'000);
    const Made iwm{.maker = "BMT", .type = 0x06, .version = 0x18, .status = 0x40};
    EXPECT_EQ(value_of(meaning("0C 13 58940200", iwm), ReadingKind::tamper), 1);
}

constexpr Made kamstrup_full{.maker = "KAM", .type = 0x16, .version = 0x1B, .ci = 0x78};
constexpr Made kamstrup_compact{.maker = "KAM", .type = 0x16, .version = 0x1B, .ci = 0x79};

TEST(WmbusCompactFrame, OfAKnownFormatIsRead) {
    EXPECT_EQ(total("12C40DFF00002F4E00003D010203", kamstrup_compact), 20'015'000);
    EXPECT_EQ(total("D4364649000062ED000034C9000041373303110F1716077000077000", kamstrup_compact),
              60'770'000);
}

TEST(WmbusCompactFrame, WithWrongChecksumIsRefused) {
    EXPECT_EQ(code_of(meaning("12C40DFF00002F4E00003D010204", kamstrup_compact)), "value_invalid");
    EXPECT_EQ(code_of(meaning("12C40DFF00002F4E0000", kamstrup_compact)), "record_truncated");
    EXPECT_EQ(code_of(meaning("12C4", kamstrup_compact)), "record_truncated");
}

TEST(WmbusCompactFrame, IsReadOnceItsFullFrameWasHeard) {
    const std::string_view full = "02FF20 0000 0413 39300000 023B 0100";
    const std::uint16_t signature = crc16(bytes("02FF20 0413 023B"));
    const std::uint16_t check = crc16(bytes(full));
    const std::uint8_t head[] = {
        static_cast<std::uint8_t>(signature & 0xFFU), static_cast<std::uint8_t>(signature >> 8U),
        static_cast<std::uint8_t>(check & 0xFFU), static_cast<std::uint8_t>(check >> 8U)};
    const std::string compact = to_hex(head) + "0000 39300000 0100";
    Formats formats(16);

    const auto before = read_meaning(telegram(compact, kamstrup_compact), formats);
    EXPECT_EQ(code_of(before), "format_unknown");
    ASSERT_TRUE(read_meaning(telegram(full, kamstrup_full), formats));
    const auto after = read_meaning(telegram(compact, kamstrup_compact), formats);
    EXPECT_EQ(value_of(after, ReadingKind::water_total_ml), 12'345'000);

    const auto revision = formats.revision();
    ASSERT_TRUE(read_meaning(telegram(full, kamstrup_full), formats));
    EXPECT_EQ(formats.revision(), revision) << "learned twice";
}

TEST(WmbusFormatFrame, TeachesTheFormatWhenItsSignatureFits) {
    const std::string_view headers = "02FF20 0413 023B";
    const std::uint16_t signature = crc16(bytes(headers));
    const std::uint8_t head[] = {0x09, static_cast<std::uint8_t>(signature & 0xFFU),
                                 static_cast<std::uint8_t>(signature >> 8U)};
    Formats formats(16);
    const Made announcing{.maker = "KAM", .type = 0x16, .ci = 0x69};
    ASSERT_TRUE(read_meaning(telegram(to_hex(head) + std::string(headers), announcing), formats));
    EXPECT_NE(formats.find(signature), nullptr);
    EXPECT_EQ(code_of(read_meaning(telegram("09 0000 02FF200413023B", announcing), formats)),
              "value_invalid");
}

TEST(WmbusCompactFrame, OfEveryKnownFormatHasItsOwnSignature) {
    for (const int signature : {0xDD34, 0xA8ED, 0xD2F7, 0xC412, 0x61EB, 0x36D4, 0x052D}) {
        const auto wanted = static_cast<std::uint16_t>(signature);
        ASSERT_FALSE(known_layout(wanted).empty());
        EXPECT_EQ(crc16(known_layout(wanted)), wanted);
    }
    EXPECT_TRUE(known_layout(0x1234).empty());
}

TEST(WmbusMeter, OfHeatIsNoWaterMeterThoughItsMakerMakesThoseToo) {
    for (const auto& [maker, version] : {std::pair{"SON", 0x3C}, {"BMT", 0x13}, {"BMT", 0x17}}) {
        Made made{.maker = maker, .version = static_cast<std::uint8_t>(version)};
        EXPECT_EQ(total("0413D2040000", made), 1'234'000) << maker;
        for (const int type : {0x04, 0x0C, 0x0D, 0x03, 0x08}) {
            made.type = static_cast<std::uint8_t>(type);
            EXPECT_EQ(code_of(meaning("0413D2040000", made)), "not_supported_device")
                << maker << " type " << type;
        }
    }
}

TEST(WmbusMeters, AreListedOnceAndFitIntoShortStrings) {
    std::set<std::string> seen;
    for (const SupportedDevice& device : supported_meters()) {
        EXPECT_TRUE(seen.insert(device.maker + "/" + device.model).second) << device.model;
        EXPECT_FALSE(device.says.empty());
        if (!device.maker.empty()) {
            EXPECT_LE(device.model.size(), 15U) << device.model;
        }
    }
    EXPECT_GE(seen.size(), 25U);
}

}  // namespace
}  // namespace anju::drivers::wmbus
