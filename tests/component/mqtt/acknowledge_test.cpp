// Commit before acknowledge rests on this: a message whose callback has not returned is not
// acknowledged to the broker, whatever happens to the process.
#include <fstream>
#include <map>
#include <sstream>

#include "station.hpp"
#include "tests/support/child.hpp"

namespace anju::test {

class MqttAcknowledge : public WithBroker {};

namespace {

std::vector<std::string> lines(const std::filesystem::path& file) {
    std::vector<std::string> out;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
}

}  // namespace

TEST_F(MqttAcknowledge, AMessageComesAgainWhenTheProcessDiesInsideItsCallback) {
    Broker broker;
    const auto output = broker.dir() / "seen";
    const auto subscriber = [&](int stuck_at) {
        return Child({STUCK_SUBSCRIBER, broker.uri(), "anju", "correct horse", "t",
                      std::to_string(stuck_at), output},
                     broker.dir() / "subscriber.log");
    };
    constexpr int total = 40;
    constexpr int step = 4;  // taken by each life of the subscriber before it is killed

    auto child = subscriber(step + 1);
    ASSERT_TRUE(eventually(
        [&] { return !lines(broker.dir() / "subscriber.log").empty(); }));  // it has subscribed
    Station speaker(options(broker, "speaker"));
    ASSERT_TRUE(speaker.up());
    for (int number = 0; number < total; ++number) {
        ASSERT_TRUE(speaker.session().publish("t", std::to_string(number), 1));
    }
    for (int life = 1; life <= total / step; ++life) {
        const auto stuck = [&] {
            const auto seen = lines(output);
            return std::count(seen.begin(), seen.end(), "stuck") == life;
        };
        if (life == total / step) break;
        ASSERT_TRUE(eventually(stuck)) << "life " << life;
        child.kill();
        child = subscriber(step + 1);
    }
    // Paho holds back a PUBACK only for the message being handled; those before it are
    // acknowledged, though the kill may overtake the last of them.
    const auto all_seen = [&] {
        std::vector<bool> seen(total, false);
        for (const auto& line : lines(output)) {
            if (line != "stuck") seen.at(static_cast<std::size_t>(std::stoi(line))) = true;
        }
        return std::all_of(seen.begin(), seen.end(), [](bool one) { return one; });
    };
    if (!eventually(all_seen, 3s)) {
        child.kill();
        child = subscriber(10 * total);
    }
    EXPECT_TRUE(eventually(all_seen)) << "a message was lost";
    child.kill();

    bool marked = false;
    std::map<int, int> identifiers;  // by message
    for (const auto& line : lines(output)) {
        if (line == "stuck") continue;
        marked = marked || line.ends_with(" 1");
        std::istringstream text(line);
        int number = 0;
        int identifier = 0;
        text >> number >> identifier;
        EXPECT_GT(identifier, 0);
        EXPECT_EQ(identifiers.try_emplace(number, identifier).first->second, identifier)
            << "a message came again by another name: its repetition could not be told";
    }
    EXPECT_TRUE(marked) << "no message was marked as redelivered";
}

TEST_F(MqttAcknowledge, ACallbackThatWaitsHoldsUpNobodysPublishCall) {
    Broker broker;
    std::atomic<bool> release = false;
    mqtt::Session slow(
        options(broker, "slow", {{"t", 1}}),
        [&](mqtt::Incoming&&) {
            while (!release) std::this_thread::sleep_for(1ms);
        },
        nullptr);
    slow.start();
    Station speaker(options(broker, "speaker"));
    ASSERT_TRUE(eventually([&] { return slow.connected(); }));
    ASSERT_TRUE(speaker.up());
    speaker.session().publish("t", "block", 1);
    std::this_thread::sleep_for(50ms);
    const auto begin = std::chrono::steady_clock::now();
    for (int number = 0; number < 100; ++number) {
        EXPECT_TRUE(speaker.session().publish("other", "x", 1));
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 1s);
    release = true;
    EXPECT_TRUE(eventually([&] { return speaker.session().stats().published == 101; }));
    slow.stop();
}

}  // namespace anju::test
