// Who reads a payload: the profile that is set, the one that claims the model, the codec that
// recognises the bytes; and what the operator is told when nobody does.
#include "drivers/content.hpp"

#include <gtest/gtest.h>

#include "drivers/json.hpp"
#include "drivers/profile/profiles.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::testing {
namespace {

struct Case {
    std::string_view driver = "chirpstack";
    std::string_view model = {};
    std::string_view hex = {};
    std::string_view fields = {};
    std::uint8_t port = 0;
};

PayloadResult read(DriverState& state, const Case& given) {
    std::vector<std::uint8_t> bytes;
    EXPECT_TRUE(drivers::from_hex(given.hex, bytes));
    boost::json::value fields;
    if (!given.fields.empty()) fields = *parse_json(given.fields, 16, {});
    Content content{.driver = given.driver, .address = "d1"};
    content.alias = "front";
    content.model = given.model;
    content.bytes = bytes;
    content.fields = given.fields.empty() ? nullptr : &fields;
    content.port = given.port;
    return read_content(content, state);
}

std::string outcome(const PayloadResult& result) {
    return result ? brief(result->readings) : "error " + result.error().code;
}

void set_profile(DriverState& state, std::string_view address, std::string profile) {
    DeviceSettings settings;
    settings.profile = std::move(profile);
    state.settings().set("chirpstack", address, settings);
}

TEST(ReadContent, TakesTheProfileThatClaimsTheModel) {
    DriverState state;
    EXPECT_EQ(outcome(read(state, {.model = "WS301", .hex = "030001"})), "contact_open=1");
    EXPECT_EQ(outcome(read(state, {.model = "WS303", .hex = "030001"})), "water_leak=1");
}

TEST(ReadContent, TakesTheProfileOfTheDeviceBeforeTheModel) {
    DriverState state;
    set_profile(state, "d1", "milesight-ws202");
    EXPECT_EQ(outcome(read(state, {.model = "WS301", .hex = "030001"})), "motion=1");
}

TEST(ReadContent, FindsADeviceThatIsRegisteredByItsOtherName) {
    DriverState state;
    set_profile(state, "front", "milesight-ws202");
    EXPECT_EQ(outcome(read(state, {.hex = "030001"})), "motion=1");
}

TEST(ReadContent, RecognisesAFrameThatNobodyHasDescribed) {
    DriverState state;
    const std::string hex =
        "681067051724000000811690 1F01000300002C000300002C0000000000000000FFC316";
    EXPECT_EQ(outcome(read(state, {.hex = hex})).substr(0, 22), "water_total_ml=3000000");
    set_profile(state, "d1", "cjt188");
    EXPECT_EQ(outcome(read(state, {.hex = hex})).substr(0, 22), "water_total_ml=3000000")
        << "the codec, asked for by name";
}

TEST(ReadContent, RecognisesATelegramByItsChecksumsOnly) {
    DriverState state;
    // A water meter (EN 13757-3, record 04 13: 123.529 m³), in the long frame of wired M-Bus.
    const std::string wired = "6815156808017244552233AE4C680755000000041389E20100AA16";
    // The same telegram as a radio receiver hands it on, without checksums.
    const std::string bare = "1844AE4C4455223368077A55000000041389E20100023B0000";
    EXPECT_EQ(outcome(read(state, {.hex = wired})),
              "water_total_ml=123529000 battery_low=0 fault=0");
    EXPECT_EQ(outcome(read(state, {.hex = bare})), "error profile_missing");
    set_profile(state, "d1", "wmbus");
    EXPECT_EQ(outcome(read(state, {.hex = bare})),
              "water_total_ml=123529000 water_flow_mlh=0 battery_low=0 fault=0");
}

TEST(ReadContent, ReadsFieldsWhereTheProfileIsOfFields) {
    DriverState state;
    const Case smoke{.driver = "ctwing", .model = "15014772", .fields = R"({"Alarm_Status":2})"};
    EXPECT_EQ(outcome(read(state, smoke)), "smoke=1");
}

TEST(ReadContent, SaysWhatCameWhenNobodyUnderstandsIt) {
    DriverState state;
    const auto result = read(state, {.model = "QX1",
                                     .hex = "0102030405",
                                     .fields = R"({"temperature":21,"door":1})",
                                     .port = 7});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "profile_missing");
    for (const char* part : {"5 bytes on port 7 (0102030405)", "temperature, door", "\"QX1\"",
                             "chirpstack device d1", "profile = ", "docs/drivers/profiles.md"}) {
        EXPECT_NE(result.error().text.find(part), std::string::npos)
            << part << " is not in: " << result.error().text;
    }
}

TEST(ReadContent, SaysWhenTheProfileIsUnknownOrDoesNotFit) {
    DriverState state;
    set_profile(state, "d1", "milesight-ws3001");
    EXPECT_EQ(outcome(read(state, {.hex = "030001"})), "error profile_unknown");
    set_profile(state, "d1", "milesight-ws301");
    EXPECT_EQ(outcome(read(state, {.fields = R"({"door":1})"})), "error layout_mismatch");
    EXPECT_EQ(outcome(read(state, {.hex = "55AA"})), "error layout_mismatch");
    set_profile(state, "d1", "cjt188");
    EXPECT_EQ(outcome(read(state, {.fields = R"({"door":1})"})), "error layout_mismatch");
}

TEST(ReadContent, ADeviceThatSaysNothingIsAlive) {
    DriverState state;
    EXPECT_EQ(outcome(read(state, {.model = "WS301"})), "alive=1");
    EXPECT_EQ(outcome(read(state, {.model = "WS301", .hex = "FF0BFF"})), "alive=1");
    EXPECT_EQ(outcome(read(state, {.model = "WS301", .fields = "{}"})), "alive=1");
}

TEST(ReadContent, OffersItsCodecsByName) {
    DriverState state;
    for (const PayloadCodec& codec : payload_codecs()) {
        EXPECT_NE(state.profiles().find(codec.name), nullptr) << codec.name << " cannot be set";
    }
}

}  // namespace
}  // namespace anju::drivers::testing
