#include "tests/support/broker.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

namespace anju::test {

namespace {

constexpr auto passwd_program = "/usr/bin/mosquitto_passwd";

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

bool accepts(std::uint16_t port) {
    const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(port);
    const bool ok =
        ::connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(probe);
    return ok;
}

}  // namespace

TempDir::TempDir() {
    std::string pattern = (std::filesystem::temp_directory_path() / "anju-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make " + pattern);
    path_ = pattern;
}

TempDir::~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::uint16_t free_port() {
    const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(0);
    socklen_t size = sizeof address;
    const bool ok =
        ::bind(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
        ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(probe);
    if (!ok) throw std::runtime_error("no free port on 127.0.0.1");
    return ntohs(address.sin_port);
}

Broker::Broker() : Broker(Options{}) {}

Broker::Broker(Options options) : options_(std::move(options)) {
    for (int attempt = 0; attempt < 5; ++attempt) {
        port_ = free_port();
        write_files();
        if (launch()) return;  // else somebody took the port in between
    }
    throw std::runtime_error("mosquitto does not start:\n" + log());
}

bool Broker::installed() {
    return ::access("/usr/sbin/mosquitto", X_OK) == 0 && ::access(passwd_program, X_OK) == 0;
}

std::string Broker::uri() const {
    return "mqtt://127.0.0.1:" + std::to_string(port_);
}

std::string Broker::tls_uri() const {
    return "mqtts://localhost:" + std::to_string(port_);
}

std::string Broker::log() const {
    std::ostringstream text;
    text << std::ifstream(dir() / "mosquitto.log").rdbuf();
    return text.str();
}

void Broker::write_files() {
    const auto passwords = dir() / "passwords";
    std::ofstream(passwords).close();
    for (const auto& user : options_.users) {
        Child tool({passwd_program, "-b", passwords, user.name, user.password}, dir() / "tool.log");
        if (tool.wait(std::chrono::seconds{20}) != 0) throw std::runtime_error("mosquitto_passwd");
    }
    std::ofstream acl(dir() / "acl");
    if (options_.acl.empty()) acl << "pattern readwrite #\n";
    for (const auto& line : options_.acl) acl << line << '\n';

    // mosquitto started by root would change to its own user, which may not read these files.
    const auto* self = ::getpwuid(::getuid());
    std::ofstream config(dir() / "mosquitto.conf");
    config << "listener " << port_ << " 127.0.0.1\n"
           << "allow_anonymous false\n"
           << "password_file " << passwords.string() << '\n'
           << "acl_file " << (dir() / "acl").string() << '\n'
           << "user " << (self != nullptr ? self->pw_name : "root") << '\n'
           << "log_dest stderr\n"
           << "log_type error\nlog_type warning\nlog_type notice\n"
           << "set_tcp_nodelay true\n";
    for (const auto& line : options_.extra) config << line << '\n';
}

bool Broker::launch() {
    process_ = Child({options_.program, "-c", dir() / "mosquitto.conf"}, dir() / "mosquitto.log");
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (std::chrono::steady_clock::now() < deadline) {
        if (!process_.running()) return false;
        if (accepts(port_)) return process_.running();
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    return false;
}

void Broker::kill() {
    process_.kill();
}

void Broker::stop() {
    process_.signal(SIGTERM);
    if (!process_.wait(std::chrono::seconds{10})) process_.kill();
}

void Broker::start() {
    if (process_.running()) return;
    if (!launch()) throw std::runtime_error("mosquitto does not start again:\n" + log());
}

void Broker::freeze() const {
    process_.signal(SIGSTOP);
}

void Broker::thaw() const {
    process_.signal(SIGCONT);
}

}  // namespace anju::test
