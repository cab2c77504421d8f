// How a gateway and the broker of the box look to the updater, on a real socket and a real broker.
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include "app/anjud/opening_sign.hpp"
#include "tests/support/broker.hpp"
#include "update/debian_box.hpp"

namespace anju::update {
namespace {

TEST(GatewayHealth, SaysThatTheStoreIsBeingOpened) {
    const test::TempDir folder;
    config::Config config;
    config.control_socket = folder.path() / "control.sock";
    Places places;
    places.socket = config.control_socket;
    DebianBox box(places);
    EXPECT_FALSE(box.health().opening) << "nobody is there";
    OpeningSign sign(config);
    sign.tell({store::Work::migrating, 5'000'000});
    const Health now = box.health();
    EXPECT_TRUE(now.opening);
    EXPECT_FALSE(now.answers);
    EXPECT_EQ(lacks({.active = true, .answers = true}, now, "2"), "still_opening");
    sign.free_socket();
    EXPECT_FALSE(box.health().opening);
}

TEST(GatewayHealth, KnowsABrokerThatIsGoneFromOneThatTurnsStrangersAway) {
    if (!test::Broker::installed()) GTEST_SKIP() << "mosquitto is not installed";
    test::Broker broker;
    Places places;
    places.home = broker.uri();
    DebianBox box(places);
    EXPECT_TRUE(box.home_broker().answers);
    broker.kill();
    EXPECT_FALSE(box.home_broker().answers);
    broker.start();
    EXPECT_TRUE(box.home_broker().answers);
}

}  // namespace
}  // namespace anju::update
