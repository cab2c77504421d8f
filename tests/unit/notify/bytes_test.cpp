#include "notify/bytes.hpp"

#include <gtest/gtest.h>

namespace anju::notify {
namespace {

std::string run_of(std::size_t count, char byte) {
    return std::string(count, byte);
}

TEST(HmacSha256, GivesTheValuesOfRfc4231) {
    EXPECT_EQ(hex(hmac_sha256(run_of(20, '\x0b'), "Hi There")),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hex(hmac_sha256(run_of(131, '\xaa'),
                              "Test Using Larger Than Block-Size Key - Hash Key First")),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(HmacSha256, TakesAnEmptyKeyForWhatItIs) {
    EXPECT_EQ(hex(hmac_sha256("", "")),
              "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
    EXPECT_NE(hmac_sha256("key", ""), hmac_sha256("", "")) << "the key of before was used";
}

TEST(Base64, GivesTheValuesOfRfc4648) {
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foo"), "Zm9v");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(base64("\xfb\xff"), "+/8=");
    EXPECT_EQ(base64url("\xfb\xff"), "-_8");
}

TEST(Base64Url, ReadsBackEveryLengthAndNothingElse) {
    std::string bytes;
    for (int length = 0; length < 80; ++length) {
        EXPECT_EQ(parse_base64url(base64url(bytes)), bytes);
        bytes += static_cast<char>(length * 37);
    }
    EXPECT_FALSE(parse_base64url("Zg=="));
    EXPECT_FALSE(parse_base64url("Zh")) << "spare bits are set: a second spelling of the same";
    EXPECT_FALSE(parse_base64url("Z"));
    EXPECT_FALSE(parse_base64url("Zm9+"));
}

TEST(UrlEncode, LeavesOnlyTheUnreservedAsTheyAre) {
    EXPECT_EQ(url_encode("aZ09-._~"), "aZ09-._~");
    EXPECT_EQ(url_encode("a+b/c= 王"), "a%2Bb%2Fc%3D%20%E7%8E%8B");
}

TEST(EqualInConstantTime, ComparesContentAndLength) {
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
}

}  // namespace
}  // namespace anju::notify
