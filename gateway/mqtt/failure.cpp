#include "mqtt/failure.hpp"

namespace anju::mqtt {

namespace {

// MQTT 3.1.1, 3.2.2.3. mosquitto answers a wrong password with 5, other brokers with 4.
std::string_view connack(int code) {
    switch (code) {
        case 1:
            return "the broker does not speak MQTT 3.1.1 (CONNACK 1)";
        case 2:
            return "the broker rejects this client id (CONNACK 2)";
        case 3:
            return "the broker is up but not available (CONNACK 3)";
        case 4:
            return "wrong user name or password (CONNACK 4)";
        case 5:
            return "not authorised: wrong user name or password, or no right to connect "
                   "(CONNACK 5)";
        default:
            return {};
    }
}

}  // namespace

std::string explain_connect(int code, std::string_view detail) {
    if (const auto words = connack(code); !words.empty()) return std::string(words);
    std::string text = "cannot connect: ";
    text += detail.empty() ? "no answer" : detail;
    return text + " (is the broker running, the address right, the port open?)";
}

std::string explain_tls(int code, std::string_view detail) {
    if (const auto words = connack(code); !words.empty()) return std::string(words);
    std::string text = "cannot connect: ";
    text += detail.empty() ? "no answer" : detail;
    return text +
           " (is the broker running and the port open; did the CA in ca_file sign its "
           "certificate, does that carry the name in the address, is it in date; does the broker "
           "ask for a client certificate, or refuse the one that is sent: expired, revoked?)";
}

std::string explain_subscribe(std::string_view filter, int code) {
    return "subscription to '" + std::string(filter) + "' refused with code " +
           std::to_string(code) + " (check the broker's ACL for this user)";
}

}  // namespace anju::mqtt
