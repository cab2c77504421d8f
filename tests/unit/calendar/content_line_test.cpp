#include "calendar/content_line.hpp"

#include <gtest/gtest.h>

#include <random>

#include "reading.hpp"

namespace anju::calendar {
namespace {

using test::unescape;
using test::unfold;

std::string some_text(std::mt19937& random, std::size_t characters) {
    static const std::vector<std::string> pieces = {"a",  " ",  ",",  ";",  "\\", "\n", "é",
                                                    "林", "，", "😀", "\t", "n",  ":",  "\""};
    std::uniform_int_distribution<std::size_t> pick(0, pieces.size() - 1);
    std::string out;
    for (std::size_t i = 0; i < characters; ++i) out += pieces[pick(random)];
    return out;
}

TEST(ContentLine, IsReadBackAsItWasWhateverTheTextHolds) {
    std::mt19937 random(5545);  // the same texts every time
    std::uniform_int_distribution<std::size_t> length(0, 300);
    for (int round = 0; round < 2000; ++round) {
        const std::string text = some_text(random, length(random));
        const auto lines = unfold(fold("SUMMARY:" + escape(text)));
        ASSERT_EQ(lines.size(), 1U) << text;
        ASSERT_EQ(unescape(lines[0].substr(8)), text);
    }
}

TEST(ContentLine, IsNotFoldedAtExactlySeventyFiveBytes) {
    EXPECT_EQ(fold(std::string(75, 'x')), std::string(75, 'x') + "\r\n");
}

TEST(ContentLine, IsFoldedBeforeTheSeventySixthByte) {
    EXPECT_EQ(fold(std::string(76, 'x')), std::string(75, 'x') + "\r\n x\r\n");
}

TEST(ContentLine, CountsTheBlankOfAContinuationAmongItsBytes) {
    EXPECT_EQ(fold(std::string(75 + 75, 'x')),
              std::string(75, 'x') + "\r\n " + std::string(74, 'x') + "\r\n x\r\n");
}

TEST(ContentLine, MovesACharacterThatDoesNotFitToTheNextLineWhole) {
    EXPECT_EQ(fold(std::string(74, 'x') + "林"), std::string(74, 'x') + "\r\n 林\r\n");
    EXPECT_EQ(fold(std::string(72, 'x') + "林"), std::string(72, 'x') + "林\r\n");
}

TEST(ContentLine, KeepsTheLimitForBytesThatAreNoText) {
    const std::string wire = fold(std::string(400, '\x80'));
    std::size_t start = 0;
    while (start < wire.size()) {
        const std::size_t end = wire.find("\r\n", start);
        ASSERT_NE(end, std::string::npos);
        EXPECT_LE(end - start, 75U);
        start = end + 2;
    }
}

TEST(ContentLine, WritesAnEmptyLineAsOneLineEnd) {
    EXPECT_EQ(fold(""), "\r\n");
}

TEST(Escape, TakesEachKindOfLineEndForOne) {
    EXPECT_EQ(escape("a\r\nb\nc\rd"), "a\\nb\\nc\\nd");
}

TEST(Escape, LeavesOutControlCharacters) {
    EXPECT_EQ(escape(std::string("a\x01\x7f\x1b") + "b\tc"), "ab\tc");
}

TEST(Escape, LetsNoTextBeginALineOfItsOwn) {
    const auto lines = unfold(fold("SUMMARY:" + escape("x\r\nSTATUS:CANCELLED")));
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(unescape(lines[0].substr(8)), "x\nSTATUS:CANCELLED");
}

}  // namespace
}  // namespace anju::calendar
