#include "http/problem.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace anju::http {
namespace {

TEST(ProblemAnswer, SaysInBothLanguagesWhatIsWrong) {
    const Response out = problem({.status = 403,
                                  .code = "not_allowed",
                                  .title = {"没有权限", "not allowed"},
                                  .detail = {"需要组长", "ask a \"lead\""}});
    EXPECT_EQ(out.status, 403U);
    EXPECT_EQ(out.content_type, "application/problem+json");
    EXPECT_EQ(boost::json::parse(out.body),
              boost::json::parse(R"({"type":"about:blank","title":"not allowed","status":403,
                  "code":"not_allowed","detail":"ask a \"lead\"","title_zh":"没有权限",
                  "detail_zh":"需要组长"})"));
}

TEST(ProblemAnswer, ShowsErrorsAndFurtherMembers) {
    const Response out = problem({.status = 401,
                                  .code = "no_session",
                                  .title = {"未登录", "not logged in"},
                                  .errors = {{"is missing", "/name", "write it"}},
                                  .more = "\"setup\":true"});
    const auto body = boost::json::parse(out.body);
    EXPECT_EQ(body.at("errors"),
              boost::json::parse(R"([{"what":"is missing","where":"/name","remedy":"write it"}])"));
    EXPECT_EQ(body.at("setup"), true);
}

TEST(Failure, IsAProblemForProgramsAndALineForPeople) {
    const Response program = failure("/api/v1/alerts", 404, "not_found", {"没有", "none"});
    EXPECT_EQ(program.content_type, "application/problem+json");
    EXPECT_EQ(boost::json::parse(program.body).at("code"), "not_found");
    EXPECT_EQ(failure("/a/x", 404, "not_found", {"没有", "none"}).body, "没有 / none\n");
}

}  // namespace
}  // namespace anju::http
