// What a text may hold that stays in the journal for years.
#include <gtest/gtest.h>

#include "control/protocol.hpp"

namespace anju::control {
namespace {

result<std::string> read(std::string_view key, std::string text) {
    return text_param({{key, std::move(text)}}, key);
}

TEST(TextParams, AreAsLongAsTheirFieldMayBe) {
    EXPECT_TRUE(read("note", std::string(2000, 'x')));
    EXPECT_TRUE(read("said_by", std::string(512, 'x')));
    const auto note = read("note", std::string(2001, 'x'));
    ASSERT_FALSE(note);
    EXPECT_EQ(note.error().where, "note");
    EXPECT_NE(note.error().what.find("2000 bytes"), std::string::npos);
    for (const char* const key : {"said_by", "command_id", "approver", "anything"}) {
        const auto long_one = read(key, std::string(513, 'x'));
        ASSERT_FALSE(long_one) << key;
        EXPECT_EQ(long_one.error().where, key);
    }
    EXPECT_TRUE(read("toml", std::string(3'000'000, 'x'))) << "a directory of homes";
}

TEST(TextParams, HoldNoControlCharacters) {
    using namespace std::string_literals;
    for (const std::string& bad : {"a\0b"s, "\x1b[2J"s, "a\nb"s, "\x7f"s, "\xc2\x9b"s}) {
        const auto refused = read("said_by", bad);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().where, "said_by");
    }
    EXPECT_TRUE(read("said_by", "女儿 林小燕 \xc2\xa0 é"));
    EXPECT_TRUE(read("note", "一行\n\t两行\r\n")) << "notes have lines";
    EXPECT_FALSE(read("note", "\x1b[2J"));
}

}  // namespace
}  // namespace anju::control
