// The files of the web app, from a folder on the disk to a client on a socket.
#include "http/assets.hpp"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "http/content.hpp"
#include "peer.hpp"
#include "tests/support/broker.hpp"

namespace anju::http {
namespace {

namespace fs = std::filesystem;

class WebFiles : public WebServer {
protected:
    WebFiles() {
        write("index.html", "<p>安居");
        write("sw.js", "self");
        write("manifest.webmanifest", "{}");
        write("assets/index-1a2b.js", "plain js");
        write("assets/index-1a2b.js.gz", "gz js");
        write("assets/index-1a2b.js.br", "br js");
        write("assets/fonts/a.woff2", "font");
    }
    void write(const std::string& name, std::string_view content) {
        const fs::path file = folder() / name;
        fs::create_directories(file.parent_path());
        std::ofstream(file) << content;
    }
    [[nodiscard]] fs::path folder() const { return temp_.path() / "console"; }
    void load() {
        auto loaded = Assets::load(folder());
        ASSERT_TRUE(loaded) << loaded.error().text();
        assets_ = std::move(*loaded);
        assets_.add_to(router_);
        serve();
    }
    std::string ask(const std::string& path, const std::string& fields = {}) {
        Peer peer(server_->port());
        peer.send(get(path, fields));
        return peer.answer();
    }
    static bool has(const std::string& answer, std::string_view field) {
        return answer.find("\r\n" + std::string(field) + "\r\n") != std::string::npos;
    }

    test::TempDir temp_;
    Assets assets_;
};

TEST_F(WebFiles, AreServedWithTheirTypeAndForAsLongAsTheyHold) {
    load();
    for (const auto& [path, type, cache] :
         {std::tuple{"/", "text/html; charset=utf-8", "no-cache"},
          {"/index.html", "text/html; charset=utf-8", "no-cache"},
          {"/sw.js", "text/javascript; charset=utf-8", "no-cache"},
          {"/manifest.webmanifest", "application/manifest+json", "no-cache"},
          {"/assets/fonts/a.woff2", "font/woff2", "public, max-age=31536000, immutable"},
          {"/assets/index-1a2b.js", "text/javascript; charset=utf-8",
           "public, max-age=31536000, immutable"}}) {
        const std::string answer = ask(path);
        EXPECT_EQ(status_of(answer), "HTTP/1.1 200 OK") << path;
        EXPECT_TRUE(has(answer, "Content-Type: " + std::string(type))) << answer;
        EXPECT_TRUE(has(answer, "Cache-Control: " + std::string(cache))) << answer;
        EXPECT_TRUE(has(answer, "X-Content-Type-Options: nosniff"));
        EXPECT_NE(answer.find("Content-Security-Policy: default-src 'none'; script-src 'self'; "),
                  answer.npos);
    }
    EXPECT_TRUE(ask("/").ends_with("\r\n\r\n<p>安居"));
}

TEST_F(WebFiles, TravelCompressedWhereTheClientTakesIt) {
    load();
    for (const auto& [accepted, coding, body] : {std::tuple{"gzip, deflate, br", "br", "br js"},
                                                 {"gzip", "gzip", "gz js"},
                                                 {"br;q=0, gzip", "gzip", "gz js"}}) {
        const std::string answer =
            ask("/assets/index-1a2b.js", "Accept-Encoding: " + std::string(accepted) + "\r\n");
        EXPECT_TRUE(has(answer, "Content-Encoding: " + std::string(coding))) << accepted;
        EXPECT_TRUE(has(answer, "ETag: " + entity_tag(body, coding))) << answer;
        EXPECT_TRUE(has(answer, "Vary: Accept-Encoding"));
        EXPECT_TRUE(answer.ends_with("\r\n\r\n" + std::string(body)));
    }
    EXPECT_TRUE(ask("/assets/index-1a2b.js").ends_with("plain js"));
    EXPECT_TRUE(ask("/sw.js", "Accept-Encoding: br\r\n").ends_with("\r\n\r\nself"));
}

TEST_F(WebFiles, AreNotSentAgainToWhoeverHasThem) {
    load();
    const std::string answer = ask("/", "If-None-Match: " + entity_tag("<p>安居") + "\r\n");
    EXPECT_EQ(status_of(answer), "HTTP/1.1 304 Not Modified");
    EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
    EXPECT_EQ(status_of(ask("/", "If-None-Match: \"other\"\r\n")), "HTTP/1.1 200 OK");
}

TEST_F(WebFiles, AreOnlyThoseThatWereThereAtTheStart) {
    std::ofstream(temp_.path() / "secret.txt") << "secret";
    fs::create_symlink(temp_.path() / "secret.txt", folder() / "assets" / "link.txt");
    fs::create_directory_symlink(temp_.path(), folder() / "assets" / "up");
    write("notes.bak", "secret");
    write(".env.txt", "secret");
    load();
    write("later.js", "secret");
    fs::remove(folder() / "sw.js");
    EXPECT_TRUE(ask("/sw.js").ends_with("self"));
    for (const char* path :
         {"/later.js", "/notes.bak", "/.env.txt", "/assets/link.txt", "/assets/up/secret.txt",
          "/assets/index-1a2b.js.gz", "/assets/", "/assets", "/console/index.html"}) {
        EXPECT_EQ(status_of(ask(path)), "HTTP/1.1 404 Not Found") << path;
    }
}

TEST_F(WebFiles, AreNotLeftByAnySpellingOfAPath) {
    std::ofstream(temp_.path() / "secret.txt") << "secret";
    load();
    for (const char* path : {"/../secret.txt",
                             "/assets/../../secret.txt",
                             "/assets/../index.html",
                             "/assets/%2e%2e/%2e%2e/secret.txt",
                             "/assets/..%2f..%2fsecret.txt",
                             "/assets/%252e%252e/secret.txt",
                             "/assets/%c0%ae%c0%ae/secret.txt",
                             "/assets/..%5c..%5csecret.txt",
                             "/assets/..\\..\\secret.txt",
                             "/assets//index-1a2b.js",
                             "//assets/index-1a2b.js",
                             "/assets/./index-1a2b.js",
                             "/assets/index-1a2b.js%00",
                             "/assets/index-1a2b.js%00.png",
                             "/assets/....//secret.txt",
                             "/assets/%uff0e%uff0e/x",
                             "/assets/\xef\xbc\x8e\xef\xbc\x8e/secret.txt",
                             "/assets/index-1a2b.js/",
                             "/%61ssets/index-1a2b.js",
                             "/ASSETS/index-1a2b.js",
                             "/assets/..;/secret.txt",
                             "//etc/passwd",
                             "/%2fetc/passwd"}) {
        const std::string answer = ask(path);
        EXPECT_EQ(answer.find("secret\n"), answer.npos);
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 404 ") || answer.starts_with("HTTP/1.1 400 "))
            << path << ": " << answer;
    }
    expect_others_served();
}

TEST_F(WebFiles, AreServedWhileTheLoopIsBusy) {
    options_.hand_over = [](const std::function<void()>&) {};
    load();
    EXPECT_TRUE(ask("/sw.js").ends_with("self"));
    EXPECT_EQ(status_of(ask("/nothing")), "HTTP/1.1 404 Not Found");
}

TEST_F(WebFiles, SayThatTheyAreNotInstalled) {
    fs::remove_all(folder());
    load();
    EXPECT_FALSE(assets_.installed());
    const std::string answer = ask("/");
    EXPECT_EQ(status_of(answer), "HTTP/1.1 503 Service Unavailable");
    EXPECT_NE(answer.find("控制台未安装"), answer.npos);
    EXPECT_NE(answer.find("The console is not installed"), answer.npos);
    EXPECT_TRUE(has(answer, "Cache-Control: no-store"));
}

TEST_F(WebFiles, SayWhichOfThemCannotBeTaken) {
    EXPECT_TRUE(Assets::load(folder(), {.files = 5, .bytes = 100}));
    const auto many = Assets::load(folder(), {.files = 4, .bytes = 100});
    ASSERT_FALSE(many);
    EXPECT_EQ(many.error().where, folder());
    const auto large = Assets::load(folder(), {.files = 5, .bytes = 20});
    ASSERT_FALSE(large);
    EXPECT_NE(large.error().where.find(folder()), std::string::npos);
}

}  // namespace
}  // namespace anju::http
