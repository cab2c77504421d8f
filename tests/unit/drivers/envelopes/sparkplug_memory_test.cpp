#include <gtest/gtest.h>

#include "drivers/sparkplug/aliases.hpp"

namespace anju::drivers::sparkplug {
namespace {

TEST(SparkplugMemory, ForgetsASessionWhenTheNextOneBegins) {
    Aliases aliases(10);
    ASSERT_TRUE(aliases.begin("g/n", 1));
    ASSERT_TRUE(aliases.learn("g/n", 5, "Water", 7));
    ASSERT_TRUE(aliases.learn_device("g/n", "meter"));
    ASSERT_NE(aliases.find("g/n", 5), nullptr);
    EXPECT_EQ(*aliases.find("g/n", 5), (MetricInfo{"Water", 7}));
    ASSERT_TRUE(aliases.begin("g/n", 2));
    EXPECT_EQ(aliases.find("g/n", 5), nullptr);
    EXPECT_TRUE(aliases.devices("g/n")->empty());
    EXPECT_EQ(aliases.session("g/n"), 2U);
}

TEST(SparkplugMemory, KeepsEqualAliasesOfTwoNodesApart) {
    Aliases aliases(10);
    ASSERT_TRUE(aliases.learn("g/a", 1, "Water", 7));
    ASSERT_TRUE(aliases.learn("g/b", 1, "Smoke", 11));
    EXPECT_EQ(aliases.find("g/a", 1)->name, "Water");
    EXPECT_EQ(aliases.find("g/b", 1)->name, "Smoke");
    EXPECT_EQ(aliases.find("g/c", 1), nullptr);
}

TEST(SparkplugMemory, RefusesWhatDoesNotFitAndHasRoomAgainAfterARebirth) {
    Aliases aliases(4);  // the node itself takes one
    for (std::uint64_t alias = 0; alias < 3; ++alias) {
        EXPECT_TRUE(aliases.learn("g/n", alias, "m", 7));
    }
    EXPECT_FALSE(aliases.learn("g/n", 3, "m", 7));
    EXPECT_FALSE(aliases.learn_type("g/n", "", "m", 7));
    EXPECT_FALSE(aliases.learn_device("g/n", "d"));
    EXPECT_FALSE(aliases.begin("g/other", {}));
    EXPECT_TRUE(aliases.learn("g/n", 2, "renamed", 7)) << "takes no more room";
    ASSERT_TRUE(aliases.begin("g/n", {}));
    EXPECT_TRUE(aliases.learn("g/n", 3, "m", 7));
}

TEST(SparkplugMemory, RefusesNamesThatAreTooLong) {
    Aliases aliases(10);
    EXPECT_FALSE(aliases.learn("g/n", 1, std::string(257, 'x'), 7));
    EXPECT_FALSE(aliases.learn("g/n", 1, "", 7));
    EXPECT_FALSE(aliases.learn(std::string(513, 'x'), 1, "m", 7));
    EXPECT_FALSE(aliases.learn_device("g/n", std::string(257, 'x')));
}

TEST(SparkplugMemory, ComesBackAsItWasSaved) {
    Aliases aliases(20);
    ASSERT_TRUE(aliases.begin("g/n", 18446744073709551615U));
    ASSERT_TRUE(aliases.learn("g/n", 18446744073709551615U, "Wasser/Zähler \"1\"", 7));
    ASSERT_TRUE(aliases.learn_type("g/n", "meter", "a/b", 3));
    ASSERT_TRUE(aliases.learn_device("g/n", "meter"));
    Aliases again(20);
    ASSERT_TRUE(again.from_text(aliases.to_text()));
    EXPECT_EQ(again.to_text(), aliases.to_text());
    EXPECT_EQ(again.find_type("g/n", "meter", "a/b"), 3);
    EXPECT_EQ(again.session("g/n"), 18446744073709551615U);
}

TEST(SparkplugMemory, IsUnchangedByDamagedText) {
    Aliases aliases(3);
    ASSERT_TRUE(aliases.learn("g/n", 1, "Water", 7));
    const std::string before = aliases.to_text();
    for (const char* text : {"", "[]", R"({"g/n":1})", R"({"g/n":{"devices":[],"aliases":[]}})",
                             R"({"g/n":{"devices":[1],"aliases":[],"types":[]}})",
                             R"({"g/n":{"devices":[],"aliases":[[1,"m",256]],"types":[]}})",
                             R"({"g/n":{"devices":[],"aliases":[[-1,"m",2]],"types":[]}})",
                             R"({"g/n":{"devices":[],"aliases":[],"types":[["no slash",2]]}})",
                             R"({"g/n":{"devices":["a","b","c"],"aliases":[],"types":[]}})"}) {
        EXPECT_FALSE(aliases.from_text(text)) << text;
    }
    EXPECT_EQ(aliases.to_text(), before);
}

TEST(SparkplugMemory, CountsItsRevisionOnlyWhenSomethingChanges) {
    Aliases aliases(10);
    ASSERT_TRUE(aliases.learn("g/n", 1, "Water", 7));
    const auto revision = aliases.revision();
    ASSERT_TRUE(aliases.learn("g/n", 1, "Water", 7));
    EXPECT_EQ(aliases.revision(), revision);
    ASSERT_TRUE(aliases.learn("g/n", 1, "Water", 8));
    EXPECT_GT(aliases.revision(), revision);
}

}  // namespace
}  // namespace anju::drivers::sparkplug
