// The whole driver: a message in, the readings of a named meter or a named error out.
#include <gtest/gtest.h>

#include <iostream>
#include <string>

#include "drivers/settings.hpp"
#include "drivers/state.hpp"
#include "drivers/wmbus/wmbus.hpp"
#include "unit/drivers/counting_new.hpp"
#include "unit/drivers/support.hpp"
#include "unit/drivers/wmbus/frames.hpp"

namespace anju::drivers::wmbus {
namespace {

namespace json = boost::json;

const std::string iperl = "1844AE4C4455223368077A55000000041389E20100023B0000";
const std::string encrypted =
    "3944FA122162092002067A3600202567C94D48D00DC47B11213E23383DB51968A705AAFA60C60E263D50CD259D7C"
    "9A03FD0C08000002FD0B0011";
const std::string key = "BEDB81B52C29B5C143388CBB0D15A051";

DecodeResult say(DriverState& state, std::string_view payload, bool retained = false) {
    return decode({.topic = "wmbus/attic", .payload = payload, .retained = retained}, state);
}

TEST(WmbusDriver, NamesTheMeterItsModelAndTheStrength) {
    DriverState state;
    const auto result = say(state, "{\"telegram\":\"" + iperl + "\",\"rssi\":-71}");
    ASSERT_TRUE(result) << result.error().text;
    ASSERT_EQ(result->size(), 1U);
    const Decoded& decoded = result->front();
    EXPECT_EQ(decoded.driver, "wmbus");
    EXPECT_EQ(decoded.address, "SEN-33225544");
    EXPECT_EQ(decoded.alias, "33225544");
    EXPECT_FALSE(decoded.model.empty());
    EXPECT_LE(decoded.model.size(), 15U);
    EXPECT_EQ(decoded.rssi_dbm, -71);
    ASSERT_FALSE(decoded.readings.empty());
    EXPECT_EQ(decoded.readings[0].kind, ReadingKind::water_total_ml);
    EXPECT_EQ(decoded.readings[0].value, 123'529'000);
    EXPECT_EQ(decoded.readings[0].event_time, Instant{}) << "a meter's clock is nobody's";
}

TEST(WmbusDriver, MarksWhatABrokerKeptAndTakesItForNoSignOfLife) {
    DriverState state;
    const auto result = say(state, iperl, true);
    ASSERT_TRUE(result);
    for (const Reading& reading : result->front().readings) EXPECT_TRUE(is_retained(reading));
    const auto sign = say(state, "0E44AE4C4455223368078A55000000", true);
    ASSERT_TRUE(sign) << sign.error().text;
    EXPECT_TRUE(sign->front().readings.empty());
    const auto cleared = say(state, "", true);
    ASSERT_TRUE(cleared);
    EXPECT_TRUE(cleared->empty());
}

TEST(WmbusDriver, TakesAnEmptyTelegramForASignOfLife) {
    DriverState state;
    const auto result = say(state, "0E44AE4C4455223368078A55000000");
    ASSERT_TRUE(result) << result.error().text;
    ASSERT_EQ(result->front().readings.size(), 1U);
    EXPECT_EQ(result->front().readings[0].kind, ReadingKind::alive);
    EXPECT_EQ(result->front().address, "SEN-33225544");
}

TEST(WmbusDriver, AsksForTheKeyOfANamedMeter) {
    DriverState state;
    const auto without = say(state, encrypted);
    ASSERT_FALSE(without);
    EXPECT_EQ(without.error().code, "key_missing");
    EXPECT_EQ(without.error().driver, "wmbus");
    EXPECT_EQ(without.error().address, "DWZ-20096221");
    EXPECT_EQ(without.error().alias, "20096221");
    EXPECT_EQ(without.error().model, "DWZ 02 06");
    state.settings().set("wmbus", "DWZ-20096221", {.key = parse_key(key), .profile = {}});
    const auto with = say(state, encrypted);
    ASSERT_TRUE(with) << with.error().text;
    EXPECT_EQ(with->front().readings[0].value, 106'000);
}

TEST(WmbusDriver, SaysWhereInTheMessageAnErrorIs) {
    DriverState state;
    const std::string alarm = "1844AE4C44552233680771" + iperl.substr(22);
    const auto result = say(state, "{\"data\":\"" + alarm + "\"}");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "ci_unsupported");
    EXPECT_EQ(result.error().at, 9U + 2 * 10);
    const auto large = say(state, std::string(max_payload_bytes + 1, '0'));
    ASSERT_FALSE(large);
    EXPECT_EQ(large.error().code, "payload_too_large");
}

TEST(WmbusDriver, AllocatesOnlyTheTwoVectorsOfItsResult) {
    DriverState state;
    state.settings().set("wmbus", "DWZ-20096221", {.key = parse_key(key), .profile = {}});
    const auto allocated = [&state](std::string_view payload) {
        (void)say(state, payload);  // fills the buffers that are kept
        const std::size_t before = drivers::testing::allocations();
        const bool decoded = say(state, payload).has_value();
        const std::size_t used = drivers::testing::allocations() - before;
        EXPECT_TRUE(decoded);
        return used;
    };
    EXPECT_LE(allocated(iperl), 2U);
    EXPECT_LE(allocated(encrypted), 2U);
    EXPECT_LE(allocated("T1;1;1;2019-04-03 19:00:42.000;97;148;88888888;0x" + iperl), 2U);
}

/// A damaged frame with CRCs is refused, or at least says what the whole one says: where a bare
/// frame would look the same, the readings decide.
TEST(WmbusDriver, GivesNoOtherValueFromARecordedFrameWithADamagedBit) {
    std::size_t frames = 0;
    std::size_t refused = 0;
    std::size_t flips = 0;
    for (const auto& line :
         drivers::testing::read_jsonl(drivers::testing::corpus_dir() / "wmbus_derived.jsonl")) {
        if (!std::string_view(line.at("derivation").as_string()).starts_with("crc_")) continue;
        ++frames;
        DriverState state;
        if (line.at("key").is_string()) {
            state.settings().set_fallback(DeviceSettings{
                .key = parse_key(std::string_view(line.at("key").as_string())), .profile = {}});
        }
        auto frame = testing::bytes(std::string_view(line.at("telegram_hex").as_string()));
        const auto whole = decode_telegram(frame, state, std::nullopt);
        for (std::size_t bit = 0; bit < frame.size() * 8; ++bit, ++flips) {
            frame[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
            const auto damaged = decode_telegram(frame, state, std::nullopt);
            frame[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
            if (!damaged) {
                ++refused;
                continue;
            }
            ASSERT_TRUE(whole) << "bit " << bit << " of " << to_hex(frame);
            EXPECT_EQ(damaged->front().readings, whole->front().readings)
                << "bit " << bit << " of " << to_hex(frame);
            EXPECT_EQ(damaged->front().address, whole->front().address);
        }
    }
    if (frames == 0) GTEST_SKIP() << "the recordings are not here";
    EXPECT_GT(refused, flips * 95 / 100) << "of " << flips;
    std::cout << refused << " of " << flips << " damaged frames refused\n";
}

}  // namespace
}  // namespace anju::drivers::wmbus
