// The server over real sockets: what it answers and how it speaks HTTP/1.1.
#include <future>

#include "http/content.hpp"
#include "peer.hpp"

namespace anju::http {
namespace {

TEST_F(WebServer, AnswersAndNamesEveryProtectionOnce) {
    Peer peer(serve());
    peer.send(get("/hello?there"));
    const std::string answer = peer.answer();
    EXPECT_EQ(status_of(answer), "HTTP/1.1 200 OK");
    EXPECT_TRUE(answer.ends_with("\r\n\r\nhello there"));
    for (const char* field :
         {"X-Content-Type-Options: nosniff\r\n", "Referrer-Policy: no-referrer\r\n",
          "Cache-Control: no-store\r\n", "Content-Security-Policy: default-src 'none'"}) {
        EXPECT_NE(answer.find(field), answer.npos) << field;
        EXPECT_EQ(answer.find(field), answer.rfind(field)) << field;
    }
    EXPECT_EQ(answer.find("Strict-Transport-Security"), answer.npos) << "without TLS it is a lie";
    EXPECT_EQ(answer.find("Server:"), answer.npos);
}

TEST_F(WebServer, AnswersHeadLikeGetWithoutTheBody) {
    Peer peer(serve());
    peer.send("HEAD /hello HTTP/1.1\r\nHost: box\r\n\r\n" + get("/hello"));
    const std::string head = peer.answer(true);
    EXPECT_NE(head.find("Content-Length: 6\r\n"), head.npos);
    EXPECT_EQ(status_of(peer.answer()), "HTTP/1.1 200 OK") << "a body stood in the way";
}

TEST_F(WebServer, AnswersWhatIsNotThereWith404) {
    const std::uint16_t port = serve();
    for (const char* path : {"/", "/nothing", "/../../etc/passwd", "/..%2f..%2fetc/passwd",
                             "/hello/../hello", "//hello", "/hello%00"}) {
        Peer peer(port);
        peer.send(get(path));
        EXPECT_EQ(status_of(peer.answer()), "HTTP/1.1 404 Not Found") << path;
    }
}

TEST_F(WebServer, AnswersAWrongMethodWith405AndTheRightOnes) {
    Peer peer(serve());
    peer.send("DELETE /hello HTTP/1.1\r\nHost: box\r\n\r\n");
    const std::string answer = peer.answer();
    EXPECT_EQ(status_of(answer), "HTTP/1.1 405 Method Not Allowed");
    EXPECT_NE(answer.find("Allow: GET, HEAD\r\n"), answer.npos);
    EXPECT_EQ(asked_, 0);
}

TEST_F(WebServer, AnswersPipelinedRequestsInTheirOrder) {
    Peer peer(serve());
    std::string all;
    for (int i = 0; i < 20; ++i) all += get("/hello?" + std::to_string(i));
    peer.send(all);
    for (int i = 0; i < 20; ++i) {
        EXPECT_TRUE(peer.answer().ends_with("hello " + std::to_string(i))) << i;
    }
}

TEST_F(WebServer, TakesABodyInPiecesAndByChunks) {
    const std::uint16_t port = serve();
    Peer pieces(port);
    pieces.send("POST /echo HTTP/1.1\r\nHost: box\r\nContent-Length: 6\r\n\r\nabc");
    EXPECT_FALSE(pieces.readable(50ms));
    pieces.send("def");
    EXPECT_TRUE(pieces.answer().ends_with("abcdef"));
    Peer chunks(port);
    chunks.send(
        "POST /echo HTTP/1.1\r\nHost: box\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n");
    EXPECT_TRUE(chunks.answer().ends_with("abcdef"));
}

TEST_F(WebServer, RefusesWhatCouldBeReadInTwoWays) {
    const std::uint16_t port = serve();
    for (const char* request :
         {"POST /echo HTTP/1.1\r\nHost: box\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
          "POST /echo HTTP/1.1\r\nHost: box\r\nContent-Length: 3\r\n"
          "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "POST /echo HTTP/1.1\r\nHost: box\r\nContent-Length: -1\r\n\r\n",
          "GET /hello HTTP/1.1\r\n\r\n", "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
          "GET http://box/hello HTTP/1.1\r\nHost: box\r\n\r\n", "nonsense\r\n\r\n",
          "GET /hello HTTP/9.9\r\nHost: box\r\n\r\n", "GET /he llo HTTP/1.1\r\nHost: box\r\n\r\n",
          "GET /hello HTTP/1.1\r\nHost: box\r\nBad Name: x\r\n\r\n"}) {
        Peer peer(port);
        peer.send(request);
        EXPECT_EQ(status_of(peer.rest()), "HTTP/1.1 400 Bad Request") << request;
    }
    EXPECT_EQ(asked_, 0);
    EXPECT_EQ(server_->counters().malformed, 10U);
}

TEST_F(WebServer, ClosesWhenTheClientWantsItAndAfterItsShareOfRequests) {
    options_.limits.requests = 3;
    const std::uint16_t port = serve();
    Peer once(port);
    once.send(get("/hello", "Connection: close\r\n") + get("/hello"));
    once.answer();
    EXPECT_TRUE(once.hangs_up());
    Peer old(port);
    old.send("GET /hello HTTP/1.0\r\n\r\n");
    EXPECT_TRUE(old.rest().ends_with("hello "));
    Peer much(port);
    much.send(get("/hello") + get("/hello") + get("/hello") + get("/hello"));
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(much.answer().find("Connection: close"), std::string::npos);
    }
    EXPECT_NE(much.answer().find("Connection: close"), std::string::npos);
    EXPECT_TRUE(much.hangs_up());
}

TEST_F(WebServer, AnswersAFailedHandlerWith500AndGoesOn) {
    Peer peer(serve());
    peer.send(get("/broken") + get("/hello"));
    EXPECT_EQ(status_of(peer.answer()), "HTTP/1.1 500 Internal Server Error");
    EXPECT_EQ(status_of(peer.answer()), "HTTP/1.1 200 OK");
}

TEST_F(WebServer, SaysThatItIsBusyWhenNobodyAnswersAndDropsTheLateAnswer) {
    std::promise<std::function<void()>> handed;
    options_.limits.answer = 100ms;
    options_.hand_over = [&](std::function<void()> work) { handed.set_value(std::move(work)); };
    Peer peer(serve());
    peer.send(get("/hello"));
    EXPECT_EQ(status_of(peer.answer()), "HTTP/1.1 503 Service Unavailable");
    handed.get_future().get()();
    EXPECT_EQ(asked_, 1);
    EXPECT_TRUE(peer.hangs_up());
}

TEST_F(WebServer, AsksNobodyAnyMoreOnceItHasStopped) {
    std::promise<std::function<void()>> handed;
    options_.hand_over = [&](std::function<void()> work) { handed.set_value(std::move(work)); };
    Peer peer(serve());
    peer.send(get("/hello"));
    const std::function<void()> work = handed.get_future().get();
    server_->stop();
    work();
    EXPECT_EQ(asked_, 0);
    EXPECT_TRUE(peer.hangs_up());
    server_.reset();
    work();
    EXPECT_EQ(asked_, 0);
}

TEST_F(WebServer, BelievesAProxyOnLoopbackOnlyWhenToldThatThereIsOne) {
    const std::string forwarded = "X-Forwarded-For: 9.9.9.9, 203.0.113.7\r\n";
    Peer plain(serve());
    plain.send(get("/peer", forwarded));
    EXPECT_TRUE(plain.answer().ends_with("127.0.0.1"));
    options_.behind_proxy = true;
    Peer proxied(serve());
    proxied.send(get("/peer", forwarded) + get("/peer"));
    EXPECT_TRUE(proxied.answer().ends_with("\n203.0.113.7"));
    EXPECT_TRUE(proxied.answer().ends_with("\n127.0.0.1"));
}

TEST_F(WebServer, HandsOnTheFieldsOfTheHeader) {
    router_.add("PATCH", "/api/v1/x", [](const Request& request) {
        return Response{200, "text/plain",
                        request.method + " " + request.cookie + " " + request.origin + " " +
                            request.host + " " + (request.secure ? "secure" : "clear")};
    });
    const std::string asked =
        "PATCH /api/v1/x HTTP/1.1\r\nHost: box\r\ncookie: a=1\r\nOrigin: http://box\r\n"
        "X-Forwarded-Proto: https\r\nContent-Length: 0\r\n\r\n";
    Peer peer(serve());
    peer.send(asked);
    EXPECT_TRUE(peer.answer().ends_with("\nPATCH a=1 http://box box clear"));
    options_.behind_proxy = true;
    Peer proxied(serve());
    proxied.send(asked);
    EXPECT_TRUE(proxied.answer().ends_with("\nPATCH a=1 http://box box secure"));
}

TEST_F(WebServer, LetsNobodyIntoTheConsoleThroughAProxyThatDoesNoTls) {
    router_.add("GET", "/api/v1/x", [this](const Request&) {
        ++asked_;
        return Response{.body = "seen"};
    });
    options_.behind_proxy = true;
    Peer peer(serve());
    for (const char* const fields :
         {"", "X-Forwarded-For: 203.0.113.7\r\n",
          "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: http\r\n"}) {
        peer.send(get("/api/v1/x", fields));
        const std::string said = peer.answer();
        EXPECT_EQ(status_of(said), "HTTP/1.1 403 Forbidden") << fields;
        EXPECT_NE(said.find("needs_tls"), said.npos);
    }
    EXPECT_EQ(asked_, 0);
    EXPECT_EQ(server_->counters().insecure, 3U);
    peer.send(get("/hello"));
    EXPECT_EQ(status_of(peer.answer()), "HTTP/1.1 200 OK") << "links that acknowledge still work";
    peer.send(get("/api/v1/x", "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\n"));
    EXPECT_EQ(status_of(peer.answer()), "HTTP/1.1 200 OK");
}

TEST_F(WebServer, CompressesWhatMayBeCompressed) {
    for (const char* path : {"/much", "/secret"}) {
        router_.add("GET", path, [](const Request& request) {
            Response out = json_answer(std::string(20'000, ' '));
            out.compress = request.path == "/much";
            return out;
        });
    }
    Peer peer(serve());
    peer.send(get("/much", "Accept-Encoding: gzip\r\n"));
    const std::string small = peer.answer();
    EXPECT_LT(small.size(), 1000U);
    EXPECT_NE(small.find("Content-Encoding: gzip\r\n"), small.npos);
    for (const std::string& asked : {get("/secret", "Accept-Encoding: gzip\r\n"), get("/much")}) {
        peer.send(asked);
        EXPECT_TRUE(peer.answer().ends_with(std::string(20'000, ' '))) << asked;
    }
}

TEST_F(WebServer, SendsEveryCookieAndNoFieldThatNobodyMeant) {
    router_.add("GET", "/cookies", [](const Request&) {
        return Response{200,
                        "text/plain",
                        "x",
                        {{"Set-Cookie", "a=1"},
                         {"Set-Cookie", "b=2"},
                         {"Content-Disposition", "attachment\r\nSet-Cookie: c=3\r\n\r\n<p>"},
                         {"Vary", "Origin"},
                         {"Vary", "Cookie"}}};
    });
    Peer peer(serve());
    peer.send(get("/cookies"));
    const std::string answer = peer.answer();
    EXPECT_NE(answer.find("\r\nSet-Cookie: a=1\r\n"), answer.npos);
    EXPECT_NE(answer.find("\r\nSet-Cookie: b=2\r\n"), answer.npos);
    EXPECT_EQ(answer.find("\r\nSet-Cookie: c=3"), answer.npos);
    EXPECT_EQ(answer.find("Vary: Origin"), answer.npos);
    EXPECT_TRUE(answer.ends_with("\r\n\r\nx"));
}

TEST_F(WebServer, SendsNoLengthWithoutContent) {
    router_.add("DELETE", "/x", [](const Request&) { return Response{204, {}, {}}; });
    Peer peer(serve());
    peer.send("DELETE /x HTTP/1.1\r\nHost: box\r\n\r\n" + get("/hello"));
    const std::string answer = peer.answer(true);
    EXPECT_EQ(status_of(answer), "HTTP/1.1 204 No Content");
    EXPECT_EQ(answer.find("Content-"), answer.find("Content-Security-Policy"));
    EXPECT_EQ(status_of(peer.answer()), "HTTP/1.1 200 OK");
}

TEST_F(WebServer, RefusesToListenBeyondLoopbackInTheClear) {
    for (const char* address : {"0.0.0.0", "::", "192.0.2.1"}) {
        options_.address = address;
        Server server(options_, router_);
        const auto started = server.start();
        ASSERT_FALSE(started) << address;
        EXPECT_NE(started.error().what.find("unencrypted"), std::string::npos);
    }
}

TEST_F(WebServer, SaysWhyItCannotListen) {
    options_.port = serve();
    Server second(options_, router_);
    const auto started = second.start();
    ASSERT_FALSE(started);
    EXPECT_NE(started.error().what.find("cannot listen"), std::string::npos);
    options_.address = "box";
    Server third(options_, router_);
    EXPECT_FALSE(third.start());
}

}  // namespace
}  // namespace anju::http
