#include "access/password.hpp"

#include <gtest/gtest.h>

namespace anju::access {
namespace {

using enum PasswordFault;

std::string times(std::size_t count, std::string_view what) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += what;
    return out;
}

TEST(Passwords, AreOfTenToAHundredAndTwentyEightCharacters) {
    EXPECT_EQ(fault_of("kx7-haus9", "lin"), too_short);
    EXPECT_EQ(fault_of("kx7-haus92", "lin"), std::nullopt);
    EXPECT_EQ(fault_of("春眠不觉晓处处闻啼", "lin"), too_short);
    EXPECT_EQ(fault_of("春眠不觉晓处处闻啼鸟", "lin"), std::nullopt);
    const std::string most = times(25, "kx7-h") + "abc";
    EXPECT_EQ(fault_of(most, "lin"), std::nullopt);
    EXPECT_EQ(fault_of(most + "d", "lin"), too_long);
    EXPECT_EQ(fault_of(times(200, "安"), "lin"), too_long);
}

TEST(Passwords, AreText) {
    EXPECT_EQ(fault_of("kx7-haus9\xff\xff", "lin"), not_text);
    EXPECT_EQ(fault_of("kx7-haus9\n99", "lin"), not_text);
    EXPECT_EQ(fault_of(std::string_view("kx7-haus9\0abc", 13), "lin"), not_text);
}

TEST(Passwords, AreNotTheNameAlsoDressedUp) {
    EXPECT_EQ(fault_of("Zhang.Weimin", "zhang.weimin"), is_name);
    EXPECT_EQ(fault_of("zhangweimin", "ZhangWeimin"), is_name);
    EXPECT_EQ(fault_of("zhang2026!!!", "zhang"), is_name);
    EXPECT_EQ(fault_of("!!2026zhang", "zhang1"), is_name);
    EXPECT_EQ(fault_of("13912345678", "13912345678"), is_name);
    EXPECT_EQ(fault_of("zhang-kauft-brot", "zhang"), std::nullopt);
    EXPECT_EQ(fault_of("84-30-71-55-29", "13912345678"), std::nullopt)
        << "a name without letters is in no other password";
}

TEST(Passwords, AreNotWhatIsTriedFirst) {
    for (const char* bad :
         {"1234567890", "0123456789", "9876543210", "1111111111", "123123123123", "abcdefghij",
          "Password123", "password!!", "qwertyuiop", "Admin@2026", "anju202611", "1qaz2wsx3edc",
          "woaini1314", "5201314520", "abababababab", "!!!!!!!!!!"}) {
        EXPECT_EQ(fault_of(bad, "lin"), too_common) << bad;
    }
    EXPECT_EQ(fault_of("die anju im wald", "lin"), std::nullopt);
}

TEST(Passwords, AreKeptAsArgon2idAndKnownAgain) {
    const auto hash = hash_password("春眠不觉晓处处闻啼鸟");
    ASSERT_TRUE(hash);
    EXPECT_TRUE(hash->starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << *hash;
    EXPECT_TRUE(verify_password(*hash, "春眠不觉晓处处闻啼鸟").value());
    EXPECT_FALSE(verify_password(*hash, "春眠不觉晓处处闻啼雀").value());
    EXPECT_FALSE(verify_password(*hash, "").value());
    EXPECT_FALSE(verify_password(*hash, times(600, "a")).value());
    EXPECT_NE(*hash, hash_password("春眠不觉晓处处闻啼鸟").value()) << "no salt";
    EXPECT_FALSE(is_outdated(*hash));
}

TEST(Passwords, OfNobodyCostAsMuchAndAreNeverRight) {
    EXPECT_FALSE(is_outdated(nobodys_hash())) << "unknown names would answer in another time";
    EXPECT_FALSE(verify_password(nobodys_hash(), "kx7-haus92").value());
    EXPECT_FALSE(verify_password(nobodys_hash(), "").value());
}

TEST(Passwords, AgainstADamagedHashAreAnErrorAndNotWrong) {
    EXPECT_FALSE(verify_password("", "kx7-haus92"));
    EXPECT_FALSE(verify_password("$argon2id$v=19$m=65536,t=2,p=1$short", "kx7-haus92"));
    EXPECT_FALSE(verify_password("$2y$10$abcdefghijklmnopqrstuv", "kx7-haus92"));
    EXPECT_TRUE(is_outdated(""));
    EXPECT_TRUE(
        is_outdated("$argon2id$v=19$m=8192,t=1,p=1$"
                    "QIIzK+7QCQ1HrE/HqKMT9Q$E2K93MhS/aIpSrPS0Zcps4uU4j2tRQ2ZLsmu3moOppU"));
}

TEST(Passwords, AreWipedWhereTheyStood) {
    std::string secret = times(8, "kx7-haus92");
    const char* const where = secret.data();
    wipe(secret);
    EXPECT_TRUE(secret.empty());
    EXPECT_EQ(where[5], '\0');
}

}  // namespace
}  // namespace anju::access
