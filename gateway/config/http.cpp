#include "config/http.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <fstream>

#include "config/broker.hpp"
#include "config/web_sections.hpp"

namespace anju::config {
namespace {

/// "127.0.0.1:8480", "[::]:443"
bool parse_listen(std::string_view text, Http& into) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return false;
    std::string_view host = text.substr(0, colon);
    const std::string_view port = text.substr(colon + 1);
    const bool v6 = host.starts_with('[') && host.ends_with(']');
    if (v6) host = host.substr(1, host.size() - 2);
    const std::string address(host);
    in6_addr ignored{};
    if (inet_pton(v6 ? AF_INET6 : AF_INET, address.c_str(), &ignored) != 1) return false;
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (error != std::errc{} || end != port.data() + port.size() || number == 0) return false;
    into.address = address;
    into.port = number;
    return true;
}

bool is_loopback(const std::string& address) {
    return address == "::1" || address.starts_with("127.");
}

/// Whoever has it reads from afar what the box counts.
constexpr std::size_t least_token = 32;

std::size_t length_of(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    return line.size();
}

}  // namespace

Http read_http(Section& section, const std::filesystem::path& folder) {
    Http http;
    if (const auto text = section.text("listen"); text && !parse_listen(*text, http)) {
        section.wrong("listen", "'" + *text + "' is not an IP address and a port",
                      R"(write "127.0.0.1:8480", "0.0.0.0:443" or "[::]:443")");
    }
    http.cert_file = read_file_key(section, "cert_file", folder, Secrecy::open);
    http.key_file = read_file_key(section, "key_file", folder, Secrecy::secret);
    http.behind_proxy = section.boolean("behind_proxy").value_or(false);
    http.metrics_token_file = read_file_key(section, "metrics_token_file", folder, Secrecy::secret);
    if (!http.metrics_token_file.empty() && length_of(http.metrics_token_file) < least_token) {
        section.wrong("metrics_token_file",
                      "names " + http.metrics_token_file.string() +
                          ", whose first line is shorter than " + std::to_string(least_token) +
                          " characters",
                      "make one that nobody guesses: openssl rand -hex 32");
    }
    if (const auto v = section.integer("calendar_generation", 1, 1'000'000)) {
        http.calendar_generation = static_cast<std::uint32_t>(*v);
    }
    for (const auto& [key, other] :
         {std::pair{"cert_file", "key_file"}, std::pair{"key_file", "cert_file"}}) {
        if (!section.has(key) || section.has(other)) continue;
        section.wrong(key, std::string("needs ") + other + " beside it",
                      std::string("add ") + other + ", or remove " + key);
    }
    if (!is_loopback(http.address) && !section.has("cert_file")) {
        section.wrong("listen", "would show people's homes unencrypted to other machines",
                      "give cert_file and key_file, or listen on 127.0.0.1 behind a proxy");
    }
    section.finish();
    return http;
}

void write_http(Writer& out, const Http& http) {
    const bool v6 = http.address.find(':') != std::string::npos;
    out.section("[http]");
    out.text("listen",
             (v6 ? "[" + http.address + "]" : http.address) + ":" + std::to_string(http.port));
    out.text("cert_file", http.cert_file);
    out.text("key_file", http.key_file);
    out.boolean("behind_proxy", http.behind_proxy);
    out.text("metrics_token_file", http.metrics_token_file);
    out.raw("calendar_generation", std::to_string(http.calendar_generation));
}

}  // namespace anju::config
