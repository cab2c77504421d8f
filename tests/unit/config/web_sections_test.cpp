// [http], [console] and [self_check].
#include "tests/unit/config/files.hpp"

namespace anju::config {
namespace {

using namespace std::chrono_literals;
using Strings = std::vector<std::string>;

const std::string base = "[gateway]\nid = \"box\"\n[home]\nuri = \"mqtt://127.0.0.1\"\n";

class WebSections : public InFolder {
protected:
    Config taken(const std::string& toml) {
        const auto config = load(write("anju.toml", base + toml));
        if (!config) throw std::runtime_error(plain(config.error()).front());
        return *config;
    }
};

TEST_F(WebSections, AreOffUnlessTheyAreThere) {
    const Config config = taken("");
    EXPECT_FALSE(config.http);
    EXPECT_FALSE(config.console);
    EXPECT_FALSE(config.self_check);
}

TEST_F(WebSections, HaveTheDocumentedDefaults) {
    const Config config = taken("[http]\n[console]\n[self_check]\n");
    EXPECT_EQ(config.http->address, "127.0.0.1");
    EXPECT_EQ(config.http->port, 8480);
    EXPECT_FALSE(config.http->behind_proxy);
    EXPECT_EQ(config.console->assets_dir, "/usr/share/anju/console");
    EXPECT_EQ(config.console->session_idle, 12h);
    EXPECT_EQ(config.console->session_max, 24h * 30);
    EXPECT_EQ(config.self_check->speaker, "");
    EXPECT_FALSE(config.self_check->led);
    EXPECT_EQ(config.self_check->language, "zh");
    EXPECT_EQ(config.self_check->times, 2);
    EXPECT_EQ(config.self_check->volume, 100);
    EXPECT_FALSE(config.self_check->quiet);
    EXPECT_EQ(config.self_check->sounds_dir, "/usr/share/anju/sounds");
}

TEST_F(WebSections, ReadEveryKeyAndWriteItBack) {
    write("web.pem", "pem\n", 0644);
    write("web.key", "key\n", 0600);
    write("metrics.token", std::string(32, 'a') + "\n", 0600);
    const Config config = taken(R"([http]
listen = "[::]:443"
cert_file = "web.pem"
key_file = "web.key"
behind_proxy = true
metrics_token_file = "metrics.token"
calendar_generation = 3
[console]
assets_dir = "console"
session_idle = "30min"
session_max = "7d"
max_bytes = "20MB"
[self_check]
speaker = "plughw:1,0"
led = "gpiochip0:17"
language = "en"
times = 3
volume = 80
quiet = "21:30-06:15"
quiet_volume = 20
blink_for = "90s"
sounds_dir = "sounds"
)");
    EXPECT_EQ(config.http->address, "::");
    EXPECT_EQ(config.http->port, 443);
    EXPECT_EQ(config.http->cert_file, folder_ / "web.pem");
    EXPECT_EQ(config.http->key_file, folder_ / "web.key");
    EXPECT_TRUE(config.http->behind_proxy);
    EXPECT_EQ(config.http->calendar_generation, 3U);
    EXPECT_EQ(config.console->assets_dir, folder_ / "console");
    EXPECT_EQ(config.console->session_idle, 30min);
    EXPECT_EQ(config.http->metrics_token_file, folder_ / "metrics.token");
    EXPECT_EQ(config.console->session_max, 24h * 7);
    EXPECT_EQ(config.console->max_bytes, 20'000'000U);
    EXPECT_EQ(config.self_check->speaker, "plughw:1,0");
    EXPECT_EQ(config.self_check->led->chip, "gpiochip0");
    EXPECT_EQ(config.self_check->led->offset, 17U);
    EXPECT_EQ(config.self_check->quiet->from, 21h + 30min);
    EXPECT_EQ(config.self_check->quiet->to, 6h + 15min);
    EXPECT_EQ(config.self_check->blink_for, 90s);
    EXPECT_EQ(config.self_check->sounds_dir, folder_ / "sounds");
    const std::string text = masked(config);
    const auto again = load(write("again.toml", text));
    ASSERT_TRUE(again) << plain(again.error()).front();
    EXPECT_EQ(masked(*again), text);
}

TEST_F(WebSections, RefuseAConsoleThatNobodyCouldOpen) {
    const Strings alone = mistakes(base + "[console]\n");
    ASSERT_EQ(alone.size(), 1U);
    EXPECT_NE(alone[0].find("[http]"), std::string::npos) << alone[0];
}

TEST_F(WebSections, RefuseSessionsThatEndAtOnceOrNever) {
    for (const char* bad :
         {"session_idle = \"1min\"", "session_idle = \"8d\"", "session_max = \"30min\"",
          "session_max = \"91d\"", "session_max = \"2h\"",
          "session_idle = \"2d\"\nsession_max = \"1d\"", "assets_dir = \"\"", "asset = \"x\""}) {
        EXPECT_EQ(mistakes(base + "[http]\n[console]\n" + bad + "\n").size(), 1U) << bad;
    }
}

TEST_F(WebSections, RefuseATokenThatCanBeGuessedOrReadByOthers) {
    write("short.token", "secret\n", 0600);
    write("open.token", std::string(32, 'a') + "\n", 0644);
    for (const char* file : {"short.token", "open.token", "no.token"}) {
        const Strings found = mistakes(base + "[http]\nmetrics_token_file = \"" + file + "\"\n");
        ASSERT_EQ(found.size(), 1U) << file;
        EXPECT_TRUE(found[0].starts_with("anju.toml:6:22: http.metrics_token_file names"))
            << found[0];
    }
}

TEST_F(WebSections, RefuseAnAuditWithoutRoom) {
    EXPECT_EQ(mistakes(base + "[http]\n[console]\nmax_bytes = \"1MB\"\n").size(), 1U);
}

TEST_F(WebSections, RefuseToListenBeyondLoopbackInTheClear) {
    for (const char* listen : {"0.0.0.0:80", "192.168.1.5:8480", "[::]:80"}) {
        const Strings found = mistakes(base + "[http]\nlisten = \"" + std::string(listen) + "\"\n");
        ASSERT_EQ(found.size(), 1U) << listen;
        EXPECT_EQ(found[0],
                  "anju.toml:6:10: http.listen would show people's homes unencrypted to other "
                  "machines (give cert_file and key_file, or listen on 127.0.0.1 behind a proxy)");
    }
    EXPECT_TRUE(mistakes(base + "[http]\nlisten = \"[::1]:80\"\n").empty());
}

TEST_F(WebSections, RefuseWhatIsNoAddress) {
    for (const char* listen :
         {"box:80", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:70000", "127.0.0.1:80x", "::1:80", ""}) {
        const Strings found = mistakes(base + "[http]\nlisten = \"" + std::string(listen) + "\"\n");
        ASSERT_EQ(found.size(), 1U) << listen;
        EXPECT_NE(found[0].find("is not an IP address and a port"), std::string::npos) << found[0];
    }
}

TEST_F(WebSections, RefuseAKeyThatEverybodyMayReadOrThatIsAlone) {
    write("web.pem", "pem\n", 0644);
    write("web.key", "key\n", 0644);
    const Strings open =
        mistakes(base + "[http]\ncert_file = \"web.pem\"\nkey_file = \"web.key\"\n");
    ASSERT_EQ(open.size(), 1U);
    EXPECT_NE(open[0].find("which every user of the box may read"), std::string::npos);
    const Strings alone = mistakes(base + "[http]\ncert_file = \"web.pem\"\n");
    ASSERT_EQ(alone.size(), 1U);
    EXPECT_NE(alone[0].find("needs key_file beside it"), std::string::npos);
}

TEST_F(WebSections, NameEveryMistakeOfTheVoice) {
    const Strings found = mistakes(base + R"([self_check]
led = "17"
language = "yue"
times = 0
volume = 101
quiet = "22-6"
wolume = 3
)");
    ASSERT_EQ(found.size(), 6U);
    EXPECT_NE(found[0].find("names no pin"), std::string::npos);
    EXPECT_NE(found[1].find("is not spoken"), std::string::npos);
    EXPECT_NE(found[4].find("is not a span of the day"), std::string::npos);
    EXPECT_NE(found[5].find("is not a known key"), std::string::npos);
}

}  // namespace
}  // namespace anju::config
