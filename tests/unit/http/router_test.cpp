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

}  // namespace
}  // namespace anju::http
