#include "http/address.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v6.hpp>

namespace anju::http {
namespace {

namespace ip = boost::asio::ip;

bool parse(std::string_view text, ip::address& into) {
    boost::system::error_code error;
    into = ip::make_address(text, error);
    if (error) return false;
    if (into.is_v6() && into.to_v6().is_v4_mapped()) {
        into = ip::make_address_v4(ip::v4_mapped, into.to_v6());
    }
    return true;
}

}  // namespace

std::string counted_as(std::string_view address) {
    ip::address parsed;
    if (!parse(address, parsed)) return "unknown";
    if (parsed.is_v4()) return parsed.to_string();
    ip::address_v6 plain = parsed.to_v6();
    plain.scope_id(0);
    if (plain.is_loopback()) return plain.to_string();  // no network, but this machine
    return ip::make_network_v6(plain, 64).canonical().to_string();
}

bool is_loopback(std::string_view address) {
    ip::address parsed;
    return parse(address, parsed) && parsed.is_loopback();
}

std::string_view last_forwarded(std::string_view field) {
    const std::size_t comma = field.rfind(',');
    if (comma != std::string_view::npos) field.remove_prefix(comma + 1);
    while (field.starts_with(' ')) field.remove_prefix(1);
    while (field.ends_with(' ')) field.remove_suffix(1);
    return field;
}

}  // namespace anju::http
