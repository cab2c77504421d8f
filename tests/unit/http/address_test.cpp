#include "http/address.hpp"

#include <gtest/gtest.h>

namespace anju::http {
namespace {

TEST(Address, CountsIpv4AloneAndIpv6ByNetwork) {
    EXPECT_EQ(counted_as("10.0.0.7"), "10.0.0.7");
    EXPECT_EQ(counted_as("2001:db8:1:2:aaaa::1"), counted_as("2001:db8:1:2:bbbb::9"));
    EXPECT_NE(counted_as("2001:db8:1:2::1"), counted_as("2001:db8:1:3::1"));
    EXPECT_EQ(counted_as("::ffff:10.0.0.7"), "10.0.0.7");
    EXPECT_EQ(counted_as("fe80::1%1"), counted_as("fe80::2"));
    EXPECT_TRUE(is_loopback(counted_as("::1"))) << "who asks from the box itself stays that";
    EXPECT_EQ(counted_as("nonsense"), "unknown");
}

TEST(Address, KnowsLoopback) {
    EXPECT_TRUE(is_loopback("127.0.0.1"));
    EXPECT_TRUE(is_loopback("127.3.4.5"));
    EXPECT_TRUE(is_loopback("::1"));
    EXPECT_TRUE(is_loopback("::ffff:127.0.0.1"));
    EXPECT_FALSE(is_loopback("0.0.0.0"));
    EXPECT_FALSE(is_loopback("192.168.1.1"));
    EXPECT_FALSE(is_loopback("localhost"));
}

TEST(Address, BelievesOnlyTheLastOfThoseForwarded) {
    EXPECT_EQ(last_forwarded("1.1.1.1, 2.2.2.2"), "2.2.2.2");
    EXPECT_EQ(last_forwarded(" 3.3.3.3 "), "3.3.3.3");
    EXPECT_EQ(last_forwarded(""), "");
    EXPECT_EQ(last_forwarded("1.1.1.1,"), "");
}

}  // namespace
}  // namespace anju::http
