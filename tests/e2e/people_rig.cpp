#include "tests/e2e/people_rig.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "anju/v1/simulation.pb.h"

namespace anju::test {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

constexpr std::int64_t nine_ms = 1'772'413'200'000;  // 2026-03-02 09:00 +08:00

constexpr const char* directory = R"([[community]]
id = "C1"
name = "金开社区"
[[community.worker]]
id = "W1"
name = "陈静"
phone = "13800000001"
[[community.worker]]
id = "W2"
name = "刘洋"
phone = "13800000002"
[[household]]
id = "H1"
community = "C1"
address = "人和街道 1 号 2-3"
[[household.resident]]
id = "R1"
name = "王秀兰"
phone = "02367000001"
care = { worker = "W1" }
contact = [{ name = "李梅", phone = "13900000003", relation = "女儿" }]
[[household.device]]
id = "H1-smoke"
kind = "smoke"
driver = "zigbee2mqtt"
address = "kitchen1"
[[household]]
id = "H2"
community = "C1"
[[household.resident]]
id = "R2"
name = "林桂芳"
care = { worker = "W1" }
[[household.device]]
id = "H2-smoke"
kind = "smoke"
driver = "zigbee2mqtt"
address = "kitchen2"
)";

}  // namespace

Telling::Telling() : base_url(fmt::format("http://127.0.0.1:{}", free_port())) {
    sms.answer(200, R"({"code":"OK"})");
    rig = std::make_unique<Rig>(Rig::Options{
        .homes = 2, .district = false, .extra_config = config(), .directory = directory});
    const auto key = rig->dir() / "webhook.key";
    std::ofstream(key) << webhook_key << "\n";
    ::chmod(key.c_str(), S_IRUSR | S_IWUSR);

    mqtt::Session::Options options;
    options.endpoint = rig->home_endpoint("somebody");
    somebody =
        std::make_unique<mqtt::Session>(std::move(options), [](mqtt::Incoming&&) {}, [](bool) {});
    somebody->start();
    start_daemon();
    const std::string said =
        rig->ctl({"residents", "import", (rig->dir() / "homes.toml").string()});
    EXPECT_NE(said.find("\"set\":2"), std::string::npos) << said;
}

std::string Telling::config() const {
    return fmt::format(R"([clock]
driven = true
[http]
listen = "{}"
[notify]
base_url = "{}"
[[notify.channel]]
name = "street"
kind = "webhook"
url = "{}"
secret_file = "webhook.key"
allow_plaintext = true
[[notify.channel]]
name = "spare"
kind = "webhook"
url = "{}"
secret_file = "webhook.key"
allow_plaintext = true
backup = true
[[notify.channel]]
name = "sms"
kind = "sms"
url = "{}"
body = '{{"to":"{{phone}}","text":"{{text}}","link":"{{link}}"}}'
success_pointer = "/code"
success_value = "OK"
allow_plaintext = true
)",
                       base_url.substr(7), base_url, robot.url("/robot"), spare.url("/spare"),
                       sms.url("/send"));
}

void Telling::start_daemon() {
    rig->start_daemon();
    ASSERT_TRUE(rig->daemon_ready(20s)) << rig->log("anjud");
    // The clock is not retained, and nothing is connected before it was heard: said until then.
    ASSERT_TRUE(eventually([&] {
        set_clock(since_nine_);
        return connected();
    })) << rig->log("anjud");
}

bool Telling::connected() {
    const json::value status = ask({"status"});
    return std::ranges::all_of(status.at("links").as_array(), [](const json::value& link) {
        return link.at("connected").as_bool();
    });
}

void Telling::set_clock(std::chrono::milliseconds since_nine) {
    since_nine_ = since_nine;
    v1::ClockControl control;
    control.set_unix_ms(nine_ms + since_nine.count());
    control.set_rate(1);
    (void)somebody->publish("anju/v1/clock", control.SerializeAsString(), 1, false);
}

std::string Telling::smoke(int home) {
    const std::string device = fmt::format("H{}-smoke", home);
    EXPECT_TRUE(somebody->publish(fmt::format("zigbee2mqtt/kitchen{}", home), R"({"smoke":true})",
                                  1, false));
    std::string id;
    EXPECT_TRUE(eventually([&] {
        const auto list = ask({"alerts", "list"});
        for (const auto& one : list.at("alerts").as_array()) {
            if (text(one, "device") == device) id = text(one, "id");
        }
        return !id.empty();
    }));
    return id;
}

bool Telling::eventually(const std::function<bool()>& holds) {
    for (int i = 0; i < 400; ++i) {
        if (holds()) return true;
        std::this_thread::sleep_for(25ms);
    }
    return false;
}

json::value Telling::ask(const std::vector<std::string>& arguments) {
    int code = 0;
    const std::string said = rig->ctl(arguments, &code);
    EXPECT_EQ(code, 0) << said;
    return code == 0 ? json::parse(said) : json::value(json::object{});
}

std::size_t Telling::notices(const std::string& alert, std::string_view cause) {
    const auto list = ask({"notices", "list"});
    return static_cast<std::size_t>(
        std::ranges::count_if(list.at("notices").as_array(), [&](const json::value& one) {
            return text(one, "subject") == alert && text(one, "cause") == cause;
        }));
}

json::object Telling::channel(std::string_view name) {
    const auto status = ask({"status"});
    for (const auto& one : status.at("channels").as_array()) {
        if (one.at("name").as_string() == name) return one.as_object();
    }
    return {};
}

std::vector<std::string> Telling::problems(std::string_view code) {
    std::vector<std::string> out;
    const auto status = ask({"status"});
    for (const auto& one : status.at("problems").as_array()) {
        if (one.at("code").as_string() == code) out.push_back(text(one, "where"));
    }
    return out;
}

std::vector<json::object> Telling::told(const HttpPeer& robot, const std::string& alert) {
    std::vector<json::object> out;
    for (const HttpPeer::Heard& heard : robot.heard()) {
        const json::value body = json::parse(heard.body);
        if (text(body, "subject") == alert) out.push_back(body.as_object());
    }
    return out;
}

json::object Telling::sms_to(const std::string& phone, const std::string& alert) {
    json::object out;
    EXPECT_TRUE(sms.hears([&](const HttpPeer::Heard& heard) {
        const json::value body = json::parse(heard.body);
        const bool is_it =
            text(body, "to") == phone && text(body, "text").find(alert) != std::string::npos;
        if (is_it) out = body.as_object();
        return is_it;
    })) << "nobody told "
        << phone << " of " << alert;
    return out;
}

}  // namespace anju::test
