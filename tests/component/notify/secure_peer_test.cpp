// HTTPS and SMTP with STARTTLS against certificates of an authority made for the occasion, and of
// another one that nobody trusts.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <future>

#include "http/server.hpp"
#include "notify/bytes.hpp"
#include "notify/channel.hpp"
#include "notify/sender.hpp"
#include "smtp_peer.hpp"
#include "tests/support/broker.hpp"
#include "tests/support/child.hpp"

namespace anju::notify {
namespace {

using namespace std::chrono_literals;

constexpr auto openssl = "/usr/bin/openssl";

Reply exchange(const Request& request) {
    std::promise<Reply> promise;
    auto future = promise.get_future();
    CurlSender sender({.connect_timeout_ms = 5'000, .timeout_ms = 10'000, .most_waiting = 4},
                      [&](std::uint64_t, Reply reply) { promise.set_value(std::move(reply)); });
    if (const auto* http = std::get_if<HttpRequest>(&request)) sender.send(1, *http);
    if (const auto* mail = std::get_if<MailRequest>(&request)) sender.send(1, *mail);
    return future.get();
}

Message message() {
    Message out;
    out.id = "42";
    out.title = "【安居·危急】烟雾报警 王**";
    out.text = "请马上核实。\n.\n编号：H1-1";
    out.link = "https://box/a/x";
    out.address = "chen@example.org";
    return out;
}

class SecurePeers : public testing::Test {
protected:
    void SetUp() override {
        if (!std::filesystem::exists(openssl)) GTEST_SKIP() << "openssl is not installed";
        for (const char* const name : {"ours", "other"}) make_authority(name);
    }
    [[nodiscard]] std::string file(const std::string& name) const { return keys_.path() / name; }

    /// An authority that signed itself for 127.0.0.1, which is enough to serve with.
    void make_authority(const std::string& name) {
        test::Child tool({openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt",
                          "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=" + name,
                          "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", file(name + ".key"),
                          "-out", file(name + ".pem")},
                         file("openssl.log"));
        ASSERT_EQ(tool.wait(30s), 0);
    }
    MailOptions mail(const std::string& url) {
        MailOptions out;
        out.url = url;
        out.username = "anju";
        out.password = "correct horse";
        out.from_name = "安居";
        out.from = "anju@example.org";
        out.ca_file = file("ours.pem");
        return out;
    }
    /// Sends over a channel of mail; what the channel makes of the answer.
    static Answer send(const MailOptions& options) {
        const auto channel = make_mail(options);
        return channel->judge(
            exchange(channel->prepare(message(), from_unix_ms(1'772'413'200'000))));
    }
    SmtpPeer::Options with_tls() {
        return {.certificate = file("ours.pem"), .key = file("ours.key")};
    }

    test::TempDir keys_;
};

TEST_F(SecurePeers, TakeAMessageOverHttpsFromWhoeverTrustsTheirAuthorityAndFromNobodyElse) {
    http::Router router;
    std::vector<std::string> heard;
    router.add("POST", "/robot", [&heard](const http::Request& request) {
        heard.push_back(request.body);
        return http::Response{200, "application/json", "{}"};
    });
    http::Server::Options options;
    options.port = 0;
    options.certificate = http::Certificate{file("ours.pem"), file("ours.key")};
    http::Server server(options, router);
    ASSERT_TRUE(server.start());
    const auto send = [&](const std::string& host, const std::string& trusted) {
        RobotOptions robot;
        robot.url = "https://" + host + ":" + std::to_string(server.port()) + "/robot";
        robot.secret = "key";
        robot.ca_file = trusted;
        const auto channel = make_webhook(robot);
        return channel->judge(exchange(channel->prepare(message(), {})));
    };
    EXPECT_EQ(send("127.0.0.1", file("ours.pem")).verdict, Verdict::accepted);
    ASSERT_EQ(heard.size(), 1U);
    for (const auto& [host, trusted] :
         {std::pair{"127.0.0.1", file("other.pem")}, std::pair{"127.0.0.1", std::string()},
          std::pair{"localhost", file("ours.pem")}}) {
        const Answer answer = send(host, trusted);
        EXPECT_EQ(answer.verdict, Verdict::failed);
        EXPECT_NE(answer.text.find("certificate"), std::string::npos) << answer.text;
    }
    EXPECT_EQ(heard.size(), 1U) << "a message went to somebody else";
}

TEST_F(SecurePeers, GetTheMailAndThePasswordBehindStarttlsOnly) {
    SmtpPeer peer(with_tls());
    const Answer answer = send(mail(peer.url()));
    peer.join();
    EXPECT_EQ(answer.verdict, Verdict::accepted) << answer.text;
    ASSERT_EQ(peer.open.size(), 2U);
    EXPECT_TRUE(peer.open[0].starts_with("EHLO"));
    EXPECT_EQ(peer.open[1], "STARTTLS");
    const auto said = [&peer](std::string_view what) {
        return std::ranges::count(peer.sealed, what);
    };
    using namespace std::string_literals;
    EXPECT_EQ(said(base64("\0anju\0correct horse"s)), 1);
    EXPECT_EQ(said("MAIL FROM:<anju@example.org>"), 1);
    EXPECT_EQ(said("RCPT TO:<chen@example.org>"), 1);
    EXPECT_NE(peer.mail.find("To: <chen@example.org>\r\n"), std::string::npos) << peer.mail;
    EXPECT_NE(peer.mail.find("Subject: =?UTF-8?B?"), std::string::npos) << peer.mail;
}

TEST_F(SecurePeers, GetNeitherMailNorPasswordWhenNobodyTrustsTheirAuthority) {
    SmtpPeer peer(with_tls());
    MailOptions options = mail(peer.url());
    options.ca_file = file("other.pem");
    EXPECT_EQ(send(options).verdict, Verdict::failed);
    peer.join();
    EXPECT_TRUE(peer.sealed.empty());
    EXPECT_EQ(peer.open.size(), 2U);
    EXPECT_EQ(peer.mail, "");
}

TEST_F(SecurePeers, GetNothingInTheClearUnlessItIsMeant) {
    SmtpPeer strict({});
    EXPECT_EQ(send(mail(strict.url())).verdict, Verdict::failed);
    strict.join();
    for (const std::string& command : strict.open) {
        EXPECT_TRUE(command.starts_with("EHLO") || command == "QUIT") << command;
    }
    SmtpPeer relay({});
    MailOptions options = mail(relay.url());
    options.username.clear();
    options.plaintext = true;
    const Answer answer = send(options);
    relay.join();
    EXPECT_EQ(answer.verdict, Verdict::accepted) << answer.text;
    EXPECT_NE(relay.mail.find("\r\n\r\n"), std::string::npos) << relay.mail;
}

TEST_F(SecurePeers, SayWhetherAReceiverIsUnknownOrOnlyBusy) {
    SmtpPeer unknown({.certificate = file("ours.pem"),
                      .key = file("ours.key"),
                      .to_receiver = "550 5.1.1 No such user"});
    EXPECT_EQ(send(mail(unknown.url())).verdict, Verdict::refused);
    SmtpPeer busy({.certificate = file("ours.pem"),
                   .key = file("ours.key"),
                   .to_receiver = "451 4.3.2 Try again later"});
    EXPECT_EQ(send(mail(busy.url())).verdict, Verdict::failed);
}

}  // namespace
}  // namespace anju::notify
