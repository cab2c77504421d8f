// From a device that nobody knows to one that is watched, with the real broker and the real
// programs.
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <array>
#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <thread>

#include "tests/e2e/rig.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;
using boost::json::value;

constexpr const char* directory = R"([[household]]
id = "H1"
community = "C1"
[[household.resident]]
id = "R1"
name = "林桂芳"
[[household.device]]
id = "H1-water"
kind = "water_meter"
)";

constexpr const char* meter_key = "000102030405060708090a0b0c0d0e0f";
constexpr const char* meter = "ELS-12345678";

std::string hex(const std::vector<unsigned char>& bytes) {
    std::string out;
    for (const unsigned char byte : bytes) {
        constexpr std::string_view digits = "0123456789abcdef";
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

/// A wM-Bus telegram of a water meter, encrypted in OMS security mode 5 (OMS Spec. Vol. 2, 9.2.3):
/// AES-128-CBC, the initial vector being the meter's address and the access number eight times.
std::string telegram(unsigned char access, unsigned litres) {
    std::vector<unsigned char> frame{0x44, 0x93, 0x15, 0x78,   0x56, 0x34, 0x12,
                                     0x01, 0x07, 0x7a, access, 0x00, 0x10, 0x05};
    std::array<unsigned char, 16> plain{};
    plain.fill(0x2f);
    plain[2] = 0x0c;  // eight decimal digits
    plain[3] = 0x13;  // of litres
    for (std::size_t i = 4; i < 8; ++i, litres /= 100) {
        plain[i] = static_cast<unsigned char>(litres % 10 + litres / 10 % 10 * 16);
    }
    std::array<unsigned char, 16> vector{};
    std::copy(frame.begin() + 1, frame.begin() + 9, vector.begin());
    std::fill(vector.begin() + 8, vector.end(), access);
    std::array<unsigned char, 16> key{};
    for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<unsigned char>(i);
    std::array<unsigned char, 32> cipher{};
    int size = 0;
    EVP_CIPHER_CTX* const context = EVP_CIPHER_CTX_new();
    EVP_EncryptInit_ex(context, EVP_aes_128_cbc(), nullptr, key.data(), vector.data());
    EVP_CIPHER_CTX_set_padding(context, 0);
    EVP_EncryptUpdate(context, cipher.data(), &size, plain.data(), 16);
    EVP_CIPHER_CTX_free(context);
    EXPECT_EQ(size, 16);
    frame.insert(frame.end(), cipher.begin(), cipher.begin() + 16);
    frame.insert(frame.begin(), static_cast<unsigned char>(frame.size()));
    return hex(frame);
}

class Discovering : public ::testing::Test {
protected:
    explicit Discovering(const std::string& home = "drivers = [\"wmbus\"]\n")
        : rig({.homes = 1, .district = false, .extra_config = home, .directory = directory}) {
        rig.start();
        mqtt::Session::Options options;
        options.endpoint = rig.home_endpoint("somebody");
        somebody = std::make_unique<mqtt::Session>(
            std::move(options), [](mqtt::Incoming&&) {}, [](bool) {});
        somebody->start();
        EXPECT_TRUE(eventually([&] { return somebody->connected() && home_is_up(); }));
    }

    static bool eventually(const std::function<bool()>& holds) {
        for (int i = 0; i < 200; ++i) {
            if (holds()) return true;
            std::this_thread::sleep_for(25ms);
        }
        return false;
    }
    value ask(const std::vector<std::string>& arguments) {
        int code = 0;
        const std::string said = rig.ctl(arguments, &code);
        EXPECT_EQ(code, 0) << said;
        return code == 0 ? boost::json::parse(said) : value(boost::json::object{});
    }
    std::string refused(const std::vector<std::string>& arguments) {
        int code = 0;
        std::string said = rig.ctl(arguments, &code);
        EXPECT_EQ(code, 1) << said;
        return said;
    }
    bool home_is_up() { return ask({"status"}).at("links").at(0).at("connected").as_bool(); }
    std::uint64_t counter(const char* name) {
        return ask({"status"}).at("counters").at(name).to_number<std::uint64_t>();
    }
    std::size_t alerts() { return ask({"alerts", "list"}).at("alerts").as_array().size(); }
    void say(const std::string& topic, const std::string& payload) {
        ASSERT_TRUE(somebody->publish(topic, payload, 1));
    }
    /// The proposal of this address, or null.
    value proposal(const std::string& address) {
        const value found = ask({"devices", "discover"});
        for (const value& one : found.at("proposals").as_array()) {
            if (one.at("address").as_string() == address) return one;
        }
        return nullptr;
    }
    std::string file(const std::string& name, const std::string& text) {
        const auto path = rig.dir() / name;
        std::ofstream(path, std::ios::trunc) << text;
        std::filesystem::permissions(
            path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        return path.string();
    }
    std::string store_bytes() {
        std::string all;
        for (const auto& one : std::filesystem::directory_iterator(rig.data_dir())) {
            std::ifstream in(one.path(), std::ios::binary);
            all.append(std::istreambuf_iterator<char>(in), {});
        }
        return all;
    }

    Rig rig;
    std::unique_ptr<mqtt::Session> somebody;
};

TEST_F(Discovering, AnUnknownSmokeAlarmIsProposedAcceptedAndThenRaisesAnAlert) {
    say("zigbee2mqtt/hall", R"({"smoke":true,"battery":90,"linkquality":120})");
    ASSERT_TRUE(eventually([&] { return !proposal("hall").is_null(); }));
    EXPECT_EQ(proposal("hall").at("kind").as_string(), "smoke");
    EXPECT_EQ(alerts(), 0U) << "a stranger is not believed";
    EXPECT_NE(refused({"devices", "accept", "zigbee2mqtt", "hall", "--household", "H2", "--id",
                       "H1-smoke"})
                  .find("no such household"),
              std::string::npos);
    const value taken = ask({"devices", "accept", "zigbee2mqtt", "hall", "--household", "H1",
                             "--id", "H1-smoke", "--label", "厅"});
    EXPECT_NE(taken.at("toml").as_string().find("address = \"hall\""), std::string::npos);
    EXPECT_TRUE(proposal("hall").is_null());
    say("zigbee2mqtt/hall", R"({"smoke":false})");
    say("zigbee2mqtt/hall", R"({"smoke":true})");
    EXPECT_TRUE(eventually([&] { return alerts() == 1; }));
    EXPECT_NE(
        refused({"devices", "accept", "zigbee2mqtt", "hall", "--household", "H1", "--id", "again"})
            .find("has this device already"),
        std::string::npos);
}

TEST_F(Discovering, ADeviceTakesThePlaceOfOneThatBroke) {
    const auto accept = [](const std::string& address, const std::vector<std::string>& more) {
        std::vector<std::string> out{"devices", "accept",      "zigbee2mqtt",
                                     address,   "--household", "H1"};
        out.insert(out.end(), more.begin(), more.end());
        return out;
    };
    say("zigbee2mqtt/old", R"({"smoke":false})");
    say("zigbee2mqtt/new", R"({"smoke":false})");
    say("zigbee2mqtt/door", R"({"contact":true})");
    ASSERT_TRUE(eventually([&] {
        return !proposal("old").is_null() && !proposal("new").is_null() &&
               !proposal("door").is_null();
    }));
    (void)ask(accept("old", {"--id", "H1-smoke", "--label", "厅"}));
    EXPECT_NE(refused(accept("new", {"--replaces", "H1-gone"})).find("H1-gone"), std::string::npos);
    EXPECT_NE(refused(accept("door", {"--replaces", "H1-smoke"})).find("kind"), std::string::npos);
    EXPECT_NE(refused(accept("new", {})).find("id"), std::string::npos);
    const value taken = ask(accept("new", {"--replaces", "H1-smoke"}));
    EXPECT_EQ(taken.at("device").at("id").as_string(), "H1-smoke");
    EXPECT_EQ(taken.at("device").at("label").as_string(), "厅");
    EXPECT_EQ(taken.at("replaced").at("address").as_string(), "old");
    say("zigbee2mqtt/old", R"({"smoke":true})");
    EXPECT_TRUE(eventually([&] { return !proposal("old").is_null(); })) << "it is a stranger again";
    EXPECT_EQ(alerts(), 0U) << "it is listened to no more";
    say("zigbee2mqtt/new", R"({"smoke":true})");
    EXPECT_TRUE(eventually([&] { return alerts() == 1; }));
}

TEST_F(Discovering, ProposalsAndIgnoredDevicesSurviveAKill) {
    say("zigbee2mqtt/hall", R"({"smoke":false})");
    say("zigbee2mqtt/neighbour", R"({"contact":true})");
    ASSERT_TRUE(eventually(
        [&] { return !proposal("hall").is_null() && !proposal("neighbour").is_null(); }));
    (void)ask({"devices", "ignore", "zigbee2mqtt", "neighbour"});
    rig.kill_daemon();
    rig.start_daemon();
    ASSERT_TRUE(rig.daemon_ready(10s));
    EXPECT_FALSE(proposal("hall").is_null());
    EXPECT_TRUE(proposal("neighbour").is_null());
    ASSERT_TRUE(eventually([&] { return home_is_up(); }));
    say("zigbee2mqtt/neighbour", R"({"contact":false})");
    EXPECT_TRUE(eventually([&] { return counter("ignored_device") == 1; }));
    EXPECT_EQ(ask({"devices", "discover", "--all"}).at("ignored").as_array().size(), 1U);
    (void)ask({"devices", "ignore", "zigbee2mqtt", "neighbour", "--undo"});
    say("zigbee2mqtt/neighbour", R"({"contact":false})");
    EXPECT_TRUE(eventually([&] { return !proposal("neighbour").is_null(); }));
}

TEST_F(Discovering, AnEncryptedMeterAsksForItsKeyAndIsReadWithIt) {
    say("wmbus/1", telegram(1, 12'345));
    ASSERT_TRUE(eventually([&] { return !proposal(meter).is_null(); }));
    EXPECT_EQ(proposal(meter).at("error").at("code").as_string(), "key_missing");
    EXPECT_TRUE(proposal(meter).at("needs_key").as_bool());

    std::vector<std::string> accept{"devices",     "accept",      "wmbus",     meter,
                                    "--household", "H1",          "--id",      "H1-radio",
                                    "--kind",      "water_meter", "--key-file"};
    accept.push_back(file("wrong.key", "ffffffffffffffffffffffffffffffff\n"));
    EXPECT_NE(refused(accept).find("cannot be read with this key"), std::string::npos);
    accept.back() = file("short.key", "0123\n");
    EXPECT_NE(refused(accept).find("32 hexadecimal digits"), std::string::npos);
    accept.back() = file("right.key", std::string(meter_key) + "\n");
    const value taken = ask(accept);
    EXPECT_TRUE(taken.at("device").at("key").as_bool());

    const std::uint64_t before = counter("readings");
    say("wmbus/1", telegram(2, 12'346));
    EXPECT_TRUE(eventually([&] { return counter("readings") > before; }));
    const value listed = ask({"devices", "list"});
    EXPECT_FALSE(listed.at("devices").at(0).at("last_heard").is_null() &&
                 listed.at("devices").at(1).at("last_heard").is_null());

    // The key is in the store, and nowhere that anybody is shown.
    for (const auto& arguments :
         std::vector<std::vector<std::string>>{{"devices", "list"},
                                               {"residents", "list"},
                                               {"residents", "export"},
                                               {"config", "show"},
                                               {"status"},
                                               {"rejected"},
                                               {"devices", "discover", "--all"}}) {
        EXPECT_EQ(serialize(ask(arguments)).find(meter_key), std::string::npos) << arguments[1];
    }
    EXPECT_EQ(serialize(taken).find(meter_key), std::string::npos);
    EXPECT_EQ(rig.log("anjud").find(meter_key), std::string::npos);
    EXPECT_NE(store_bytes().find(meter_key), std::string::npos) << "looked in the wrong place";
}

TEST_F(Discovering, WhatWasAcceptedIsExportedAndTakenBackUnchanged) {
    say("wmbus/1", telegram(1, 1));
    say("zigbee2mqtt/hall", R"({"smoke":false})");
    ASSERT_TRUE(
        eventually([&] { return !proposal(meter).is_null() && !proposal("hall").is_null(); }));
    (void)ask({"devices", "accept", "zigbee2mqtt", "hall", "--household", "H1", "--id", "S"});
    (void)ask({"devices", "accept", "wmbus", meter, "--household", "H1", "--id", "W", "--kind",
               "water_meter", "--deliver-every", "24h", "--key-file",
               file("right.key", std::string(meter_key) + "\n")});
    const value with = ask({"residents", "export", "--with-keys"});
    EXPECT_EQ(with.at("keys").to_number<int>(), 1);
    const std::string all = file("all.toml", std::string(with.at("toml").as_string()));
    const value change = ask({"residents", "import", all, "--replace"});
    EXPECT_EQ(change.at("unchanged").to_number<int>(), 1) << with.at("toml");
    EXPECT_EQ(change.at("set").to_number<int>(), 0);
    const value without = ask({"residents", "export"});
    const std::string bare = file("bare.toml", std::string(without.at("toml").as_string()));
    EXPECT_NE(refused({"residents", "import", bare}).find("--with-keys"), std::string::npos);
    EXPECT_EQ(ask({"residents", "export", "--with-keys"}), with) << "changed by a refused import";
}

/// With profiles of the operator's own, one of them broken.
class WithProfiles : public Discovering {
protected:
    WithProfiles()
        : Discovering("drivers = [\"wmbus\", \"huawei_iotda\"]\nprofiles_dir = \"" +
                      profiles_dir() + "\"\n") {}

    static std::string profiles_dir() {
        static const TempDir dir;
        std::ofstream(dir.path() / "broken.toml") << "[[profile]\nname = 3\n";
        std::ofstream(dir.path() / "not-a-profile.txt") << "hello";
        return dir.path().string();
    }
};

TEST_F(WithProfiles, ABadProfileIsNamedAndLeavesNoHomeUnwatched) {
    const value status = ask({"status"});
    // A box without a file of holidays says so as well, but this comes first.
    ASSERT_GE(status.at("problems").as_array().size(), 1U) << status;
    EXPECT_EQ(status.at("problems").at(0).at("code").as_string(), "profile_refused");
    EXPECT_NE(status.at("problems").at(0).at("where").as_string().find("broken.toml"),
              std::string::npos);
    EXPECT_NE(rig.log("anjud").find("profile_refused"), std::string::npos);
    say("zigbee2mqtt/hall", R"({"smoke":false})");
    EXPECT_TRUE(eventually([&] { return !proposal("hall").is_null(); }));
}

TEST_F(WithProfiles, TopicsThatBeginWithADollarAreHeard) {
    const auto heard = [&] {
        const value status = ask({"status"});
        for (const value& route : status.at("routes").as_array()) {
            if (route.at("filter").as_string().starts_with("$oc/")) {
                return route.at("messages").to_number<int>();
            }
        }
        return -1;
    };
    ASSERT_EQ(heard(), 0);
    say("$oc/devices/abc/sys/properties/report", "{}");
    EXPECT_TRUE(eventually([&] { return heard() == 1; }));
}

}  // namespace
}  // namespace anju::test
