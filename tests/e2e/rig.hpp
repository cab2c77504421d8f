// A whole street on this machine: two brokers, the daemon, the stand-in platform, each a process
// of its own that can be killed at any moment and started again.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mqtt/session.hpp"
#include "tests/support/broker.hpp"
#include "tests/support/child.hpp"

namespace anju::test {

class Rig {
public:
    struct Options {
        std::size_t homes = 10;
        bool district = true;
        /// Where the daemon looks for the district's broker, when something stands between; 0:
        /// nothing does.
        std::uint16_t district_port = 0;
        std::vector<std::string> environment = {};  ///< "NAME=value" for the daemon
        std::string extra_config = {};              ///< appended to the daemon's configuration
        std::string directory = {};  ///< text of homes.toml; empty: `homes` homes of four devices
        std::filesystem::path anjud = {};  ///< the daemon; empty: of this build
    };
    explicit Rig(Options options);
    ~Rig();

    /// Starts everything and returns when the daemon has taken the directory of the homes.
    /// Throws std::runtime_error with the logs otherwise.
    void start();

    void start_daemon();
    /// Another daemon's program from the next start on.
    void use_daemon(std::filesystem::path anjud) { options_.anjud = std::move(anjud); }
    void start_platform();
    void kill_daemon() { daemon_.kill(); }
    void kill_platform() { platform_.kill(); }
    /// SIGTERM; returns the wait status.
    std::optional<int> stop_daemon(std::chrono::milliseconds limit);
    void stop_platform();
    /// Runs `anju-sim` with these arguments as `user` of the home broker; returns its output.
    std::string sim(const std::vector<std::string>& arguments);
    /// What `anju-sim platform-report --json` says of the platform's file; empty: nothing yet.
    std::string ask_platform() const;
    /// Resident memory of the daemon, bytes (VmRSS of proc(5)).
    [[nodiscard]] std::size_t daemon_memory() const;
    /// Runs anjuctl and returns what it printed; its exit code in `code`.
    std::string ctl(const std::vector<std::string>& arguments, int* code = nullptr);
    /// Waits until the control socket answers.
    [[nodiscard]] bool daemon_ready(std::chrono::milliseconds limit);

    [[nodiscard]] Broker& home_broker() { return home_; }
    [[nodiscard]] Broker& district_broker() { return district_; }
    [[nodiscard]] Child& daemon() { return daemon_; }
    [[nodiscard]] const std::filesystem::path& dir() const { return dir_.path(); }
    [[nodiscard]] std::filesystem::path data_dir() const { return dir_.path() / "data"; }
    [[nodiscard]] std::filesystem::path platform_file() const {
        return dir_.path() / "platform.db";
    }
    /// As the user "simulator", who may be every sensor.
    [[nodiscard]] mqtt::Endpoint home_endpoint(const std::string& client_id) const;
    [[nodiscard]] mqtt::Endpoint district_endpoint(const std::string& client_id) const;
    /// Devices of a home: "h0007-water", "-smoke", "-door", "-motion".
    [[nodiscard]] static std::string device(std::size_t home, const std::string& what);
    [[nodiscard]] static std::string household(std::size_t home);
    [[nodiscard]] std::string log(const std::string& name) const;  ///< "anjud" or "platform"

    static constexpr const char* gateway_id = "gw-test";

private:
    void write_files();

    Options options_;
    TempDir dir_;
    Broker home_;
    Broker district_;
    Child daemon_;
    Child platform_;
};

}  // namespace anju::test
