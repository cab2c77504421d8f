// Answers that go on: what clients get, and what becomes of those that do not take it.
#include "http/stream.hpp"

#include <future>
#include <mutex>
#include <vector>

#include "peer.hpp"

namespace anju::http {
namespace {

class Streams : public WebServer {
protected:
    Streams() {
        router_.add("GET", "/api/v1/events", [this](const Request&) {
            auto [stream, response] = start_stream(queue_, [this] { ++gone_; });
            stream->push("hello\n");
            const std::lock_guard lock(mutex_);
            open_.push_back(stream);
            return response;
        });
    }
    /// Asks for a stream and reads its beginning.
    std::unique_ptr<Peer> follow(unsigned from = 1) {
        auto peer = std::make_unique<Peer>(server_->port(), from);
        peer->send(get("/api/v1/events"));
        head_ = peer->until("\r\n\r\n");
        if (head_.starts_with("HTTP/1.1 200")) peer->until("hello\n");
        return peer;
    }
    std::shared_ptr<Stream> stream(std::size_t number) {
        const std::lock_guard lock(mutex_);
        return open_.at(number);
    }

    Stream::Limits queue_;
    std::atomic<std::uint64_t> gone_{0};
    std::string head_;

private:
    std::mutex mutex_;
    std::vector<std::shared_ptr<Stream>> open_;
};

TEST_F(Streams, CarryWhatIsPushedUntilTheyAreClosed) {
    serve();
    auto peer = follow();
    EXPECT_NE(head_.find("Content-Type: text/event-stream; charset=utf-8\r\n"), head_.npos);
    EXPECT_NE(head_.find("Cache-Control: no-store\r\n"), head_.npos);
    EXPECT_NE(head_.find("Connection: close\r\n"), head_.npos);
    EXPECT_EQ(head_.find("Content-Length"), head_.npos);
    EXPECT_TRUE(stream(0)->push(event_text("alert", "{}", 1)));
    EXPECT_EQ(peer->until("\n\n"), "id: 1\nevent: alert\ndata: {}\n\n");
    stream(0)->push(std::string(100'000, 'x'));
    stream(0)->push("bye");
    stream(0)->close();
    EXPECT_EQ(peer->rest(), std::string(100'000, 'x') + "bye");
    peer.reset();
    EXPECT_TRUE(reaches(server_->counters().streams_open, 0));
    EXPECT_EQ(gone_, 0U);
    EXPECT_EQ(server_->counters().streams, 1U);
    EXPECT_EQ(server_->counters().streams_dropped, 0U);
}

TEST_F(Streams, SayThatTheyAreThereWhenThereIsNothingToSay) {
    options_.limits.keep_alive = 20ms;
    options_.limits.answer = options_.limits.header = options_.limits.body = 50ms;
    serve();
    const auto peer = follow();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(peer->until("\n\n"), ":\n\n");
    EXPECT_TRUE(stream(0)->push("still there"));
    EXPECT_TRUE(peer->until("still there").ends_with("still there"));
}

TEST_F(Streams, TellTheirProducerOnItsOwnThreadThatTheClientHasGone) {
    std::mutex mutex;
    std::vector<std::function<void()>> handed;
    std::atomic<std::uint64_t> count{0};
    options_.hand_over = [&](std::function<void()> work) {
        const std::lock_guard lock(mutex);
        handed.push_back(std::move(work));
        ++count;
    };
    const auto run = [&](std::size_t number) {
        ASSERT_TRUE(reaches(count, number + 1));
        const std::lock_guard lock(mutex);
        handed[number]();
    };
    Peer* peer = new Peer(serve());
    peer->send(get("/api/v1/events"));
    run(0);
    peer->until("hello\n");
    EXPECT_FALSE(stream(0)->closed());
    delete peer;
    ASSERT_TRUE(reaches(count, 2));
    EXPECT_TRUE(stream(0)->closed());
    EXPECT_EQ(gone_, 0U);
    run(1);
    EXPECT_EQ(gone_, 1U);
    EXPECT_FALSE(stream(0)->push("nobody"));
}

TEST_F(Streams, DropWhoeverReadsNothingWhileOthersGoOn) {
    serve();
    const auto stuck = follow();
    const auto other = follow();
    const auto chunk = std::make_shared<const std::string>(std::string(16'000, 'x') + "|");
    int pushed = 0;
    while (stream(0)->push(chunk) && pushed < 5000) {
        ++pushed;
        ASSERT_TRUE(stream(1)->push(chunk));
        ASSERT_EQ(other->until("|"), *chunk);
    }
    EXPECT_LT(pushed, 5000) << "a queue without an end";
    EXPECT_TRUE(reaches(gone_, 1));
    EXPECT_TRUE(reaches(server_->counters().streams_dropped, 1));
    EXPECT_TRUE(reaches(server_->counters().streams_open, 1));
    expect_others_served();
    EXPECT_TRUE(stream(1)->push("on it goes|"));
    EXPECT_EQ(other->until("|"), "on it goes|");
}

TEST_F(Streams, DropWhoeverTakesAPieceTooSlowly) {
    options_.limits.write = 200ms;
    queue_.bytes = 64'000'000;
    serve();
    const auto peer = follow();
    EXPECT_TRUE(stream(0)->push(std::string(32'000'000, 'x')));
    EXPECT_TRUE(reaches(server_->counters().streams_dropped, 1));
    // It is counted before it is let go.
    EXPECT_TRUE(comes_true([this] { return stream(0)->closed(); }));
    EXPECT_LT(peer->rest().size(), 32'000'000U);
}

TEST_F(Streams, LeaveOrdinaryConnectionsFree) {
    options_.limits.connections = 1;
    options_.limits.connections_per_address = 1;
    serve();
    std::vector<std::unique_ptr<Peer>> peers;
    for (int i = 0; i < 10; ++i) peers.push_back(follow());
    EXPECT_EQ(server_->counters().streams_open, 10U);
    expect_others_served();
}

TEST_F(Streams, AreAnsweredBusyBeyondTheirNumber) {
    options_.limits.streams = 2;
    serve();
    const auto first = follow();
    auto second = follow();
    const auto third = follow();
    EXPECT_EQ(status_of(head_), "HTTP/1.1 503 Service Unavailable");
    EXPECT_NE(head_.find("Retry-After: 10\r\n"), head_.npos);
    EXPECT_NE(head_.find("Content-Type: application/problem+json\r\n"), head_.npos);
    EXPECT_TRUE(reaches(gone_, 1)) << "its producer was not told";
    EXPECT_EQ(server_->counters().streams_refused, 1U);
    expect_others_served();
    second.reset();
    ASSERT_TRUE(reaches(server_->counters().streams_open, 1));
    const auto fourth = follow();
    EXPECT_EQ(status_of(head_), "HTTP/1.1 200 OK");
}

TEST_F(Streams, AreCountedByAddress) {
    options_.limits.streams_per_address = 1;
    serve();
    const auto first = follow(1);
    const auto second = follow(1);
    EXPECT_EQ(status_of(head_), "HTTP/1.1 503 Service Unavailable");
    const auto other = follow(2);
    EXPECT_EQ(status_of(head_), "HTTP/1.1 200 OK");
}

TEST_F(Streams, AreCountedByTheAddressThatTheProxyNames) {
    options_.limits.streams_per_address = 1;
    options_.behind_proxy = true;
    const std::uint16_t port = serve();
    std::vector<std::unique_ptr<Peer>> peers;
    for (const char* status : {"HTTP/1.1 200 OK", "HTTP/1.1 503 Service Unavailable"}) {
        peers.push_back(std::make_unique<Peer>(port));
        peers.back()->send(
            get("/api/v1/events", "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\n"));
        EXPECT_EQ(status_of(peers.back()->until("\r\n\r\n")), status);
    }
    peers.push_back(std::make_unique<Peer>(port));
    peers.back()->send(
        get("/api/v1/events", "X-Forwarded-For: 203.0.113.8\r\nX-Forwarded-Proto: https\r\n"));
    EXPECT_EQ(status_of(peers.back()->until("\r\n\r\n")), "HTTP/1.1 200 OK");
}

TEST_F(Streams, EndWhenTheServerStops) {
    serve();
    const auto peer = follow();
    server_->stop();
    EXPECT_TRUE(stream(0)->closed());
    EXPECT_FALSE(stream(0)->push("x"));
    EXPECT_TRUE(peer->hangs_up());
    EXPECT_EQ(gone_, 0U) << "whoever would hear it may be gone too";
    EXPECT_EQ(server_->counters().streams_open, 0U);
    server_.reset();
    EXPECT_FALSE(stream(0)->push("x"));
}

TEST_F(Streams, EndWhenTheirAnswerComesTooLate) {
    std::promise<std::function<void()>> handed;
    std::atomic<bool> first{true};
    options_.limits.answer = 50ms;
    options_.hand_over = [&](std::function<void()> work) {
        if (first.exchange(false)) {
            handed.set_value(std::move(work));
        } else {
            work();
        }
    };
    Peer peer(serve());
    peer.send(get("/api/v1/events"));
    EXPECT_EQ(status_of(peer.answer()), "HTTP/1.1 503 Service Unavailable");
    handed.get_future().get()();
    EXPECT_TRUE(reaches(gone_, 1));
    EXPECT_TRUE(stream(0)->closed());
}

TEST_F(Streams, AreNotBegunForHead) {
    Peer peer(serve());
    peer.send("HEAD /api/v1/events HTTP/1.1\r\nHost: box\r\n\r\n" + get("/hello"));
    EXPECT_EQ(status_of(peer.answer(true)), "HTTP/1.1 200 OK");
    EXPECT_EQ(status_of(peer.answer()), "HTTP/1.1 200 OK");
    EXPECT_TRUE(reaches(gone_, 1));
}

TEST_F(Streams, AreReadByOldClientsToo) {
    Peer peer(serve());
    peer.send("GET /api/v1/events HTTP/1.0\r\n\r\n");
    EXPECT_TRUE(peer.until("hello\n").starts_with("HTTP/1.0 200 OK\r\n"));
}

TEST_F(Streams, EndWithAClientThatTalksWithoutAnEnd) {
    serve();
    const auto peer = follow();
    while (peer->send(std::string(10'000, 'x'))) {}
    EXPECT_TRUE(reaches(gone_, 1));
    expect_others_served();
}

}  // namespace
}  // namespace anju::http
