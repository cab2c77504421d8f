// What strangers try. Each is refused and counted, and whoever else asks is answered meanwhile.
#include <mutex>
#include <vector>

#include "peer.hpp"

namespace anju::http {
namespace {

class Attacks : public WebServer {
protected:
    void expect_refused(std::string_view bytes, std::string_view status) {
        const std::uint64_t before = server_->counters().malformed;
        Peer peer(server_->port());
        peer.send(bytes);
        EXPECT_EQ(status_of(peer.rest()), "HTTP/1.1 " + std::string(status)) << bytes.substr(0, 80);
        EXPECT_EQ(server_->counters().malformed, before + 1) << bytes.substr(0, 80);
        expect_others_served();
    }
    static std::string post(std::string_view fields, std::string_view body) {
        return "POST /echo HTTP/1.1\r\nHost: box\r\n" + std::string(fields) + "\r\n" +
               std::string(body);
    }
};

TEST_F(Attacks, WithTooMuchAreRefused) {
    serve();
    std::string fields;
    for (int i = 0; i < 1000; ++i) fields += "X-" + std::to_string(i) + ": 1\r\n";
    expect_refused(get("/hello", fields), "431 Request Header Fields Too Large");
    expect_refused(get("/" + std::string(9000, 'a')), "431 Request Header Fields Too Large");
    expect_refused(post("Content-Length: 18446744073709551615\r\n", "x"), "413 Payload Too Large");
    expect_refused(post("Transfer-Encoding: chunked\r\n", "fffffff\r\n"), "413 Payload Too Large");
    EXPECT_EQ(asked_, 5 - 1) << "others only";
}

TEST_F(Attacks, WithBadChunksAreRefused) {
    serve();
    for (const char* chunks :
         {"-1\r\nx\r\n0\r\n\r\n", "0x1\r\nx\r\n0\r\n\r\n", "zz\r\n\r\n", "\r\n\r\n",
          "10000000000000000\r\n", "1\r\nxx\r\n0\r\n\r\n", "1 1\r\nx\r\n0\r\n\r\n"}) {
        expect_refused(post("Transfer-Encoding: chunked\r\n", chunks), "400 Bad Request");
    }
}

TEST_F(Attacks, WithTwoReadingsAreRefused) {
    serve();
    for (const char* fields :
         {"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding : chunked\r\n",
          "Content-Length: +1\r\n", "Content-Length: 1, 2\r\n",
          "Cookie: anju=a\r\nCookie: anju=b\r\n", "Origin: http://a\r\nOrigin: http://b\r\n",
          "X-CSRF-Token: a\r\nx-csrf-token: a\r\n",
          "Content-Type: application/json\r\nContent-Type: text/plain\r\n",
          "Transfer-Encoding: gzip\r\n", "Transfer-Encoding: chunked, gzip\r\n"}) {
        expect_refused(post(fields, ""), "400 Bad Request");
    }
}

TEST_F(Attacks, WithOldVersionsAreRefusedWhereTheyKnewNoBetter) {
    const std::uint16_t port = serve();
    Peer smuggled(port);
    smuggled.send("POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    EXPECT_EQ(status_of(smuggled.rest()), "HTTP/1.0 400 Bad Request");
    Peer hosts(port);
    hosts.send("GET /hello HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n");
    EXPECT_EQ(status_of(hosts.rest()), "HTTP/1.0 400 Bad Request");
    EXPECT_EQ(asked_, 0);
    expect_refused("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400 Bad Request");
    expect_refused("CONNECT box:443 HTTP/1.1\r\nHost: box\r\n\r\n", "400 Bad Request");
    expect_refused("OPTIONS * HTTP/1.1\r\nHost: box\r\n\r\n", "400 Bad Request");
}

TEST_F(Attacks, WithBytesThatBelongInNoHeaderAreRefused) {
    using namespace std::string_view_literals;
    serve();
    for (const std::string_view request :
         {"GET /hel\0lo HTTP/1.1\r\nHost: box\r\n\r\n"sv,
          "GET /\x01 HTTP/1.1\r\nHost: box\r\n\r\n"sv,
          "GET /hello HTTP/1.1\r\nHost: b\0x\r\n\r\n"sv,
          "GET /hello HTTP/1.1\r\nHost: box\r\nX\0: 1\r\n\r\n"sv,
          "GET /hello HTTP/1.1\r\nHost: box\r\nX: a\rb\r\n\r\n"sv}) {
        expect_refused(request, "400 Bad Request");
    }
}

TEST_F(Attacks, BySlownessEndWithTheirTime) {
    options_.limits.header = 300ms;
    const std::uint16_t port = serve();
    std::vector<std::unique_ptr<Peer>> slow;
    for (int i = 0; i < 20; ++i) {
        slow.push_back(std::make_unique<Peer>(port));
        slow.back()->send("GET /hello HTTP/1.1\r\nHost: box\r\nX: ");
    }
    expect_others_served();
    for (const auto& peer : slow) EXPECT_TRUE(peer->hangs_up());
    EXPECT_TRUE(reaches(server_->counters().timed_out, 20));
}

TEST_F(Attacks, WithRequestsInAdvanceGetOneAnswerAtATime) {
    std::mutex mutex;
    std::vector<std::function<void()>> handed;
    std::atomic<std::uint64_t> count{0};
    options_.hand_over = [&](std::function<void()> work) {
        const std::lock_guard lock(mutex);
        handed.push_back(std::move(work));
        ++count;
    };
    options_.limits.requests = 5;
    Peer greedy(serve());
    std::string all;
    for (int i = 0; i < 100; ++i) all += get("/hello?" + std::to_string(i));
    greedy.send(all);
    for (std::uint64_t i = 0; i < 5; ++i) {
        ASSERT_TRUE(reaches(count, i + 1));
        EXPECT_FALSE(greedy.readable(0ms)) << "answered before it was asked";
        {
            const std::lock_guard lock(mutex);
            ASSERT_EQ(handed.size(), i + 1) << "more than one at a time before the loop";
            handed[i]();
        }
        EXPECT_TRUE(greedy.answer().ends_with("hello " + std::to_string(i)));
    }
    EXPECT_TRUE(greedy.hangs_up());
    EXPECT_EQ(asked_, 5) << "the other 95 are not read";
}

TEST_F(Attacks, WithManyConnectionsLeaveRoomForOtherAddresses) {
    options_.limits.connections = 8;
    options_.limits.connections_per_address = 6;
    const std::uint16_t port = serve();
    std::vector<std::unique_ptr<Peer>> many;
    for (int i = 0; i < 30; ++i) many.push_back(std::make_unique<Peer>(port));
    EXPECT_TRUE(reaches(server_->counters().refused, 24));
    expect_others_served(2);
}

TEST_F(Attacks, OnWhatIsNotThereAreCounted) {
    serve();
    Peer peer(server_->port());
    peer.send(get("/wp-login.php") + get("/.env") + "DELETE /hello HTTP/1.1\r\nHost: box\r\n\r\n" +
              get("/broken"));
    for (int i = 0; i < 4; ++i) peer.answer();
    EXPECT_EQ(server_->counters().answered_4xx, 3U);
    EXPECT_EQ(server_->counters().answered_5xx, 1U);
}

}  // namespace
}  // namespace anju::http
