#include "app/anjuctl/commands.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <span>
#include <sstream>

#include "app/anjuctl/doctor.hpp"
#include "app/anjuctl/field.hpp"
#include "app/anjuctl/views_policy.hpp"
#include "app/known_names.hpp"
#include "config/config.hpp"
#include "control/client.hpp"
#include "control/methods.hpp"
#include "control/printable.hpp"
#include "system/secrets.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;

void print(std::FILE* to, std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), to);
}

/// The socket to talk to. A configuration that is not there is no mistake of this command: the
/// daemon may run with another one and the usual folder.
result<std::filesystem::path> socket_of(const Globals& globals) {
    std::error_code none;
    if (globals.socket.empty() && std::filesystem::exists(globals.config, none)) {
        return config::control_socket(globals.config);
    }
    std::filesystem::path path = globals.socket;
    if (path.empty()) path = config::Config{}.data_dir / "control.sock";
    return result<std::filesystem::path>{boost::system::in_place_value, std::move(path)};
}

/// In proportion to the file: measured were 1,000 homes (280 kB) in 0.1 to 0.35 s and 4,000 in 1 s
/// on a desktop's processor, thus 1 ms a kB; a hundredfold for the slowest board with a busy card.
constexpr std::size_t import_ms_per_kb = 100;

/// Who runs this, through sudo too.
std::string user_name() {
    if (const char* const name = std::getenv("SUDO_USER"); name != nullptr && *name != '\0') {
        return name;
    }
    if (const passwd* const entry = getpwuid(getuid()); entry != nullptr) return entry->pw_name;
    return std::to_string(getuid());
}

}  // namespace

std::string actor_of(const std::string& who) {
    return "cli:" + (who.empty() ? user_name() : who);
}

void complain(const std::vector<Error>& errors, Lang lang) {
    // A list that a program wrote has its mistake in every line; the first ones say what it is.
    constexpr std::size_t most = 20;
    for (const Error& error : std::span(errors).first(std::min(most, errors.size()))) {
        std::string line(text::error_word.in(lang));
        line += ": " + (error.where.empty() ? "" : error.where + ": ") + error.what + "\n";
        if (!error.remedy.empty()) {
            line += "  " + std::string(text::remedy_word.in(lang)) + ": " + error.remedy + "\n";
        }
        std::string safe;
        std::istringstream lines(line);
        for (std::string one; std::getline(lines, one);) safe += control::printable(one) + "\n";
        print(stderr, safe);
    }
    if (errors.size() > most) {
        print(stderr, fmt::format(fmt::runtime(text::more_errors.in(lang)), errors.size() - most));
    }
}

control::Outcome fetch(const Globals& globals, std::string_view method, json::object params) {
    const auto socket = socket_of(globals);
    if (!socket) return {control::Outcome::Kind::refused, nullptr, {socket.error()}};
    const control::Request request{std::string(method), std::move(params)};
    return control::call(*socket, request, globals.timeout);
}

int fail(const control::Outcome& outcome, Lang lang) {
    complain(outcome.errors, lang);
    if (outcome.kind == control::Outcome::Kind::refused) return exit_refused;
    if (outcome.unanswered) {
        print(stderr, std::string(text::unanswered.in(lang)) + "\n");
        return exit_unanswered;
    }
    if (outcome.errors.front().what.starts_with(control::still_starting)) return exit_unreachable;
    print(stderr, std::string(text::unreachable.in(lang)) + "\n");
    return exit_unreachable;
}

int ask(const Globals& globals, std::string_view method, json::object params, const Show& show) {
    const control::Outcome outcome = fetch(globals, method, std::move(params));
    if (outcome.kind != control::Outcome::Kind::ok) return fail(outcome, globals.lang);
    print(stdout, globals.json ? json::serialize(outcome.result) + "\n"
                               : show(outcome.result, globals.lang));
    return exit_ok;
}

std::chrono::milliseconds import_patience(std::size_t bytes) {
    return std::chrono::milliseconds{bytes * import_ms_per_kb / 1000};
}

int import_residents(const Globals& globals, const std::string& file, bool replace) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream content;
    std::error_code none;
    if (std::filesystem::is_directory(file, none) || !in ||
        (in.peek() != std::ifstream::traits_type::eof() && !(content << in.rdbuf()))) {
        complain({{fmt::format(fmt::runtime(text::cannot_read.in(globals.lang)), file), "", ""}},
                 globals.lang);
        return exit_usage;
    }
    std::string toml = std::move(content).str();
    Globals patient = globals;
    if (!globals.timeout_said) patient.timeout += import_patience(toml.size());
    json::object params{{"toml", std::move(toml)}, {"file_name", file}, {"replace", replace}};
    return ask(patient, control::method::residents_import, std::move(params),
               [](const json::value& result, Lang lang) {
                   return fmt::format(fmt::runtime(text::imported.in(lang)), number(result, "set"),
                                      number(result, "removed"), number(result, "unchanged")) +
                          "\n";
               });
}

int export_residents(const Globals& globals, bool with_keys) {
    return ask(globals, control::method::residents_export, {{"with_keys", with_keys}},
               [](const json::value& result, Lang) { return field(result, "toml"); });
}

int remove_household(const Globals& globals, const std::string& household) {
    return ask(globals, control::method::residents_remove, {{"household", household}},
               [](const json::value& result, Lang lang) {
                   return fmt::format(fmt::runtime(text::removed.in(lang)),
                                      control::printable(field(result, "household"))) +
                          "\n";
               });
}

int give(const Globals& globals, std::string_view method, const std::string& about,
         json::object params) {
    const json::value* const named = params.if_contains("actor");
    params["actor"] = actor_of(named == nullptr ? "" : std::string(named->as_string()));
    params["command_id"] = "cli-" + system::random_hex(12);
    const control::Outcome outcome = fetch(globals, method, std::move(params));
    if (outcome.kind != control::Outcome::Kind::ok) return fail(outcome, globals.lang);
    const std::string status = field(outcome.result, "status");
    const bool done = status == "applied" || status == "already";
    const Text& words = status == "applied" ? text::applied : done ? text::already : text::refused;
    std::string said = field(outcome.result, globals.lang == Lang::zh ? "text_zh" : "text");
    if (said.empty()) said = field(outcome.result, "text");
    std::string sentence = fmt::format(fmt::runtime(words.in(globals.lang)), about, said);
    if (status == "applied" && !said.empty()) {
        sentence += (globals.lang == Lang::zh ? "，" : "; ") + said;
    }
    print(done || globals.json ? stdout : stderr, globals.json
                                                      ? json::serialize(outcome.result) + "\n"
                                                      : control::printable(sentence) + "\n");
    return done ? exit_ok : exit_refused;
}

int command_alert(const Globals& globals, const AlertAction& action) {
    json::object params{{"id", action.id}, {"verb", action.verb}};
    if (!action.who.empty()) params["actor"] = action.who;
    if (!action.reason.empty()) params["reason"] = action.reason;
    if (!action.note.empty()) params["note"] = action.note;
    return give(globals, control::method::alerts_command, action.id, std::move(params));
}

int record_consent(const Globals& globals, const ConsentSaid& said) {
    return ask(globals, control::method::consent_record,
               {{"id", said.resident},
                {"kind", said.kind},
                {"state", said.state},
                {"said_by", said.by},
                {"basis", said.basis},
                {"actor", actor_of(said.who)}},
               &show_consent_answers);
}

int show_config(const Globals& globals) {
    const control::Outcome outcome = fetch(globals, control::method::config_show, {});
    json::value shown = outcome.result;
    if (outcome.kind == control::Outcome::Kind::unreachable && globals.socket.empty()) {
        const auto config = config::load(globals.config, driver_names());
        if (!config) {
            complain(config.error(), globals.lang);
            return fail(outcome, globals.lang);
        }
        print(stderr, std::string(text::from_file.in(globals.lang)) + "\n");
        shown = {{"source", globals.config}, {"toml", config::masked(*config)}};
    } else if (outcome.kind != control::Outcome::Kind::ok) {
        return fail(outcome, globals.lang);
    }
    print(stdout, globals.json ? json::serialize(shown) + "\n"
                               : "# " + field(shown, "source") + "\n" + field(shown, "toml"));
    return exit_ok;
}

int run_doctor(const Globals& globals, const std::string& machine, const std::string& broker_log) {
    DoctorOptions options{globals.config, std::nullopt, globals.timeout, machine, broker_log};
    if (!globals.socket.empty()) options.socket = globals.socket;
    Findings findings(globals.lang);
    examine(options, findings);
    print(stdout, globals.json ? json::serialize(findings.json()) + "\n" : findings.text());
    return findings.wrong() ? exit_refused : exit_ok;
}

}  // namespace anju::ctl
