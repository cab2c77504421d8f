#include "http/router.hpp"

#include <gtest/gtest.h>

namespace anju::http {
namespace {

class RouterTest : public testing::Test {
protected:
    RouterTest() {
        add("GET", "/healthz");
        add("GET", "/a/{token}");
        add("POST", "/a/{token}");
        add("GET", "/calendar/{token}.ics");
    }
    void add(std::string method, std::string pattern) {
        router_.add(method, pattern, [method, pattern](const Request& request) {
            std::string said = method + " " + pattern;
            for (const std::string& param : request.params) said += " [" + param + "]";
            return Response{200, {}, said};
        });
    }
    Response ask(std::string method, std::string path) {
        Request request;
        request.method = std::move(method);
        request.path = std::move(path);
        return router_.answer(std::move(request));
    }
    Router router_;
};

TEST_F(RouterTest, AsksTheHandlerOfMethodAndPath) {
    EXPECT_EQ(ask("GET", "/healthz").body, "GET /healthz");
    EXPECT_EQ(ask("POST", "/a/x.y").body, "POST /a/{token} [x.y]");
    EXPECT_EQ(ask("GET", "/calendar/abc.ics").body, "GET /calendar/{token}.ics [abc]");
}

TEST_F(RouterTest, FindsNothingThatIsNotInTheTable) {
    for (const char* path : {"/", "", "/a", "/a/", "/a/x/y", "/a//", "//a/x", "/healthz/",
                             "/calendar/.ics", "/calendar/abc", "/calendar/abc.ics/", "/../healthz",
                             "/a/../healthz", "/a/x/../../healthz", "/HEALTHZ", "/%68ealthz"}) {
        EXPECT_EQ(ask("GET", path).status, 404U) << path;
    }
}

TEST_F(RouterTest, NamesTheMethodsOfAPathThatTakesOthers) {
    const Response deleted = ask("DELETE", "/a/x");
    EXPECT_EQ(deleted.status, 405U);
    ASSERT_EQ(deleted.fields.size(), 1U);
    EXPECT_EQ(deleted.fields[0].second, "GET, HEAD, POST");
    EXPECT_EQ(ask("POST", "/healthz").fields.at(0).second, "GET, HEAD");
}

TEST_F(RouterTest, TellsTheFiveMethodsApart) {
    for (const char* method : {"GET", "POST", "PUT", "PATCH", "DELETE"}) add(method, "/api/v1/x");
    for (const char* method : {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
        EXPECT_EQ(ask(method, "/api/v1/x").body, std::string(method) + " /api/v1/x");
    }
    EXPECT_EQ(ask("OPTIONS", "/api/v1/x").fields.at(0).second,
              "GET, HEAD, POST, PUT, PATCH, DELETE");
}

TEST_F(RouterTest, TakesTheRestOfAPathWhereAPatternSaysSo) {
    add("GET", "/assets/{rest...}");
    EXPECT_EQ(ask("GET", "/assets/a.js").body, "GET /assets/{rest...} [a.js]");
    EXPECT_EQ(ask("GET", "/assets/a/b%20c/..d").body, "GET /assets/{rest...} [a/b%20c/..d]");
}

TEST_F(RouterTest, TakesNoRestThatCouldLeadElsewhere) {
    add("GET", "/assets/{rest...}");
    for (const char* path : {"/assets",
                             "/assets/",
                             "/assets//",
                             "/assets/a/",
                             "/assets//a",
                             "/assets/.",
                             "/assets/..",
                             "/assets/../healthz",
                             "/assets/a/../b",
                             "/assets/./b",
                             "/assets/%2e%2e/b",
                             "/assets/%2E./b",
                             "/assets/.%2e",
                             "/assets/a%2fb",
                             "/assets/a%2F..%2Fb",
                             "/assets/a%5cb",
                             "/assets/a\\b",
                             "/assets/%00",
                             "/assets/a%00.js",
                             "/assets/a%0a",
                             "/assets/%",
                             "/assets/%c0%ae%c0%ae/b",
                             "/assets/%ff"}) {
        EXPECT_EQ(ask("GET", path).status, 404U) << path;
    }
}

TEST_F(RouterTest, AnswersProgramsWithProblems) {
    add("GET", "/api/v1/x");
    EXPECT_EQ(ask("GET", "/api/v1/y").content_type, "application/problem+json");
    EXPECT_EQ(ask("POST", "/api/v1/x").content_type, "application/problem+json");
    EXPECT_EQ(ask("GET", "/y").content_type, "text/plain; charset=utf-8");
}

TEST_F(RouterTest, KnowsWhatTheLoopNeedNotBeAskedFor) {
    router_.add("GET", "/file", [](const Request&) { return Response{}; }, Router::On::server);
    Request request;
    request.method = "GET";
    for (const auto& [path, needs] :
         {std::pair{"/healthz", true}, {"/a/x", true}, {"/file", false}, {"/nothing", false}}) {
        request.path = path;
        EXPECT_EQ(router_.needs_loop(request), needs) << path;
    }
    request.method = "DELETE";
    request.path = "/healthz";
    EXPECT_FALSE(router_.needs_loop(request));
}

}  // namespace
}  // namespace anju::http
