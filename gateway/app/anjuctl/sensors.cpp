#include "app/anjuctl/sensors.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>

#include "app/anjuctl/register.hpp"
#include "app/anjuctl/services.hpp"
#include "app/anjuctl/setup_text.hpp"
#include "provision/label.hpp"
#include "provision/sensors.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;
using provision::Credential;

int refuse(const Error& error, Lang lang) {
    complain({error}, lang);
    return exit_refused;
}

/// A password that nobody but the caller may read, in a file that was not there before: through a
/// link it would go where somebody else wants it.
std::optional<Error> save(const std::string& path, const std::string& text) {
    const auto failed = [&] {
        return Error{std::string("cannot write the label: ") + std::strerror(errno), path,
                     errno == EEXIST ? "remove it, or name another file" : "name another file"};
    };
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return failed();
    const bool whole = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    if (close(file) == 0 && whole) return std::nullopt;
    const Error error = failed();
    unlink(path.c_str());
    return error;
}

std::string server_of(const Credential& one) {
    return (one.tls ? "mqtts://" : "mqtt://") + one.host + ":" + std::to_string(one.port);
}

json::value as_json(const Credential& one) {
    return {{"id", one.id},
            {"password", one.password},
            {"server", server_of(one)},
            {"authority", one.authority},
            {"uri", one.uri()}};
}

std::string shown(const Credential& one, Lang lang) {
    std::string out;
    const auto line = [&](const Text& name, const std::string& value) {
        if (!value.empty()) out += fmt::format("{}: {}\n", name.in(lang), value);
    };
    line(text::sensor_server, server_of(one));
    line(text::sensor_user, one.id);
    line(text::sensor_password, one.password);
    line(text::sensor_authority, one.authority);
    return out + std::string(text::shown_once.in(lang)) + "\n";
}

/// Passwords are read again without anybody being disturbed but who was revoked.
void reload_broker(const SensorChoice& choice, Lang lang) {
    if (!choice.root.empty()) return;
    if (has_service_manager() && run_program({"systemctl", "reload", "mosquitto"})) return;
    fmt::print(stderr, "{}\n", text::reload_broker.in(lang));
}

using Change = result<Credential> (*)(const provision::Tree&, std::string_view);

int hand_out(const Globals& globals, const SensorChoice& choice, Change change) {
    const Lang lang = globals.lang;
    // Before there is a password that only the label would tell.
    if (!choice.svg.empty() && access(choice.svg.c_str(), F_OK) == 0) {
        return refuse({"a label is there already", choice.svg, "remove it, or name another file"},
                      lang);
    }
    const auto credential = change(provision::Tree(choice.root), choice.id);
    if (!credential) return refuse(credential.error(), lang);
    reload_broker(choice, lang);
    const auto code = provision::code_for_terminal(credential->uri());
    if (globals.json) {
        fmt::print("{}\n", json::serialize(as_json(*credential)));
    } else {
        fmt::print("{}{}", code ? *code : "", shown(*credential, lang));
    }
    if (choice.svg.empty()) return exit_ok;
    const auto label =
        provision::code_as_svg(credential->uri(), {credential->id, server_of(*credential)});
    if (!label) return refuse(label.error(), lang);
    if (const auto failed = save(choice.svg, *label)) return refuse(*failed, lang);
    if (!globals.json) {
        fmt::print("{}\n", fmt::format(fmt::runtime(text::svg_written.in(lang)), choice.svg));
    }
    return exit_ok;
}

}  // namespace

int add_sensor(const Globals& globals, const SensorChoice& choice) {
    const int done = hand_out(globals, choice, &provision::add_sensor);
    if (done != exit_ok) return done;
    if (!choice.household.empty()) {
        return register_sensor(globals, {choice.id, choice.household, choice.kind, choice.label});
    }
    if (!globals.json) fmt::print("{}\n", text::register_it.in(globals.lang));
    return exit_ok;
}

int rotate_sensor(const Globals& globals, const SensorChoice& choice) {
    return hand_out(globals, choice, &provision::rotate_sensor);
}

int revoke_sensor(const Globals& globals, const SensorChoice& choice) {
    const provision::Tree tree(choice.root);
    const auto done = provision::revoke_sensor(tree, choice.id);
    if (!done) return refuse(done.error(), globals.lang);
    reload_broker(choice, globals.lang);
    if (globals.json) {
        fmt::print("{}\n", json::serialize(json::object{{"id", choice.id}, {"revoked", true}}));
    } else {
        fmt::print("{}\n",
                   fmt::format(fmt::runtime(text::sensor_revoked.in(globals.lang)), choice.id));
    }
    return exit_ok;
}

int list_sensors(const Globals& globals, const SensorChoice& choice) {
    const auto all = provision::sensors(provision::Tree(choice.root));
    if (!all) return refuse(all.error(), globals.lang);
    if (globals.json) {
        fmt::print("{}\n", json::serialize(json::object{{"sensors", json::value_from(*all)}}));
        return exit_ok;
    }
    for (const std::string& id : *all) fmt::print("{}\n", id);
    if (all->empty()) fmt::print("{}\n", text::nothing.in(globals.lang));
    return exit_ok;
}

}  // namespace anju::ctl
