#include "http/fields.hpp"

#include <gtest/gtest.h>

namespace anju::http {
namespace {

TEST(TakeField, PutsEachWhereItBelongsInWhateverCase) {
    Request request;
    Forwarded forwarded;
    const auto take = [&](std::string_view name, std::string_view value) {
        return take_field(name, value, request, forwarded);
    };
    EXPECT_TRUE(take("cookie", "a"));
    EXPECT_TRUE(take("ORIGIN", "b"));
    EXPECT_TRUE(take("Host", "c"));
    EXPECT_TRUE(take("sec-fetch-site", "d"));
    EXPECT_TRUE(take("x-csrf-token", "e"));
    EXPECT_TRUE(take("content-type", "f"));
    EXPECT_TRUE(take("accept-encoding", "g"));
    EXPECT_TRUE(take("last-event-id", "h"));
    EXPECT_TRUE(take("authorization", "i"));
    EXPECT_TRUE(take("if-none-match", "j"));
    EXPECT_TRUE(take("x-unknown", "k"));
    EXPECT_EQ(request.cookie + request.origin + request.host + request.sec_fetch_site +
                  request.csrf_token + request.content_type + request.accept_encoding +
                  request.last_event_id + request.authorization + request.if_none_match,
              "abcdefghij");
}

TEST(TakeField, RefusesASecondOneOfWhatDecides) {
    for (const char* name : {"Authorization", "Content-Type", "Cookie", "X-CSRF-Token", "Host",
                             "Origin", "Sec-Fetch-Site"}) {
        Request request;
        Forwarded forwarded;
        EXPECT_TRUE(take_field(name, "a", request, forwarded));
        EXPECT_FALSE(take_field(name, "a", request, forwarded)) << name;
    }
}

TEST(TakeField, BelievesTheLastWordOfTheProxies) {
    Request request;
    Forwarded forwarded;
    EXPECT_TRUE(take_field("X-Forwarded-For", "9.9.9.9", request, forwarded));
    EXPECT_TRUE(take_field("x-forwarded-for", "8.8.8.8, 7.7.7.7", request, forwarded));
    EXPECT_TRUE(take_field("X-Forwarded-Proto", "https, http", request, forwarded));
    EXPECT_EQ(forwarded.address, "7.7.7.7");
    EXPECT_EQ(forwarded.scheme, "http");
}

}  // namespace
}  // namespace anju::http
