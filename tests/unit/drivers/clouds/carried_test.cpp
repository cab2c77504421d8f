// Bytes in text, and frames wherever in a message they are.
#include "drivers/cloud/carried.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace anju::drivers::cloud {
namespace {

namespace json = boost::json;

constexpr const char* frame_hex =
    "6810452301000326208116901F01452301002C000000002C0000000000000000000016";

std::vector<std::uint8_t> frame() {
    std::vector<std::uint8_t> out;
    EXPECT_TRUE(from_hex(frame_hex, out));
    unsigned sum = 0;
    for (std::size_t i = 0; i + 2 < out.size(); ++i) sum += out[i];
    out[out.size() - 2] = static_cast<std::uint8_t>(sum);
    return out;
}

TEST(Carried, TakesTheFormInWhichACodecRecognisesSomething) {
    std::vector<std::uint8_t> bytes;
    ASSERT_TRUE(is_recognised(frame()));
    ASSERT_TRUE(bytes_in_text(to_hex(frame()), TextForm::base64, bytes));
    EXPECT_EQ(bytes, frame()) << "digits where base64 was promised";
}

TEST(Carried, TakesDigitsBeforeBase64WhereNothingIsRecognised) {
    std::vector<std::uint8_t> bytes;
    ASSERT_TRUE(bytes_in_text("01020304", TextForm::unknown, bytes));
    EXPECT_EQ(to_hex(bytes), "01020304");
    ASSERT_TRUE(bytes_in_text("01020304", TextForm::base64, bytes));
    EXPECT_EQ(to_hex(bytes), "D35D36D37D38");
    EXPECT_FALSE(bytes_in_text("kitchen door", TextForm::unknown, bytes));
    EXPECT_FALSE(bytes_in_text("", TextForm::unknown, bytes));
}

TEST(Carried, FindsFramesAtAnyPlaceButNotAtAnyDepth) {
    const std::string hex = to_hex(frame());
    EXPECT_EQ(find_frames(json::value{{"a", json::array{1, {{"b", hex}}}}, {"c", hex}}).size(), 2U);
    json::value deep{json::string(hex)};
    for (int i = 0; i < 8; ++i) deep = json::array{std::move(deep)};
    EXPECT_TRUE(find_frames(deep).empty());
}

TEST(Carried, LooksAtABoundedNumberOfValues) {
    json::array many(300, json::value(1));
    many.push_back(json::string(to_hex(frame())));
    EXPECT_TRUE(find_frames(many).empty());
    EXPECT_EQ(find_frames(json::array(300, json::string(to_hex(frame())))).size(), 64U);
}

TEST(Carried, GivesTheLongestBytesForProfiles) {
    const json::value fields{{"on", "AQ=="}, {"data", "0102030405"}, {"name", "kitchen door"}};
    EXPECT_EQ(to_hex(longest_bytes(fields)), "0102030405");
    EXPECT_TRUE(longest_bytes(json::value(1)).empty());
}

}  // namespace
}  // namespace anju::drivers::cloud
