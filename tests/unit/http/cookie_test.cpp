#include "http/cookie.hpp"

#include <gtest/gtest.h>

namespace anju::http {
namespace {

std::string found(std::string field, std::string_view name = "anju") {
    Request request;
    request.cookie = std::move(field);
    const auto value = cookie(request, name);
    return value ? "[" + std::string(*value) + "]" : "none";
}

TEST(Cookie, IsFoundByItsWholeName) {
    EXPECT_EQ(found("anju=abc"), "[abc]");
    EXPECT_EQ(found("a=1; anju=a=b; z=2"), "[a=b]");
    EXPECT_EQ(found("anju="), "[]");
    EXPECT_EQ(found("a=1;anju=2"), "[2]");
    EXPECT_EQ(found("__Host-anju=1"), "none");
    EXPECT_EQ(found("__Host-anju=1; anju=2", "__Host-anju"), "[1]");
    for (const char* field :
         {"", "anju", "ANJU=1", "anju2=1", "xanju=1", "x=anju=1", "; ;", "=anju"}) {
        EXPECT_EQ(found(field), "none") << field;
    }
}

TEST(Cookie, IsNotTakenWhenItCouldBeTwo) {
    EXPECT_EQ(found("anju=1; anju=2"), "none");
    EXPECT_EQ(found("anju=1; anju=1"), "none");
}

TEST(Cookie, IsNotTakenWithWhatNobodyWouldHaveSet) {
    for (const char* field : {"anju=\"a\"", "anju=a b", "anju=a,b", "anju=a\\b", "anju=a\x7f",
                              "anju=\xe5\xae\x89", "anju=a\tb"}) {
        EXPECT_EQ(found(field), "none") << field;
    }
}

TEST(Cookie, IsFoundBesideWhatOthersHaveSet) {
    EXPECT_EQ(found(R"(j={"a":1, "b":2}; anju=1; noise; =x)"), "[1]");
}

TEST(Cookie, IsNotLookedForWithoutAnEnd) {
    std::string many;
    for (int i = 0; i < 63; ++i) many += "a=1; ";
    EXPECT_EQ(found(many + "anju=1"), "[1]");
    EXPECT_EQ(found(many + "b=1; anju=1"), "none");
    EXPECT_EQ(found("a=" + std::string(4087, 'x') + "; anju=1"), "none");
}

}  // namespace
}  // namespace anju::http
