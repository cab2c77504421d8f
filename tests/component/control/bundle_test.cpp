// `anjuctl support-bundle`: a box whose every corner holds somebody's name, and none of it in the
// file that leaves it.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cctype>
#include <cstdlib>

#include "store/sqlite_journal.hpp"
#include "tests/component/control/anjuctl.hpp"

namespace anju::control {
namespace {

using boost::json::parse;
using testing::HasSubstr;
using testing::Not;

/// What must not be found, in no writing. The last are about the box's surroundings.
const std::vector<std::string> personal{
    "王桂芳",         "Guifang",         "13812345678",      "+8613812345678", "长安街17号",
    "H-GUIFANG",      "meter-of-wang",   "worker-lihua",     "hunter2-secret", "s3cr3t-t0ken",
    "guifang@x.test", "broker.guifang",  "district.example", "192.168.77.12",  "gfang-box",
    "/media/guifang", "guifang-speaker", "wecom-guifang",    "secret/topic",   "ZFNQ"};

std::string base64(std::string_view text) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned bits = 0;
    int have = 0;
    for (const char c : text) {
        bits = (bits << 8U) | static_cast<unsigned char>(c);
        for (have += 8; have >= 6; have -= 6) out += digits[(bits >> (have - 6)) & 63U];
    }
    return out;  // without the last, incomplete digit: it depends on what follows
}

/// The text as it would show in each writing.
std::vector<std::string> writings(const std::string& text) {
    std::vector<std::string> out{text};
    for (const std::size_t shift : {0U, 1U, 2U}) {  // where it stands in what was encoded
        if (text.size() < 6) break;
        out.push_back(base64(std::string(shift, 'x') + text).substr(shift == 0 ? 0 : shift + 1));
    }
    std::string hex;
    std::string escaped;
    std::string percent;
    for (const char c : text) {
        const std::string byte = fmt::format("{:02x}", static_cast<unsigned char>(c));
        hex += byte;
        escaped += "\\x" + byte;
        percent += "%" + byte;
    }
    out.insert(out.end(), {hex, escaped, percent});
    return out;
}

std::string lower(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

class SupportBundle : public Anjuctl {
protected:
    SupportBundle() {
        config_ = write("anju.toml", R"([gateway]
id = "gfang-box"
data_dir = "."
[home]
uri = "mqtt://broker.guifang:1883"
username = "Guifang"
password_file = "home.password"
allow_plaintext = true
[district]
uri = "mqtts://district.example:8883"
username = "gfang-box"
password_file = "home.password"
heartbeat_every = "90s"
[store]
max_bytes = 500000000
[rules]
door_open_limit = "17min"
[notify]
base_url = "https://192.168.77.12"
[[notify.channel]]
name = "wecom-guifang"
kind = "wecom"
url_file = "s3cr3t-t0ken"
[self_check]
speaker = "guifang-speaker"
times = 3
[log]
level = "debug"
)");
        write("home.password", "hunter2-secret\n");
        std::filesystem::permissions(folder_ / "home.password", std::filesystem::perms{0600});
        write("s3cr3t-t0ken", "https://robot.example/s3cr3t-t0ken\n");
        std::filesystem::permissions(folder_ / "s3cr3t-t0ken", std::filesystem::perms{0600});
        log_ = write(
            "log",
            R"(2026-11-28 03:00:00.123 I recovered households=1 inputs=4711 unusable=0 epoch=17
2026-11-28 03:00:01.000 E store_refused error="王桂芳 at 长安街17号" action=hunter2-secret
2026-11-28 03:00:02.000 W message_refused topic=secret/topic code=not_json device=meter-of-wang
2026-11-28 03:00:03.000 I alert id=H-GUIFANG-1 kind=smoke priority=p1 from= to=open actor="cli:worker-lihua"
2026-11-28 03:00:04.000 I told state="Guifang" attempts=13812345678x version=guifang@x.test
{"time":"2026-11-28T03:00:05.000+0800","level":"info","event":"told","phone":"13812345678","attempts":"2"}
terminate called after throwing '王桂芳' 13812345678
Guifang
)");
        answer({{"health", health}, {"devices.list", devices}, {"alerts.list", alerts}});
    }

    /// Everything that is in the file, unpacked.
    std::map<std::string, std::string> bundle(const std::string& lang = "en") {
        const auto file = folder_ / "bundle.tar.gz";
        ran_ = run("support-bundle '" + file.string() + "' --log '" + log_.string() +
                       "' --machine '" + ANJU_SOURCE_DIR "/tests/data/board/raspberry-pi-4'",
                   lang,
                   "--config '" + config_.string() + "' --socket '" + options_.path.string() + "'");
        const auto into = folder_ / "unpacked";
        std::filesystem::create_directory(into);
        const std::string unpack = "tar xzf '" + file.string() + "' -C '" + into.string() + "'";
        EXPECT_EQ(std::system(unpack.c_str()), 0) << ran_.err;
        std::map<std::string, std::string> out;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(into)) {
            if (!entry.is_regular_file()) continue;
            std::ifstream in(entry.path(), std::ios::binary);
            out[entry.path().filename().string()] = {std::istreambuf_iterator<char>(in), {}};
        }
        return out;
    }

    static constexpr const char* health = R"({"status":{"gateway_id":"gfang-box","version":"0.1.0",
      "clock":"synchronised","households":1,"devices":2,"open_alerts":1,"secret":"hunter2-secret",
      "links":[{"name":"home","uri":"mqtt://broker.guifang:1883","connected":false,
                "last_error":"no route to 192.168.77.12","connects":3,"received":42}],
      "lanes":[{"lane":"alarm","head":3,"unacknowledged":2}],
      "channels":[{"name":"wecom-guifang","down":true,"sent":5,"last_error":"13812345678"}],
      "store":{"space":"ample","bytes":1,"max_bytes":2,"ballast":true,"path":"/media/guifang"},
      "routes":[{"driver":"wmbus","filter":"secret/topic","messages":7}],
      "problems":[{"code":"channel_down","where":"wecom-guifang","what":"王桂芳","remedy":"ask Guifang"},
                  {"code":"王桂芳","where":"Guifang","what":"x","remedy":"y"}],
      "box":{"protects":false,"reasons":["home_broker","王桂芳"],"boots":9,"model":"Guifang",
             "update":{"step":"idle","outcome":"rolled_back","from":"0.1.0","to":"1:0.2.0","reason":"link:home",
                       "refused":["1:0.2.0","王桂芳"],"failed":{"version":"0.3.0","failures":2,
                       "reason":"https://gfang.street.invalid: 503","again_at":"2026-03-02T03:00:00.000+08:00"}}},
      "counters":{"malformed":3,"王桂芳":4,"Guifang":5},"notes":["moved to /media/guifang"]},
      "devices":[{"household":"H-GUIFANG","id":"meter-of-wang","kind":"water_meter","health":"stale",
                  "label":"王桂芳","last_heard":null},
                 {"household":"H-GUIFANG","id":"x","kind":"Guifang","health":"王桂芳"}],
      "devices_total":2,
      "rejected":[{"topic":"secret/topic","code":"not_json","payload":"13812345678"}]})";
    static constexpr const char* devices =
        R"({"devices":[{"id":"meter-of-wang","label":"王桂芳","address":"ZFNQ","last_heard":null}]})";
    static constexpr const char* alerts = R"({"alerts":[{"id":"H-GUIFANG-1","household":"H-GUIFANG",
      "kind":"smoke","state":"on_site","cause":"overdue","owner":"worker-lihua"}]})";

    std::filesystem::path config_;
    std::filesystem::path log_;
    Ran ran_;
};

TEST_F(SupportBundle, NamesNobodyInNoWriting) {
    const auto files = bundle();
    ASSERT_EQ(ran_.code, 0) << ran_.err;
    ASSERT_GE(files.size(), 8U);
    for (const auto& [name, content] : files) {
        for (const std::string& text : personal) {
            for (const std::string& writing : writings(text)) {
                EXPECT_THAT(content, Not(HasSubstr(writing))) << name << ": " << text;
                EXPECT_THAT(lower(content), Not(HasSubstr(lower(writing)))) << name << ": " << text;
            }
        }
        EXPECT_THAT(lower(content), Not(HasSubstr("guifang"))) << name;
    }
}

TEST_F(SupportBundle, SaysWhatATechnicianAsksFirst) {
    auto files = bundle();
    const auto status = parse(files["health.json"]).at("status");
    EXPECT_EQ(status.at("links").at(0).at("received"), 42);
    EXPECT_EQ(status.at("counters").at("malformed"), 3);
    EXPECT_EQ(status.at("box").at("reasons").at(0), "home_broker");
    EXPECT_EQ(status.at("box").at("boots"), 9);
    const auto& update = status.at("box").at("update");
    EXPECT_EQ(update.at("outcome"), "rolled_back");
    EXPECT_EQ(update.at("to"), "1:0.2.0");
    EXPECT_EQ(update.at("reason"), "link:home");
    EXPECT_EQ(update.at("failed").at("failures"), 2);
    EXPECT_FALSE(update.at("failed").as_object().contains("reason")) << "it names a mirror";
    EXPECT_EQ(status.at("problems").at(0).at("code"), "channel_down");
    EXPECT_EQ(parse(files["health.json"]).at("devices").at("water_meter stale"), 1);
    EXPECT_EQ(parse(files["health.json"]).at("rejected").at("not_json"), 1);
    EXPECT_THAT(files["doctor.json"], HasSubstr("home_disconnected"));
    EXPECT_THAT(files["doctor.json"],
                HasSubstr("the supply's voltage was too low since the start"));
    EXPECT_EQ(parse(files["board.json"]).at("kernel"), "6.1.0-rpi7-rpi-v8");
    EXPECT_THAT(files["config.toml"], HasSubstr("[[notify.channel]]\n"));
    EXPECT_THAT(files["config.toml"], HasSubstr("kind = \"wecom\"\n"));
    EXPECT_THAT(files["config.toml"], HasSubstr("max_bytes = 500000000\n"));
    EXPECT_THAT(files["config.toml"], HasSubstr("heartbeat_every = \"90s\"\n"));
    EXPECT_THAT(files["config.toml"], HasSubstr("uri = \"(left out)\"\n"));
    EXPECT_THAT(files["log.txt"], HasSubstr("# 2 lines that no rule knows"));
    EXPECT_THAT(files["log.txt"],
                HasSubstr("I recovered households=1 inputs=4711 unusable=0 epoch=17\n"));
    EXPECT_THAT(files["log.txt"], HasSubstr("topic=(left out) code=not_json device=(left out)\n"));
    EXPECT_THAT(files["log.txt"], HasSubstr("info told phone=(left out) attempts=2\n"));
}

TEST_F(SupportBundle, CountsTheRowsOfTheStoreAndShowsNone) {
    {
        store::Options options;
        options.data_dir = folder_;
        const auto journal =
            store::SqliteJournal::open(options, from_unix_ms(1'700'000'000'000), 7).value();
        ASSERT_TRUE(journal->recover());
        Transaction some;
        some.now = from_unix_ms(1'700'000'000'000);
        some.rejected = {{some.now, "secret/topic", "王桂芳", "not_json", "Guifang"},
                         {some.now, "secret/topic", "13812345678", "not_json", "Guifang"}};
        ASSERT_TRUE(journal->commit(some));
    }
    auto files = bundle();
    const auto counted = parse(files["store.json"]).at("anju.db");
    EXPECT_EQ(counted.at("rows").at("rejected"), 2);
    EXPECT_GT(counted.at("schema").to_number<int>(), 0);
    EXPECT_EQ(parse(files["store.json"]).at("console.db").at("readable"), false);
    EXPECT_GT(parse(files["store.json"]).at("disk").at("total_bytes").to_number<double>(), 0);
    for (const std::string& text : personal) {
        EXPECT_THAT(files["store.json"], Not(HasSubstr(text)));
    }
}

TEST_F(SupportBundle, IsForItsOwnerAloneAndReplacesNothing) {
    bundle();
    const auto file = folder_ / "bundle.tar.gz";
    EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms{0600});
    const Ran again =
        run("support-bundle '" + file.string() + "'", "en", "--config '" + config_.string() + "'");
    EXPECT_EQ(again.code, 1);
    EXPECT_THAT(again.err, HasSubstr("bundle.tar.gz"));
}

TEST_F(SupportBundle, SpeaksChineseToo) {
    bundle("zh_CN");
    EXPECT_THAT(ran_.out, HasSubstr("先自己看一眼再交出去"));
}

}  // namespace
}  // namespace anju::control
