#include <gtest/gtest.h>

#include "core/model/instant.hpp"
#include "drivers/profile/profiles.hpp"
#include "drivers/settings.hpp"
#include "drivers/sparkplug/value.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::testing {
namespace {

namespace pb = sparkplug_b;
constexpr std::uint64_t now_ms = 1'772'324'062'000;

pb::Metric& add(pb::Payload& payload, std::uint32_t type) {
    pb::Metric& metric = *payload.add_metrics();
    if (type != pb::Unknown) metric.set_datatype(type);
    return metric;
}

/// A gateway that has heard the births of home/node1 and its meter, with profile and all.
class Sparkplug : public ::testing::Test {
protected:
    Sparkplug() {
        const auto mistakes = state.profiles().add(R"(
name = "meter"
maker = "Acme"
model = "Meter"
about = "Water meter"
source = "its manual"
sensor = "water_meter"
[[field]]
path = "Water/Total"
reading = "water_total_ml"
unit = "L"
[[field]]
path = "Leak"
reading = "water_leak"
on = [true]
off = [false]
[[vector]]
name = "a total"
fields = '{"Water/Total":12}'
readings = [["water_total_ml", 12000]]
[[vector]]
name = "a leak"
fields = '{"Leak":true}'
readings = [["water_leak", 1]]
)",
                                                   "meter.toml");
        EXPECT_TRUE(mistakes.empty()) << mistakes.front().where << mistakes.front().what;
        state.settings().set("sparkplug", "home/node1/meter", {{}, "meter"});
        pb::Payload node;
        node.set_timestamp(now_ms);
        EXPECT_TRUE(decode(state, "spBv1.0/home/NBIRTH/node1", node.SerializeAsString()));
        pb::Payload device;
        device.set_timestamp(now_ms);
        pb::Metric& total = add(device, pb::UInt32);
        total.set_name("Water/Total");
        total.set_alias(5);
        total.set_int_value(100);
        add(device, pb::Boolean).set_name("Leak");
        const auto born =
            decode_one(state, "spBv1.0/home/DBIRTH/node1/meter", device.SerializeAsString());
        EXPECT_EQ(brief(born.readings), "online=1 water_total_ml=100000");
    }

    std::vector<Decoded> data(const pb::Payload& payload) {
        auto result = decode(state, "spBv1.0/home/DDATA/node1/meter", payload.SerializeAsString());
        if (!result) {
            ADD_FAILURE() << result.error().code;
            return {};
        }
        return std::move(*result);
    }

    DriverState state;
};

TEST_F(Sparkplug, ReadsAValueByTheAliasOfTheBirth) {
    pb::Payload payload;
    payload.set_timestamp(now_ms);
    pb::Metric& total = add(payload, pb::Unknown);
    total.set_alias(5);
    total.set_int_value(4'000'000'000U);
    const auto said = data(payload);
    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(brief(said[0].readings), "water_total_ml=4000000000000");
    EXPECT_EQ(to_unix_ms(said[0].readings[0].event_time), static_cast<std::int64_t>(now_ms));
}

TEST_F(Sparkplug, StillKnowsTheAliasAfterARestart) {
    DriverState again;
    ASSERT_TRUE(again.load(state.save()));
    pb::Payload payload;
    add(payload, pb::Unknown).set_alias(5);
    payload.mutable_metrics(0)->set_int_value(7);
    const auto said =
        decode_one(again, "spBv1.0/home/DDATA/node1/meter", payload.SerializeAsString());
    ASSERT_EQ(said.problems.size(), 1U);
    EXPECT_EQ(said.problems[0].code + " " + said.problems[0].property,
              "profile_missing Water/Total");
}

TEST_F(Sparkplug, KeepsThePastApartFromThePresent) {
    pb::Payload payload;
    payload.set_timestamp(now_ms);
    pb::Metric& past = add(payload, pb::Boolean);
    past.set_name("Leak");
    past.set_boolean_value(true);
    past.set_is_historical(true);
    past.set_timestamp(now_ms - 60'000);
    pb::Metric& present = add(payload, pb::Boolean);
    present.set_name("Leak");
    present.set_boolean_value(false);
    const auto said = data(payload);
    ASSERT_EQ(said.size(), 2U);
    EXPECT_EQ(brief(said[0].readings), "water_leak=1");
    EXPECT_EQ(said[0].readings[0].quality, quality::late);
    EXPECT_EQ(to_unix_ms(said[0].readings[0].event_time),
              static_cast<std::int64_t>(now_ms - 60'000));
    EXPECT_EQ(brief(said[1].readings), "water_leak=0");
    EXPECT_EQ(said[1].readings[0].quality, 0);
}

TEST_F(Sparkplug, DropsAPastThatHasNoPlausibleTime) {
    pb::Payload payload;
    payload.set_timestamp(now_ms);
    pb::Metric& past = add(payload, pb::Boolean);
    past.set_name("Leak");
    past.set_boolean_value(true);
    past.set_is_historical(true);
    past.set_timestamp(1000);
    const auto said = data(payload);
    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(brief(said[0].readings), "alive=1");
    EXPECT_EQ(said[0].problems.at(0).code, "time_missing");
}

TEST_F(Sparkplug, TakesNullForAbsent) {
    pb::Payload payload;
    pb::Metric& metric = add(payload, pb::Boolean);
    metric.set_name("Leak");
    metric.set_is_null(true);
    const auto said = data(payload);
    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(brief(said[0].readings), "alive=1");
}

TEST_F(Sparkplug, RefusesATypeThatTheBirthDidNotAnnounce) {
    pb::Payload payload;
    pb::Metric& total = add(payload, pb::Int32);
    total.set_alias(5);
    total.set_int_value(12);
    EXPECT_EQ(data(payload).at(0).problems.at(0).code, "datatype_mismatch");
}

TEST_F(Sparkplug, VoidsAliasesWhenTheNodeIsBornAnew) {
    ASSERT_TRUE(decode(state, "spBv1.0/home/NBIRTH/node1", pb::Payload().SerializeAsString()));
    pb::Payload payload;
    pb::Metric& total = add(payload, pb::Unknown);
    total.set_alias(5);
    total.set_int_value(12);
    EXPECT_EQ(data(payload).at(0).problems.at(0).code, "alias_unknown");
}

TEST_F(Sparkplug, RefusesMoreMetricsThanItWouldReadBeforeMakingRoomForThem) {
    std::string many;
    for (int i = 0; i < 5000; ++i) many += std::string("\x12\x00", 2);
    const auto result = decode(state, "spBv1.0/home/DDATA/node1/meter", many);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "too_many_metrics");
    EXPECT_EQ(result.error().address, "home/node1/meter");
}

TEST_F(Sparkplug, SkipsWhatItDoesNotDeclare) {
    std::string nested(40, '\x4a');  // properties within properties
    for (std::size_t i = 1; i < nested.size(); i += 2) {
        nested[i] = static_cast<char>(nested.size() - i - 1);
    }
    pb::Payload payload;
    pb::Metric& total = add(payload, pb::Unknown);
    total.set_alias(5);
    total.set_int_value(12);
    const std::string bytes = payload.SerializeAsString() + "\x22\x04uuid" + "\x2a\x28" + nested;
    const auto said = decode_one(state, "spBv1.0/home/DDATA/node1/meter", bytes);
    EXPECT_EQ(brief(said.readings), "water_total_ml=12000");
}

std::string read(std::uint32_t type, std::uint64_t raw, bool wide) {
    pb::Metric metric;
    if (wide) {
        metric.set_long_value(raw);
    } else {
        metric.set_int_value(static_cast<std::uint32_t>(raw));
    }
    const auto value = sparkplug::read_value(metric, type);
    const auto* failed = std::get_if<sparkplug::Unreadable>(&value);
    return failed != nullptr ? failed->code
                             : boost::json::serialize(std::get<boost::json::value>(value));
}

TEST(SparkplugValue, ReadsWholeNumbersInTwosComplement) {
    EXPECT_EQ(read(pb::Int8, 0xFFFFFFFF, false), "-1");
    EXPECT_EQ(read(pb::Int8, 0xFF, false), "-1");
    EXPECT_EQ(read(pb::Int8, 0x7F, false), "127");
    EXPECT_EQ(read(pb::Int16, 0xFFFFFF80, false), "-128");
    EXPECT_EQ(read(pb::Int16, 0x8000, false), "-32768");
    EXPECT_EQ(read(pb::Int32, 0xFFFFFFFE, false), "-2");
    EXPECT_EQ(read(pb::Int32, 0xFFFFFFFFFFFFFFFE, true), "-2");
    EXPECT_EQ(read(pb::Int64, 0xFFFFFFFFFFFFFFFE, true), "-2");
    EXPECT_EQ(read(pb::Int64, 5, false), "5");
    EXPECT_EQ(read(pb::UInt8, 255, false), "255");
    EXPECT_EQ(read(pb::UInt32, 0xFFFFFFFF, false), "4294967295");
    EXPECT_EQ(read(pb::UInt32, 0xFFFFFFFF, true), "4294967295");
    EXPECT_EQ(read(pb::UInt64, 0xFFFFFFFFFFFFFFFF, true), "18446744073709551615");
}

TEST(SparkplugValue, RefusesANumberThatItsTypeCannotHold) {
    EXPECT_EQ(read(pb::Int8, 0x100, false), "datatype_mismatch");
    EXPECT_EQ(read(pb::Int8, 0xFF80, false), "datatype_mismatch");
    EXPECT_EQ(read(pb::UInt8, 256, false), "datatype_mismatch");
    EXPECT_EQ(read(pb::UInt32, 0x100000000, true), "datatype_mismatch");
    EXPECT_EQ(read(pb::Int64, 0xFFFFFFFF, false), "datatype_mismatch");
    EXPECT_EQ(read(pb::Boolean, 1, false), "datatype_mismatch");
    EXPECT_EQ(read(pb::Double, 1, false), "datatype_mismatch");
}

TEST(SparkplugValue, TakesANumberOfUnknownTypeOnlyWhereAllTypesAgree) {
    EXPECT_EQ(read(pb::Unknown, 0x7F, false), "127");
    EXPECT_EQ(read(pb::Unknown, 0x80, false), "datatype_unknown");
    EXPECT_EQ(read(pb::Unknown, 0x7FFFFFFF, true), "2147483647");
    EXPECT_EQ(read(pb::Unknown, 0x80000000, true), "datatype_unknown");
}

TEST(SparkplugValue, ReadsAFloatAsItWasWritten) {
    pb::Metric metric;
    metric.set_float_value(0.1F);
    const auto value = sparkplug::read_value(metric, pb::Float);
    EXPECT_EQ(std::get<boost::json::value>(value), boost::json::value(0.1));
}

TEST(SparkplugValue, RefusesANumberThatIsNotFinite) {
    pb::Metric metric;
    metric.set_double_value(std::numeric_limits<double>::quiet_NaN());
    const auto value = sparkplug::read_value(metric, pb::Double);
    ASSERT_TRUE(std::holds_alternative<sparkplug::Unreadable>(value));
    EXPECT_EQ(std::get<sparkplug::Unreadable>(value).code, "value_out_of_range");
}

}  // namespace
}  // namespace anju::drivers::testing
