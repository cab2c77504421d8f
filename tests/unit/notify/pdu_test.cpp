#include "notify/modem/pdu.hpp"

#include <gtest/gtest.h>

namespace anju::notify {
namespace {

TEST(SmsSubmit, MakesOnePartByTheBook) {
    // TS 23.040 9.2.2.2, by hand: 31 00, 13 digits international, 00 08 A7, 4 octets 王 U+738B, !
    const auto parts = sms_submit("+8613800138000", "王!", 1);
    ASSERT_TRUE(parts);
    ASSERT_EQ(parts->size(), 1U);
    EXPECT_EQ((*parts)[0].hex, "0031000D91683108108300F00008A704738B0021");
    EXPECT_EQ((*parts)[0].length, 19U);
}

TEST(SmsSubmit, NumbersThePartsOfALongMessageAndSplitsNoCharacter) {
    std::string text(66, 'a');
    text += "😀";  // its two halves would be the 67th and the 68th
    text += std::string(10, 'b');
    const auto parts = sms_submit("13800138000", text, 0x2a);
    ASSERT_TRUE(parts);
    ASSERT_EQ(parts->size(), 2U);
    EXPECT_NE((*parts)[0].hex.find("0500032A0201"), std::string::npos);
    EXPECT_NE((*parts)[1].hex.find("0500032A0202D83DDE00"), std::string::npos);
    EXPECT_TRUE((*parts)[0].hex.starts_with("0071000B813108108300F0"));
}

TEST(SmsSubmit, RefusesWhatIsNoNumber) {
    for (const char* const number : {"", "12", "abc", "138\r\nAT", "123456789012345678901"}) {
        EXPECT_FALSE(sms_submit(number, "x", 1)) << number;
    }
}

TEST(StatusReport, TellsDeliveredFromGivenUp) {
    const std::string head =
        "0006"
        "2A"
        "0B813108108300F0"
        "32111422332032"
        "32111422332032";
    const auto delivered = parse_status_report(head + "00");
    ASSERT_TRUE(delivered);
    EXPECT_EQ(delivered->reference, 0x2a);
    EXPECT_TRUE(delivered->delivered && delivered->over);
    EXPECT_FALSE(parse_status_report(head + "30")->over);
    EXPECT_FALSE(parse_status_report(head + "46")->delivered);
    EXPECT_FALSE(parse_status_report(head));
    EXPECT_FALSE(parse_status_report("zz"));
}

}  // namespace
}  // namespace anju::notify
