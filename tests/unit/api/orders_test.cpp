#include "api/orders.hpp"

#include <gtest/gtest.h>

namespace anju::api {
namespace {

namespace json = boost::json;

json::object object(std::string_view text) {
    return json::parse(json::string_view(text.data(), text.size())).as_object();
}

TEST(Orders, TheOrderOfMembersAndTheIdAreNoContent) {
    EXPECT_EQ(digest_of("/p", object(R"({"command_id":"1","verb":"close","form":{"a":1,"b":2}})")),
              digest_of("/p", object(R"({"form":{"b":2,"a":1},"verb":"close","command_id":"2"})")));
}

TEST(Orders, AnotherVerbPlaceOrNoteIsAnotherOrder) {
    const std::string one = digest_of("/p", object(R"({"verb":"close","note":"a"})"));
    EXPECT_NE(one, digest_of("/p", object(R"({"verb":"resolve","note":"a"})")));
    EXPECT_NE(one, digest_of("/p", object(R"({"verb":"close","note":"b"})")));
    EXPECT_NE(one, digest_of("/q", object(R"({"verb":"close","note":"a"})")));
    EXPECT_NE(digest_of("/p", object(R"({"a":["x","y"]})")),
              digest_of("/p", object(R"({"a":["x\",\"y"]})")));
    EXPECT_EQ(one.size(), 64U);
}

TEST(Orders, AnIdIsShortAndPlain) {
    EXPECT_TRUE(is_command_id("away-H1-3:0.5_x"));
    EXPECT_FALSE(is_command_id(""));
    EXPECT_FALSE(is_command_id(std::string(65, 'a')));
    for (const char* const bad : {"a b", "a\n", "a/b", "编号"}) EXPECT_FALSE(is_command_id(bad));
}

TEST(Orders, TheAuditIsToldWhetherAnythingWasDone) {
    EXPECT_EQ(outcome(object(R"({"status":"applied","repeated":false})")), "applied");
    EXPECT_EQ(outcome(object(R"({"status":"applied","repeated":true})")), "repeated: applied");
    EXPECT_EQ(outcome(object(R"({"household":"h1"})")), "");
}

TEST(Orders, AnIdUsedForSomethingElseIsAConflict) {
    const auto said = done_command(
        object(R"({"status":"refused","code":"command_id_reused","text":"x","text_zh":"y"})"));
    EXPECT_EQ(said.status, 409U);
    EXPECT_NE(said.body.find("command_id_reused"), std::string::npos);
    EXPECT_EQ(done_command(object(R"({"status":"refused","code":"no_alert","text":"x"})")).status,
              200U);
}

}  // namespace
}  // namespace anju::api
