// TLS with a certificate made for the occasion.
#include <openssl/ssl.h>
#include <thread>

#include <filesystem>
#include <future>

#include "http/stream.hpp"
#include "peer.hpp"
#include "tests/support/broker.hpp"
#include "tests/support/child.hpp"

namespace anju::http {
namespace {

constexpr auto openssl = "/usr/bin/openssl";

class WebServerTls : public WebServer {
protected:
    void SetUp() override {
        if (!std::filesystem::exists(openssl)) GTEST_SKIP() << "openssl is not installed";
        make_certificate("box");
        options_.certificate = Certificate{file("box.pem"), file("box.key")};
    }
    [[nodiscard]] std::string file(const std::string& name) const { return keys_.path() / name; }
    void make_certificate(const std::string& name) {
        test::Child tool({openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt",
                          "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=" + name,
                          "-addext", "subjectAltName=DNS:" + name, "-keyout", file(name + ".key"),
                          "-out", file(name + ".pem")},
                         file("openssl.log"));
        ASSERT_EQ(tool.wait(30s), 0);
    }

    test::TempDir keys_;
};

/// A TLS client on a Peer's socket.
class TlsPeer {
public:
    TlsPeer(std::uint16_t port, const std::string& trusted, int highest = TLS1_3_VERSION)
        : peer_(port), context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
        SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
        SSL_CTX_set_security_level(context_.get(), highest < TLS1_2_VERSION ? 0 : 1);
        SSL_CTX_set_max_proto_version(context_.get(), highest);
        SSL_CTX_load_verify_locations(context_.get(), trusted.c_str(), nullptr);
        SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
        ssl_.reset(SSL_new(context_.get()));
        SSL_set1_host(ssl_.get(), "box");
        SSL_set_fd(ssl_.get(), peer_.fd());
        connected_ = SSL_connect(ssl_.get()) == 1;
    }
    [[nodiscard]] bool connected() const { return connected_; }
    [[nodiscard]] std::string version() const { return SSL_get_version(ssl_.get()); }
    void send(const std::string& bytes) {
        SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
    }
    std::string until(char mark) {
        std::string out;
        char byte = 0;
        while (SSL_read(ssl_.get(), &byte, 1) == 1) {
            out += byte;
            if (byte == mark) break;
        }
        return out;
    }
    /// Everything up to the end; `clean` when the other end said goodbye as TLS has it.
    std::string rest(bool& clean) {
        std::string out;
        char bytes[4096];
        int size = 0;
        while ((size = SSL_read(ssl_.get(), bytes, sizeof bytes)) > 0) {
            out.append(bytes, static_cast<std::size_t>(size));
        }
        clean = SSL_get_error(ssl_.get(), size) == SSL_ERROR_ZERO_RETURN;
        return out;
    }

private:
    Peer peer_;
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
    std::unique_ptr<SSL, decltype(&SSL_free)> ssl_{nullptr, SSL_free};
    bool connected_ = false;
};

TEST_F(WebServerTls, AnswersAClientThatVerifiesTheCertificate) {
    const std::uint16_t port = serve();
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        TlsPeer peer(port, file("box.pem"), version);
        ASSERT_TRUE(peer.connected());
        EXPECT_EQ(peer.version(), version == TLS1_2_VERSION ? "TLSv1.2" : "TLSv1.3");
        peer.send(get("/hello?tls", "Connection: close\r\n"));
        bool clean = false;
        const std::string answer = peer.rest(clean);
        EXPECT_TRUE(answer.ends_with("hello tls")) << answer;
        EXPECT_TRUE(clean) << "cut off";
        EXPECT_NE(answer.find("Strict-Transport-Security: max-age="), answer.npos);
    }
}

TEST_F(WebServerTls, CarriesStreamsAndSeesTheirClientsGo) {
    std::promise<std::shared_ptr<Stream>> made;
    std::promise<void> gone;
    router_.add("GET", "/events", [&](const Request& request) {
        EXPECT_TRUE(request.secure);
        auto [stream, response] = start_stream({}, [&] { gone.set_value(); });
        made.set_value(stream);
        return response;
    });
    auto peer = std::make_unique<TlsPeer>(serve(), file("box.pem"));
    peer->send(get("/events"));
    const auto stream = made.get_future().get();
    for (int i = 0; i < 100; ++i) {
        EXPECT_TRUE(stream->push(std::string(1000, 'x') + std::to_string(i) + "|"));
        EXPECT_TRUE(peer->until('|').ends_with("x" + std::to_string(i) + "|"));
    }
    peer.reset();
    gone.get_future().get();
    EXPECT_TRUE(stream->closed());
}

TEST_F(WebServerTls, RefusesVersionsThatAreBroken) {
    const std::uint16_t port = serve();
    EXPECT_FALSE(TlsPeer(port, file("box.pem"), TLS1_1_VERSION).connected());
    EXPECT_TRUE(TlsPeer(port, file("box.pem")).connected()) << "and goes on with others";
}

TEST_F(WebServerTls, AnswersNobodyInTheClear) {
    Peer peer(serve());
    peer.send(get("/hello"));
    const std::string said = peer.rest();
    EXPECT_EQ(said.find("HTTP/"), said.npos);
    EXPECT_EQ(asked_, 0);
    EXPECT_EQ(server_->counters().malformed, 1U);
}

TEST_F(WebServerTls, HangsUpOnAHandshakeThatTakesTooLong) {
    options_.limits.handshake = 200ms;
    Peer peer(serve());
    peer.send("\x16\x03\x01");
    EXPECT_TRUE(peer.hangs_up());
    // It hangs up first and counts then.
    const auto counted = std::chrono::steady_clock::now() + 10s;
    while (server_->counters().timed_out == 0 && std::chrono::steady_clock::now() < counted) {
        std::this_thread::yield();
    }
    EXPECT_EQ(server_->counters().timed_out, 1U);
}

TEST_F(WebServerTls, NamesTheFileThatCannotBeUsed) {
    make_certificate("other");
    options_.certificate->key_file = file("other.key");
    const auto mixed = Server(options_, router_).start();
    ASSERT_FALSE(mixed);
    EXPECT_EQ(mixed.error().where, file("other.key"));
    options_.certificate->cert_file = file("none.pem");
    const auto none = Server(options_, router_).start();
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().where, file("none.pem"));
}

TEST_F(WebServerTls, ListensBeyondLoopback) {
    options_.address = "0.0.0.0";
    EXPECT_TRUE(TlsPeer(serve(), file("box.pem")).connected());
}

}  // namespace
}  // namespace anju::http
