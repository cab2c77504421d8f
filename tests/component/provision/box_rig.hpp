// A box that was set up into a folder, and the real mosquitto on what came of it.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

#include "provision/box.hpp"
#include "provision/passwords.hpp"
#include "provision/places.hpp"
#include "tests/component/mqtt/station.hpp"
#include "tests/support/broker.hpp"
#include "tests/support/child.hpp"

namespace anju::provision {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using test::eventually;

inline Time now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

inline std::string content(const fs::path& file) {
    std::ostringstream out;
    out << std::ifstream(file, std::ios::binary).rdbuf();
    return std::move(out).str();
}

/// A connection to this port of 127.0.0.1; -1: nobody listens.
inline int dial(std::uint16_t port) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return fd;
    close(fd);
    return -1;
}
inline bool answers_on(std::uint16_t port) {
    const int fd = dial(port);
    if (fd >= 0) close(fd);
    return fd >= 0;
}

class BoxRig : public testing::Test {
protected:
    static SetupOptions options() {
        SetupOptions out;
        out.templates = ANJU_SOURCE_DIR "/deploy";
        out.now = now();
        return out;
    }

    static config::Setup answers(const std::string& more = "") {
        const auto setup = config::parse_setup(
            "[box]\nid = \"box-0001\"\naddresses = [\"192.168.1.10\"]\n" + more, "setup.toml");
        if (!setup) ADD_FAILURE() << setup.error().front().text();
        return setup ? *setup : config::Setup{};
    }

    SetupDone run(const config::Setup& setup, const SetupOptions& with = options()) {
        auto done = set_up(tree_, setup, with);
        EXPECT_TRUE(done) << (done ? "" : done.error().text());
        return done ? std::move(*done) : SetupDone{};
    }

    [[nodiscard]] std::string file(std::string_view path) const { return content(tree_.at(path)); }
    [[nodiscard]] mode_t mode(std::string_view path) const {
        return static_cast<mode_t>(fs::status(tree_.at(path)).permissions()) & 0777U;
    }

    test::TempDir folder_;
    Tree tree_{folder_.path()};
};

/// Sensors over TLS, on ports that are free.
class BrokerRig : public BoxRig {
protected:
    void SetUp() override {
        if (!test::Broker::installed()) GTEST_SKIP() << "mosquitto is not installed";
        setup_.id = "box-0001";
        setup_.network = true;
        setup_.port = test::free_port();
        do {
            setup_.tls_port = test::free_port();
        } while (setup_.tls_port == setup_.port);
        run(setup_);
        for (const char* const sensor : {"sensor-a", "sensor-b"}) add_sensor(sensor);
        start();
    }

    void add_sensor(const std::string& name) {
        PasswordFile users(file(place::passwords));
        users.set(name, *hashed("secret of " + name));
        ASSERT_TRUE(tree_.rewrite(place::passwords, users.text()));
    }

    /// The configuration names paths of the box; here they are below the folder.
    void start() {
        std::string text = file(place::broker);
        for (const std::string path : {"/etc/mosquitto", "/var/lib/mosquitto"}) {
            const std::string there = tree_.at(path).string();
            for (auto at = text.find(path); at != text.npos; at = text.find(path, at)) {
                text.replace(at, path.size(), there);
                at += there.size();
            }
        }
        text += "user root\n";  // mosquitto that root starts becomes a user without rights here
        fs::create_directories(tree_.at(place::broker_state));
        std::ofstream(folder_.path() / "run.conf") << text;
        broker_ = test::Child({"/usr/sbin/mosquitto", "-c", folder_.path() / "run.conf"}, log());
        ASSERT_TRUE(eventually([this] {
            return !broker_.running() || (answers_on(setup_.port) && answers_on(setup_.tls_port));
        }));
        ASSERT_TRUE(broker_.running()) << content(log());
    }

    [[nodiscard]] fs::path log() const { return folder_.path() / "mosquitto.log"; }

    mqtt::Session::Options as(const std::string& user, const std::string& password,
                              std::vector<mqtt::Subscription> wants = {}) {
        mqtt::Session::Options out;
        out.endpoint.uri = "mqtt://127.0.0.1:" + std::to_string(setup_.port);
        out.endpoint.client_id = user + "-" + std::to_string(++clients_);
        out.endpoint.username = user;
        out.endpoint.password = password;
        out.endpoint.clean_session = true;
        out.subscriptions = std::move(wants);
        out.retry_delay = [](unsigned attempt) { return attempt == 0 ? 0ms : 20ms; };
        return out;
    }
    mqtt::Session::Options sensor(const std::string& name,
                                  std::vector<mqtt::Subscription> wants = {}) {
        return as(name, "secret of " + name, std::move(wants));
    }
    mqtt::Session::Options anjud(std::vector<mqtt::Subscription> wants = {}) {
        return as("anjud", first_line(place::home_password), std::move(wants));
    }
    [[nodiscard]] std::string first_line(std::string_view path) const {
        const std::string text = file(path);
        return text.substr(0, text.find('\n'));
    }

    config::Setup setup_;
    test::Child broker_;
    int clients_ = 0;
};

}  // namespace anju::provision
