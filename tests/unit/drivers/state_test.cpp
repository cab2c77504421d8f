// What a gateway remembers of its devices: it comes back after a restart, whole or not at all.
#include "drivers/state.hpp"

#include <gtest/gtest.h>

#include "drivers/bytes.hpp"
#include "drivers/sparkplug/aliases.hpp"
#include "drivers/sparkplug/value.hpp"
#include "drivers/wmbus/crc.hpp"
#include "drivers/wmbus/formats.hpp"
#include "drivers/zigbee2mqtt/directory.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::testing {
namespace {

namespace json = boost::json;

constexpr std::string_view headers = "02FF20 0413 023B";
constexpr std::string_view records = "02FF20 0000 0413 39300000 023B 0100";

std::vector<std::uint8_t> bytes(std::string_view hex) {
    std::vector<std::uint8_t> out;
    EXPECT_TRUE(drivers::from_hex(hex, out)) << hex;
    return out;
}

std::string low_first(std::uint16_t number) {
    const std::uint8_t out[] = {static_cast<std::uint8_t>(number & 0xFFU),
                                static_cast<std::uint8_t>(number >> 8U)};
    return to_hex(out);
}

/// KAM-12345678 without checksums of the link, as receivers hand it on.
std::string kamstrup(std::string_view ci, std::string_view body) {
    auto out = bytes("00442D2C785634121B16" + std::string(ci) + std::string(body));
    out[0] = static_cast<std::uint8_t>(out.size() - 1);
    return to_hex(out);
}

std::string full_frame() {
    return kamstrup("78", records);
}

std::string compact_frame() {
    return kamstrup("79", low_first(wmbus::crc16(bytes(headers))) +
                              low_first(wmbus::crc16(bytes(records))) + "0000 39300000 0100");
}

std::string zigbee_list(int devices) {
    std::string out = "[";
    for (int i = 0; i < devices; ++i) {
        const std::string digit(1, static_cast<char>('0' + i));
        out += (i == 0 ? "" : ",");
        out += R"({"ieee_address":"0x00158d0001db18f)" + digit + R"(","friendly_name":"door)" +
               digit + R"(","definition":{"vendor":"Acme","model":"D1","exposes":[]}})";
    }
    return out + "]";
}

std::string node_birth(int metrics) {
    sparkplug_b::Payload out;
    out.set_timestamp(1'772'324'062'000);
    for (int i = 0; i < metrics; ++i) {
        auto& metric = *out.add_metrics();
        metric.set_name("Water/" + std::to_string(i));
        metric.set_alias(static_cast<std::uint64_t>(i));
        metric.set_datatype(sparkplug_b::UInt32);
        metric.set_int_value(1);
    }
    return out.SerializeAsString();
}

void hear_zigbee(DriverState& state, int devices = 2) {
    EXPECT_TRUE(decode(state, "zigbee2mqtt/bridge/devices", zigbee_list(devices), true));
}
void hear_wmbus(DriverState& state) {
    EXPECT_TRUE(decode(state, "wmbus/receiver", full_frame()));
}
void hear_sparkplug(DriverState& state, int metrics = 3) {
    EXPECT_TRUE(decode(state, "spBv1.0/home/NBIRTH/node", node_birth(metrics)));
}
void press(DriverState& state, std::string_view button, bool down) {
    EXPECT_TRUE(decode(state, "zigbee2mqtt/" + std::string(button),
                       down ? R"({"sos":true})" : R"({"sos":false})"));
}
void hear_all(DriverState& state) {
    hear_zigbee(state);
    hear_wmbus(state);
    hear_sparkplug(state);
    press(state, "door1", true);
}

TEST(DriverState, ThatIsLoadedUnderstandsWhatTheSavedOneDid) {
    DriverState before;
    EXPECT_FALSE(decode(before, "wmbus/receiver", compact_frame())) << "nothing is known yet";
    hear_all(before);
    DriverState after;
    ASSERT_TRUE(after.load(before.save()));
    EXPECT_EQ(after.save(), before.save());

    EXPECT_EQ(decode_one(after, "zigbee2mqtt/door0", "{}").address, "0x00158d0001db18f0");
    EXPECT_EQ(brief(decode_one(after, "zigbee2mqtt/door1", R"({"sos":true})").readings), "alive=1")
        << "the button is still held down";
    const auto meter = decode_one(after, "wmbus/receiver", compact_frame());
    EXPECT_EQ(meter.address, "KAM-12345678");
    EXPECT_EQ(brief(meter.readings), "water_total_ml=12345000 water_flow_mlh=1000");
    ASSERT_NE(after.sparkplug().find("home/node", 2), nullptr);
    EXPECT_EQ(after.sparkplug().find("home/node", 2)->name, "Water/2");
}

TEST(DriverState, ThatIsEmptyComesBackEmpty) {
    DriverState empty;
    DriverState state;
    hear_all(state);
    ASSERT_TRUE(state.load(empty.save()));
    EXPECT_EQ(state.save(), empty.save());
    EXPECT_FALSE(decode(state, "wmbus/receiver", compact_frame()));
}

class DamagedState : public ::testing::Test {
protected:
    DamagedState() {
        hear_all(other);
        good = other.save();
        hear_zigbee(state, 1);
        old = state.save();
    }

    void refuses(std::string_view text) {
        const auto revision = state.revision();
        EXPECT_FALSE(state.load(text)) << text;
        EXPECT_EQ(state.save(), old) << text;
        EXPECT_EQ(state.revision(), revision) << text;
    }

    /// `good` with one part replaced.
    [[nodiscard]] std::string with(std::string_view part, json::value value) const {
        json::object all = json::parse(good).as_object();
        all[part] = std::move(value);
        return json::serialize(all);
    }

    DriverState other;
    DriverState state;
    std::string good;
    std::string old;
};

TEST_F(DamagedState, ThatWasCutOffChangesNothing) {
    for (std::size_t size = 0; size < good.size(); ++size) refuses(good.substr(0, size));
    refuses(good + "}");
    refuses(good + good);
}

TEST_F(DamagedState, ThatIsNoObjectOrOfAnUnknownVersionChangesNothing) {
    for (const char* text : {"", " ", "null", "[]", "7", "\"\"", "{}", R"({"version":2})"}) {
        refuses(text);
    }
    for (const json::value& version : {json::value(1), json::value(3), json::value("2"),
                                       json::value(nullptr), json::value(2.5), json::value(-2)}) {
        refuses(with("version", version));
    }
}

TEST_F(DamagedState, OfOnePartChangesNoneOfTheOthers) {
    for (const char* part : {"zigbee2mqtt", "wmbus", "sparkplug"}) {
        const std::string text(json::parse(good).at(part).as_string());
        json::object missing = json::parse(good).as_object();
        missing.erase(part);
        refuses(json::serialize(missing));
        for (const json::value& value :
             {json::value(nullptr), json::value(7), json::value(""), json::value("[]"),
              json::value("nonsense"), json::value(R"({"a":7})"), json::value(json::object{})}) {
            refuses(with(part, value));
        }
        for (std::size_t size = 0; size < text.size(); ++size) {
            refuses(with(part, json::value(text.substr(0, size))));
        }
    }
    for (const char* text : {R"({"65536":"0413"})", R"({"-1":"0413"})", R"({"x":"0413"})",
                             R"({"1":""})", R"({"1":"041"})", R"({"1":413})"}) {
        refuses(with("wmbus", json::value(text)));
    }
}

TEST_F(DamagedState, OfAnySingleByteIsRefusedOrLoadedWhole) {
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (const char wrong : {'\0', '"', '}', '9', 'x', '\xFF'}) {
            std::string text = good;
            text[at] = wrong;
            DriverState fresh;
            const std::string nothing = fresh.save();
            if (!fresh.load(text)) {
                ASSERT_EQ(fresh.save(), nothing) << at;
                continue;
            }
            DriverState again;
            ASSERT_TRUE(again.load(fresh.save())) << at;
            ASSERT_EQ(again.save(), fresh.save()) << at;
        }
    }
}

TEST(DriverStateLimits, HoldForWhatIsHeard) {
    DriverState state(DriverState::Limits{
        .devices = 2, .pressed = 1, .wmbus_formats = 0, .sparkplug_metrics = 2});
    hear_zigbee(state, 5);
    EXPECT_EQ(state.zigbee2mqtt().size(), 2U);
    EXPECT_EQ(decode_one(state, "zigbee2mqtt/door1", "{}").address, "0x00158d0001db18f1");
    EXPECT_EQ(decode_one(state, "zigbee2mqtt/door2", "{}").address, "door2");
    press(state, "a", true);
    press(state, "b", true);
    EXPECT_EQ(state.zigbee2mqtt().buttons().size(), 1U);
    hear_wmbus(state);
    EXPECT_EQ(state.wmbus().find(wmbus::crc16(bytes(headers))), nullptr);
    (void)decode(state, "spBv1.0/home/NBIRTH/node", node_birth(5));
    EXPECT_EQ(state.sparkplug().find("home/node", 4), nullptr);
}

TEST(DriverStateLimits, HoldForBytes) {
    DriverState state(DriverState::Limits{.bytes = 300});
    hear_zigbee(state, 5);
    EXPECT_EQ(state.zigbee2mqtt().size(), 1U);
    EXPECT_LE(state.zigbee2mqtt().bytes(), 300U);
}

TEST(DriverStateLimits, HoldForWhatIsLoaded) {
    DriverState large;
    hear_zigbee(large, 5);
    press(large, "a", true);
    press(large, "b", true);
    DriverState small(DriverState::Limits{.devices = 2, .pressed = 1});
    ASSERT_TRUE(small.load(large.save()));
    EXPECT_EQ(small.zigbee2mqtt().size(), 2U);
    EXPECT_EQ(small.zigbee2mqtt().buttons().size(), 1U);

    hear_wmbus(large);
    DriverState without(DriverState::Limits{.wmbus_formats = 0});
    EXPECT_FALSE(without.load(large.save()));
    EXPECT_EQ(without.save(), DriverState().save());
}

TEST(DriverState, ChangesItsRevisionWheneverSaveChangesAndOnlyThen) {
    DriverState state;
    std::string saved = state.save();
    std::uint64_t revision = state.revision();
    const auto step = [&](const char* what, bool changes) {
        EXPECT_EQ(state.save() != saved, changes) << what;
        if (changes) {
            EXPECT_GT(state.revision(), revision) << what;
        } else {
            EXPECT_EQ(state.revision(), revision) << what;
        }
        saved = state.save();
        revision = state.revision();
    };
    for (const bool news : {true, false}) {
        hear_zigbee(state);
        step("a list of devices", news);
        hear_wmbus(state);
        step("a full frame", news);
        EXPECT_TRUE(decode(state, "wmbus/receiver", compact_frame()));
        step("a compact frame", false);
        (void)decode_one(state, "zigbee2mqtt/door0", R"({"contact":true})");
        step("a level", false);
        press(state, "door0", true);
        step("a button goes down", news);
    }
    press(state, "door0", false);
    step("the button is released", true);
    press(state, "door0", false);
    step("it still is", false);
    hear_zigbee(state, 1);
    step("a device is gone", true);
    EXPECT_FALSE(decode(state, "zigbee2mqtt/bridge/devices", "[{", true));
    step("a broken list", false);
    hear_sparkplug(state, 1);
    step("a node is born", true);
    hear_sparkplug(state, 2);
    step("it is born with another metric", true);
}

TEST(DriverState, RevisionGoesOnWhenAnotherMemoryIsLoaded) {
    DriverState old;
    DriverState state;
    (void)decode(state, "zigbee2mqtt/bridge/devices",
                 R"([{"ieee_address":"0x00158d0001a9ec71","friendly_name":"door"}])", true);
    const auto before = state.revision();
    ASSERT_TRUE(state.load(old.save()));
    EXPECT_GT(state.revision(), before);
}

}  // namespace
}  // namespace anju::drivers::testing
