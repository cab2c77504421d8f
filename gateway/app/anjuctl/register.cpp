#include "app/anjuctl/register.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/anjuctl/field.hpp"
#include "app/anjuctl/setup_text.hpp"
#include "control/methods.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;

/// A basic string of TOML, as the daemon writes ids.
std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return out + "\"";
}

/// Where the next table of the file's first level begins.
std::size_t next_top(std::string_view text, std::size_t from) {
    const std::size_t home = text.find("\n[[household]]\n", from);
    return std::min({home, text.find("\n[[community]]\n", from), text.size()});
}

}  // namespace

std::string device_lines(const NewSensor& sensor) {
    std::string out = "[[household.device]]\nid = " + in_quotes(sensor.id) + "\n";
    out += "kind = " + in_quotes(sensor.kind) + "\n";
    if (!sensor.label.empty()) out += "label = " + in_quotes(sensor.label) + "\n";
    return out;
}

std::optional<std::string> household_with(std::string_view directory, const NewSensor& sensor) {
    constexpr std::string_view heading = "[[household]]\n";
    const std::string id = "id = " + in_quotes(sensor.household) + "\n";
    std::size_t at = directory.starts_with(heading) ? 0 : directory.find("\n[[household]]\n");
    while (at != std::string_view::npos && at < directory.size()) {
        const std::size_t end = next_top(directory, at + 1);
        std::string_view home = directory.substr(at, end - at);
        if (home.starts_with('\n')) home.remove_prefix(1);
        // Its id stands among its own keys, before the tables of those who live there.
        const std::string_view own = home.substr(0, home.find("\n[[household."));
        if ((std::string(own) + "\n").find("\n" + id) != std::string::npos) {
            std::string out(home);
            if (!out.ends_with('\n')) out += '\n';
            return out + "\n" + device_lines(sensor);
        }
        at = directory.find("\n[[household]]\n", at + 1);
    }
    return std::nullopt;
}

int register_sensor(const Globals& globals, const NewSensor& sensor) {
    const Lang lang = globals.lang;
    const control::Outcome exported =
        fetch(globals, control::method::residents_export, {{"with_keys", true}});
    if (exported.kind != control::Outcome::Kind::ok) return fail(exported, lang);
    const auto home = household_with(field(exported.result, "toml"), sensor);
    if (!home) {
        complain({{fmt::format(fmt::runtime(text::no_such_home.in(lang)), sensor.household), "",
                   std::string(text::register_it.in(lang))}},
                 lang);
        return exit_refused;
    }
    const control::Outcome imported =
        fetch(globals, control::method::residents_import,
              {{"toml", *home}, {"file_name", sensor.household}, {"replace", false}});
    if (imported.kind != control::Outcome::Kind::ok) return fail(imported, lang);
    if (globals.json) return exit_ok;
    fmt::print("{}\n\n{}",
               fmt::format(fmt::runtime(text::registered.in(lang)), sensor.id, sensor.household),
               device_lines(sensor));
    return exit_ok;
}

}  // namespace anju::ctl
