// The control socket against clients that behave and clients that do not.
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>

#include <cstring>
#include <fstream>
#include <stdexcept>

#include "control/client.hpp"
#include "tests/component/control/serving.hpp"

namespace anju::control {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

Reply echo(const Request& request) {
    return {boost::json::value(request.params), {}};
}

/// A client that says exactly what it is told.
class RawClient {
public:
    explicit RawClient(const std::filesystem::path& path)
        : number_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strcpy(address.sun_path, path.c_str());
        const timeval patience{.tv_sec = 20, .tv_usec = 0};
        setsockopt(number_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        setsockopt(number_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        const void* const plain = &address;
        if (connect(number_, static_cast<const sockaddr*>(plain), sizeof address) != 0) {
            throw std::runtime_error("cannot connect");
        }
    }
    ~RawClient() { close(number_); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    bool say(std::string_view text) const {
        while (!text.empty()) {
            const ssize_t sent = send(number_, text.data(), text.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    /// A line without its end; what there is when the server hangs up first.
    [[nodiscard]] std::string hear() const {
        std::string line;
        for (char c = 0; recv(number_, &c, 1, 0) == 1 && c != '\n';) line += c;
        return line;
    }

private:
    int number_;
};

using Server = Serving;

TEST_F(Server, AnswersAClient) {
    ASSERT_TRUE(serve(&echo));
    const Outcome outcome = call(options_.path, {"x", {{"名", "值"}}}, 5s);
    ASSERT_EQ(outcome.kind, Outcome::Kind::ok);
    EXPECT_EQ(outcome.result, (boost::json::value{{"名", "值"}}));
    EXPECT_EQ(requests().front().method, "x");
}

TEST_F(Server, HandsEveryErrorToTheClient) {
    ASSERT_TRUE(serve([](const Request&) {
        return Reply{nullptr, {{"one", "f:1:2", "mend it"}, {"two", "", ""}}};
    }));
    const Outcome outcome = call(options_.path, {"x", {}}, 5s);
    ASSERT_EQ(outcome.kind, Outcome::Kind::refused);
    ASSERT_EQ(outcome.errors.size(), 2U);
    EXPECT_EQ(outcome.errors[0].text(), "f:1:2: one (mend it)");
    EXPECT_EQ(outcome.errors[1].text(), "two");
}

TEST_F(Server, LetsOnlyOwnerAndGroupIn) {
    const mode_t before = umask(0);
    ASSERT_TRUE(serve(&echo));
    umask(before);
    struct stat info{};
    ASSERT_EQ(stat(options_.path.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777U, 0660U);
}

TEST_F(Server, RemovesItsSocketWhenItStops) {
    ASSERT_TRUE(serve(&echo));
    EXPECT_TRUE(std::filesystem::exists(options_.path));
    stop();
    EXPECT_FALSE(std::filesystem::exists(options_.path));
    EXPECT_EQ(call(options_.path, {"x", {}}, 5s).kind, Outcome::Kind::unreachable);
}

TEST_F(Server, ReplacesTheSocketOfADeadDaemon) {
    const int dead = socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strcpy(address.sun_path, options_.path.c_str());
    const void* const plain = &address;
    ASSERT_EQ(bind(dead, static_cast<const sockaddr*>(plain), sizeof address), 0);
    close(dead);
    ASSERT_TRUE(serve(&echo));
    EXPECT_EQ(call(options_.path, {"x", {}}, 5s).kind, Outcome::Kind::ok);
}

TEST_F(Server, RefusesToPushALivingDaemonAside) {
    ASSERT_TRUE(serve(&echo));
    boost::asio::io_context loop;
    {
        ControlServer second(loop, options_, &echo);
        const auto started = second.start();
        ASSERT_FALSE(started);
        EXPECT_EQ(started.error().what, "another daemon answers on the control socket");
    }
    EXPECT_EQ(call(options_.path, {"x", {}}, 5s).kind, Outcome::Kind::ok)
        << "the second one took the socket away";
}

TEST_F(Server, RefusesToReplaceAFileThatIsNoSocket) {
    std::filesystem::create_directory(options_.path);
    boost::asio::io_context loop;
    ControlServer server(loop, options_, &echo);
    EXPECT_THAT(server.start().error().what, HasSubstr("not a socket"));
    options_.path = folder_ / "none" / "control.sock";
    ControlServer nowhere(loop, options_, &echo);
    EXPECT_THAT(nowhere.start().error().what, HasSubstr("cannot make the control socket"));
    options_.path = folder_ / std::string(120, 'x');
    ControlServer lengthy(loop, options_, &echo);
    EXPECT_THAT(lengthy.start().error().what, HasSubstr("longer than 107 bytes"));
}

TEST_F(Server, AnswersGarbageAndGoesOn) {
    ASSERT_TRUE(serve(&echo));
    const RawClient client(options_.path);
    const std::string deep = std::string(1000, '[') + std::string(1000, ']');
    for (const std::string& garbage :
         {std::string("\x01\xff\x00 nonsense", 12), std::string("{"), std::string("[]"),
          std::string(), std::string(R"({"params":{}})"), std::string(R"({"method":7})"),
          std::string(R"({"method":"x","params":[]})"), std::string("{\"method\":\"\xc3\x28\"}"),
          deep}) {
        ASSERT_TRUE(client.say(garbage + "\n"));
        EXPECT_THAT(client.hear(), HasSubstr(R"("ok":false)")) << garbage;
    }
    ASSERT_TRUE(client.say("{\"method\":\"x\"}\n"));
    EXPECT_EQ(client.hear(), R"({"ok":true,"result":{}})");
}

TEST_F(Server, AnswersRequestsThatArriveInPiecesAndInPairs) {
    ASSERT_TRUE(serve(&echo));
    const RawClient client(options_.path);
    for (const char c : std::string_view("{\"method\":\"a\",\"params\":{\"n\":1}}\n")) {
        ASSERT_TRUE(client.say({&c, 1}));
    }
    EXPECT_EQ(client.hear(), R"({"ok":true,"result":{"n":1}})");
    ASSERT_TRUE(
        client.say("{\"method\":\"a\",\"params\":{\"n\":2}}\n"
                   "{\"method\":\"a\",\"params\":{\"n\":3}}\n"));
    EXPECT_EQ(client.hear(), R"({"ok":true,"result":{"n":2}})");
    EXPECT_EQ(client.hear(), R"({"ok":true,"result":{"n":3}})");
}

TEST_F(Server, RefusesARequestThatIsTooLong) {
    options_.max_request_bytes = 100'000;
    ASSERT_TRUE(serve(&echo));
    const Outcome outcome =
        call(options_.path, {"x", {{"toml", std::string(3'000'000, 'x')}}}, 10s);
    ASSERT_EQ(outcome.kind, Outcome::Kind::refused);
    EXPECT_EQ(outcome.errors.front().what, "the request is longer than 100000 bytes");
    EXPECT_TRUE(requests().empty());
    EXPECT_EQ(call(options_.path, {"x", {}}, 5s).kind, Outcome::Kind::ok) << "others suffer";
}

TEST_F(Server, TakesARequestOfManyMegabytes) {
    ASSERT_TRUE(serve([](const Request& request) {
        return Reply{request.params.at("toml").as_string().size(), {}};
    }));
    const Outcome outcome =
        call(options_.path, {"x", {{"toml", std::string(20'000'000, 'x')}}}, 60s);
    ASSERT_EQ(outcome.kind, Outcome::Kind::ok);
    EXPECT_EQ(outcome.result.to_number<int>(), 20'000'000);
}

TEST_F(Server, HangsUpOnAClientThatNeverFinishesItsRequest) {
    options_.timeout = 200ms;
    ASSERT_TRUE(serve(&echo));
    const RawClient idle(options_.path);
    const RawClient slow(options_.path);
    ASSERT_TRUE(slow.say("{\"method\":"));
    EXPECT_EQ(call(options_.path, {"x", {}}, 5s).kind, Outcome::Kind::ok) << "others wait for it";
    EXPECT_EQ(slow.hear(), "");
    EXPECT_EQ(idle.hear(), "");
    EXPECT_EQ(requests().size(), 1U);
}

TEST_F(Server, HangsUpOnAClientThatDoesNotListen) {
    options_.timeout = 200ms;
    options_.max_connections = 1;
    ASSERT_TRUE(serve([](const Request& request) {
        return request.method == "long" ? Reply{boost::json::string(5'000'000, 'x'), {}}
                                        : Reply{true, {}};
    }));
    const RawClient deaf(options_.path);
    ASSERT_TRUE(deaf.say("{\"method\":\"long\"}\n"));
    EXPECT_EQ(call(options_.path, {"x", {}}, 10s).kind, Outcome::Kind::ok)
        << "its place was never given free";
}

TEST_F(Server, LetsFurtherClientsWaitForAPlace) {
    options_.max_connections = 2;
    options_.timeout = 10s;
    ASSERT_TRUE(serve(&echo));
    auto first = std::make_unique<RawClient>(options_.path);
    const RawClient second(options_.path);
    const RawClient third(options_.path);
    ASSERT_TRUE(second.say("{\"method\":\"b\"}\n"));
    EXPECT_NE(second.hear(), "");
    ASSERT_TRUE(third.say("{\"method\":\"c\"}\n"));
    std::this_thread::sleep_for(100ms);
    EXPECT_EQ(requests().size(), 1U) << "the limit was not kept";
    first.reset();
    EXPECT_THAT(third.hear(), HasSubstr(R"("ok":true)"));
}

TEST_F(Server, TurnsWhatAHandlerThrowsIntoAnError) {
    ASSERT_TRUE(serve([](const Request&) -> Reply { throw std::runtime_error("no disk"); }));
    const Outcome outcome = call(options_.path, {"status", {}}, 5s);
    ASSERT_EQ(outcome.kind, Outcome::Kind::refused);
    EXPECT_THAT(outcome.errors.front().text(), HasSubstr("no disk"));
}

TEST_F(Server, EndsWithClientsStillConnected) {
    ASSERT_TRUE(serve(&echo));
    const RawClient client(options_.path);
    ASSERT_TRUE(client.say("{\"method\":\"x\"}\n"));
    EXPECT_NE(client.hear(), "");
    stop();
    EXPECT_EQ(client.hear(), "") << "the client was left hanging";
}

TEST_F(Server, IsWorthWaitingForUnlessThePathOrTheAnswerIsWrong) {
    EXPECT_FALSE(call(options_.path, {"x", {}}, 5s).lasting) << "it may start yet";
    const auto file = folder_ / "file";
    std::ofstream(file) << "no socket";
    EXPECT_TRUE(call(file, {"x", {}}, 5s).lasting);
    EXPECT_TRUE(call(file / "below", {"x", {}}, 5s).lasting);
    EXPECT_TRUE(call(folder_ / std::string(200, 'x'), {"x", {}}, 5s).lasting);

    const int dead = socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strcpy(address.sun_path, options_.path.c_str());
    const void* const plain = &address;
    ASSERT_EQ(bind(dead, static_cast<const sockaddr*>(plain), sizeof address), 0);
    close(dead);
    EXPECT_FALSE(call(options_.path, {"x", {}}, 5s).lasting) << "nobody listens any more";
}

TEST_F(Server, IsGivenUpOnByAClientWhenItDoesNotAnswerInTime) {
    ASSERT_TRUE(serve([](const Request&) {
        std::this_thread::sleep_for(500ms);
        return Reply{};
    }));
    const Outcome outcome = call(options_.path, {"x", {}}, 100ms);
    ASSERT_EQ(outcome.kind, Outcome::Kind::unreachable);
    EXPECT_EQ(outcome.errors.front().what, "the daemon did not answer within 1 s");
    EXPECT_TRUE(outcome.unanswered) << "it may have done it";
    EXPECT_FALSE(call(folder_ / "nobody", {"x", {}}, 5s).unanswered);
}

}  // namespace
}  // namespace anju::control
