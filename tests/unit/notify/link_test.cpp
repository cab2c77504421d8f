#include "notify/link.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "notify/bytes.hpp"

namespace anju::notify {
namespace {

using namespace std::chrono_literals;

// 32 bytes as hexadecimal digits, as link_key() gives them.
constexpr const char* key = "000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f";
const Instant expires{std::chrono::seconds{1'700'000'000}};
const LinkClaims claims{AlertId{"wang-1-7"}, AlertVerb::acknowledge, "worker:lin", expires};
// printf of the claims through `openssl dgst -sha256 -hmac` and `base64`.
constexpr const char* known = "AQBlU_EACHdhbmctMS03CndvcmtlcjpsaW4.JGYnoqfmjW0_ZSUauLeClA";

const LinkSigner& signer() {
    static const LinkSigner one(key, "https://box.example:8443");
    return one;
}

class LinkKey : public testing::Test {
protected:
    void SetUp() override {
        folder = std::filesystem::path(testing::TempDir()) /
                 ("link-key-" + std::to_string(::getpid()) + "-" +
                  testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::create_directories(folder);
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    std::filesystem::path folder;
};

TEST(LinkSigner, MakesTheTokenThatOpensslMakes) {
    EXPECT_EQ(signer().token(claims), known);
    EXPECT_EQ(signer().url(claims), std::string("https://box.example:8443/a/") + known);
}

TEST(LinkSigner, MakesNoUrlWithoutABase) {
    EXPECT_EQ(LinkSigner(key, "").url(claims), "");
}

TEST(LinkSigner, ReadsBackWhatItSigned) {
    EXPECT_EQ(signer().verify(known, expires - 1ms), claims);
}

TEST(LinkSigner, RefusesATokenFromItsExpiryOn) {
    EXPECT_FALSE(signer().verify(known, expires));
    EXPECT_FALSE(signer().verify(known, expires + 24h));
}

TEST(LinkSigner, RefusesATokenOfWhichAnyCharacterWasChanged) {
    const std::string token = known;
    for (std::size_t at = 0; at < token.size(); ++at) {
        for (const char other : {'A', 'B', '_', '.', '\0', '+'}) {
            std::string changed = token;
            if (changed[at] == other) continue;
            changed[at] = other;
            EXPECT_FALSE(signer().verify(changed, expires - 1h)) << "position " << at;
        }
    }
}

TEST(LinkSigner, RefusesEveryShorterAndLongerToken) {
    const std::string token = known;
    for (std::size_t size = 0; size < token.size(); ++size) {
        EXPECT_FALSE(signer().verify(token.substr(0, size), expires - 1h)) << size;
    }
    EXPECT_FALSE(signer().verify(token + "A", expires - 1h));
    EXPECT_FALSE(signer().verify(token + ".", expires - 1h));
    EXPECT_FALSE(signer().verify(token + "=", expires - 1h));
    EXPECT_FALSE(signer().verify(std::string(100'000, 'A'), expires - 1h));
}

TEST(LinkSigner, RefusesTheTokenOfAnotherBox) {
    const LinkSigner other("100102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f", "");
    EXPECT_FALSE(other.verify(known, expires - 1h));
}

TEST(LinkSigner, RefusesASealMadeForAnotherPurpose) {
    const auto bytes = *parse_base64url("AQBlU_EACHdhbmctMS03CndvcmtlcjpsaW4");
    const std::string bare = base64url(hmac_sha256(key, bytes).substr(0, 16));
    EXPECT_FALSE(signer().verify("AQBlU_EACHdhbmctMS03CndvcmtlcjpsaW4." + bare, expires - 1h));
}

TEST(LinkSigner, DropsWhatLiesBelowASecondFromTheExpiry) {
    LinkClaims uneven = claims;
    uneven.expires += 999ms;
    EXPECT_EQ(signer().token(uneven), known);
}

TEST_F(LinkKey, IsMadeOnceAndReadableByItsOwnerAlone) {
    const auto first = link_key(folder);
    ASSERT_TRUE(first) << first.error().text();
    EXPECT_EQ(first->size(), 64U);
    struct stat info{};
    ASSERT_EQ(stat((folder / "link.key").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777U, 0600U);
    const auto second = link_key(folder);
    ASSERT_TRUE(second);
    EXPECT_EQ(*first, *second);
    EXPECT_FALSE(std::filesystem::exists(folder / "link.key.new"));
}

TEST_F(LinkKey, OfTwoBoxesDiffer) {
    std::filesystem::create_directories(folder / "other");
    EXPECT_NE(*link_key(folder), *link_key(folder / "other"));
}

TEST_F(LinkKey, OpenToOthersIsRefusedAndNotReplaced) {
    const std::string made = *link_key(folder);
    std::filesystem::permissions(folder / "link.key", std::filesystem::perms{0640});
    const auto refused = link_key(folder);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().remedy, "chmod 600 " + (folder / "link.key").string());
    std::filesystem::permissions(folder / "link.key", std::filesystem::perms{0600});
    EXPECT_EQ(*link_key(folder), made);
}

TEST_F(LinkKey, CutShortIsRefusedAndNotReplaced) {
    ASSERT_TRUE(link_key(folder));
    std::filesystem::resize_file(folder / "link.key", 30);
    EXPECT_FALSE(link_key(folder));
    EXPECT_EQ(std::filesystem::file_size(folder / "link.key"), 30U);
}

}  // namespace
}  // namespace anju::notify
