// From the bytes of a frame to the clear body of a telegram: layers, keys, and what is refused.
#include "drivers/wmbus/telegram.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "unit/drivers/support.hpp"
#include "unit/drivers/wmbus/frames.hpp"

namespace anju::drivers::wmbus {
namespace {

using testing::bytes;
using Result = boost::system::result<Telegram, DecodeError>;

class WmbusTelegram : public ::testing::Test {
protected:
    Result parse(std::string_view hex) {
        input_ = bytes(hex);
        return parse_telegram(input_, KeySource{settings_}, scratch_);
    }
    std::string code(std::string_view hex) {
        const Result result = parse(hex);
        return result ? "" : result.error().code;
    }
    /// The clear body, or the error's code.
    std::string body(std::string_view hex) {
        const Result result = parse(hex);
        return result ? to_hex(result->body) : result.error().code;
    }
    void set_key(std::string_view address, std::string_view key) {
        settings_.set("wmbus", address, {.key = parse_key(key), .profile = {}});
    }

    Settings settings_;
    Scratch scratch_;
    std::vector<std::uint8_t> input_;
};

/// `bits` of the byte at `at` turned over.
std::string damaged(std::string_view hex, std::size_t at, unsigned bits) {
    auto out = bytes(hex);
    out.at(at) ^= static_cast<std::uint8_t>(bits);
    return to_hex(out);
}

constexpr std::string_view iperl = "1844AE4C4455223368077A55000000041389E20100023B0000";
// Mode 5 with 11 clear bytes behind the two encrypted blocks.
constexpr std::string_view waterstar =
    "3944FA122162092002067A3600202567C94D48D00DC47B11213E23383DB51968A705AAFA60C60E263D50CD259D7C"
    "9A03FD0C08000002FD0B0011";
constexpr std::string_view waterstar_key = "BEDB81B52C29B5C143388CBB0D15A051";
constexpr std::string_view waterstar_clear =
    "2F2F046D282A9E2704136A00000002FD17000004933C000000002F2F2F2F2F2F03FD0C08000002FD0B0011";
// Mode 7: the keys derive from the counter in the authentication layer.
constexpr std::string_view ista =
    "434474262957702231078C2095900F002C25D744B09ED5F29B859C53BF0C7AD7002007101D13D1E8E4A3CBF2AA35"
    "5A4DA96771D1F1F1673D1F45D86D26D8850F5AC280D8";
constexpr std::string_view ista_key = "9C537459154128F102FFAF810A8A6B69";
constexpr std::string_view ista_clear =
    "2F2F0C136960320082016C1E398C0113626032002F2F2F2F2F2F2F2F2F2F2F2F";
// AES-CTR of the extended link layer.
constexpr std::string_view kamstrup =
    "2D442D2C776655441B168D2083B48D3A2033AF50C068F85DCA16AD388A78EBD65BD1E730CE0F52AE9581F4F1E168";
constexpr std::string_view kamstrup_key = "DC0B4FBCB2CE96CE0BB183BD6450AD74";
constexpr std::string_view kamstrup_opened =
    "2D442D2C776655441B168D2083B48D3A2046887802FF20000004132F4E000092013B3D01A1015B028101E7FF0F03";
constexpr std::string_view kamstrup_clear = "02FF20000004132F4E000092013B3D01A1015B028101E7FF0F03";
// Long header: the initial vector comes from the meter in it, not from the sender.
constexpr std::string_view techem =
    "4B44685036494600953772253895662423FE064E00300520E2482CBCC194C16C6B2959A245331AAEF64800228531"
    "59AF4DF79082930B76D121262AB93957B65935486664BAB18F0FF8FADFB9";
constexpr std::string_view techem_key = "DD8D5A1F3D3CE3127009077D0C078A30";

TEST_F(WmbusTelegram, NamesSenderMeterAndHeader) {
    const Result result = parse(iperl);
    ASSERT_TRUE(result) << result.error().text;
    EXPECT_EQ(result->meter.address(), "SEN-33225544");
    EXPECT_EQ(result->link, result->meter);
    EXPECT_EQ(result->meter.version, 0x68);
    EXPECT_EQ(result->meter.type, 0x07);
    EXPECT_EQ(result->ci, 0x7A);
    EXPECT_EQ(result->access, 0x55);
    EXPECT_EQ(result->status, 0);
    EXPECT_EQ(result->protection, Protection::none);
    EXPECT_EQ(to_hex(result->body), "041389E20100023B0000");
    EXPECT_EQ(result->body.data(), input_.data() + 15) << "copied without need";
}

TEST_F(WmbusTelegram, OfALongHeaderIsAboutTheMeterInIt) {
    const Result result = parse("1C449344682268363537726666666693443507720000200C1367051200");
    ASSERT_TRUE(result) << result.error().text;
    EXPECT_EQ(result->link.address(), "QDS-36682268");
    EXPECT_EQ(result->meter.address(), "QDS-66666666");
    EXPECT_EQ(result->meter.type, 0x07);
    EXPECT_EQ(result->link.type, 0x37);
    EXPECT_EQ(to_hex(result->body), "0C1367051200");
}

TEST_F(WmbusTelegram, KeepsANumberThatIsNotDecimal) {
    const Result result = parse("1944304CDEFFE420CC01A263120013258F907B0AFF12529AC33B");
    ASSERT_TRUE(result) << result.error().text;
    EXPECT_EQ(result->meter.address(), "SAP-20E4FFDE");
    EXPECT_EQ(result->ci, 0xA2);
    EXPECT_EQ(to_hex(result->body), "63120013258F907B0AFF12529AC33B");
}

TEST_F(WmbusTelegram, OfMode5IsOpenedAndItsClearEndIsKept) {
    set_key("DWZ-20096221", waterstar_key);
    const Result result = parse(waterstar);
    ASSERT_TRUE(result) << result.error().text;
    EXPECT_EQ(result->protection, Protection::opened);
    EXPECT_EQ(to_hex(result->body), waterstar_clear);
}

TEST_F(WmbusTelegram, OfMode7IsAuthenticatedAndOpened) {
    set_key("IST-22705729", ista_key);
    const Result result = parse(ista);
    ASSERT_TRUE(result) << result.error().text;
    EXPECT_EQ(result->protection, Protection::opened);
    EXPECT_EQ(to_hex(result->body), ista_clear);
    for (const std::size_t at : {18U, 22U, 29U, 31U, 50U, 67U}) {  // counter, MAC, header, body
        EXPECT_EQ(code(damaged(ista, at, 0x01)), "mac_wrong") << at;
    }
    EXPECT_EQ(code(damaged(ista, 17, 0x01)), "length_wrong") << "a shorter MAC than there is";
}

TEST_F(WmbusTelegram, OfTheExtendedLinkLayerIsOpenedAndChecked) {
    set_key("KAM-44556677", kamstrup_key);
    const Result result = parse(kamstrup);
    ASSERT_TRUE(result) << result.error().text;
    EXPECT_EQ(result->protection, Protection::opened);
    EXPECT_EQ(result->ci, 0x78);
    EXPECT_EQ(result->access, 0x83) << "without a transport header that of the link layer";
    EXPECT_EQ(to_hex(result->body), kamstrup_clear);
    for (std::size_t at = 13; at < 46; ++at) {
        EXPECT_FALSE(parse(damaged(kamstrup, at, 0x08))) << at;
    }
}

TEST_F(WmbusTelegram, OfALongHeaderIsOpenedWithTheMetersAddressAsInitialVector) {
    set_key("HYD-66953825", techem_key);
    EXPECT_EQ(body(techem).substr(0, 12), "2F2F4315A100");
}

TEST_F(WmbusTelegram, IsOpenedByTheKeyOfTheBareNumberOfTheSenderOrOfAnyDevice) {
    set_key("20096221", waterstar_key);
    EXPECT_EQ(body(waterstar), waterstar_clear);
    settings_.set_fallback(DeviceSettings{.key = Key{}, .profile = {}});
    EXPECT_EQ(body(waterstar), waterstar_clear) << "the device's own key goes first";
    settings_.clear();
    EXPECT_EQ(code(waterstar), "key_wrong");
    settings_.set_fallback(DeviceSettings{.key = parse_key(waterstar_key), .profile = {}});
    EXPECT_EQ(body(waterstar), waterstar_clear);
    settings_.set_fallback(std::nullopt);
    set_key("TCH-00464936", techem_key);
    EXPECT_EQ(body(techem).substr(0, 12), "2F2F4315A100") << "of the radio module";
}

TEST_F(WmbusTelegram, WithoutAKeyIsRefusedAndNamesTheMeter) {
    for (const auto& [hex, address] : std::map<std::string_view, std::string>{
             {waterstar, "DWZ-20096221"}, {ista, "IST-22705729"}, {kamstrup, "KAM-44556677"}}) {
        const Result result = parse(hex);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, "key_missing");
        EXPECT_EQ(result.error().address, address);
        EXPECT_EQ(result.error().alias, address.substr(4));
        EXPECT_EQ(result.error().driver, "wmbus");
        EXPECT_EQ(result.error().model.substr(0, 3), address.substr(0, 3));
        EXPECT_LE(result.error().model.size(), 15U);
    }
}

TEST_F(WmbusTelegram, WithAWrongKeyIsRefusedAndTheKeyIsNotTold) {
    for (const auto& [hex, key] : std::map<std::string_view, std::string_view>{
             {waterstar, waterstar_key}, {ista, ista_key}, {kamstrup, kamstrup_key}}) {
        for (std::size_t bit = 0; bit < 128; ++bit) {
            const std::string wrong = damaged(key, bit / 8, 1U << bit % 8);
            settings_.set_fallback(DeviceSettings{.key = parse_key(wrong), .profile = {}});
            const Result result = parse(hex);
            ASSERT_FALSE(result) << bit;
            EXPECT_EQ(result.error().code, hex == ista ? "mac_wrong" : "key_wrong");
            EXPECT_EQ(result.error().text.find(wrong.substr(0, 8)), std::string::npos);
        }
    }
}

TEST_F(WmbusTelegram, AlreadyOpenedByTheReceiverNeedsNoKeyAndIsNotHarmedByOne) {
    auto stripped = bytes(waterstar);
    const auto clear = bytes(waterstar_clear);
    std::copy(clear.begin(), clear.end(), stripped.begin() + 15);
    for (int with_key = 0; with_key < 2; ++with_key) {
        const Result five = parse(to_hex(stripped));
        ASSERT_TRUE(five) << five.error().text;
        EXPECT_EQ(five->protection, Protection::stripped);
        EXPECT_EQ(to_hex(five->body), waterstar_clear);
        const Result counter = parse(kamstrup_opened);
        ASSERT_TRUE(counter) << counter.error().text;
        EXPECT_EQ(counter->protection, Protection::stripped);
        EXPECT_EQ(to_hex(counter->body), kamstrup_clear);
        settings_.set_fallback(DeviceSettings{.key = parse_key(ista_key), .profile = {}});
    }
    // Clear text where the fillers are not is not clear text.
    settings_.set_fallback(std::nullopt);
    EXPECT_EQ(code(damaged(to_hex(stripped), 15, 0x01)), "key_missing");
}

TEST_F(WmbusTelegram, ThatIsRepeatedIsOpenedThoughTheRepeaterMarkedIt) {
    set_key("KAM-44556677", kamstrup_key);
    EXPECT_EQ(body(damaged(kamstrup, 11, 0x10)), kamstrup_clear) << "hop";
    EXPECT_EQ(body(damaged(kamstrup, 11, 0x02)), kamstrup_clear) << "repeated";
    EXPECT_EQ(body(damaged(kamstrup, 11, 0x04)), "key_wrong") << "another bit";
}

TEST_F(WmbusTelegram, OfAnotherSecurityModeIsRefused) {
    for (const unsigned mode : {1U, 2U, 3U, 4U, 6U, 8U, 9U, 10U, 13U, 31U}) {
        EXPECT_EQ(code(damaged(iperl, 14, mode)), "security_unsupported") << mode;
    }
    // Extended link layer: session number's upper three bits.
    EXPECT_EQ(code(damaged(kamstrup, 16, 0x60)), "security_unsupported");
}

TEST_F(WmbusTelegram, WithMoreEncryptedBlocksThanBytesIsRefused) {
    settings_.set_fallback(DeviceSettings{.key = parse_key(waterstar_key), .profile = {}});
    EXPECT_EQ(code(damaged(waterstar, 13, 0x10)), "length_wrong");
}

TEST_F(WmbusTelegram, OfNoBlocksIsClearOnlyWhereItReadsSo) {
    auto hex = bytes(iperl);
    hex[14] = 5;
    EXPECT_EQ(body(to_hex(hex)), "041389E20100023B0000");
    hex[21] = 0x06;  // a record longer than the telegram
    EXPECT_EQ(code(to_hex(hex)), "security_unsupported");
}

TEST_F(WmbusTelegram, OtherThanOfAMeterOrOfDataIsRefusedByName) {
    EXPECT_EQ(code(damaged(iperl, 1, 0x44 ^ 0x5B)), "control_unsupported");
    EXPECT_EQ(code(damaged(iperl, 1, 0x44 ^ 0x53)), "control_unsupported");
    EXPECT_EQ(code(damaged(iperl, 1, 0x44 ^ 0x46)), "") << "an installation telegram";
    for (const unsigned ci : {0x51U, 0x5BU, 0x6EU, 0x6FU, 0x70U, 0x71U, 0x74U, 0x75U, 0x76U, 0x7CU,
                              0x7FU, 0x81U, 0x86U, 0xB8U, 0xFFU, 0x00U}) {
        const Result result = parse(damaged(iperl, 10, 0x7A ^ ci));
        ASSERT_FALSE(result) << ci;
        EXPECT_EQ(result.error().code, "ci_unsupported") << ci;
        EXPECT_EQ(result.error().at, 10U);
        EXPECT_EQ(result.error().address, "SEN-33225544");
    }
}

TEST_F(WmbusTelegram, ThatIsAFragmentIsRefused) {
    EXPECT_EQ(code(damaged(ista, 16, 0x40)), "fragment_unsupported") << "more follow";
    EXPECT_EQ(code(damaged(ista, 15, 0x02)), "fragment_unsupported") << "not the first";
    EXPECT_EQ(code(damaged(ista, 14, 0x01)), "length_wrong") << "fields that do not fit";
}

TEST_F(WmbusTelegram, WithTheCrcOfItsLastBlockLeftLosesIt) {
    // The one telegram with a right length byte, the other with a wrong one: that CRC proves where
    // the telegram ends.
    const std::string_view rest =
        "4493444836351218067AC70000200C13911900004C1391170000426CBF2CCC081391170000C2086CBF2C02BB56"
        "00"
        "00326CFFFF046D1E02DE21FED0";
    const std::string_view clear =
        "0C13911900004C1391170000426CBF2CCC081391170000C2086CBF2C02BB560000326CFFFF046D1E02DE21";
    EXPECT_EQ(body("3B" + std::string(rest)), clear);
    EXPECT_EQ(body("37" + std::string(rest)), clear);
    EXPECT_EQ(body("37" + damaged(rest, 50, 0x01)), "length_wrong");
}

TEST_F(WmbusTelegram, LongerThanItSaysEndsWhereItsContentsEnd) {
    const std::string appended = std::string(iperl) + "8A";
    EXPECT_EQ(body(appended), "041389E20100023B0000") << "the records end where the length says";
    EXPECT_EQ(body(damaged(iperl, 0, 0x18 ^ 0x16)), "041389E20100023B0000")
        << "the records end where the telegram does";
    EXPECT_EQ(body(damaged(appended, 0, 0x18 ^ 0x17)), "length_wrong") << "nowhere";
    EXPECT_EQ(body(std::string(kamstrup_opened) + "25442D2C46464646300C"), kamstrup_clear)
        << "the checksum of the payload fits";
    EXPECT_EQ(body("1944304CDEFFE420CC01A263120013258F907B0AFF12529AC33B00"), "length_wrong")
        << "a maker's own data says nothing of its length";
}

TEST_F(WmbusTelegram, CutOffIsRefusedAtEveryByte) {
    settings_.set_fallback(DeviceSettings{.key = parse_key(waterstar_key), .profile = {}});
    for (const std::string_view whole : {iperl, waterstar, ista, kamstrup, kamstrup_opened}) {
        for (std::size_t size = 0; size < whole.size(); size += 2) {
            EXPECT_FALSE(parse(whole.substr(0, size))) << size / 2 << " of " << whole;
        }
    }
}

TEST_F(WmbusTelegram, FreedOfFormatBsCrcsIsBelievedWhereACipherProvesItsEnd) {
    set_key("IST-22705729", ista_key);
    EXPECT_EQ(body(damaged(ista, 0, 0x43 ^ 0x45)), ista_clear);
    EXPECT_EQ(body(damaged(ista, 0, 0x43 ^ 0x44)), "length_wrong");
    EXPECT_EQ(body(damaged(iperl, 0, 0x18 ^ 0x1A)), "length_wrong") << "or it was cut off";
}

TEST_F(WmbusTelegram, OfWiredMbusIsReadToo) {
    const std::string_view wired =
        "68565668086C7257513400010615072EF800000C7857513400046D0BAB5934041307590000023B000044"
        "13A2560000426C41340227CB0803FD175E0B0004FF0A0404010002FF0B000003FF0C9700B90F0004351BFF"
        "0001020100A716";
    const Result result = parse(wired);
    ASSERT_TRUE(result) << result.error().text;
    EXPECT_TRUE(result->wired);
    EXPECT_EQ(result->meter.address(), "APA-00345157");
    EXPECT_EQ(result->status, 0xF8);
    EXPECT_EQ(to_hex(result->body).substr(0, 12), "0C7857513400");
}

}  // namespace
}  // namespace anju::drivers::wmbus
