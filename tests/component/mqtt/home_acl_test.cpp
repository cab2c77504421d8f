// The ACL that is shipped, on the broker that is used: every driver is heard once its line is
// there, and not before.
#include <fstream>

#include "drivers/catalog.hpp"
#include "station.hpp"

namespace anju::test {
namespace {

class HomeAcl : public WithBroker {
protected:
    /// The lines of home.acl, those that are commented out too if `all`, and a user who may say
    /// everything.
    static std::vector<std::string> lines(bool all) {
        std::ifstream file(ANJU_SOURCE_DIR "/deploy/mosquitto/home.acl");
        std::vector<std::string> out;
        for (std::string line; std::getline(file, line);) {
            if (all && (line.starts_with("#topic") || line.starts_with("#user"))) line.erase(0, 1);
            out.push_back(line);
        }
        EXPECT_GT(out.size(), 10U);
        for (const char* const line :
             {"user everybody", "topic readwrite #", "topic readwrite $oc/#"}) {
            out.emplace_back(line);
        }
        return out;
    }

    static Broker::Options broker(bool all) {
        Broker::Options options;
        options.users = {{"anjud", "correct horse"}, {"everybody", "correct horse"}};
        options.acl = lines(all);
        return options;
    }

    static mqtt::Session::Options as(const Broker& broker, const std::string& user,
                                     std::vector<mqtt::Subscription> subscriptions = {}) {
        auto out = options(broker, user, std::move(subscriptions));
        out.endpoint.username = user;
        return out;
    }

    /// Every filter of every driver.
    static std::vector<mqtt::Subscription> everything() {
        std::vector<mqtt::Subscription> out;
        const drivers::Catalog catalog(drivers::Catalog::everything());
        for (const drivers::Route& route : catalog.routes()) out.push_back({route.filter, 1});
        return out;
    }

    /// A topic that `filter` takes.
    static std::string topic_of(std::string filter) {
        for (char& c : filter) c = c == '+' || c == '#' ? 'x' : c;
        return filter;
    }
};

TEST_F(HomeAcl, LetsEveryDriverHearOnceItsLineIsThere) {
    const Broker home(broker(true));
    const auto filters = everything();
    Station anjud(as(home, "anjud", filters));
    ASSERT_TRUE(anjud.up());
    Station speaker(as(home, "everybody"));
    ASSERT_TRUE(speaker.up());
    for (const mqtt::Subscription& one : filters) {
        const std::size_t before = anjud.received().size();
        ASSERT_TRUE(speaker.session().publish(topic_of(one.filter), "x", 1));
        EXPECT_TRUE(anjud.receives(before + 1, 5s)) << one.filter << " is starved by home.acl";
    }
}

TEST_F(HomeAcl, LetsNobodyElseBeHeardAsItIsShipped) {
    const Broker home(broker(false));
    const auto filters = everything();
    Station anjud(as(home, "anjud", filters));
    ASSERT_TRUE(anjud.up());
    Station speaker(as(home, "everybody"));
    ASSERT_TRUE(speaker.up());
    for (const mqtt::Subscription& one : filters) {
        ASSERT_TRUE(speaker.session().publish(topic_of(one.filter), "x", 1));
    }
    ASSERT_TRUE(speaker.session().publish("zigbee2mqtt/last", "x", 1));
    ASSERT_TRUE(eventually([&] {
        const auto all = anjud.received();
        return !all.empty() && all.back().topic == "zigbee2mqtt/last";
    }));
    for (const mqtt::Incoming& message : anjud.received()) {
        EXPECT_TRUE(message.topic.starts_with("anju/v1/up/") ||
                    message.topic.starts_with("zigbee2mqtt/"))
            << message.topic;
    }
}

}  // namespace
}  // namespace anju::test
