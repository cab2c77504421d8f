// Where things lie on a box, and who may do what with them. One page, so that the doctor, the
// manual and the tests mean the same.
#pragma once

#include <string_view>

#include "provision/tree.hpp"

namespace anju::provision {

namespace place {

inline constexpr std::string_view answers = "/etc/anju/setup.toml";
inline constexpr std::string_view written = "/etc/anju/setup.written";
inline constexpr std::string_view due = "/etc/anju/setup.due";
inline constexpr std::string_view gateway = "/etc/anju/anju.toml";
inline constexpr std::string_view holidays = "/etc/anju/holidays-cn.toml";
inline constexpr std::string_view home_password = "/etc/anju/home.password";
inline constexpr std::string_view seal_key = "/etc/anju/seal.key";
inline constexpr std::string_view zigbee_password = "/etc/anju/zigbee2mqtt.password";
inline constexpr std::string_view ca_key = "/etc/anju/ca/ca.key";
inline constexpr std::string_view ca = "/etc/anju/ca/ca.crt";
inline constexpr std::string_view public_ca = "/etc/anju/tls/ca.crt";
inline constexpr std::string_view web_key = "/etc/anju/tls/web.key";
inline constexpr std::string_view web = "/etc/anju/tls/web.crt";
inline constexpr std::string_view district_ca = "/etc/anju/district-ca.pem";
inline constexpr std::string_view district_password = "/etc/anju/district.password";
inline constexpr std::string_view district_key = "/etc/anju/tls/district.key";
inline constexpr std::string_view district_request = "/etc/anju/tls/district.csr";
inline constexpr std::string_view district = "/etc/anju/tls/district.crt";

/// What the district has sent for this box, until it is in the place of `district`: anjud's hand
/// writes it, root's takes it.
inline constexpr std::string_view issued = "/run/anju/district.issued";

inline constexpr std::string_view broker_main = "/etc/mosquitto/mosquitto.conf";
inline constexpr std::string_view broker = "/etc/mosquitto/conf.d/anju.conf";
inline constexpr std::string_view broker_folder = "/etc/mosquitto/anju";
inline constexpr std::string_view broker_state = "/var/lib/mosquitto";
inline constexpr std::string_view passwords = "/etc/mosquitto/anju/home.passwd";
inline constexpr std::string_view acl = "/etc/mosquitto/anju/home.acl";
inline constexpr std::string_view broker_ca = "/etc/mosquitto/anju/tls/ca.crt";
inline constexpr std::string_view broker_key = "/etc/mosquitto/anju/tls/home.key";
inline constexpr std::string_view broker_certificate = "/etc/mosquitto/anju/tls/home.crt";

}  // namespace place

namespace access {

inline constexpr Access open{0644, {}};
inline constexpr Access nobody{0600, {}};           ///< root alone
inline constexpr Access gateway{0640, "anju"};      ///< anjud reads it
inline constexpr Access broker{0640, "mosquitto"};  ///< mosquitto reads it
inline constexpr Access folder{0755, {}};
inline constexpr Access nobodys_folder{0700, {}};
inline constexpr Access gateways_folder{0750, "anju"};
inline constexpr Access brokers_folder{0750, "mosquitto"};

}  // namespace access

}  // namespace anju::provision
