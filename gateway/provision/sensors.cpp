#include "provision/sensors.hpp"

#include "config/setup.hpp"
#include "provision/certificates.hpp"
#include "provision/passwords.hpp"
#include "provision/places.hpp"

namespace anju::provision {
namespace {

constexpr std::string_view set_up_first = "run anjuctl setup first";

/// The password file while nobody else changes it.
struct Held {
    Lock lock;
    PasswordFile users;
};

result<void> check_name(std::string_view id) {
    if (good_user(id) && !is_reserved(id)) return {};
    return Error{"'" + std::string(id) + "' cannot be a sensor's id at the broker", "",
                 "use 1 to 64 of the characters A-Z a-z 0-9 _ . -, and none of the broker's own "
                 "users"};
}

result<Held> hold(const Tree& tree, std::string_view id) {
    if (const auto good = check_name(id); !good) return good.error();
    auto held = lock(tree);
    if (!held) return held.error();
    const auto text = tree.read(place::passwords);
    if (!text) return text.error();
    if (!*text) {
        return Error{"there is no password file", tree.at(place::passwords).string(),
                     std::string(set_up_first)};
    }
    return Held{std::move(*held), PasswordFile(**text)};
}

/// Everything but the password.
result<Credential> described(const Tree& tree, std::string_view id) {
    const std::string file = tree.at(place::answers).string();
    const auto text = tree.read(place::answers);
    if (!text) return text.error();
    if (!*text) return Error{"the box was not set up", file, std::string(set_up_first)};
    const auto setup = config::parse_setup(**text, file);
    if (!setup) return setup.error().front();
    Credential out;
    out.id = id;
    out.tls = setup->network;
    if (!out.tls) {
        out.host = "127.0.0.1";
        out.port = setup->port;
        return out;
    }
    // The name that multicast DNS answers to, or the full one.
    const auto names = setup->host_names();
    out.host = setup->host.find('.') == std::string::npos ? names[1] : names[0];
    out.port = setup->tls_port;
    const auto authority = tree.read(place::public_ca);
    if (!authority) return authority.error();
    const auto facts = look_at(authority->value_or(""));
    if (!facts) return facts.error();
    out.authority = facts->fingerprint;
    return out;
}

result<Credential> give(const Tree& tree, Held& held, std::string_view id) {
    auto out = described(tree, id);
    if (!out) return out;
    out->password = new_password();
    const auto hash = hashed(out->password);
    if (!hash) return hash.error();
    held.users.set(id, *hash);
    const auto written = tree.rewrite(place::passwords, held.users.text());
    if (!written) return written.error();
    return out;
}

Error unknown(std::string_view id) {
    return Error{"no sensor " + std::string(id) + " has a password", "",
                 "anjuctl devices passwords lists them"};
}

}  // namespace

std::string Credential::uri() const {
    return std::string(tls ? "mqtts" : "mqtt") + "://" + id + ":" + password + "@" + host + ":" +
           std::to_string(port) + (tls ? "?ca=" + authority : "");
}

result<Credential> add_sensor(const Tree& tree, std::string_view id) {
    auto held = hold(tree, id);
    if (!held) return held.error();
    if (held->users.has(id)) {
        return Error{"the sensor " + std::string(id) + " has a password already", "",
                     "anjuctl devices rotate gives it a new one"};
    }
    return give(tree, *held, id);
}

result<Credential> rotate_sensor(const Tree& tree, std::string_view id) {
    auto held = hold(tree, id);
    if (!held) return held.error();
    if (!held->users.has(id)) return unknown(id);
    return give(tree, *held, id);
}

result<void> revoke_sensor(const Tree& tree, std::string_view id) {
    auto held = hold(tree, id);
    if (!held) return held.error();
    if (!held->users.remove(id)) return unknown(id);
    return tree.rewrite(place::passwords, held->users.text());
}

result<std::vector<std::string>> sensors(const Tree& tree) {
    const auto text = tree.read(place::passwords);
    if (!text) return text.error();
    if (!*text) {
        return Error{"there is no password file", tree.at(place::passwords).string(),
                     std::string(set_up_first)};
    }
    std::vector<std::string> out = PasswordFile(**text).users();
    std::erase_if(out, [](const std::string& user) { return is_reserved(user); });
    return out;
}

}  // namespace anju::provision
