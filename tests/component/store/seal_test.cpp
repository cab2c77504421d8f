// The checksum on every row is what it has always been: rows of years are checked with it.
#include <gtest/gtest.h>

#include <boost/crc.hpp>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include "store/statement.hpp"

namespace anju::test {
namespace {

/// As statement.hpp says it, byte by byte.
class Plainly {
public:
    void add(std::int64_t value) {
        for (int byte = 0; byte < 8; ++byte) {
            crc_.process_byte(static_cast<unsigned char>(
                (static_cast<std::uint64_t>(value) >> (8 * byte)) & 0xffU));
        }
    }
    void add(const std::string& value) {
        add(static_cast<std::int64_t>(value.size()));
        for (const char byte : value) crc_.process_byte(static_cast<unsigned char>(byte));
    }
    [[nodiscard]] std::int64_t value() const { return static_cast<std::int64_t>(crc_.checksum()); }

private:
    boost::crc_32_type crc_;
};

TEST(Seal, IsTheSameForRowsOfAnyLengthAsByteByByte) {
    std::mt19937_64 chance(5);
    for (int row = 0; row < 2'000; ++row) {
        const std::string table(chance() % 3 == 0 ? "journal" : "outbox_alarm");
        store::Seal seal(table);
        Plainly plainly;
        plainly.add(table);
        const auto columns = chance() % 9;
        for (std::uint64_t column = 0; column < columns; ++column) {
            if (chance() % 2 == 0) {
                const auto value = static_cast<std::int64_t>(chance());
                seal.add(value);
                plainly.add(value);
                continue;
            }
            std::string value(chance() % (chance() % 4 == 0 ? 3'000 : 60), '\0');
            for (char& byte : value) byte = static_cast<char>(chance());
            seal.add(std::string_view(value));
            plainly.add(value);
        }
        ASSERT_EQ(seal.value(), plainly.value()) << "row " << row;
        ASSERT_EQ(seal.value(), plainly.value()) << "asked twice";
    }
}

TEST(Seal, OfARowThatWasWrittenYearsAgo) {
    store::Seal seal("journal");
    seal.add(std::int64_t{1});
    seal.add(std::string_view("home"));
    seal.add(std::string_view());
    EXPECT_EQ(seal.value(), 1820859503);
}

}  // namespace
}  // namespace anju::test
