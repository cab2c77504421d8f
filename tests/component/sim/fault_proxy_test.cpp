// The fault proxy between real MQTT clients and a real broker. What must not arrive yet is shown
// by what arrives before it, never by waiting.
#include "firmware-sim/net/fault_proxy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <optional>
#include <thread>

#include "tests/component/sim/peer.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;
using sim::Fault;
using sim::FaultProxy;

/// A session through the proxy that can be waited on.
class Client {
public:
    Client(std::uint16_t port, std::string id, std::uint16_t keep_alive_s = 20)
        : session_(
              options(port, std::move(id), keep_alive_s),
              [this](mqtt::Incoming&& message) {
                  const std::lock_guard lock(mutex_);
                  heard_.push_back(std::move(message.payload));
                  changed_.notify_all();
              },
              [this](bool connected) {
                  const std::lock_guard lock(mutex_);
                  connected_ = connected;
                  (connected ? connects_ : losses_) += 1;
                  changed_.notify_all();
              }) {
        session_.start();
    }

    bool await_connects(int count) {
        return await([&] { return connected_ && connects_ >= count; });
    }
    bool await_losses(int count) {
        return await([&] { return losses_ >= count; });
    }
    bool await_heard(const std::string& payload) {
        return await(
            [&] { return std::find(heard_.begin(), heard_.end(), payload) != heard_.end(); });
    }
    mqtt::Session& session() { return session_; }

private:
    static mqtt::Session::Options options(std::uint16_t port, std::string id,
                                          std::uint16_t keep_alive_s) {
        mqtt::Session::Options out;
        out.endpoint.uri = "mqtt://127.0.0.1:" + std::to_string(port);
        out.endpoint.client_id = std::move(id);
        out.endpoint.username = "anju";
        out.endpoint.password = "correct horse";
        out.endpoint.clean_session = true;
        out.endpoint.keep_alive_s = keep_alive_s;
        out.subscriptions = {{"down/#", 1}};
        out.retry_delay = [](unsigned) { return 20ms; };
        return out;
    }
    bool await(const std::function<bool()>& wanted) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, patience, wanted);
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    bool connected_ = false;
    int connects_ = 0;
    int losses_ = 0;
    std::vector<std::string> heard_;
    mqtt::Session session_;
};

class FaultProxyTest : public testing::Test {
protected:
    void SetUp() override {
        if (!Broker::installed()) GTEST_SKIP() << "mosquitto is not installed";
        broker_.emplace();
        peer_.emplace(*broker_, std::vector<std::string>{"up/#"});
        start({});
    }
    void start(FaultProxy::Options options) {
        options.to_port = broker_->port();
        auto started = FaultProxy::start(options);
        ASSERT_TRUE(started) << started.error().text();
        proxy_ = std::move(*started);
    }
    /// The order in which payloads reached the broker, once the last of `wanted` has.
    std::vector<std::string> arrived(std::size_t count) {
        EXPECT_TRUE(peer_->wait_until([&](const auto& heard) { return heard.size() >= count; }));
        std::vector<std::string> out;
        for (const auto& message : peer_->heard()) out.push_back(message.payload);
        return out;
    }
    /// Until something that came through was read, so that a fault afterwards hits it.
    void await_buffered() {
        ASSERT_TRUE(counts_come_to([](const auto& now) { return now.buffered > 0; }))
            << "nothing came";
    }
    /// Waits, for a peer may hear bytes before the proxy has noted that it wrote them.
    template <typename Wanted>
    bool counts_come_to(const Wanted& wanted) {
        const auto limit = std::chrono::steady_clock::now() + patience;
        while (!wanted(proxy_->counts())) {
            if (std::chrono::steady_clock::now() > limit) return false;
            std::this_thread::yield();
        }
        return true;
    }

    std::optional<Broker> broker_;
    std::optional<Peer> peer_;
    std::unique_ptr<FaultProxy> proxy_;
};

using Order = std::vector<std::string>;

TEST_F(FaultProxyTest, CarriesMoreThanItsBufferBothWaysUnchanged) {
    Client client(proxy_->port(), "client");
    ASSERT_TRUE(client.await_connects(1));
    std::string large(1'000'000, '\0');
    for (std::size_t at = 0; at < large.size(); ++at) large[at] = static_cast<char>(at * 7);
    ASSERT_TRUE(client.session().publish("up/large", large, 1));
    EXPECT_EQ(arrived(1).front(), large);
    peer_->publish("down/large", large);
    EXPECT_TRUE(client.await_heard(large));
    EXPECT_TRUE(counts_come_to([&](const auto& now) {
        return now.bytes_up > large.size() && now.bytes_down > large.size();
    }));
}

TEST_F(FaultProxyTest, CutsASessionThatThenComesBackByItself) {
    Client client(proxy_->port(), "client");
    ASSERT_TRUE(client.await_connects(1));
    proxy_->apply({.kind = Fault::Kind::cut});
    EXPECT_TRUE(client.await_losses(1));
    ASSERT_TRUE(client.await_connects(2));
    EXPECT_EQ(proxy_->counts().reset, 1U);
    ASSERT_TRUE(client.session().publish("up/a", "after", 1));
    EXPECT_EQ(arrived(1), Order{"after"});
}

TEST_F(FaultProxyTest, RefusesUntilItHealsAndKeepsItsPort) {
    const auto port = proxy_->port();
    proxy_->apply({.kind = Fault::Kind::refuse});
    Client client(port, "client");
    const auto limit = std::chrono::steady_clock::now() + patience;
    while (client.session().stats().last_error.empty()) {
        ASSERT_LT(std::chrono::steady_clock::now(), limit);
        std::this_thread::yield();
    }
    EXPECT_EQ(proxy_->counts().accepted, 0U);
    proxy_->apply({.kind = Fault::Kind::heal});
    EXPECT_TRUE(client.await_connects(1));
    EXPECT_EQ(proxy_->port(), port);
}

TEST_F(FaultProxyTest, DeliversWhatItStalledWhenItHeals) {
    Client client(proxy_->port(), "client");
    ASSERT_TRUE(client.await_connects(1));
    proxy_->apply({.kind = Fault::Kind::stall, .direction = sim::Direction::up});
    ASSERT_TRUE(client.session().publish("up/a", "stalled", 1));
    peer_->publish("down/a", "the other way is free");
    EXPECT_TRUE(client.await_heard("the other way is free"));
    peer_->publish("up/b", "direct");
    EXPECT_EQ(arrived(1), Order{"direct"});
    EXPECT_TRUE(counts_come_to([](const auto& now) { return now.buffered == 0; }))
        << "it read while it stalled";
    proxy_->apply({.kind = Fault::Kind::heal});
    EXPECT_EQ(arrived(2), (Order{"direct", "stalled"}));
}

TEST_F(FaultProxyTest, DelaysEveryByteByItsLatency) {
    Client client(proxy_->port(), "client");
    ASSERT_TRUE(client.await_connects(1));
    proxy_->apply({.kind = Fault::Kind::slow, .direction = sim::Direction::up, .latency = 100h});
    ASSERT_TRUE(client.session().publish("up/a", "slow", 1));
    await_buffered();
    peer_->publish("up/b", "direct");
    EXPECT_EQ(arrived(1), Order{"direct"});
    proxy_->apply({.kind = Fault::Kind::heal});
    EXPECT_EQ(arrived(2), (Order{"direct", "slow"}));
}

TEST_F(FaultProxyTest, ServesANewConnectionWhileAnOldOneIsHeldWhoseBytesArriveThen) {
    Client old(proxy_->port(), "old");
    ASSERT_TRUE(old.await_connects(1));
    proxy_->apply({.kind = Fault::Kind::late});
    ASSERT_TRUE(old.session().publish("up/a", "older", 0));
    await_buffered();
    Client next(proxy_->port(), "next");
    ASSERT_TRUE(next.await_connects(1));
    ASSERT_TRUE(next.session().publish("up/a", "newer", 1));
    EXPECT_EQ(arrived(1), Order{"newer"});
    proxy_->apply({.kind = Fault::Kind::heal});
    EXPECT_EQ(arrived(2), (Order{"newer", "older"}));
}

TEST_F(FaultProxyTest, LeavesAHalfOpenSessionToItsOwnKeepAlive) {
    Client client(proxy_->port(), "client", 1);
    ASSERT_TRUE(client.await_connects(1));
    proxy_->apply({.kind = Fault::Kind::half_open});
    ASSERT_TRUE(client.session().publish("up/a", "into the void", 0));
    EXPECT_TRUE(client.await_losses(1)) << "nobody told it, its pings must";
    ASSERT_TRUE(client.await_connects(2)) << "new connections are served";
    ASSERT_TRUE(client.session().publish("up/a", "again", 1));
    EXPECT_EQ(arrived(1), Order{"again"});
    EXPECT_GT(proxy_->counts().vanished, 0U);
}

TEST_F(FaultProxyTest, ResetsWhatIsHalfOpenWhenItHeals) {
    Client client(proxy_->port(), "client");
    ASSERT_TRUE(client.await_connects(1));
    proxy_->apply({.kind = Fault::Kind::half_open});
    proxy_->apply({.kind = Fault::Kind::heal});
    EXPECT_TRUE(client.await_losses(1));
    EXPECT_TRUE(client.await_connects(2));
    EXPECT_EQ(proxy_->counts().reset, 1U);
}

TEST_F(FaultProxyTest, KeepsNoMoreThanItsBufferWhateverIsSent) {
    FaultProxy::Options options;
    options.buffer_bytes = 1000;
    start(options);
    Client client(proxy_->port(), "client");
    ASSERT_TRUE(client.await_connects(1));
    proxy_->apply({.kind = Fault::Kind::late, .direction = sim::Direction::up});
    const std::string large(300'000, 'x');
    ASSERT_TRUE(client.session().publish("up/large", large, 0));
    await_buffered();
    EXPECT_LE(proxy_->counts().buffered, 1000U);
    proxy_->apply({.kind = Fault::Kind::heal});
    EXPECT_EQ(arrived(1).front(), large);
}

TEST_F(FaultProxyTest, TurnsAwayWhoeverIsTooMany) {
    FaultProxy::Options options;
    options.max_connections = 1;
    start(options);
    Client first(proxy_->port(), "first");
    ASSERT_TRUE(first.await_connects(1));
    Client second(proxy_->port(), "second");
    const auto limit = std::chrono::steady_clock::now() + patience;
    while (proxy_->counts().turned_away == 0) {
        ASSERT_LT(std::chrono::steady_clock::now(), limit);
        std::this_thread::yield();
    }
    EXPECT_EQ(proxy_->counts().open, 1U);
}

TEST_F(FaultProxyTest, ResetsAClientWhoseBrokerIsGone) {
    broker_->kill();
    Client client(proxy_->port(), "client");
    const auto limit = std::chrono::steady_clock::now() + patience;
    while (proxy_->counts().unreachable == 0) {
        ASSERT_LT(std::chrono::steady_clock::now(), limit);
        std::this_thread::yield();
    }
    broker_->start();
    EXPECT_TRUE(client.await_connects(1));
}

TEST_F(FaultProxyTest, SaysWhatIsWrongWithItsAddresses) {
    const auto taken = FaultProxy::start({.listen_port = broker_->port(), .to_port = 1});
    ASSERT_FALSE(taken);
    EXPECT_NE(taken.error().text().find("cannot listen"), std::string::npos);
    EXPECT_FALSE(FaultProxy::start({.listen_host = "no address", .to_port = 1}));
}

TEST_F(FaultProxyTest, IsAProgramThatTakesLinesAndASchedule) {
    const TempDir dir;
    const auto to = "127.0.0.1:" + std::to_string(broker_->port());
    const auto proxy = std::string(ANJU_SIM) + " proxy --listen 127.0.0.1:0 --to " + to;
    Child lines(
        {"/bin/sh", "-c",
         "printf 'stall up\\nnonsense\\nafter 1s cut\\nheal\\ncounts\\nquit\\n' | " + proxy},
        dir.path() / "lines.log");
    EXPECT_EQ(exit_status(lines), 0);
    const auto text = read_text(dir.path() / "lines.log");
    for (const auto* part : {"listening on 127.0.0.1:", "stall up\n", "nonsense", "heal\n",
                             "times belong into a schedule", "counts accepted=0"}) {
        EXPECT_NE(text.find(part), std::string::npos) << part << " in:\n" << text;
    }
}

TEST_F(FaultProxyTest, IsAProgramThatFollowsASchedule) {
    const TempDir dir;
    std::ofstream(dir.path() / "night") << "after 1ms refuse for 1ms\nafter 1ms cut\n";
    Child proxy({ANJU_SIM, "proxy", "--listen", "127.0.0.1:0", "--to",
                 "127.0.0.1:" + std::to_string(broker_->port()), "--script",
                 (dir.path() / "night").string()},
                dir.path() / "log");
    const auto limit = std::chrono::steady_clock::now() + patience;
    while (read_text(dir.path() / "log").find("refuse\nheal\ncut\n") == std::string::npos) {
        ASSERT_LT(std::chrono::steady_clock::now(), limit) << read_text(dir.path() / "log");
        std::this_thread::yield();
    }
    proxy.signal(SIGTERM);
    EXPECT_EQ(exit_status(proxy), 0);
}

}  // namespace
}  // namespace anju::test
