#include "access/secret.hpp"

#include <gtest/gtest.h>

#include <set>

namespace anju::access {
namespace {

std::string hex(std::string_view bytes) {
    std::string out;
    for (const char c : bytes) {
        constexpr std::string_view digits = "0123456789abcdef";
        out += digits[static_cast<unsigned char>(c) >> 4U];
        out += digits[static_cast<unsigned char>(c) & 15U];
    }
    return out;
}

TEST(Secrets, AreNeverTheSameTwice) {
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) {
        const std::string token = make_token();
        EXPECT_TRUE(looks_like_token(token)) << token;
        seen.insert(token);
    }
    EXPECT_EQ(seen.size(), 100U);
}

TEST(Secrets, AreNotLookedForWhereTextCannotBeOne) {
    EXPECT_FALSE(looks_like_token(""));
    EXPECT_FALSE(looks_like_token(std::string(42, 'a')));
    EXPECT_TRUE(looks_like_token(std::string(43, 'a')));
    EXPECT_FALSE(looks_like_token(std::string(42, 'a') + "/"));
    EXPECT_FALSE(looks_like_token(std::string(42, 'a') + '\0'));
}

TEST(Secrets, AreHashedAsTheStandardsSay) {
    EXPECT_EQ(hex(sha256("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    // RFC 4231, test case 2
    EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(base64url("\xfb\xff\xfe"), "-__-");
    EXPECT_EQ(base64url("a"), "YQ");
    EXPECT_EQ(base64url(""), "");
}

TEST(Secrets, AreEqualInAllBytesOrNot) {
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abcd"));
}

TEST(Secrets, ForHandsHaveNoLookAlikes) {
    std::set<char> seen;
    for (const char c : make_letters(4000)) seen.insert(c);
    EXPECT_EQ(seen.size(), 32U) << "each of 32 letters is missed once in e^127 runs";
    for (const char c : {'0', '1', 'I', 'O'}) EXPECT_FALSE(seen.contains(c)) << c;
}

}  // namespace
}  // namespace anju::access
