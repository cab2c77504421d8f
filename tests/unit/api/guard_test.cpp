// What of a request is believed before anybody is known.
#include "api/guard.hpp"

#include <gtest/gtest.h>

namespace anju::api {

using namespace std::chrono_literals;

namespace {

http::Request from(const std::string& site, const std::string& origin, bool secure = true) {
    http::Request request;
    request.method = "POST";
    request.host = "anju.example:8443";
    request.sec_fetch_site = site;
    request.origin = origin;
    request.secure = secure;
    return request;
}

}  // namespace

TEST(SameOrigin, IsWhatTheBrowserSays) {
    EXPECT_TRUE(is_same_origin(from("same-origin", "")));
    EXPECT_FALSE(is_same_origin(from("cross-site", "https://anju.example:8443")));
    EXPECT_FALSE(is_same_origin(from("same-site", "")));
    EXPECT_FALSE(is_same_origin(from("none", ""))) << "no page posts from nowhere";
    http::Request typed = from("none", "");
    typed.method = "GET";
    EXPECT_TRUE(is_same_origin(typed));
}

TEST(SameOrigin, IsTheOriginWhereTheBrowserIsOlder) {
    EXPECT_TRUE(is_same_origin(from("", "https://anju.example:8443")));
    EXPECT_FALSE(is_same_origin(from("", "http://anju.example:8443")));
    EXPECT_FALSE(is_same_origin(from("", "https://anju.example")));
    EXPECT_FALSE(is_same_origin(from("", "null")));
    EXPECT_FALSE(is_same_origin(from("", "https://anju.example:8443.evil.example")));
    EXPECT_TRUE(is_same_origin(from("", "http://anju.example:8443", false)));
    EXPECT_TRUE(is_same_origin(from("", ""))) << "no browser at all";
}

TEST(SessionCookie, CannotBeSetByOthersOverTls) {
    const std::string cookie = session_cookie(from("", ""), "abc", 90 * 24h);
    EXPECT_TRUE(cookie.starts_with("__Host-anju=abc; Path=/; HttpOnly; SameSite=Strict; Secure"))
        << cookie;
    EXPECT_TRUE(session_cookie(from("", "", false), "abc", 1h).starts_with("anju=abc; Path=/;"));
    EXPECT_TRUE(no_session_cookie(from("", "")).ends_with("; Max-Age=0"));
}

TEST(SessionCookie, IsKeptAsLongAsTheSessionCanLast) {
    EXPECT_TRUE(session_cookie(from("", ""), "abc", 90 * 24h).ends_with("; Max-Age=7776000"));
    EXPECT_TRUE(session_cookie(from("", ""), "abc", 1h).ends_with("; Max-Age=3600"));
}

TEST(SessionCookie, IsReadUnderTheNameItWasSetBy) {
    http::Request request = from("", "");
    request.cookie = "anju=planted; __Host-anju=mine";
    EXPECT_EQ(session_token(request), "mine");
    request.secure = false;
    EXPECT_EQ(session_token(request), "planted");
}

}  // namespace anju::api
