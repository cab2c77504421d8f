#include "config/broker.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "config/units.hpp"

namespace anju::config {

std::filesystem::path read_file_key(Section& section, std::string_view key,
                                    const std::filesystem::path& folder, Secrecy secrecy) {
    const auto text = section.text(key);
    if (!text) return {};
    const std::filesystem::path path = folder / *text;
    struct stat info{};
    if (stat(path.c_str(), &info) != 0) {
        const int reason = errno;
        section.wrong(key, "names " + path.string() + ": " + std::strerror(reason),
                      reason == EACCES ? "let the gateway's user into this folder"
                                       : "create the file or correct the path");
        return {};
    }
    if (!S_ISREG(info.st_mode)) {
        section.wrong(key, "names " + path.string() + ", which is not a file",
                      "name a regular file");
        return {};
    }
    if (secrecy == Secrecy::secret && (info.st_mode & S_IRWXO) != 0) {
        section.wrong(key, "names " + path.string() + ", which every user of the box may read",
                      "chmod o-rwx " + path.string());
        return {};
    }
    std::ifstream file(path);
    std::string line;
    if (!file) {
        section.wrong(key, "names " + path.string() + ", which cannot be opened",
                      "let the gateway's user read it");
        return {};
    }
    if (!std::getline(file, line) || line.empty()) {
        section.wrong(key, "names " + path.string() + ", whose first line is empty",
                      "put the content on the first line");
        return {};
    }
    return path;
}

namespace {

void check_uri(Section& section, BrokerRole role, const Broker& broker) {
    const auto uri = parse_broker_uri(broker.uri);
    if (!uri) {
        section.wrong("uri", "'" + broker.uri + "' is not a broker's address",
                      "write mqtt://host:port or mqtts://host:port; user and password have keys "
                      "of their own");
        return;
    }
    if (!uri->tls && !uri->loopback()) {
        if (role == BrokerRole::district) {
            section.wrong("uri", "would send events of residents unencrypted to " + uri->host,
                          "write mqtts://" + uri->host + ":8883 and name the platform's ca_file");
        } else if (!broker.allow_plaintext) {
            section.wrong("uri", "would talk unencrypted to " + uri->host,
                          "write mqtts://, or allow_plaintext = true if this is the home's own "
                          "network");
        }
    }
    if (uri->tls) return;
    for (const std::string_view key : {"ca_file", "cert_file", "key_file"}) {
        if (!section.has(key)) continue;
        section.wrong(key, "has no effect with mqtt://", "write mqtts:// in uri, or remove it");
    }
}

void check_pair(Section& section, std::string_view key, std::string_view other) {
    if (section.has(key) && !section.has(other)) {
        section.wrong(key, "needs " + std::string(other) + " beside it",
                      "add " + std::string(other) + ", or remove " + std::string(key));
    }
}

}  // namespace

Broker read_broker(Section& section, BrokerRole role, const std::filesystem::path& folder) {
    Broker broker;
    const bool has_uri = section.require("uri", R"("mqtts://host:8883")");
    broker.uri = section.text("uri").value_or("");
    broker.username = section.text("username").value_or("");
    broker.password_file = read_file_key(section, "password_file", folder, Secrecy::secret);
    broker.ca_file = read_file_key(section, "ca_file", folder, Secrecy::open);
    broker.cert_file = read_file_key(section, "cert_file", folder, Secrecy::open);
    broker.key_file = read_file_key(section, "key_file", folder, Secrecy::secret);
    if (role == BrokerRole::home) {
        broker.allow_plaintext = section.boolean("allow_plaintext").value_or(false);
    }
    if (has_uri && !broker.uri.empty()) check_uri(section, role, broker);
    if (has_uri && broker.uri.empty() && section.text("uri")) {
        section.wrong("uri", "is empty", "write mqtt://host:port or mqtts://host:port");
    }
    check_pair(section, "username", "password_file");
    check_pair(section, "password_file", "username");
    check_pair(section, "cert_file", "key_file");
    check_pair(section, "key_file", "cert_file");
    return broker;
}

bool leaves_the_box(const std::string& uri) {
    const auto parsed = parse_broker_uri(uri);
    return parsed && !parsed->loopback();
}

}  // namespace anju::config
