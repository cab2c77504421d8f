// What each command of anjuctl does, apart from reading the command line.
#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/anjuctl/text.hpp"
#include "control/client.hpp"

namespace anju::ctl {

/// Exit codes, as documented in docs/operations/control.md.
inline constexpr int exit_ok = 0;
inline constexpr int exit_refused = 1;
inline constexpr int exit_usage = 2;
inline constexpr int exit_unreachable = 3;
inline constexpr int exit_unanswered = 4;

struct Globals {
    std::string socket;  ///< empty: as the configuration says
    std::string config = "/etc/anju/anju.toml";
    bool json = false;
    Lang lang = Lang::en;
    std::chrono::milliseconds timeout{10'000};
    bool timeout_said = false;  ///< on the command line, which then holds whatever is asked
};

/// Asks, prints what `show` makes of the result (or the result itself), returns the exit code.
using Show = std::function<std::string(const boost::json::value& result, Lang lang)>;
[[nodiscard]] int ask(const Globals& globals, std::string_view method, boost::json::object params,
                      const Show& show);

/// What a directory file of so many bytes takes at most, beyond an ordinary answer.
[[nodiscard]] std::chrono::milliseconds import_patience(std::size_t bytes);
[[nodiscard]] int import_residents(const Globals& globals, const std::string& file, bool replace);
/// Prints the directory file itself; with --json the result of the method.
[[nodiscard]] int export_residents(const Globals& globals, bool with_keys);

struct AcceptOptions {
    std::string driver;
    std::string address;
    std::string household;
    std::string id;
    std::string kind;
    std::string label;
    std::string profile;
    std::string deliver_every;
    std::string replaces;
    std::string key_file;
    bool ask_key = false;
};
/// Asks for a key on the terminal when one is needed and none was named.
[[nodiscard]] int accept_device(const Globals& globals, const AcceptOptions& options);
[[nodiscard]] int ignore_device(const Globals& globals, const std::string& driver,
                                const std::string& address, bool undo);

[[nodiscard]] int remove_household(const Globals& globals, const std::string& household);

struct AlertAction {
    std::string id;
    std::string verb;    ///< acknowledge, resolve, close
    std::string reason;  ///< closing only
    std::string note;
    std::string who;  ///< empty: the user of this process
};
[[nodiscard]] int command_alert(const Globals& globals, const AlertAction& action);

/// Carries out a command of a person and says what became of it. `actor` in `params` is a name, or
/// absent for the user of this process; a fresh command_id is added. `about`: what the sentence
/// names.
[[nodiscard]] int give(const Globals& globals, std::string_view method, const std::string& about,
                       boost::json::object params);
struct ConsentSaid {
    std::string resident;
    std::string kind;
    std::string state;  ///< given, refused, withdrawn
    std::string by;
    std::string basis;
    std::string who;  ///< who records it; empty: the user of this process
};
[[nodiscard]] int record_consent(const Globals& globals, const ConsentSaid& said);

/// Of the daemon; of the file when no daemon answers.
[[nodiscard]] int show_config(const Globals& globals);
/// `machine`: where /sys, /proc and /etc are looked for, "/" but for tests and images.
[[nodiscard]] int run_doctor(const Globals& globals, const std::string& machine,
                             const std::string& broker_log);

// For the commands in other files.

/// "cli:" and `who`, or the user of this process when it is empty, through sudo too.
[[nodiscard]] std::string actor_of(const std::string& who);
[[nodiscard]] control::Outcome fetch(const Globals& globals, std::string_view method,
                                     boost::json::object params);
/// Says what went wrong; returns the exit code.
[[nodiscard]] int fail(const control::Outcome& outcome, Lang lang);
/// At most twenty of them, and how many there are besides.
void complain(const std::vector<Error>& errors, Lang lang);

}  // namespace anju::ctl
