// Which profile a model picks by itself, and how an operator's own goes before a built-in one.
#include <gtest/gtest.h>

#include "drivers/profile/profile.hpp"

namespace anju::drivers {
namespace {

std::string picked(const Profiles& profiles, std::string_view driver, std::string_view model) {
    const Profile* const profile = profiles.match(driver, model);
    return profile == nullptr ? "" : profile->name;
}

std::string profile_text(const std::string& name, const std::string& match) {
    return "name = \"" + name + R"("
model = "X"
about = "a test"
source = "this test"
drivers = ["chirpstack"]
match = [)" +
           match + R"(]
[[field]]
path = "open"
reading = "contact_open"
on = [1]
off = [0]
[[vector]]
name = "open"
fields = '{"open":1}'
readings = [["contact_open", 1]]
[[vector]]
name = "closed"
fields = '{"open":0}'
readings = [["contact_open", 0]]
)";
}

TEST(Match, TakesTheModelInAnyCaseWithOrWithoutTheMaker) {
    const Profiles profiles;
    for (const char* model : {"WS301", "ws301-868M", "Milesight WS301", "milesight-ws301"}) {
        EXPECT_EQ(picked(profiles, "chirpstack", model), "milesight-ws301") << model;
    }
}

TEST(Match, ClaimsNothingElse) {
    const Profiles profiles;
    for (const char* model : {"", "WS30", "XWS301", "MilesightWS301", "Milesight", "EM300-TH"}) {
        EXPECT_EQ(picked(profiles, "chirpstack", model), "") << model;
    }
    EXPECT_EQ(picked(profiles, "tasmota", "WS301"), "") << "a driver it is not for";
}

TEST(Match, AWholeNameGoesBeforeABeginningAndTheLongerBeginningFirst) {
    Profiles profiles;
    ASSERT_TRUE(profiles.add(profile_text("own-short", R"("QX*")"), "a.toml").empty());
    ASSERT_TRUE(profiles.add(profile_text("own-long", R"("QX1*")"), "b.toml").empty());
    ASSERT_TRUE(profiles.add(profile_text("own-whole", R"("QX10")"), "c.toml").empty());
    EXPECT_EQ(picked(profiles, "chirpstack", "QX2"), "own-short");
    EXPECT_EQ(picked(profiles, "chirpstack", "QX100"), "own-long");
    EXPECT_EQ(picked(profiles, "chirpstack", "QX10"), "own-whole");
}

TEST(Match, AnOperatorsOwnGoesBeforeABuiltInOne) {
    Profiles profiles;
    ASSERT_TRUE(profiles.add(profile_text("my-ws301", R"("WS301*")"), "a.toml").empty());
    EXPECT_EQ(picked(profiles, "chirpstack", "WS301"), "my-ws301");
}

TEST(Match, AReplacedBuiltInOneClaimsNothing) {
    Profiles profiles;
    ASSERT_TRUE(profiles.add(profile_text("milesight-ws301", R"("other")"), "a.toml").empty());
    EXPECT_EQ(picked(profiles, "chirpstack", "WS301"), "");
    EXPECT_EQ(profiles.find("milesight-ws301")->model, "X");
    EXPECT_EQ(profiles.all().size(), Profiles().all().size());
}

}  // namespace
}  // namespace anju::drivers
