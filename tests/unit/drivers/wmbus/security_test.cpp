// Keys and ciphers, by the examples of the standards they come from.
#include "drivers/wmbus/security.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "unit/drivers/wmbus/frames.hpp"

namespace anju::drivers::wmbus {
namespace {

using testing::bytes;

template <class T = Key>
T key(std::string_view hex) {
    T out{};
    const auto from = bytes(hex);
    EXPECT_EQ(from.size(), out.size());
    std::copy(from.begin(), from.end(), out.begin());
    return out;
}

const std::string_view nist_key = "2B7E151628AED2A6ABF7158809CF4F3C";
const std::string_view nist_text =
    "6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E51";

TEST(WmbusSecurity, DecryptsTheCbcExampleOfSp800) {
    Aes aes;
    auto data = bytes("7649ABAC8119B246CEE98E9B12E9197D5086CB9B507219EE95DB113A917678B2");
    for (int round = 0; round < 2; ++round) {  // the context is used again
        auto copy = data;
        aes.cbc_decrypt(key(nist_key), key<Block>("000102030405060708090A0B0C0D0E0F"), copy);
        EXPECT_EQ(to_hex(copy), nist_text);
    }
}

TEST(WmbusSecurity, DecryptsTheCounterExampleOfSp800) {
    Aes aes;
    auto data = bytes("874D6191B620E3261BEF6864990DB6CE9806F66B7970FDFF8617187BB9FFFD");
    aes.ctr_decrypt(key(nist_key), key<Block>("F0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF"), data);
    EXPECT_EQ(to_hex(data), nist_text.substr(0, 62)) << "a last block may be a part of one";
}

TEST(WmbusSecurity, AuthenticatesTheExamplesOfRfc4493) {
    Aes aes;
    EXPECT_EQ(to_hex(aes.cmac(key(nist_key), {})), "BB1D6929E95937287FA37D129B756746");
    EXPECT_EQ(to_hex(aes.cmac(key(nist_key),
                              {bytes("6BC1BEE22E409F96"), Bytes{}, bytes("E93D7E117393172A")})),
              "070A16B46B4D4144F79BDD9DD04A287C");
}

TEST(WmbusSecurity, DerivesTheKeysOfAMessageFromItsCounterAndTheMeter) {
    Aes aes;
    const Key master = key("000102030405060708090A0B0C0D0E0F");
    const auto counter = bytes("B30A0000");
    const auto meter = bytes("78563412");
    const Key encryption = derive_key(aes, master, KeyUse::encryption, counter, meter);
    const Key authentication = derive_key(aes, master, KeyUse::authentication, counter, meter);
    EXPECT_EQ(encryption, aes.cmac(master, {bytes("00B30A00007856341207070707070707")}));
    EXPECT_EQ(authentication, aes.cmac(master, {bytes("01B30A00007856341207070707070707")}));
}

}  // namespace
}  // namespace anju::drivers::wmbus
