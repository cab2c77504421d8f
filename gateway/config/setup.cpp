#include "config/setup.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "config/broker.hpp"
#include "config/section.hpp"
#include "config/suggest.hpp"
#include "config/units.hpp"

namespace anju::config {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_addresses = 16;

bool id_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-';
}

/// Letters, digits and inner hyphens, in labels of 1 to 63 (RFC 1123), lower case.
bool good_host(std::string_view host) {
    if (host.empty() || host.size() > 253) return false;
    std::size_t label = 0;
    char last = '.';
    for (const char c : host) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (c == '.' ? last == '.' || last == '-' : !letter && (c != '-' || last == '.')) {
            return false;
        }
        label = c == '.' ? 0 : label + 1;
        if (label > 63) return false;
        last = c;
    }
    return last != '.' && last != '-';
}

/// As a certificate says it; nullopt: not an address that the box's own authority may speak for
/// (provision/certificates.hpp).
std::optional<std::string> private_address(const std::string& text) {
    std::array<unsigned char, 16> b{};
    std::array<char, INET6_ADDRSTRLEN> out{};
    if (inet_pton(AF_INET, text.c_str(), b.data()) == 1) {
        if (b[0] != 10 && b[0] != 127 && (b[0] != 172 || (b[1] & 0xf0U) != 16) &&
            (b[0] != 192 || b[1] != 168) && (b[0] != 169 || b[1] != 254)) {
            return std::nullopt;
        }
        return inet_ntop(AF_INET, b.data(), out.data(), out.size());
    }
    if (inet_pton(AF_INET6, text.c_str(), b.data()) != 1) return std::nullopt;
    if ((b[0] & 0xfeU) != 0xfc && (b[0] != 0xfe || (b[1] & 0xc0U) != 0x80)) return std::nullopt;
    return inet_ntop(AF_INET6, b.data(), out.data(), out.size());
}

std::uint16_t read_port(Section& section, std::string_view key, std::uint16_t standard) {
    return static_cast<std::uint16_t>(section.integer(key, 1, 65'535).value_or(standard));
}

void read_box(Section& section, Setup& setup) {
    section.require("id", R"("box-0001")");
    if (const auto id = section.text("id")) {
        setup.id = *id;
        if (id->empty() || id->size() > 64 || !std::ranges::all_of(*id, id_char)) {
            section.wrong("id", "'" + *id + "' cannot name a box",
                          "use 1 to 64 of the characters A-Z a-z 0-9 _ . -");
        }
    }
    if (const auto host = section.text("host")) {
        setup.host = *host;
        if (!good_host(*host)) {
            section.wrong("host", "'" + *host + "' is not a host's name",
                          R"(write it in lower case, like "anju")");
        }
    }
    if (const auto addresses = section.texts("addresses")) {
        for (std::size_t i = 0; i < addresses->size(); ++i) {
            if (const auto address = private_address((*addresses)[i])) {
                setup.addresses.push_back(*address);
                continue;
            }
            section.wrong_element("addresses", i,
                                  "'" + (*addresses)[i] + "' is not an address of a home",
                                  R"(write it like "192.168.1.10")");
        }
        if (addresses->size() > most_addresses) {
            section.wrong("addresses", "has more than 16", "name those that sensors use");
        }
    }
    if (const auto text = section.text("utc_offset")) {
        if (const auto offset = parse_utc_offset(*text)) {
            setup.utc_offset = *offset;
        } else {
            section.wrong("utc_offset", "'" + *text + "' is not an offset from UTC",
                          R"(write it like "+08:00")");
        }
    }
    section.finish();
}

void read_sensors(Section& section, Setup& setup, std::span<const std::string_view> known) {
    setup.port = read_port(section, "port", setup.port);
    setup.network = section.boolean("network").value_or(setup.network);
    setup.tls_port = read_port(section, "tls_port", setup.tls_port);
    setup.zigbee2mqtt = section.boolean("zigbee2mqtt").value_or(setup.zigbee2mqtt);
    if (setup.port == setup.tls_port) {
        section.wrong("tls_port", "is the port of the other listener", "write 8883");
    }
    if (const auto drivers = section.texts("drivers")) {
        setup.drivers = *drivers;
        for (std::size_t i = 0; i < drivers->size() && !known.empty(); ++i) {
            const std::string& name = (*drivers)[i];
            if (std::ranges::find(known, name) != known.end()) continue;
            section.wrong_element("drivers", i, "'" + name + "' is not a driver",
                                  suggestion(name, known));
        }
    }
    section.finish();
}

void read_district(Section& section, Setup& setup, const fs::path& folder) {
    SetupDistrict out;
    section.require("uri", R"("mqtts://platform.example:8883")");
    out.uri = section.text("uri").value_or("");
    const auto uri = parse_broker_uri(out.uri);
    if (section.has("uri") && !uri) {
        section.wrong("uri", "'" + out.uri + "' is not a broker's address",
                      "write mqtts://host:port");
    } else if (uri && !uri->tls && !uri->loopback()) {
        section.wrong("uri", "would send events of residents unencrypted to " + uri->host,
                      "write mqtts://" + uri->host + ":8883");
    }
    out.username = section.text("username").value_or(setup.id);
    out.ca_file = read_file_key(section, "ca_file", folder, Secrecy::open);
    out.password_file = read_file_key(section, "password_file", folder, Secrecy::secret);
    out.certificate = section.boolean("certificate").value_or(false);
    const bool plain = uri && !uri->tls;
    if (plain && out.certificate) {
        section.wrong("certificate", "has no effect with mqtt://", "write mqtts:// in uri");
    }
    if (plain && section.has("ca_file")) {
        section.wrong("ca_file", "has no effect with mqtt://", "write mqtts:// in uri");
    }
    if (section.has("uri") && !out.certificate && !section.has("password_file")) {
        section.wrong("uri", "would be reached without any proof of who the box is",
                      "give password_file, or certificate = true");
    }
    section.finish();
    setup.district = std::move(out);
}

void read_console(Section& section, Setup& setup) {
    setup.console = section.boolean("enabled").value_or(setup.console);
    setup.console_network = section.boolean("network").value_or(setup.console_network);
    const std::uint16_t standard = setup.console_network ? 8443 : 8480;
    setup.console_port = read_port(section, "port", standard);
    if (section.has("port") && setup.console_port < 1024) {
        section.wrong("port", "is below 1024, which the gateway's user may not listen on",
                      "write 8443");
    }
    for (const std::uint16_t other : {setup.port, setup.tls_port}) {
        if (setup.console_port == other) {
            section.wrong("port", "is a port of the broker", "write 8443");
        }
    }
    section.finish();
}

}  // namespace

std::vector<std::string> Setup::host_names() const {
    std::vector<std::string> out{host};
    if (host.find('.') == std::string::npos) out.push_back(host + ".local");
    if (host != "localhost") out.emplace_back("localhost");
    return out;
}

boost::system::result<Setup, Errors> parse_setup(std::string_view text, const fs::path& name,
                                                 std::span<const std::string_view> drivers) {
    Report report{name.string()};
    toml::table root;
    try {
        root = toml::parse(text, std::string_view(report.file()));
    } catch (const toml::parse_error& error) {
        report.add(error.source(), "not TOML: " + std::string(error.description()),
                   "correct this line; whatever follows was not looked at");
        return report.take();
    }
    Setup setup;
    const fs::path folder = fs::absolute(name).parent_path();
    Section top{root, nullptr, "", -1, report};
    if (top.require_table("box", R"(id = "box-0001")")) {
        if (auto section = top.table("box")) read_box(*section, setup);
    }
    if (auto section = top.table("sensors")) read_sensors(*section, setup, drivers);
    if (auto section = top.table("district")) read_district(*section, setup, folder);
    if (auto section = top.table("console")) read_console(*section, setup);
    top.finish();
    if (!report.empty()) return report.take();
    return setup;
}

boost::system::result<Setup, Errors> load_setup(const fs::path& path,
                                                std::span<const std::string_view> drivers) {
    std::error_code none;
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    if (fs::is_directory(path, none) || !file ||
        (file.peek() != std::ifstream::traits_type::eof() && !(content << file.rdbuf()))) {
        return Errors{{"cannot read the answers", path.string(), "name a TOML file"}};
    }
    return parse_setup(std::move(content).str(), path, drivers);
}

}  // namespace anju::config
