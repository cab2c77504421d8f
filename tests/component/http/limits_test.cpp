// What the server does with clients that send too much, too slowly, or come too often.
#include <functional>
#include <mutex>
#include <vector>

#include "peer.hpp"

namespace anju::http {
namespace {

using Steady = std::chrono::steady_clock;

TEST_F(WebServer, RefusesAHeaderThatIsTooLarge) {
    const std::uint16_t port = serve();
    Peer large(port);
    large.send(get("/hello", "X: " + std::string(9000, 'x') + "\r\n"));
    EXPECT_EQ(status_of(large.rest()), "HTTP/1.1 431 Request Header Fields Too Large");
    Peer endless(port);
    endless.send("GET /" + std::string(9000, 'x'));
    EXPECT_EQ(status_of(endless.rest()), "HTTP/1.1 431 Request Header Fields Too Large");
    Peer just(port);
    just.send(get("/hello", "X: " + std::string(8000, 'x') + "\r\n"));
    EXPECT_EQ(status_of(just.answer()), "HTTP/1.1 200 OK");
}

TEST_F(WebServer, RefusesABodyThatIsTooLargeBeforeItHasCome) {
    const std::uint16_t port = serve();
    Peer announced(port);
    announced.send("POST /echo HTTP/1.1\r\nHost: box\r\nContent-Length: 65537\r\n\r\n");
    EXPECT_EQ(status_of(announced.rest()), "HTTP/1.1 413 Payload Too Large");
    Peer whole(port);
    whole.send("POST /echo HTTP/1.1\r\nHost: box\r\nContent-Length: 200000\r\n\r\n" +
               std::string(200000, 'x'));
    EXPECT_EQ(status_of(whole.rest()), "HTTP/1.1 413 Payload Too Large");
    Peer chunked(port);
    chunked.send("POST /echo HTTP/1.1\r\nHost: box\r\nTransfer-Encoding: chunked\r\n\r\n11170\r\n" +
                 std::string(70000, 'x'));
    EXPECT_EQ(status_of(chunked.rest()), "HTTP/1.1 413 Payload Too Large");
    EXPECT_EQ(asked_, 0);
    Peer just(port);
    just.send("POST /echo HTTP/1.1\r\nHost: box\r\nContent-Length: 65536\r\n\r\n" +
              std::string(65536, 'x'));
    EXPECT_TRUE(just.answer().ends_with(std::string(65536, 'x')));
}

/// Sends one byte after another until the server hangs up; how long that took.
Steady::duration trickle(Peer& peer) {
    const auto start = Steady::now();
    while (Steady::now() - start < 20s) {
        if (peer.readable(20ms)) return Steady::now() - start;
        if (!peer.send("x")) break;
    }
    return Steady::now() - start;
}

TEST_F(WebServer, HangsUpOnAHeaderThatTakesTooLongHoweverBusyTheClientLooks) {
    options_.limits.header = 300ms;
    Peer peer(serve());
    peer.send("GET /hello HTTP/1.1\r\nHost: box\r\nX: ");
    const auto took = trickle(peer);
    EXPECT_GE(took, 250ms);
    EXPECT_LT(took, 5s);
    EXPECT_TRUE(peer.hangs_up());
    // It hangs up first and counts then.
    const auto counted = Steady::now() + 10s;
    while (server_->counters().timed_out == 0 && Steady::now() < counted) {
        std::this_thread::yield();
    }
    EXPECT_EQ(server_->counters().timed_out, 1U);
}

TEST_F(WebServer, HangsUpOnABodyThatTakesTooLong) {
    options_.limits.body = 300ms;
    Peer peer(serve());
    peer.send("POST /echo HTTP/1.1\r\nHost: box\r\nContent-Length: 60000\r\n\r\n");
    EXPECT_LT(trickle(peer), 5s);
    EXPECT_TRUE(peer.hangs_up());
    EXPECT_EQ(asked_, 0);
}

TEST_F(WebServer, HangsUpOnAClientThatSaysNothing) {
    options_.limits.header = 200ms;
    const std::uint16_t port = serve();
    Peer silent(port);
    EXPECT_TRUE(silent.hangs_up());
    Peer idle(port);
    idle.send(get("/hello"));
    EXPECT_EQ(status_of(idle.answer()), "HTTP/1.1 200 OK");
    EXPECT_TRUE(idle.hangs_up());
}

TEST_F(WebServer, HangsUpOnAClientThatTakesNoAnswer) {
    options_.limits.write = 300ms;
    router_.add("GET", "/much", [](const Request&) {
        return Response{200, "text/plain", std::string(32'000'000, 'x')};
    });
    Peer peer(serve());
    peer.send(get("/much"));
    ASSERT_TRUE(peer.readable(10s));
    const auto start = Steady::now();
    while (server_->counters().timed_out == 0 && Steady::now() - start < 10s) {
        std::this_thread::yield();
    }
    EXPECT_EQ(server_->counters().timed_out, 1U);
    EXPECT_LT(peer.rest().size(), 32'000'000U);
}

TEST_F(WebServer, LetsOneAddressHaveOnlySoManyConnections) {
    options_.limits.connections_per_address = 2;
    const std::uint16_t port = serve();
    auto first = std::make_unique<Peer>(port);
    Peer second(port);
    for (Peer* peer : {first.get(), &second}) {
        peer->send(get("/hello"));
        EXPECT_EQ(status_of(peer->answer()), "HTTP/1.1 200 OK");
    }
    Peer third(port);
    EXPECT_TRUE(third.hangs_up());
    EXPECT_EQ(server_->counters().refused, 1U);
    first->finish();
    EXPECT_TRUE(first->hangs_up());
    Peer fourth(port);
    fourth.send(get("/hello"));
    EXPECT_EQ(status_of(fourth.answer()), "HTTP/1.1 200 OK");
}

TEST_F(WebServer, LetsFurtherClientsWaitWhileEverybodyElseIsBeingAnswered) {
    std::mutex mutex;
    std::vector<std::function<void()>> held;
    options_.limits.connections = 2;
    options_.hand_over = [&](std::function<void()> work) {
        const std::lock_guard lock(mutex);
        held.push_back(std::move(work));
    };
    const auto handed = [&] {
        const std::lock_guard lock(mutex);
        return held.size();
    };
    const std::uint16_t port = serve();
    std::vector<std::unique_ptr<Peer>> peers;
    for (std::size_t i = 0; i < 2; ++i) {
        peers.push_back(std::make_unique<Peer>(port));
        peers.back()->send(get("/hello"));
        const auto patience = Steady::now() + 10s;
        while (handed() <= i && Steady::now() < patience) std::this_thread::yield();
        ASSERT_EQ(handed(), i + 1);
    }
    peers.push_back(std::make_unique<Peer>(port));
    peers.back()->send(get("/hello"));
    EXPECT_FALSE(peers[2]->readable(100ms));
    EXPECT_EQ(handed(), 2U);
    held[0]();
    EXPECT_EQ(status_of(peers[0]->answer()), "HTTP/1.1 200 OK");
    EXPECT_TRUE(peers[0]->hangs_up()) << "it was idle, and another waited for its place";
    const auto patience = Steady::now() + 10s;
    while (handed() < 3 && Steady::now() < patience) std::this_thread::yield();
    ASSERT_EQ(handed(), 3U);
    held[1]();
    held[2]();
    EXPECT_EQ(status_of(peers[1]->answer()), "HTTP/1.1 200 OK");
    EXPECT_EQ(status_of(peers[2]->answer()), "HTTP/1.1 200 OK");
    server_->stop();
}

TEST_F(WebServer, TakesThePlaceOfTheOldestWhoHasNotFinishedAsking) {
    options_.limits.connections = 3;
    const std::uint16_t port = serve();
    std::vector<std::unique_ptr<Peer>> half;
    for (unsigned i = 1; i <= 3; ++i) {
        half.push_back(std::make_unique<Peer>(port, i));
        half.back()->send("GET /hello HTTP/1.1\r\nHost: box\r\nX: ");
        const auto patience = Steady::now() + 10s;
        while (server_->counters().connections < i && Steady::now() < patience) {
            std::this_thread::yield();
        }
    }
    Peer late(port, 9);
    late.send(get("/hello"));
    EXPECT_EQ(status_of(late.answer()), "HTTP/1.1 200 OK");
    EXPECT_TRUE(half[0]->hangs_up());
    EXPECT_FALSE(half[2]->readable(50ms)) << "one place was needed, not more";
    EXPECT_EQ(server_->counters().displaced, 1U);
}

TEST_F(WebServer, LetsOneAddressHaveOnlySoManyWhoHaveAskedNothing) {
    options_.limits.unfinished_per_address = 2;
    const std::uint16_t port = serve();
    Peer asked(port);
    asked.send(get("/hello"));
    EXPECT_EQ(status_of(asked.answer()), "HTTP/1.1 200 OK");
    Peer elsewhere(port, 2);
    Peer first(port);
    Peer second(port);
    Peer third(port);
    EXPECT_TRUE(first.hangs_up());
    EXPECT_EQ(server_->counters().displaced, 1U);
    for (Peer* peer : {&asked, &elsewhere, &second, &third}) {
        peer->send(get("/hello"));
        EXPECT_EQ(status_of(peer->answer()), "HTTP/1.1 200 OK");
    }
}

TEST_F(WebServer, LetsGoOfEverybodyWhenItStops) {
    const std::uint16_t port = serve();
    Peer half(port);
    half.send("GET /hel");
    Peer idle(port);
    idle.send(get("/hello"));
    idle.answer();
    server_->stop();
    EXPECT_TRUE(half.hangs_up());
    EXPECT_TRUE(idle.hangs_up());
    EXPECT_THROW(Peer{port}, std::runtime_error);
}

}  // namespace
}  // namespace anju::http
