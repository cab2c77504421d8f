// Every class of mistake in anju.toml, with the very words an operator reads.
#include <iterator>
#include <sstream>

#include "tests/unit/config/files.hpp"

namespace anju::config {
namespace {

using Strings = std::vector<std::string>;
using namespace std::chrono_literals;

class Load : public InFolder {};

const std::string minimal = "[gateway]\nid = \"box\"\n[home]\nuri = \"mqtt://127.0.0.1\"\n";

TEST_F(Load, TakesTheSmallestFileWithDocumentedDefaults) {
    const auto config = load(write("anju.toml", minimal));
    ASSERT_TRUE(config) << plain(config.error()).front();
    EXPECT_EQ(config->gateway_id, "box");
    EXPECT_EQ(config->data_dir, "/var/lib/anju");
    EXPECT_EQ(config->control_socket, "/var/lib/anju/control.sock");
    EXPECT_EQ(config->utc_offset, 8h);
    EXPECT_FALSE(config->district);
    EXPECT_EQ(config->zigbee2mqtt_bases, Strings{"zigbee2mqtt"});
    EXPECT_EQ(config->max_bytes, 2'000'000'000U);
    EXPECT_EQ(config->policy.rules, Rules{});
    EXPECT_FALSE(config->driven_clock);
    EXPECT_EQ(config->log_level, "info");
}

TEST_F(Load, ReadsEveryKey) {
    write("pw", "secret\n");
    write("key", "key\n", 0600);
    write("pem", "pem\n", 0644);
    const auto config = load(write("anju.toml", R"(
[gateway]
id = "box-1"
data_dir = "data"
control_socket = "/run/anju/c.sock"
utc_offset = "-03:30"
[home]
uri = "mqtt://192.168.1.2:1884"
allow_plaintext = true
username = "anju"
password_file = "pw"
zigbee2mqtt_bases = ["z/one", "z/two"]
[district]
uri = "mqtts://platform.example"
username = "box-1"
password_file = "pw"
ca_file = "pem"
cert_file = "pem"
key_file = "key"
spread_reconnect = "250ms"
heartbeat_every = "2min"
[store]
max_bytes = "1GiB"
ballast_bytes = 8000000
keep_readings = "7d"
keep_alerts = "365d"
keep_acknowledged = "24h"
checkpoint_every = "90s"
measurements_every = "250ms"
seal_key_file = "seal.key"
[rules]
presets = ["24h-8L", "door-24h"]
door_open_limit = "1h"
battery_low_pct = 20
repeat_guard = "6h"
reopen_window = "15min"
[clock]
driven = false
[log]
level = "debug"
json = true
)"));
    ASSERT_TRUE(config) << plain(config.error()).front();
    EXPECT_EQ(config->data_dir, folder_ / "data");
    EXPECT_EQ(config->control_socket, "/run/anju/c.sock");
    EXPECT_EQ(config->utc_offset, -(3h + 30min));
    EXPECT_EQ(config->home.password_file, folder_ / "pw");
    EXPECT_EQ(config->zigbee2mqtt_bases, (Strings{"z/one", "z/two"}));
    ASSERT_TRUE(config->district);
    EXPECT_EQ(config->district->key_file, folder_ / "key");
    EXPECT_EQ(config->spread_reconnect, 250ms);
    EXPECT_EQ(config->heartbeat_every, 2min);
    EXPECT_EQ(config->max_bytes, 1ULL << 30U);
    EXPECT_EQ(config->ballast_bytes, 8'000'000U);
    EXPECT_EQ(config->keep_readings, 24h * 7);
    EXPECT_EQ(config->keep_alerts, 24h * 365);
    EXPECT_EQ(config->keep_acknowledged, 24h);
    EXPECT_EQ(config->checkpoint_every, 90s);
    EXPECT_EQ(config->measurements_every, 250ms);
    EXPECT_EQ(config->seal_key_file, folder_ / "seal.key")
        << "though it is not there: see the store";
    EXPECT_EQ(config->policy.rules.presets, (std::vector{Preset::h24_8l, Preset::door_24h}));
    EXPECT_EQ(config->policy.rules.door_open_limit, 1h);
    EXPECT_EQ(config->policy.rules.battery_low_pct, 20);
    EXPECT_EQ(config->policy.rules.repeat_guard, 6h);
    EXPECT_EQ(config->policy.rules.reopen_window, 15min);
    EXPECT_EQ(config->log_level, "debug");
    EXPECT_TRUE(config->log_json);
}

TEST_F(Load, TellsAllMistakesAtOnceInTheirPlaces) {
    const Strings expected{
        "anju.toml:2:6: gateway.id 'box 1' cannot name a gateway (use 1 to 64 of the characters "
        "A-Z a-z 0-9 _ . -)",
        "anju.toml:3:14: gateway.utc_offset '8h' is not an offset from UTC (write it like "
        "\"+08:00\")",
        "anju.toml:4:1: gateway.datadir is not a known key (did you mean 'data_dir'?)",
        "anju.toml:5:1: home.uri is missing (add uri = \"mqtts://host:8883\" to this section)",
        "anju.toml:6:22: home.zigbee2mqtt_bases holds 'a/#', which is not a topic (write "
        "Zigbee2MQTT's base_topic, without wildcards)",
        "anju.toml:6:29: home.zigbee2mqtt_bases holds 'anju/v1', a topic of Anju's own sensors "
        "(give Zigbee2MQTT another base_topic)",
        "anju.toml:8:13: store.max_bytes is 1000 bytes, out of range (choose from 50000000 to "
        "1000000000000 bytes)",
        "anju.toml:9:17: store.keep_readings '30 days' is not a duration (write a whole number "
        "and ms, s, min, h or d, such as \"30min\")",
        "anju.toml:10:15: store.keep_alerts '1h' is out of range (choose from \"30d\" to "
        "\"3660d\")",
        "anju.toml:12:12: rules.presets names no preset 'SH12' (did you mean 'SH-12'?)",
        "anju.toml:13:19: rules.battery_low_pct is 70, out of range (write a whole number from 1 "
        "to 50)",
        "anju.toml:14:16: rules.repeat_guard is an integer (write a duration such as \"90s\", "
        "\"30min\", \"24h\" or \"7d\")",
        "anju.toml:16:9: log.level 'verbose' is not a level (expected one of trace, debug, info, "
        "warn, error)",
        "anju.toml:17:8: log.json is a string (write true or false)",
        "anju.toml:18:2: districts is not a known key (did you mean 'district'?)",
    };
    EXPECT_EQ(mistakes(R"([gateway]
id = "box 1"
utc_offset = "8h"
datadir = "/tmp"
[home]
zigbee2mqtt_bases = ["a/#", "anju/v1"]
[store]
max_bytes = 1000
keep_readings = "30 days"
keep_alerts = "1h"
[rules]
presets = ["SH12"]
battery_low_pct = 70
repeat_guard = 12
[log]
level = "verbose"
json = "yes"
[districts]
)"),
              expected);
}

TEST_F(Load, NamesTheSectionsThatMustBeThere) {
    EXPECT_EQ(mistakes("[store]\n"),
              (Strings{"anju.toml:1:1: the section [gateway] is missing (add [gateway] with id = "
                       "\"box-0001\")",
                       "anju.toml:1:1: the section [home] is missing (add [home] with uri = "
                       "\"mqtt://127.0.0.1:1883\")"}));
}

TEST_F(Load, PointsAtTheLineThatIsNotToml) {
    EXPECT_EQ(mistakes("[gateway]\nid = \n"),
              (Strings{"anju.toml:2:6: not TOML: Error while parsing key-value pair: expected "
                       "value, saw '\\n' (correct this line; whatever follows was not looked "
                       "at)"}));
}

TEST_F(Load, SaysThatTheFileIsNotThere) {
    const auto config = load(folder_ / "none.toml");
    ASSERT_FALSE(config);
    EXPECT_EQ(plain(config.error()),
              (Strings{"none.toml: cannot read the configuration (create it, for example from the "
                       "annotated anju.toml)"}));
    EXPECT_FALSE(load(folder_)) << "a folder is not a file";
}

TEST_F(Load, RefusesPlaintextToAnotherMachine) {
    EXPECT_EQ(mistakes("[gateway]\nid = \"b\"\n[home]\nuri = \"mqtt://192.168.1.2\"\n"
                       "[district]\nuri = \"mqtt://platform.example:1883\"\n"),
              (Strings{"anju.toml:4:7: home.uri would talk unencrypted to 192.168.1.2 (write "
                       "mqtts://, or allow_plaintext = true if this is the home's own network)",
                       "anju.toml:6:7: district.uri would send events of residents unencrypted to "
                       "platform.example (write mqtts://platform.example:8883 and name the "
                       "platform's ca_file)"}));
    EXPECT_EQ(
        mistakes(minimal + "[district]\nuri = \"mqtt://localhost\"\nallow_plaintext = true\n"),
        (Strings{"anju.toml:7:1: district.allow_plaintext is not a known key (expected one "
                 "of uri, username, password_file, ca_file, cert_file, key_file, "
                 "spread_reconnect, heartbeat_every)"}));
}

TEST_F(Load, TakesOnlyRealLoopbackAddressesForLoopback) {
    for (const char* const host : {"127.0.0.1", "127.9.9.9:1", "localhost", "[::1]:1883"}) {
        EXPECT_EQ(mistakes(minimal + "[district]\nuri = \"mqtt://" + host + "\"\n"), Strings{})
            << host;
    }
    for (const char* const host : {"127.example.com", "localhost.example", "[::2]", "0.0.0.0"}) {
        EXPECT_EQ(mistakes(minimal + "[district]\nuri = \"mqtt://" + host + "\"\n").size(), 1U)
            << host;
    }
}

TEST_F(Load, RefusesAddressesThatAreNone) {
    for (const char* const uri :
         {"tcp://host", "mqtt://", "mqtts://user:pw@host", "mqtts://host/path", "mqtts://host:0",
          "mqtts://host:70000", "mqtts://host:", "mqtts://[::1", "mqtts://a b", ""}) {
        EXPECT_EQ(
            mistakes("[gateway]\nid = \"b\"\n[home]\nuri = \"" + std::string(uri) + "\"\n").size(),
            1U)
            << uri;
    }
}

TEST_F(Load, RefusesPasswordsThatEverybodyCanRead) {
    write("open", "secret\n", 0644);
    write("empty", "\nsecret\n");
    const std::string home = minimal + "username = \"anju\"\npassword_file = ";
    EXPECT_EQ(mistakes(home + "\"open\""),
              (Strings{"anju.toml:6:17: home.password_file names open, which every user of the "
                       "box may read (chmod o-rwx open)"}));
    EXPECT_EQ(mistakes(home + "\"none\""),
              (Strings{"anju.toml:6:17: home.password_file names none: No such file or directory "
                       "(create the file or correct the path)"}));
    EXPECT_EQ(mistakes(home + "\"empty\""),
              (Strings{"anju.toml:6:17: home.password_file names empty, whose first line is empty "
                       "(put the content on the first line)"}));
    EXPECT_EQ(mistakes(home + "\"/\""),
              (Strings{"anju.toml:6:17: home.password_file names /, which is not a file (name a "
                       "regular file)"}));
}

TEST_F(Load, RefusesHalfOfAPair) {
    write("pem", "x\n", 0644);
    EXPECT_EQ(mistakes(minimal + "username = \"anju\"\n"),
              (Strings{"anju.toml:5:12: home.username needs password_file beside it (add "
                       "password_file, or remove username)"}));
    EXPECT_EQ(mistakes("[gateway]\nid = \"b\"\n[home]\nuri = \"mqtts://h\"\ncert_file = \"pem\"\n"),
              (Strings{"anju.toml:5:13: home.cert_file needs key_file beside it (add key_file, or "
                       "remove cert_file)"}));
    EXPECT_EQ(mistakes(minimal + "ca_file = \"pem\"\n"),
              (Strings{"anju.toml:5:11: home.ca_file has no effect with mqtt:// (write mqtts:// in "
                       "uri, or remove it)"}));
}

TEST_F(Load, RefusesInventedTimeTowardsARealPlatform) {
    const std::string driven = "[clock]\ndriven = true\n";
    EXPECT_EQ(mistakes(minimal + "[district]\nuri = \"mqtts://platform.example\"\n" + driven),
              (Strings{"anju.toml:8:10: clock.driven lets messages set the time while [district] "
                       "is a real platform (set driven = false; only a district on loopback may "
                       "see invented time)"}));
    EXPECT_EQ(mistakes(minimal + "[district]\nuri = \"mqtt://127.0.0.1\"\n" + driven), Strings{});
    EXPECT_EQ(mistakes(minimal + driven), Strings{});
}

TEST_F(Load, ShowsWhatItWouldTakeAgainAndNoSecret) {
    write("pw", "very secret\n");
    const auto config = load(write("anju.toml", R"([gateway]
id = "box"
data_dir = "d"
[home]
uri = "mqtts://broker.lan"
username = "a\"b"
password_file = "pw"
[district]
uri = "mqtt://127.0.0.1:1999"
[rules]
presets = []
door_open_limit = "90s"
)"));
    ASSERT_TRUE(config) << plain(config.error()).front();
    const std::string text = masked(*config);
    EXPECT_EQ(text.find("very secret"), text.npos);
    const auto again = load(write("again.toml", text));
    ASSERT_TRUE(again) << plain(again.error()).front() << "\n" << text;
    EXPECT_EQ(masked(*again), text);
    EXPECT_EQ(again->home.username, "a\"b");
    EXPECT_EQ(again->policy.rules, config->policy.rules);
}

TEST_F(Load, TakesTheExampleThatIsShipped) {
    std::ifstream file(ANJU_SOURCE_DIR "/deploy/config/anju.toml");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    ASSERT_FALSE(text.empty());
    write("home.password", "secret\n");
    EXPECT_EQ(mistakes(text), Strings{});

    // What is commented out is the default: taken in, it changes nothing.
    const auto plain_config = load(write("anju.toml", text));
    std::string full;
    std::istringstream lines(text);
    bool off = false;  // in a section that is commented out as a whole
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with('[') || line.starts_with("# [")) off = line.starts_with('#');
        const bool key = !off && line.starts_with("# ") && line.find(" = ") != line.npos &&
                         line.find("_file") == line.npos && line.find("platform") == line.npos &&
                         line.find("\"box-0001\"") == line.npos;
        full += (key && line.find("spread_") == line.npos && line.find("heartbeat_") == line.npos
                     ? line.substr(2)
                     : line) +
                "\n";
    }
    const auto full_config = load(write("full.toml", full));
    ASSERT_TRUE(full_config) << plain(full_config.error()).front();
    EXPECT_NE(full, text);
    EXPECT_EQ(masked(*full_config), masked(*plain_config));
}

TEST_F(Load, FindsTheControlSocketWithoutReadingSecrets) {
    const auto path = write("anju.toml", minimal + "username = \"x\"\npassword_file = \"none\"\n");
    EXPECT_EQ(*control_socket(path), "/var/lib/anju/control.sock");
    EXPECT_EQ(*control_socket(write("b.toml", "[gateway]\ndata_dir = \"d\"\n")),
              folder_ / "d/control.sock");
    EXPECT_EQ(*control_socket(write("c.toml", "[gateway]\ncontrol_socket = \"/run/c\"\n")),
              "/run/c");
    EXPECT_FALSE(control_socket(write("d.toml", "[gateway\n")));
    EXPECT_FALSE(control_socket(folder_ / "none.toml"));
}

}  // namespace
}  // namespace anju::config
