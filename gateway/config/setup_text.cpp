// The answers as a file, and the anju.toml that comes of them.
#include "config/setup.hpp"
#include "config/toml_text.hpp"
#include "config/units.hpp"

namespace anju::config {
namespace {

constexpr auto as_it_is = [](const std::string& text) { return text; };

constexpr std::string_view setup_head =
    "# What this box was set up with. anjuctl setup reads it when it is run again, and\n"
    "# anjuctl setup --renew takes the names for new certificates from it.\n"
    "# 本机的安装答案；再次运行 anjuctl setup 时使用。\n\n";

constexpr std::string_view gateway_head =
    "# Written by anjuctl setup; yours from now on. What else can be set, with every default:\n"
    "# anjuctl config show, and the annotated anju.toml that comes with the package.\n"
    "# 由 anjuctl setup 生成，之后可自行修改；全部选项见 anjuctl config show。\n\n";

}  // namespace

std::string setup_text(const Setup& setup) {
    Writer out;
    out.section("[box]");
    out.text("id", setup.id);
    out.text("host", setup.host);
    out.list("addresses", setup.addresses, as_it_is);
    out.text("utc_offset", format_utc_offset(setup.utc_offset));
    out.section("[sensors]");
    out.raw("port", std::to_string(setup.port));
    out.boolean("network", setup.network);
    out.raw("tls_port", std::to_string(setup.tls_port));
    out.boolean("zigbee2mqtt", setup.zigbee2mqtt);
    out.list("drivers", setup.drivers, as_it_is);
    if (setup.district) {
        out.section("[district]");
        out.text("uri", setup.district->uri);
        out.text("username", setup.district->username);
        if (!setup.district->ca_file.empty()) out.text("ca_file", "district-ca.pem");
        if (!setup.district->password_file.empty()) out.text("password_file", "district.password");
        out.boolean("certificate", setup.district->certificate);
    }
    out.section("[console]");
    out.boolean("enabled", setup.console);
    out.boolean("network", setup.console_network);
    out.raw("port", std::to_string(setup.console_port));
    return std::string(setup_head) + out.take();
}

std::string gateway_text(const Setup& setup) {
    Writer out;
    out.section("[gateway]");
    out.text("id", setup.id);
    out.text("utc_offset", format_utc_offset(setup.utc_offset));
    out.section("[home]");
    out.text("uri", "mqtt://127.0.0.1:" + std::to_string(setup.port));
    out.text("username", "anjud");
    out.text("password_file", "home.password");
    if (!setup.zigbee2mqtt) out.raw("zigbee2mqtt_bases", "[]");
    if (!setup.drivers.empty()) out.list("drivers", setup.drivers, as_it_is);
    if (const auto& district = setup.district) {
        out.section("[district]");
        out.text("uri", district->uri);
        // A name alone is refused; with a certificate the common name is the name.
        if (!district->password_file.empty()) {
            out.text("username", district->username);
            out.text("password_file", "district.password");
        }
        if (!district->ca_file.empty()) out.text("ca_file", "district-ca.pem");
        if (district->certificate) {
            out.text("cert_file", "tls/district.crt");
            out.text("key_file", "tls/district.key");
        }
    }
    out.section("[store]");
    out.text("seal_key_file", "seal.key");
    if (setup.console) {
        out.section("[http]");
        const std::string address = setup.console_network ? "0.0.0.0" : "127.0.0.1";
        out.text("listen", address + ":" + std::to_string(setup.console_port));
        if (setup.console_network) {
            out.text("cert_file", "tls/web.crt");
            out.text("key_file", "tls/web.key");
        }
        out.section("[console]");
        if (setup.console_network) {
            out.section("[notify]");
            const std::string name = setup.host_names()[setup.host.find('.') == std::string::npos];
            out.text("base_url", "https://" + name + ":" + std::to_string(setup.console_port));
        }
    }
    return std::string(gateway_head) + out.take();
}

}  // namespace anju::config
