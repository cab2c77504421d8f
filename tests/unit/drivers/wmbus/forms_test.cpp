// The messages in which receivers publish telegrams.
#include "drivers/wmbus/forms.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace anju::drivers::wmbus {
namespace {

const std::string iperl = "1844AE4C4455223368077A55000000041389E20100023B0000";

/// The telegram, or the code of the error.
std::string read(std::string_view payload) {
    std::vector<std::uint8_t> buffer;
    const auto form = read_form(payload, buffer);
    if (form) return to_hex(form->telegram);
    EXPECT_EQ(form.error().stage, DecodeStage::envelope);
    EXPECT_LE(form.error().at, payload.size());
    EXPECT_FALSE(form.error().text.empty());
    return form.error().code;
}

std::optional<int> strength(std::string_view payload) {
    std::vector<std::uint8_t> buffer;
    const auto form = read_form(payload, buffer);
    return form ? form->rssi_dbm : std::nullopt;
}

std::string binary(std::string_view hex) {
    std::vector<std::uint8_t> bytes;
    EXPECT_TRUE(from_hex(hex, bytes));
    return {bytes.begin(), bytes.end()};
}

std::string rtl_line(std::string_view checked, std::string_view telegram) {
    return "T1;" + std::string(checked) + ";1;2019-04-03 19:00:42.000;97;148;88888888;0x" +
           std::string(telegram);
}

TEST(WmbusForms, AreBytesOrDigitsWithAndWithoutDecoration) {
    EXPECT_EQ(read(binary(iperl)), iperl);
    EXPECT_EQ(read(iperl), iperl);
    EXPECT_EQ(read("0x" + iperl), iperl);
    EXPECT_EQ(read(" \t" + iperl + "\r\n"), iperl);
    EXPECT_EQ(read("18 44 AE 4c" + iperl.substr(8)), iperl);
    EXPECT_EQ(read("18:44:ae:4c:" + iperl.substr(8)), iperl);
}

TEST(WmbusForms, LoseTheMarkOfAStick) {
    EXPECT_EQ(read("b" + iperl), iperl);
    EXPECT_EQ(read("bY" + iperl), iperl);
    EXPECT_EQ(read("b0440A"), "B0440A") << "an even number of digits has no mark";
}

TEST(WmbusForms, OfBytesMayBeginWithABrace) {
    const std::string frame = binary("7B44AE4C4455223368077A5500000004");
    EXPECT_EQ(read(frame), "7B44AE4C4455223368077A5500000004");
}

TEST(WmbusForms, OfRtlWmbusAreReadUnlessTheirCrcFailed) {
    EXPECT_EQ(read(rtl_line("1", iperl)), iperl);
    EXPECT_EQ(read(rtl_line("1", iperl) + "\n"), iperl);
    EXPECT_EQ(read(rtl_line("0", iperl)), "crc");
    EXPECT_EQ(read(rtl_line("", iperl)), "not_hex");
    EXPECT_EQ(read("T1;1"), "not_hex");
    EXPECT_EQ(read(rtl_line("1", "")), "not_hex");
    EXPECT_EQ(read(rtl_line("1", iperl) + "\n" + rtl_line("0", iperl)), "not_hex")
        << "two lines are two messages";
    EXPECT_EQ(strength(rtl_line("1", iperl)), std::nullopt) << "97 is not in dBm";
}

TEST(WmbusForms, InJsonHaveTheTelegramUnderOneOfSeveralNames) {
    for (const std::string name : {"telegram", "data", "hex", "payload", "rawdata", "raw"}) {
        EXPECT_EQ(read("{\"" + name + "\":\"" + iperl + "\",\"rssi\":-70}"), iperl) << name;
    }
    EXPECT_EQ(read("{ \"telegram\" : \"" + rtl_line("1", iperl) + "\" }"), iperl);
    EXPECT_EQ(read("{\"telegram\":\"" + rtl_line("0", iperl) + "\"}"), "crc");
    EXPECT_EQ(read("{\"telegram\":\"\",\"data\":\"" + iperl + "\"}"), iperl);
    EXPECT_EQ(read("{\"name\":\"Wäsche\",\"data\":\"" + iperl + "\"}"), iperl);
}

TEST(WmbusForms, InJsonMayTellTheStrength) {
    const auto with = [](const std::string& more) {
        return strength("{\"telegram\":\"" + iperl + "\"," + more + "}");
    };
    EXPECT_EQ(with("\"rssi\":-70"), -70);
    EXPECT_EQ(with("\"rssi\":-69.6"), -70);
    EXPECT_EQ(with("\"rssi\":\"-70dBm\""), -70);
    EXPECT_EQ(with("\"rssi_dbm\":-101"), -101);
    EXPECT_EQ(with("\"rssi\":97"), std::nullopt) << "a scale of the receiver's own";
    EXPECT_EQ(with("\"rssi\":null"), std::nullopt);
    EXPECT_EQ(with("\"rssi\":\"far\""), std::nullopt);
    EXPECT_EQ(with("\"rssi\":-1e300"), std::nullopt);
}

TEST(WmbusForms, WithoutATelegramAreRefused) {
    EXPECT_EQ(read("   "), "empty");
    EXPECT_EQ(read("{\"media\":\"water\",\"total_m3\":1.5}"), "telegram_missing");
    EXPECT_EQ(read("{\"telegram\":17}"), "telegram_missing");
    EXPECT_EQ(read("{}"), "telegram_missing");
    EXPECT_EQ(read("{\"telegram\":"), "not_json");
    EXPECT_EQ(read("online"), "not_hex");
    EXPECT_EQ(read(iperl + "0"), "not_hex") << "half a byte";
}

TEST(WmbusForms, TellWhereTheTelegramBegins) {
    std::vector<std::uint8_t> buffer;
    const auto json = read_form("{\"telegram\":\"" + iperl + "\"}", buffer);
    ASSERT_TRUE(json);
    EXPECT_EQ(json->offset, 13U);
    EXPECT_EQ(json->width, 2U);
    const std::string line = rtl_line("1", iperl);
    const auto rtl = read_form(line, buffer);
    ASSERT_TRUE(rtl);
    EXPECT_EQ(line.substr(rtl->offset), iperl);
    const auto bytes = read_form(binary(iperl), buffer);
    ASSERT_TRUE(bytes);
    EXPECT_EQ(bytes->offset, 0U);
    EXPECT_EQ(bytes->width, 1U);
}

}  // namespace
}  // namespace anju::drivers::wmbus
