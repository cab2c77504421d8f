// A DNS server that is slow or away: the sessions with other brokers must not notice.
//
// The test answers getaddrinfo() itself for names under .example, also when Paho asks, so that
// nothing here depends on a network.
#include <dlfcn.h>
#include <netdb.h>

#include <atomic>
#include <cstring>
#include <string_view>
#include <thread>

#include "mqtt/lookup.hpp"
#include "station.hpp"

namespace {

using namespace std::chrono_literals;

std::atomic<int> slow_lookups = 0;

}  // namespace

extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints,
                           addrinfo** found) {
    using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto real = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "getaddrinfo"));
    const std::string_view asked = name == nullptr ? "" : name;
    const bool numeric = hints != nullptr && (hints->ai_flags & AI_NUMERICHOST) != 0;
    if (numeric) return real(name, service, hints, found);
    if (asked == "slow.example") {
        ++slow_lookups;
        std::this_thread::sleep_for(3s);
        return EAI_AGAIN;
    }
    if (asked == "unknown.example") return EAI_NONAME;
    if (asked == "broker.example") return real("127.0.0.1", service, hints, found);
    return real(name, service, hints, found);
}

namespace anju::test {

namespace {

class MqttLookup : public WithBroker {
protected:
    static mqtt::Session::Options elsewhere(const Broker& broker, const std::string& host) {
        auto made = options(broker, "elsewhere");
        made.endpoint.uri = mqtt::with_host(broker.uri(), host);
        return made;
    }
};

}  // namespace

TEST_F(MqttLookup, MessagesFlowWhileAnotherSessionWaitsForItsName) {
    Broker broker;
    Station home(options(broker, "home", {{"a", 1}}));
    Station sender(options(broker, "sender"));
    ASSERT_TRUE(home.up());
    ASSERT_TRUE(sender.up());
    const int before = slow_lookups;
    Station district(elsewhere(broker, "slow.example"));
    ASSERT_TRUE(eventually([&] { return slow_lookups > before; }));
    const auto begin = std::chrono::steady_clock::now();
    ASSERT_TRUE(sender.session().publish("a", "fall", 1));
    ASSERT_TRUE(home.receives(1));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 1s);
    EXPECT_FALSE(district.session().connected());
}

TEST_F(MqttLookup, StoppingDoesNotWaitForALookup) {
    Broker broker;
    const int before = slow_lookups;
    Station district(elsewhere(broker, "slow.example"));
    ASSERT_TRUE(eventually([&] { return slow_lookups > before; }));
    const auto begin = std::chrono::steady_clock::now();
    district.session().stop();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 1s);
}

TEST_F(MqttLookup, ANameThatIsUnknownIsSaid) {
    Broker broker;
    Station district(elsewhere(broker, "unknown.example"));
    ASSERT_TRUE(eventually([&] { return !district.session().stats().last_error.empty(); }));
    const auto error = district.session().stats().last_error;
    EXPECT_NE(error.find("'unknown.example'"), std::string::npos) << error;
}

TEST_F(MqttLookup, ANameThatIsAnsweredIsConnectedTo) {
    Broker broker;
    Station district(elsewhere(broker, "broker.example"));
    EXPECT_TRUE(district.up()) << district.session().stats().last_error;
}

TEST(MqttAddress, TheHostOfAUriIsFoundAndReplaced) {
    EXPECT_EQ(mqtt::host_of("mqtt://broker.example:1883"), "broker.example");
    EXPECT_EQ(mqtt::host_of("mqtts://[2001:db8::1]:8883"), "2001:db8::1");
    EXPECT_EQ(mqtt::host_of("mqtt://box"), "box");
    EXPECT_EQ(mqtt::with_host("mqtt://broker.example:1883", "192.0.2.1"), "mqtt://192.0.2.1:1883");
    EXPECT_EQ(mqtt::with_host("mqtt://[::1]:1883", "2001:db8::1"), "mqtt://[2001:db8::1]:1883");
    EXPECT_EQ(mqtt::with_host("box:1883", "::1"), "[::1]:1883");
}

}  // namespace anju::test
