// devices accept and devices ignore.
#include <fmt/format.h>

#include "app/anjuctl/commands.hpp"
#include "app/anjuctl/field.hpp"
#include "app/anjuctl/secret_input.hpp"
#include "control/methods.hpp"
#include "control/printable.hpp"
#include "system/secrets.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;

std::string without_blanks(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\r'; });
    return text;
}

/// Whether the daemon holds that the device cannot be read without a key.
bool is_encrypted(const Globals& globals, const AcceptOptions& options) {
    const control::Outcome outcome = fetch(globals, control::method::devices_discover, {});
    for (const json::value& one : rows(outcome.result, "proposals")) {
        if (field(one, "driver") == options.driver && field(one, "address") == options.address) {
            return flag(one, "needs_key");
        }
    }
    return false;
}

std::string show_accepted(const json::value& result, Lang lang) {
    const json::value& device = member(result, "device");
    std::string out;
    for (const json::value& warning : rows(result, "warnings")) {
        if (field(warning, "code") != "kind_contradicts") continue;
        out += fmt::format(fmt::runtime(text::kind_contradicts.in(lang)),
                           term_field(warning, "seems", lang), term_field(warning, "kind", lang)) +
               "\n";
    }
    out += control::printable(fmt::format(fmt::runtime(text::accepted.in(lang)),
                                          field(device, "id"), field(result, "household"))) +
           "\n\n" + field(result, "toml");
    if (flag(device, "key")) out += std::string(text::key_to_fill_in.in(lang)) + "\n";
    return out;
}

}  // namespace

int accept_device(const Globals& globals, const AcceptOptions& options) {
    json::object params{
        {"driver", options.driver}, {"address", options.address}, {"household", options.household}};
    const auto say = [&](std::string_view key, const std::string& value) {
        if (!value.empty()) params[key] = value;
    };
    say("id", options.id);
    say("replaces", options.replaces);
    say("kind", options.kind);
    say("label", options.label);
    say("profile", options.profile);
    say("deliver_every", options.deliver_every);
    if (!options.key_file.empty()) {
        auto key = system::read_secret(options.key_file);
        if (!key) {
            complain({key.error()}, globals.lang);
            return exit_usage;
        }
        say("key", without_blanks(std::move(*key)));
    } else if (options.ask_key || is_encrypted(globals, options)) {
        const std::string key = without_blanks(ask_secret(text::ask_key.in(globals.lang)));
        if (key.empty()) {
            complain({{std::string(text::no_key.in(globals.lang)),
                       options.driver + " " + options.address,
                       std::string(text::give_key_file.in(globals.lang))}},
                     globals.lang);
            return exit_usage;
        }
        say("key", key);
    }
    return ask(globals, control::method::devices_accept, std::move(params), &show_accepted);
}

int ignore_device(const Globals& globals, const std::string& driver, const std::string& address,
                  bool undo) {
    return ask(globals, control::method::devices_ignore,
               {{"driver", driver}, {"address", address}, {"undo", undo}},
               [](const json::value& result, Lang lang) {
                   const Text& words =
                       flag(result, "ignored") ? text::ignored_now : text::ignored_no_more;
                   return control::printable(fmt::format(
                              fmt::runtime(words.in(lang)),
                              field(result, "driver") + " " + field(result, "address"))) +
                          "\n";
               });
}

}  // namespace anju::ctl
