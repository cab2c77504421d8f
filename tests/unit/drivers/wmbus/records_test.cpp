#include "drivers/wmbus/records.hpp"

#include <gtest/gtest.h>

#include "unit/drivers/wmbus/made.hpp"

namespace anju::drivers::wmbus {
namespace {

using made::bytes;

Record first(std::string_view hex) {
    Records records(bytes(hex));
    const auto record = records.next();
    if (!record) throw std::invalid_argument("no record");
    return *record;
}

std::optional<std::int64_t> integer(std::string_view hex) {
    return integer_of(first(hex));
}

int count(std::string_view hex, bool* broken = nullptr) {
    Records records(bytes(hex));
    int out = 0;
    while (records.next()) ++out;
    if (broken != nullptr) *broken = records.broken();
    return out;
}

TEST(WmbusRecord, OfEveryBinaryLengthIsASignedNumber) {
    EXPECT_EQ(integer("01 13 7F"), 127);
    EXPECT_EQ(integer("01 13 FF"), -1);
    EXPECT_EQ(integer("02 13 3412"), 0x1234);
    EXPECT_EQ(integer("03 13 FFFFFF"), -1);
    EXPECT_EQ(integer("04 13 78563412"), 0x12345678);
    EXPECT_EQ(integer("06 13 010000000001"), 0x010000000001);
    EXPECT_EQ(integer("07 13 FEFFFFFFFFFFFFFF"), -2);
}

TEST(WmbusRecord, MarkedAsInvalidHasNoValue) {
    EXPECT_EQ(integer("01 13 80"), std::nullopt);
    EXPECT_EQ(integer("03 13 000080"), std::nullopt);
    EXPECT_EQ(integer("04 13 00000080"), std::nullopt);
    EXPECT_EQ(integer("07 13 0000000000000080"), std::nullopt);
    EXPECT_EQ(integer("0C 13 FFFFFFFF"), std::nullopt);
}

TEST(WmbusRecord, InBcdHasDigitsAndMaybeAMinusSign) {
    EXPECT_EQ(integer("09 13 42"), 42);
    EXPECT_EQ(integer("0A 13 3412"), 1234);
    EXPECT_EQ(integer("0B 3B 0200F0"), -2);
    EXPECT_EQ(integer("0C 13 78563412"), 12345678);
    EXPECT_EQ(integer("0E 13 120000000000"), 12);
    EXPECT_EQ(integer("0C 13 785634A2"), std::nullopt);
    EXPECT_EQ(integer("0C 13 7F563412"), std::nullopt);
}

TEST(WmbusRecord, OfVariableLengthIsANumberOnlyWhereItSaysSo) {
    EXPECT_EQ(integer("0D 13 C2 3412"), 1234);
    EXPECT_EQ(integer("0D 13 D2 3412"), -1234);
    EXPECT_EQ(integer("0D 13 E2 3412"), 0x1234);
    EXPECT_EQ(integer("0D 13 02 3412"), std::nullopt) << "text";
    EXPECT_EQ(first("0D 78 03 414243").value.size(), 3U);
}

TEST(WmbusRecord, InFloatingPointIsReadWhenItIsFinite) {
    EXPECT_EQ(real_of(first("05 16 0000C03F")), 1.5);
    EXPECT_EQ(real_of(first("05 16 0000807F")), std::nullopt) << "infinite";
    EXPECT_EQ(integer("05 16 0000C03F"), std::nullopt);
}

TEST(WmbusRecord, NamesFunctionStoreTariffAndSubunit) {
    EXPECT_TRUE(first("04 13 00000000").is_present_value());

    const Record maximum = first("D2 01 3B 0000");
    EXPECT_EQ(maximum.function, Function::maximum);
    EXPECT_EQ(maximum.storage, 3U);

    const Record other = first("CC 50 13 00000000");
    EXPECT_EQ(other.storage, 1U);
    EXPECT_EQ(other.tariff, 1U);
    EXPECT_EQ(other.subunit, 1U);
    EXPECT_FALSE(other.is_present_value());

    EXPECT_EQ(first("84 80 40 14 00000000").subunit, 2U);
    EXPECT_EQ(first("84 90 01 06 00000000").storage, 32U);
}

TEST(WmbusRecord, NamesItsTableAndWhatQualifiesIt) {
    EXPECT_TRUE(first("02 FD 17 0000").is(VifTable::fd, 0x17));
    EXPECT_TRUE(first("04 FB 14 00000000").is(VifTable::fb, 0x14));
    EXPECT_EQ(first("02 FF 20 0000").table, VifTable::maker);
    EXPECT_EQ(first("81 03 7C 03 4C4123 00").table, VifTable::text);

    const Record backward = first("04 93 3C 00000000");
    EXPECT_TRUE(backward.is(VifTable::primary, 0x13));
    ASSERT_EQ(backward.extensions.size(), 1U);
    EXPECT_EQ(backward.extensions[0], 0x3C);
}

TEST(WmbusRecords, AreCountedWithFillersBetweenThem) {
    EXPECT_EQ(count("2F2F 0413 01000000 2F 02FD17 0000 2F2F"), 2);
    EXPECT_EQ(count(""), 0);
    EXPECT_EQ(count("2F2F2F"), 0);
}

TEST(WmbusRecords, EndWhereTheMakersOwnDataBegin) {
    Records records(bytes("0413 01000000 0F FFFFFFFF"));
    EXPECT_TRUE(records.next());
    EXPECT_FALSE(records.next());
    EXPECT_TRUE(records.has_maker_data());
    EXPECT_FALSE(records.broken());
    EXPECT_FALSE(records.next()) << "began again";
}

TEST(WmbusRecords, AreBrokenWhenOneIsCutOff) {
    bool broken = false;
    EXPECT_EQ(count("0413 01000000 0413 0200", &broken), 1);
    EXPECT_TRUE(broken);
    EXPECT_EQ(count("0413 01", &broken), 0);
    EXPECT_TRUE(broken);
    EXPECT_EQ(count("0413 01000000 0D78 05 4142", &broken), 1);
    EXPECT_TRUE(broken);
    EXPECT_EQ(count("0413 01000000 3F 00 00", &broken), 1) << "a DIF that is reserved";
    EXPECT_TRUE(broken);
}

TEST(WmbusRecords, AreNotBrokenByTheCrcThatAReceiverLeft) {
    bool broken = true;
    EXPECT_EQ(count("0413 01000000 FED0", &broken), 1);
    EXPECT_FALSE(broken);
    EXPECT_EQ(count("FED0", &broken), 0);
    EXPECT_TRUE(broken) << "two bytes and no record before them";
}

TEST(WmbusRecords, EndWhateverIsCutOff) {
    const Bytes whole = bytes("0C13 78563412 8D04 931E 08 0102030405060708 FC 03 4C4123 3B 0000");
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        Records records(whole.first(size));
        int steps = 0;
        while (records.next()) ASSERT_LT(++steps, 10);
        EXPECT_LE(records.at(), size);
    }
}

TEST(WmbusRecords, HaveNoEndlessHeaders) {
    bool broken = false;
    EXPECT_EQ(count("84 8080808080808080808080 00 13 00000000", &broken), 0);
    EXPECT_TRUE(broken);
    EXPECT_EQ(count("04 93 8080808080808080808080 00 00000000", &broken), 0);
    EXPECT_TRUE(broken);
}

}  // namespace
}  // namespace anju::drivers::wmbus
