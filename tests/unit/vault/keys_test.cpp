#include "vault/keys.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>

namespace anju::vault {
namespace {

constexpr std::string_view name = "林桂芳 13812345678 中山路5号";

/// Keys whose bytes are all `bytes`, the one that seals first.
std::shared_ptr<const Keys> keys_of(std::string_view bytes) {
    std::string raw;
    for (const char byte : bytes) raw.append(key_bytes, byte);
    return Keys::from(reinterpret_cast<const unsigned char*>(raw.data()), bytes.size());
}

class SealedField : public testing::TestWithParam<Form> {};
INSTANTIATE_TEST_SUITE_P(Forms, SealedField, testing::Values(Form::blob, Form::text));

TEST_P(SealedField, OpensInItsPlaceAndShowsNothing) {
    const auto keys = keys_of("a");
    for (const std::string_view content :
         {name, std::string_view(), std::string_view("\0\xff", 2)}) {
        const std::string sealed = keys->seal(content, "notices.bytes 7", GetParam());
        EXPECT_EQ(keys->open(sealed, "notices.bytes 7", GetParam()), content);
        if (content.size() > 8) {
            EXPECT_EQ(sealed.find(content.substr(0, 6)), std::string::npos);
        }
        EXPECT_EQ(sealed_by(sealed, GetParam()), keys->current());
    }
}

TEST_P(SealedField, DoesNotOpenInAnotherPlace) {
    const auto keys = keys_of("a");
    const std::string sealed = keys->seal(name, "notices.bytes 7", GetParam());
    EXPECT_FALSE(keys->open(sealed, "notices.bytes 8", GetParam()));
    EXPECT_FALSE(keys->open(sealed, "alerts.bytes 7", GetParam()));
    EXPECT_FALSE(keys->open(sealed, "", GetParam()));
}

TEST_P(SealedField, DoesNotOpenWhenAnyByteIsAnother) {
    const auto keys = keys_of("a");
    const std::string sealed = keys->seal(name, "here", GetParam());
    for (std::size_t at = 0; at < sealed.size(); ++at) {
        std::string other = sealed;
        other[at] = other[at] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(keys->open(other, "here", GetParam())) << "byte " << at;
        EXPECT_FALSE(keys->open(sealed.substr(0, at), "here", GetParam())) << at << " bytes";
    }
    EXPECT_FALSE(keys->open(sealed + "A", "here", GetParam()));
}

TEST_P(SealedField, IsAnotherEachTime) {
    const auto keys = keys_of("a");
    std::set<std::string> all;
    for (int i = 0; i < 100; ++i) all.insert(keys->seal(name, "here", GetParam()));
    EXPECT_EQ(all.size(), 100U);
}

TEST_P(SealedField, OfAnEarlierKeyOpensBesideTheNewOne) {
    const std::string sealed = keys_of("a")->seal(name, "here", GetParam());
    EXPECT_EQ(keys_of("ba")->open(sealed, "here", GetParam()), name);
    EXPECT_FALSE(keys_of("b")->open(sealed, "here", GetParam()));
    EXPECT_EQ(sealed_by(keys_of("ba")->seal(name, "here", GetParam()), GetParam()),
              keys_of("b")->current());
}

TEST_P(SealedField, MayStillBeSealedWithAnEarlierKey) {
    const auto keys = keys_of("cba");
    for (const char* const one : {"a", "b", "c"}) {
        const auto earlier = keys->sealing_with(keys_of(one)->current());
        EXPECT_EQ(keys_of(one)->open(earlier->seal(name, "here", GetParam()), "here", GetParam()),
                  name);
        EXPECT_EQ(earlier->lookup(name, "here"), keys_of(one)->lookup(name, "here"));
        for (const char* const by : {"a", "b", "c"}) {
            EXPECT_EQ(earlier->open(keys_of(by)->seal(name, "x", GetParam()), "x", GetParam()),
                      name);
        }
    }
    EXPECT_EQ(keys->current(), keys_of("c")->current()) << "unchanged";
}

TEST_P(SealedField, IsNotTakenForOneWithoutItsMark) {
    EXPECT_FALSE(sealed_by("", GetParam()));
    EXPECT_FALSE(sealed_by(name, GetParam()));
    EXPECT_FALSE(sealed_by("~s1~", GetParam()));
    EXPECT_FALSE(sealed_by("~s1~not base64, but long enough to hold a nonce and a tag, and more",
                           GetParam()));
}

TEST(SealedFieldOfText, IsPlainAscii) {
    const auto keys = keys_of("a");
    for (const char c : keys->seal(name, "here", Form::text)) {
        EXPECT_TRUE((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                    c == '~' || c == '-' || c == '_');
    }
}

TEST(Lookup, IsTheSameForTheSameAndTellsNothing) {
    const auto keys = keys_of("a");
    const std::string said = keys->lookup("zhou", "accounts.folded");
    EXPECT_EQ(keys->lookup("zhou", "accounts.folded"), said);
    EXPECT_EQ(said.find("zhou"), std::string::npos);
    EXPECT_NE(keys->lookup("zhou", "audit.sought"), said);
    EXPECT_NE(keys->lookup("zhouu", "accounts.folde"), said);
    EXPECT_NE(keys_of("b")->lookup("zhou", "accounts.folded"), said);
}

TEST(KeyId, IsTheSameOfTheSameKeyAndNeverNone) {
    EXPECT_EQ(keys_of("a")->current(), keys_of("a")->current());
    EXPECT_NE(keys_of("a")->current(), keys_of("b")->current());
    EXPECT_NE(keys_of("a")->current(), 0U);
    EXPECT_TRUE(keys_of("ab")->has(keys_of("b")->current()));
    EXPECT_FALSE(keys_of("ab")->has(keys_of("c")->current()));
    EXPECT_EQ(text_of(0x01ab23cdU), "01ab23cd");
}

}  // namespace
}  // namespace anju::vault
