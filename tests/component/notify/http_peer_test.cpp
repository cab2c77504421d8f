// Transfers against a peer on a socket that answers as services do, and as they should not.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>
#include <thread>

#include "notify/sender.hpp"

namespace anju::notify {
namespace {

/// Takes one connection, reads until `until`, says `answer`, and closes; empty: stays silent until
/// the other end has gone.
class Peer {
public:
    Peer(std::string until, std::string answer) {
        listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at;
        EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&at), sizeof at), 0);
        EXPECT_EQ(::listen(listener_, 1), 0);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size);
        port = ntohs(at.sin_port);
        thread_ = std::thread([this, until = std::move(until), answer = std::move(answer)] {
            const int one = ::accept(listener_, nullptr, nullptr);
            char buffer[4096];
            while (heard.find(until) == std::string::npos || answer.empty()) {
                const ssize_t got = ::recv(one, buffer, sizeof buffer, 0);
                if (got <= 0) break;
                heard.append(buffer, static_cast<std::size_t>(got));
            }
            (void)::send(one, answer.data(), answer.size(), MSG_NOSIGNAL);
            ::close(one);
        });
    }
    ~Peer() {
        join();
        ::close(listener_);
    }
    void join() {
        if (thread_.joinable()) thread_.join();
    }
    [[nodiscard]] std::string url() const {
        return "http://127.0.0.1:" + std::to_string(port) + "/p";
    }

    std::uint16_t port = 0;
    std::string heard;

private:
    int listener_ = -1;
    std::thread thread_;
};

Reply exchange(HttpRequest request, long timeout_ms = 5'000) {
    std::promise<Reply> promise;
    auto future = promise.get_future();
    CurlSender sender({.connect_timeout_ms = 2'000, .timeout_ms = timeout_ms, .most_waiting = 4},
                      [&](std::uint64_t job, Reply reply) {
                          EXPECT_EQ(job, 9U);
                          promise.set_value(std::move(reply));
                      });
    sender.send(9, std::move(request));
    return future.get();
}

HttpRequest post(const std::string& url) {
    HttpRequest out;
    out.url = url;
    out.body = "{\"a\":1}";
    out.headers = {"Content-Type: application/json"};
    out.plaintext = true;
    return out;
}

TEST(CurlSender, SaysByteForByteWhatWasPrepared) {
    Peer peer("{\"a\":1}", "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"errcode\":0}");
    const Reply reply = exchange(post(peer.url()));
    peer.join();
    EXPECT_EQ(reply.failure, "");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, "{\"errcode\":0}");
    EXPECT_EQ(peer.heard, "POST /p HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(peer.port) +
                              "\r\nUser-Agent: anju\r\nAccept: */*\r\n"
                              "Content-Type: application/json\r\nContent-Length: 7\r\n\r\n"
                              "{\"a\":1}");
}

TEST(CurlSender, GivesUpOnAServiceThatHangs) {
    Peer peer("never", "");
    const Reply reply = exchange(post(peer.url()), 300);
    EXPECT_FALSE(reply.failure.empty());
    EXPECT_EQ(reply.failure.find("127.0.0.1"), std::string::npos) << "the address holds secrets";
}

TEST(CurlSender, FollowsNoRedirect) {
    Peer peer("}",
              "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
    const Reply reply = exchange(post(peer.url()));
    EXPECT_EQ(reply.failure, "");
    EXPECT_EQ(reply.status, 302);
}

TEST(CurlSender, TakesNoEndlessAnswerAndNoGarbage) {
    Peer endless("}", "HTTP/1.1 200 OK\r\n\r\n" + std::string(100'000, 'x'));
    EXPECT_EQ(exchange(post(endless.url())).failure, "the answer is too long (200)");
    Peer garbage("}", "\x01\x02garbage");
    EXPECT_FALSE(exchange(post(garbage.url())).failure.empty());
}

TEST(CurlSender, SpeaksNoPlainHttpUnlessItIsMeant) {
    HttpRequest request = post("http://127.0.0.1:9/");
    request.plaintext = false;
    EXPECT_FALSE(exchange(request).failure.empty());
}

}  // namespace
}  // namespace anju::notify
