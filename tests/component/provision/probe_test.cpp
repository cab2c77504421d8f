#include "provision/probe.hpp"

#include "box_rig.hpp"

namespace anju::provision {
namespace {

class Doors : public BrokerRig {};

TEST_F(Doors, AreAsTheyShouldBeAfterASetUp) {
    const auto good = check_doors(setup_.port, "anjud", first_line(place::home_password), 15s);
    EXPECT_TRUE(good) << (good ? "" : good.error().text());
}

TEST_F(Doors, AreFoundShutForOurselves) {
    EXPECT_FALSE(check_doors(setup_.port, "anjud", "guess", 15s));
}

TEST_F(Doors, AreFoundOpenForEverybody) {
    test::Broker::Options options;
    options.extra = {"allow_anonymous true"};
    const test::Broker open(options);
    const auto found = check_doors(open.port(), "anju", "correct horse", 15s);
    ASSERT_FALSE(found);
    EXPECT_NE(found.error().text().find("everybody"), std::string::npos) << found.error().text();
}

TEST_F(Doors, AreMissedWhereNobodyListens) {
    EXPECT_FALSE(check_doors(test::free_port(), "anjud", "x", 1ms));
}

}  // namespace
}  // namespace anju::provision
