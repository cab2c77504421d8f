// A private mosquitto for one test: its own directory, its own loopback port, no anonymous
// access, and it can be killed and started again on the same port.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/child.hpp"

namespace anju::test {

/// A directory that disappears with its owner.
class TempDir {
public:
    TempDir();
    ~TempDir();
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// A TCP port of 127.0.0.1 that was free a moment ago.
[[nodiscard]] std::uint16_t free_port();

class Broker {
public:
    struct User {
        std::string name;
        std::string password;
    };
    struct Options {
        std::vector<User> users{{"anju", "correct horse"}};
        /// Lines of the ACL file; empty: every user may do everything.
        std::vector<std::string> acl;
        /// Further lines of the configuration; those of the listener (cafile, certfile …) too.
        std::vector<std::string> extra;
        /// Where mosquitto is; tests skip with a message when it is absent, see installed().
        std::filesystem::path program = "/usr/sbin/mosquitto";
    };

    /// Returns when the broker answers. Throws std::runtime_error with the broker's log else.
    Broker();
    explicit Broker(Options options);

    [[nodiscard]] static bool installed();

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::string uri() const;      ///< "mqtt://127.0.0.1:{port}"
    [[nodiscard]] std::string tls_uri() const;  ///< "mqtts://localhost:{port}"
    [[nodiscard]] const std::filesystem::path& dir() const { return dir_.path(); }
    [[nodiscard]] std::string log() const;  ///< what mosquitto has written so far

    void kill();          ///< SIGKILL; messages and sessions it had in memory are gone
    void stop();          ///< SIGTERM, waits
    void start();         ///< again, on the same port, with the same configuration
    void freeze() const;  ///< SIGSTOP: connections stay open, nothing is answered
    void thaw() const;    ///< SIGCONT

private:
    void write_files();
    bool launch();

    Options options_;
    TempDir dir_;
    std::uint16_t port_ = 0;
    Child process_;
};

}  // namespace anju::test
