// What has to be known of a box before it can be set up: the answers of `anjuctl setup`, as a file
// that can be made once for many boxes and that is kept on each as /etc/anju/setup.toml.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"

namespace anju::config {

struct SetupDistrict {
    std::string uri;                      ///< mqtts://host:port, or mqtt:// on loopback
    std::string username;                 ///< default: the box's id
    std::filesystem::path ca_file;        ///< copied; empty: the system's authorities
    std::filesystem::path password_file;  ///< copied; empty: none
    bool certificate = false;             ///< the box proves itself by a certificate
};

struct Setup {
    // [box]
    std::string id;                      ///< as [gateway] id
    std::string host = "anju";           ///< one label, or a full name
    std::vector<std::string> addresses;  ///< private IP addresses that it is reached at
    std::chrono::minutes utc_offset{8 * 60};

    // [sensors]
    std::uint16_t port = 1883;  ///< in the clear, on 127.0.0.1 only
    bool network = false;       ///< sensors beyond the box itself: TLS on every address
    std::uint16_t tls_port = 8883;
    bool zigbee2mqtt = true;
    std::vector<std::string> drivers;

    std::optional<SetupDistrict> district;  ///< [district]

    // [console]
    bool console = true;
    bool console_network = false;  ///< over TLS on every address; else 127.0.0.1 only
    std::uint16_t console_port = 8480;

    /// `host`, `host`.local where it is one label, and localhost.
    [[nodiscard]] std::vector<std::string> host_names() const;
};

/// Reads and checks; mistakes as load() reports them. `drivers`: the names that may be switched
/// on; empty: not checked. Relative paths are taken from the folder of `path`.
[[nodiscard]] boost::system::result<Setup, Errors> load_setup(
    const std::filesystem::path& path, std::span<const std::string_view> drivers = {});
/// The same for a text that came from elsewhere. `name` stands in the errors.
[[nodiscard]] boost::system::result<Setup, Errors> parse_setup(
    std::string_view toml, const std::filesystem::path& name,
    std::span<const std::string_view> drivers = {});

/// What parse_setup() reads back. The files of the district are called district-ca.pem and
/// district.password, beside it.
[[nodiscard]] std::string setup_text(const Setup& setup);

/// The anju.toml of such a box.
[[nodiscard]] std::string gateway_text(const Setup& setup);

}  // namespace anju::config
