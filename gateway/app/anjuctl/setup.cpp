#include "app/anjuctl/setup.hpp"

#include <fmt/args.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <iostream>

#include "app/anjuctl/questions.hpp"
#include "app/anjuctl/services.hpp"
#include "app/anjuctl/setup_text.hpp"
#include "app/anjuctl/views_console.hpp"
#include "app/known_names.hpp"
#include "control/methods.hpp"
#include "provision/places.hpp"
#include "provision/probe.hpp"
#include "system/secrets.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using provision::Placed;
using Answers = boost::system::result<config::Setup, config::Errors>;

constexpr std::array<std::pair<std::string_view, const Text*>, 6> remarks{
    {{"certificate_due", &text::remark_certificate_due},
     {"certificate_foreign", &text::remark_certificate_foreign},
     {"text_kept", &text::remark_text_kept},
     {"clock_unset", &text::remark_clock_unset},
     {"not_enrolled", &text::remark_not_enrolled},
     {"enrolment_due", &text::remark_enrolment_due}}};

std::string_view name_of(Placed placed) {
    switch (placed) {
        case Placed::made:
            return "made";
        case Placed::unchanged:
            return "unchanged";
        case Placed::kept:
            return "kept";
        case Placed::replaced:
            return "replaced";
    }
    return "";
}

json::value as_json(const provision::SetupDone& done) {
    json::array steps;
    for (const provision::Step& step : done.steps) {
        steps.push_back({{"path", step.path}, {"placed", name_of(step.placed)}});
    }
    json::array notes;
    for (const provision::Remark& remark : done.remarks) {
        notes.push_back({{"code", remark.code}, {"arguments", json::value_from(remark.arguments)}});
    }
    return {{"steps", std::move(steps)}, {"remarks", std::move(notes)}};
}

/// From the file that was named; else those that are kept, and where there are none, from a person.
Answers find_answers(const SetupChoice& choice, const provision::Tree& tree, Lang lang) {
    if (!choice.from.empty()) return config::load_setup(choice.from, driver_names());
    const std::filesystem::path kept = tree.at(provision::place::answers);
    std::error_code none;
    if (std::filesystem::exists(kept, none)) return config::load_setup(kept, driver_names());
    if (isatty(STDIN_FILENO) == 1) {
        if (auto said = ask_setup(std::cin, std::cout, lang)) return *said;
    }
    return config::Errors{
        {std::string(text::no_answers.in(lang)), "", std::string(text::give_answers.in(lang))}};
}

bool tell(const std::vector<std::string>& command, Lang lang) {
    if (run_program(command)) return true;
    std::string shown;
    for (const std::string& word : command) shown += (shown.empty() ? "" : " ") + word;
    complain({{fmt::format(fmt::runtime(text::service_failed.in(lang)), shown), "",
               fmt::format(fmt::runtime(text::look_at_service.in(lang)), command.back())}},
             lang);
    return false;
}

/// Listeners need a restart; passwords and rights a reload, which disturbs nobody.
bool start_services(const std::vector<std::string>& due, Lang lang) {
    const auto is_due = [&](std::string_view folder) { return provision::is_due(due, folder); };
    const bool listeners = is_due(provision::place::broker) || is_due("/etc/mosquitto/anju/tls");
    if (listeners && !tell({"systemctl", "restart", "mosquitto"}, lang)) return false;
    if (!listeners && is_due(provision::place::broker_folder) &&
        !tell({"systemctl", "reload", "mosquitto"}, lang)) {
        return false;
    }
    if (!is_due("/etc/anju")) return true;
    return tell({"systemctl", "enable", "--quiet", "anjud"}, lang) &&
           tell({"systemctl", "restart", "anjud"}, lang);
}

int check_broker(const provision::Tree& tree, const config::Setup& setup, Lang lang) {
    const auto password = system::read_secret(tree.at(provision::place::home_password));
    if (!password) {
        complain({password.error()}, lang);
        return exit_refused;
    }
    if (const auto good = provision::check_doors(setup.port, "anjud", *password, 15s); !good) {
        complain({good.error()}, lang);
        return exit_refused;
    }
    fmt::print("{}\n", text::broker_checked.in(lang));
    return exit_ok;
}

/// Nothing when there are accounts already: who has set the box up before knows the way in.
int show_first_code(const Globals& globals) {
    const control::Outcome outcome =
        fetch(globals, control::method::console_setup_code, {{"actor", actor_of("")}});
    if (outcome.kind == control::Outcome::Kind::unreachable) return fail(outcome, globals.lang);
    if (outcome.kind == control::Outcome::Kind::ok) {
        fmt::print("{}\n", show_setup_code(outcome.result, globals.lang));
    }
    return exit_ok;
}

int refuse(const Error& error, Lang lang) {
    complain({error}, lang);
    return exit_refused;
}

/// Restarts, knocks at the broker, and notes that the services have what is on the disk.
int bring_services_up(const Globals& globals, const provision::Tree& tree,
                      const config::Setup& setup, const std::vector<std::string>& due) {
    std::fflush(stdout);
    if (!start_services(due, globals.lang)) return exit_refused;
    const int checked = globals.json ? exit_ok : check_broker(tree, setup, globals.lang);
    if (checked != exit_ok) return checked;
    const auto told = provision::services_told(tree);
    return told ? exit_ok : refuse(told.error(), globals.lang);
}

}  // namespace

provision::Time wall_time() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::string show_remark(const provision::Remark& remark, Lang lang) {
    for (const auto& [code, words] : remarks) {
        if (remark.code != code) continue;
        fmt::dynamic_format_arg_store<fmt::format_context> arguments;
        for (const std::string& one : remark.arguments) arguments.push_back(one);
        return fmt::vformat(words->in(lang), arguments);
    }
    return remark.code;
}

std::string show_setup(const provision::SetupDone& done, Lang lang) {
    std::string out;
    for (const provision::Step& step : done.steps) {
        if (step.placed == Placed::unchanged) continue;
        const Text& word = step.placed == Placed::made       ? text::placed_made
                           : step.placed == Placed::replaced ? text::placed_replaced
                                                             : text::placed_kept;
        out += fmt::format("{:<8}  {}\n", word.in(lang), step.path);
    }
    if (out.empty()) out = fmt::format("{}\n", text::setup_unchanged.in(lang));
    for (const provision::Remark& remark : done.remarks) out += show_remark(remark, lang) + "\n";
    return out;
}

int run_setup(const Globals& globals, const SetupChoice& choice) {
    const Lang lang = globals.lang;
    const provision::Tree tree(choice.root);
    const auto answers = find_answers(choice, tree, lang);
    if (!answers) {
        complain(answers.error(), lang);
        return exit_refused;
    }
    provision::SetupOptions options = choice.options;
    options.now = wall_time();
    const auto done = provision::set_up(tree, *answers, options);
    if (!done) return refuse(done.error(), lang);
    if (globals.json) {
        fmt::print("{}\n", json::serialize(as_json(*done)));
    } else {
        fmt::print("{}", show_setup(*done, lang));
    }
    if (choice.start == Start::later) return exit_ok;
    if (!tree.is_this_machine() || choice.start == Start::never || !has_service_manager()) {
        if (tree.is_this_machine() && !globals.json && !done->due.empty()) {
            fmt::print("{}\n", text::services_next.in(lang));
        }
        // An image's services start with the machine; others are the reader's part now.
        const auto told = provision::services_told(tree);
        return told ? exit_ok : refuse(told.error(), lang);
    }
    const int up = bring_services_up(globals, tree, *answers, done->due);
    if (up != exit_ok || globals.json || !answers->console) return up;
    return show_first_code(globals);
}

int start_due(const Globals& globals) {
    const provision::Tree tree("");
    const auto due = provision::services_due(tree);
    if (!due) return refuse(due.error(), globals.lang);
    if (due->empty() || !has_service_manager()) return exit_ok;
    const auto answers = find_answers({}, tree, globals.lang);
    if (!answers) {
        complain(answers.error(), globals.lang);
        return exit_refused;
    }
    return bring_services_up(globals, tree, *answers, *due);
}

}  // namespace anju::ctl
