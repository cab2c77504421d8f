// Hexadecimal digits and base64: what is read, and that nothing doubtful is.
#include "drivers/bytes.hpp"

#include <gtest/gtest.h>

namespace anju::drivers {
namespace {

using Out = std::vector<std::uint8_t>;

std::optional<Out> hex(std::string_view text) {
    Out out{0xEE};  // what was there before must go
    return from_hex(text, out) ? std::optional(out) : std::nullopt;
}

std::optional<Out> base64(std::string_view text) {
    Out out{0xEE};
    return from_base64(text, out) ? std::optional(out) : std::nullopt;
}

/// RFC 4648 section 4, written down once more: the code has a reader only.
std::string as_base64(const Out& bytes, bool padded) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    std::uint32_t bits = 0;
    int have = 0;
    for (const std::uint8_t byte : bytes) {
        bits = (bits << 8U) | byte;
        for (have += 8; have >= 6; have -= 6) {
            out.push_back(digits[(bits >> static_cast<unsigned>(have - 6)) & 63U]);
        }
    }
    if (have > 0) out.push_back(digits[(bits << static_cast<unsigned>(6 - have)) & 63U]);
    while (padded && out.size() % 4 != 0) out.push_back('=');
    return out;
}

TEST(Hex, IsReadInEitherCaseWithSeparatorsBetweenBytes) {
    const Out wanted{0x0A, 0xBC, 0xDE};
    for (const char* text : {"0ABCDE", "0abcde", "0aBcDe", "0x0ABCDE", "0X0abcde", "0A BC DE",
                             "0A:BC:DE", "0A-BC-DE", "0A,BC,DE", "0A, BC,\tDE\r\n", " 0ABCDE "}) {
        EXPECT_EQ(hex(text), wanted) << text;
    }
    EXPECT_EQ(hex(""), Out{});
}

TEST(Hex, IsRefusedWithOddDigitsOrForeignCharacters) {
    for (const char* text : {"0", "0AB", "0A B", "0 A", "0:A", "0A 0xBC", "0G", "0A;BC", "0A.BC",
                             "x0", "00x0", "0A\u00a0BC", "-1F2", "0A/"}) {
        EXPECT_EQ(hex(text), std::nullopt) << text;
    }
    EXPECT_EQ(hex(std::string_view("0A\0", 3)), std::nullopt);
}

TEST(Hex, OfEveryByteComesBack) {
    Out all;
    for (int byte = 0; byte < 256; ++byte) all.push_back(static_cast<std::uint8_t>(byte));
    const std::string text = to_hex(all);
    EXPECT_EQ(text.size(), 512U);
    EXPECT_EQ(text.substr(0x1F * 2, 4), "1F20");
    EXPECT_EQ(hex(text), all);
    EXPECT_EQ(to_hex({}), "");
}

TEST(Base64, ReadsTheExamplesOfRfc4648) {
    const std::pair<const char*, const char*> examples[] = {{"", ""},
                                                            {"f", "Zg=="},
                                                            {"fo", "Zm8="},
                                                            {"foo", "Zm9v"},
                                                            {"foob", "Zm9vYg=="},
                                                            {"fooba", "Zm9vYmE="},
                                                            {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, text] : examples) {
        const Bytes wanted = bytes_of(plain);
        EXPECT_EQ(base64(text), Out(wanted.begin(), wanted.end())) << text;
    }
}

TEST(Base64, IsReadWithoutPaddingUrlSafeAndOverSeveralLines) {
    EXPECT_EQ(base64("Zg"), Out{'f'});
    EXPECT_EQ(base64("Zm8"), (Out{'f', 'o'}));
    EXPECT_EQ(base64("+/8="), (Out{0xFB, 0xFF}));
    EXPECT_EQ(base64("-_8="), (Out{0xFB, 0xFF}));
    EXPECT_EQ(base64("-_8"), (Out{0xFB, 0xFF}));
    EXPECT_EQ(base64("Zm\r\n9v\nYg\r\n==\r\n"), (Out{'f', 'o', 'o', 'b'}));
}

TEST(Base64, IsRefusedWithWrongPadding) {
    for (const char* text : {"=", "==", "====", "Z", "Z===", "Zg=", "Zg===", "Zm8==", "Zm9v=",
                             "Zm9v==", "Zm9v====", "Z=g=", "Zg==Zg==", "=Zg="}) {
        EXPECT_EQ(base64(text), std::nullopt) << text;
    }
}

TEST(Base64, IsRefusedWhenBitsAreSetThatNoByteTakes) {
    for (const char* text : {"Zh==", "Zh", "Zv==", "Zm9=", "Zm9", "Zm+"}) {
        EXPECT_EQ(base64(text), std::nullopt) << text;
    }
}

TEST(Base64, IsRefusedWithForeignCharacters) {
    for (const char* text : {"Zm 9v", "Zm9v!", "Zm.v", "Zm9\xC3"}) {
        EXPECT_EQ(base64(text), std::nullopt) << text;
    }
    EXPECT_EQ(base64(std::string_view("Zm9v\0", 5)), std::nullopt);
}

TEST(Base64, OfEveryLengthComesBack) {
    Out bytes;
    for (unsigned size = 0; size < 260; ++size) {
        EXPECT_EQ(base64(as_base64(bytes, true)), bytes) << size;
        EXPECT_EQ(base64(as_base64(bytes, false)), bytes) << size;
        bytes.push_back(static_cast<std::uint8_t>(size * 167 + 13));
    }
}

}  // namespace
}  // namespace anju::drivers
