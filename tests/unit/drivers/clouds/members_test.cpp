// Identifiers and times in the JSON of networks.
#include "drivers/cloud/members.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "core/model/reading.hpp"

namespace anju::drivers::cloud {
namespace {

namespace json = boost::json;

json::object with(json::value value) {
    return json::object{{"x", std::move(value)}};
}

TEST(CloudMembers, TakeIdentifiersAsTextOrNumber) {
    EXPECT_EQ(id_member(with("d-1"), "x"), "d-1");
    EXPECT_EQ(id_member(with(2'016'617), "x"), "2016617");
    for (const json::value& nothing :
         {json::value("undefined"), json::value("null"), json::value(""), json::value(nullptr),
          json::value(1.5), json::value("a b"), json::value(std::string(65, 'a'))}) {
        EXPECT_EQ(id_member(with(nothing), "x"), "") << nothing;
    }
}

TEST(CloudMembers, TakeDigitsOfTheRightNumberForAnImei) {
    EXPECT_EQ(imei_member(with("860374050000001"), "x"), "860374050000001");
    EXPECT_EQ(imei_member(with(860'374'050'000'001), "x"), "860374050000001");
    EXPECT_EQ(imei_member(with("86037405000"), "x"), "");
    EXPECT_EQ(imei_member(with("86037405000000A"), "x"), "");
}

TEST(CloudMembers, ReadEveryFormOfTime) {
    const auto expected = from_unix_ms(1'772'324'047'000);
    EXPECT_EQ(time_member(with("20260301T001407Z"), "x").at, expected);
    EXPECT_EQ(time_member(with("2026-03-01T00:14:07.000Z"), "x").at, expected);
    EXPECT_EQ(time_member(with("2026-03-01T08:14:07+08:00"), "x").at, expected);
    EXPECT_EQ(time_member(with(1'772'324'047'000), "x").at, expected);
    EXPECT_EQ(time_member(with("1772324047000"), "x").at, expected);
}

TEST(CloudMembers, MarkATimeThatCannotBeReadAndNotOneThatIsAbsent) {
    EXPECT_EQ(time_member(with(nullptr), "x").quality, 0);
    EXPECT_EQ(time_member(with(1), "y").quality, 0);
    EXPECT_EQ(time_member(with(""), "x").quality, 0);
    for (const char* wrong : {"20260301T001407", "20260301 001407Z", "20261301T001407Z", "now",
                              "2026-03-01T00:14:07"}) {
        const EventTime time = time_member(with(wrong), "x");
        EXPECT_EQ(time.quality, quality::clock_replaced) << wrong;
        EXPECT_EQ(time.at, Instant{}) << wrong;
    }
}

TEST(CloudMembers, BoundWhatIsParsed) {
    const std::string deep = std::string(40, '[') + std::string(40, ']');
    const auto nested = parse_envelope({"t", deep, false}, 8192, {});
    ASSERT_FALSE(nested);
    EXPECT_EQ(nested.error().stage, DecodeStage::envelope);
    const auto large = parse_envelope({"t", std::string_view(deep), false}, 8, {});
    ASSERT_FALSE(large);
    EXPECT_EQ(large.error().code, "payload_too_large");
    const auto scalar = parse_envelope({"t", "1", false}, 8, {});
    ASSERT_FALSE(scalar);
    EXPECT_EQ(scalar.error().code, "not_an_object");
}

}  // namespace
}  // namespace anju::drivers::cloud
