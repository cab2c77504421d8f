// What rules make of values: fields by path, bytes by place, rows of tags.
#include "drivers/profile/meaning.hpp"

#include <gtest/gtest.h>

#include "drivers/json.hpp"
#include "drivers/profile/parse.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::testing {
namespace {

constexpr std::string_view head = R"(
name = "test"
model = "T"
about = "a test"
source = "this test"
)";
// Two vectors must be there; those that need others bring their own.
constexpr std::string_view tail = R"(
[[vector]]
name = "one"
bytes = "00"
readings = []
[[vector]]
name = "two"
bytes = "01"
readings = []
)";

Profile profile_of(const std::string& rules) {
    auto parsed = profile_file::parse(std::string(head) + rules + std::string(tail), "test.toml");
    for (const auto& one : parsed.mistakes) {
        ADD_FAILURE() << one.where << ": " << one.what << ": " << one.remedy;
    }
    return std::move(parsed.profile);
}

std::string outcome(const PayloadResult& result) {
    if (!result) return "error " + result.error().code + "@" + std::to_string(result.error().at);
    std::string out = brief(result->readings);
    for (const Reading& reading : result->readings) {
        if ((reading.quality & quality::test) != 0) out += " (test)";
    }
    for (const Problem& problem : result->problems) {
        out += (out.empty() ? "" : " ") + problem.code + ":" + problem.property + "@" +
               std::to_string(problem.at);
    }
    return out;
}

std::string fields(const Profile& profile, std::string_view text) {
    const auto value = parse_json(text, 16, {});
    EXPECT_TRUE(value) << text;
    return outcome(read_fields(profile, *value));
}

std::string bytes(const Profile& profile, std::string_view hex, std::uint8_t port = 0) {
    std::vector<std::uint8_t> raw;
    EXPECT_TRUE(drivers::from_hex(hex, raw)) << hex;
    return outcome(read_bytes(profile, raw, port));
}

TEST(FieldRules, TellNumbersWordsAndTruthApart) {
    const auto profile = profile_of(R"(
[[field]]
path = "s"
reading = "smoke"
on = [2, "alarm", true]
off = [0, "ok", false]
test = [9]
absent = [-1, "unknown"]
)");
    EXPECT_EQ(fields(profile, R"({"s":2})"), "smoke=1");
    EXPECT_EQ(fields(profile, R"({"s":2.0})"), "smoke=1");
    EXPECT_EQ(fields(profile, R"({"s":"alarm"})"), "smoke=1");
    EXPECT_EQ(fields(profile, R"({"s":true})"), "smoke=1");
    EXPECT_EQ(fields(profile, R"({"s":false})"), "smoke=0");
    EXPECT_EQ(fields(profile, R"({"s":9})"), "smoke=1 (test)");
    EXPECT_EQ(fields(profile, R"({"s":-1})"), "");
    EXPECT_EQ(fields(profile, R"({"s":"unknown"})"), "");
    EXPECT_EQ(fields(profile, R"({"s":null})"), "");
    EXPECT_EQ(fields(profile, R"({})"), "");
    EXPECT_EQ(fields(profile, R"({"s":"2"})"), "value_unknown:s@0");
    EXPECT_EQ(fields(profile, R"({"s":1})"), "value_unknown:s@0");
    EXPECT_EQ(fields(profile, R"({"s":[2]})"), "value_unknown:s@0");
    EXPECT_EQ(fields(profile, R"({"s":{"s":2}})"), "value_unknown:s@0");
    EXPECT_EQ(fields(profile, R"({"s":18446744073709551615})"), "value_unknown:s@0");
}

TEST(FieldRules, FollowPathsThroughObjectsAndArrays) {
    const auto profile = profile_of(R"(
[[field]]
path = "a.1.b c"
reading = "contact_open"
on = [1]
off = [0]
)");
    EXPECT_EQ(fields(profile, R"({"a":[{"b c":0},{"b c":1}]})"), "contact_open=1");
    EXPECT_EQ(fields(profile, R"({"a":{"1":{"b c":0}}})"), "contact_open=0");
    EXPECT_EQ(fields(profile, R"({"a.1.b c":1})"), "contact_open=1") << "a name may hold dots";
    for (const char* other :
         {R"({"a":[1]})", R"({"a":[{},{}]})", R"({"a":7})", "[]", "7", "null"}) {
        EXPECT_EQ(fields(profile, other), "") << other;
    }
}

TEST(FieldRules, KeepMillilitresExact) {
    const auto profile = profile_of(R"(
[[field]]
path = "m3"
reading = "water_total_ml"
unit = "m³"
[[field]]
path = "count"
reading = "water_total_ml"
pulse = "2.5 L"
[[field]]
path = "used"
reading = "water_used_ml"
unit = "gal"
[[field]]
path = "flow"
reading = "water_flow_mlh"
unit = "gal/min"
)");
    EXPECT_EQ(fields(profile, R"({"m3":123456.789})"), "water_total_ml=123456789000");
    EXPECT_EQ(fields(profile, R"({"m3":0.001})"), "water_total_ml=1000");
    EXPECT_EQ(fields(profile, R"({"m3":"17.047"})"), "water_total_ml=17047000");
    EXPECT_EQ(fields(profile, R"({"m3":0})"), "water_total_ml=0");
    EXPECT_EQ(fields(profile, R"({"count":3})"), "water_total_ml=7500");
    EXPECT_EQ(fields(profile, R"({"used":1})"), "water_used_ml=3785");
    EXPECT_EQ(fields(profile, R"({"used":0})"), "") << "nothing drawn is no event";
    EXPECT_EQ(fields(profile, R"({"flow":1})"), "water_flow_mlh=227125");
    EXPECT_EQ(fields(profile, R"({"flow":-1000})"), "water_flow_mlh=-227124707");
    EXPECT_EQ(fields(profile, R"({"m3":-1})"), "value_out_of_range:m3@0");
    EXPECT_EQ(fields(profile, R"({"m3":1e300})"), "value_out_of_range:m3@0");
    EXPECT_EQ(fields(profile, R"({"m3":true})"), "value_unknown:m3@0");
    EXPECT_EQ(fields(profile, R"({"m3":""})"), "value_unknown:m3@0");
    EXPECT_EQ(fields(profile, R"({"m3":null})"), "") << "absent is not zero";
}

TEST(FieldRules, RefuseWhatIsOutOfRange) {
    const auto profile = profile_of(R"(
[[field]]
path = "b"
reading = "battery_pct"
[[field]]
path = "v"
reading = "battery_mv"
unit = "V"
offset = 2.5
scale = 0.1
range = [0, 15]
)");
    EXPECT_EQ(fields(profile, R"({"b":100,"v":11})"), "battery_pct=100 battery_mv=3600");
    EXPECT_EQ(fields(profile, R"({"b":101,"v":16})"),
              "value_out_of_range:b@0 value_out_of_range:v@0");
}

TEST(FieldRules, TakeFlagsOutOfWords) {
    const auto profile = profile_of(R"(
[[field]]
path = "f"
bit = 3
reading = "tamper"
[[field]]
path = "f"
bit = 0
reading = "contact_open"
on = [0]
off = [1]
[[field]]
path = "f"
mask = 0x30
reading = "smoke"
on = [2]
off = [0]
)");
    EXPECT_EQ(fields(profile, R"({"f":41})"), "tamper=1 contact_open=0 smoke=1");
    EXPECT_EQ(fields(profile, R"({"f":0})"), "tamper=0 contact_open=1 smoke=0");
    EXPECT_EQ(fields(profile, R"({"f":16})"), "tamper=0 contact_open=1 value_unknown:f@0");
    EXPECT_EQ(fields(profile, R"({"f":0.5})"),
              "value_unknown:f@0 value_unknown:f@0 value_unknown:f@0");
    EXPECT_EQ(fields(profile, R"({"f":null})"), "");
}

TEST(FieldRules, MarkAWholeMessageAsATest) {
    const auto profile = profile_of(R"(
[[field]]
path = "smoke"
reading = "smoke"
on = [true]
off = [false]
[[field]]
path = "b"
reading = "battery_pct"
[[field]]
path = "mode"
test = ["test"]
)");
    EXPECT_EQ(fields(profile, R"({"smoke":true,"b":9,"mode":"test"})"),
              "smoke=1 battery_pct=9 (test)");
    EXPECT_EQ(fields(profile, R"({"smoke":true,"mode":"live"})"), "smoke=1");
    EXPECT_EQ(fields(profile, R"({"smoke":false,"mode":"test"})"), "smoke=0");
}

TEST(FieldRules, CallForHelpOnceAndNeverSayThatNobodyCalls) {
    const auto profile = profile_of(R"(
[[field]]
path = "k"
reading = "sos"
on = ["press"]
off = ["release"]
)");
    EXPECT_EQ(fields(profile, R"({"k":"press"})"), "sos=1");
    EXPECT_EQ(fields(profile, R"({"k":"release"})"), "");
}

TEST(ByteRules, ReadEveryCoding) {
    const auto profile = profile_of(R"(
[[layout]]
ports = [1]
length = 12
[[layout.bytes]]
at = 0
type = "bcdle"
size = 4
reading = "water_total_ml"
scale = 0.01
unit = "m³"
[[layout.bytes]]
at = 4
type = "i16be"
reading = "water_flow_mlh"
unit = "L/h"
[[layout.bytes]]
at = 6
type = "f32le"
reading = "water_reverse_ml"
unit = "m³"
[[layout.bytes]]
at = 10
type = "ascii"
size = 2
reading = "smoke"
on = ["AL"]
off = ["OK"]
)");
    EXPECT_EQ(bytes(profile, "78563412 FFFF 0000C03F 414C", 1),
              "water_total_ml=123456780000 water_flow_mlh=-1000 water_reverse_ml=1500000 smoke=1");
    EXPECT_EQ(bytes(profile, "FFFFFFFF 0000 0000C07F 2000", 1), "water_flow_mlh=0")
        << "filled with FF, not a number, blank: absent";
    EXPECT_EQ(bytes(profile, "7856341A 0000 000080BF 4F4B", 1),
              "water_flow_mlh=0 smoke=0 value_unknown:water_total_ml@0 "
              "value_out_of_range:water_reverse_ml@6");
    EXPECT_EQ(bytes(profile, "78563412 0000 00000000 4F4B", 2), "error layout_mismatch@0");
    EXPECT_EQ(bytes(profile, "78563412 0000 00000000 4F", 1), "error layout_mismatch@0");
    EXPECT_EQ(bytes(profile, "78563412 0000 00000000 4F4B00", 1), "error layout_mismatch@0");
}

TEST(ByteRules, AreChosenByWhatAByteSays) {
    const auto profile = profile_of(R"(
[[layout]]
min_length = 2
when = { at = 0, mask = 0xF0, is = [1] }
[[layout.bytes]]
at = 1
type = "u8"
bit = 0
reading = "contact_open"
[[layout]]
min_length = 2
when = { at = 0, mask = 0xF0, is = [2] }
[[layout.bytes]]
at = 1
type = "u8"
bit = 0
reading = "water_leak"
)");
    EXPECT_EQ(bytes(profile, "1F01"), "contact_open=1");
    EXPECT_EQ(bytes(profile, "2001FF"), "water_leak=1");
    EXPECT_EQ(bytes(profile, "3001"), "error layout_mismatch@0");
    EXPECT_EQ(bytes(profile, ""), "error layout_mismatch@0");
}

TEST(TagRules, ReadARowAndStopWhereItMakesNoSense) {
    const auto profile = profile_of(R"(
[[layout]]
tlv_at = 1
skip = { "?? 67" = 2, "0A" = "u8" }
[[layout.tlv]]
tag = "01 75"
length = 1
reading = "battery_pct"
[[layout.tlv]]
tag = "02"
length = 3
at = 1
type = "u16be"
reading = "water_total_ml"
pulse = "1 L"
absent = [0xFFFF]
[[layout.tlv]]
tag = "0B"
length = "u8"
type = "u8"
reading = "contact_open"
on = [1]
off = [0]
)");
    EXPECT_EQ(bytes(profile, "00 017564 3367AAAA 02990102"),
              "battery_pct=100 water_total_ml=258000");
    EXPECT_EQ(bytes(profile, "00 0A03112233 017532"), "battery_pct=50");
    EXPECT_EQ(bytes(profile, "00 0B020199"), "contact_open=1");
    EXPECT_EQ(bytes(profile, "00 0B00 017501"), "battery_pct=1 value_truncated:contact_open@3");
    EXPECT_EQ(bytes(profile, "00 0299FFFF"), "") << "absent is not zero";
    EXPECT_EQ(bytes(profile, "00 017564 FE01"), "battery_pct=100 tag_unknown:FE@4");
    EXPECT_EQ(bytes(profile, "00 017564 0175"), "battery_pct=100 value_truncated:01@4");
    EXPECT_EQ(bytes(profile, "00 017564 0A05"), "battery_pct=100 value_truncated:0A@4");
    EXPECT_EQ(bytes(profile, "00 FE"), "error layout_mismatch@1");
    EXPECT_EQ(bytes(profile, "00"), "");
}

}  // namespace
}  // namespace anju::drivers::testing
