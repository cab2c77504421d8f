#include "drivers/topic.hpp"

#include <gtest/gtest.h>

namespace anju::drivers {
namespace {

TEST(TopicMatches, TakesWhatTheStandardSays) {
    EXPECT_TRUE(topic_matches("a/b", "a/b"));
    EXPECT_TRUE(topic_matches("a/+/c", "a/b/c"));
    EXPECT_TRUE(topic_matches("a/+", "a/")) << "a level may be empty";
    EXPECT_TRUE(topic_matches("+/+", "/finance"));
    EXPECT_TRUE(topic_matches("/+", "/finance"));
    EXPECT_TRUE(topic_matches("sport/tennis/#", "sport/tennis"));
    EXPECT_TRUE(topic_matches("sport/tennis/#", "sport/tennis/player1/ranking"));
    EXPECT_TRUE(topic_matches("#", "a/b/c"));
    EXPECT_TRUE(topic_matches("$SYS/#", "$SYS/broker/uptime"));
}

TEST(TopicMatches, RefusesTheRest) {
    EXPECT_FALSE(topic_matches("a/b", "a/b/c"));
    EXPECT_FALSE(topic_matches("a/b/c", "a/b"));
    EXPECT_FALSE(topic_matches("a/+", "a"));
    EXPECT_FALSE(topic_matches("+", "/finance"));
    EXPECT_FALSE(topic_matches("a/+", "a/b/c"));
    EXPECT_FALSE(topic_matches("sport/#", "sports"));
    EXPECT_FALSE(topic_matches("#", "$SYS/broker/uptime"));
    EXPECT_FALSE(topic_matches("+/broker/uptime", "$SYS/broker/uptime"));
    EXPECT_FALSE(topic_matches("#", ""));
}

TEST(TopicMatches, RefusesMalformedFilters) {
    for (const char* filter : {"", "a#", "a/#/b", "a+/b", "#/", "a/b+"}) {
        EXPECT_FALSE(topic_matches(filter, "a/b")) << filter;
    }
}

TEST(Below, CutsWholeLevelsOnly) {
    EXPECT_EQ(below("home/z2m", "home/z2m/kitchen/smoke"), "kitchen/smoke");
    EXPECT_EQ(below("z2m", "z2m/"), "");
    EXPECT_FALSE(below("z2m", "z2m"));
    EXPECT_FALSE(below("z2m", "z2mother/x"));
}

}  // namespace
}  // namespace anju::drivers
