// anjuctl: the operator's tool. Reads the command line; commands.cpp does the rest.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "app/anjuctl/backup_line.hpp"
#include "app/anjuctl/bundle.hpp"
#include "app/anjuctl/bundle_text.hpp"
#include "app/anjuctl/care_line.hpp"
#include "app/anjuctl/commands.hpp"
#include "app/anjuctl/console_line.hpp"
#include "app/anjuctl/explain_text.hpp"
#include "app/anjuctl/notice_line.hpp"
#include "app/anjuctl/policy_text.hpp"
#include "app/anjuctl/seal_line.hpp"
#include "app/anjuctl/setup_line.hpp"
#include "app/anjuctl/update_line.hpp"
#include "app/anjuctl/views.hpp"
#include "app/anjuctl/views_discovery.hpp"
#include "app/anjuctl/views_explain.hpp"
#include "app/anjuctl/views_policy.hpp"
#include "control/methods.hpp"
#include "core/model/names.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;
namespace method = control::method;

/// The language of the help has to be known before the command line is read: --lang is looked
/// for by hand, then the locale decides as for every program.
Lang find_lang(std::span<char* const> arguments) {
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        const std::string_view word = arguments[i];
        if (word.starts_with("--lang=")) return lang_of(word.substr(7)).value_or(Lang::en);
        if (word == "--lang" && i + 1 < arguments.size()) {
            return lang_of(arguments[i + 1]).value_or(Lang::en);
        }
    }
    for (const char* const variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* const value = std::getenv(variable);
        if (const auto lang = lang_of(value == nullptr ? "" : value)) return *lang;
    }
    return Lang::en;
}

/// What the command line asked for.
struct Choices {
    Globals globals;
    std::function<int(const Globals&)> run;
    std::string id;
    std::string file;
    bool replace = false;
    bool all = false;
    std::uint64_t limit = control::default_rows;
    AlertAction action;
    bool with_keys = false;
    bool undo = false;
    AcceptOptions accept;
    ConsentSaid consent;
};

class CommandLine {
public:
    CommandLine(CLI::App& app, Choices& choices) : app_(app), choices_(choices) {
        add_globals();
        plain(app_, "status", text::help_status, method::status, &show_status);
        add_residents();
        add_devices();
        add_alerts();
        add_rejected();
        add_explain();
        const Choose choose = [this](auto run) { choices_.run = std::move(run); };
        add_care_commands(app_, choices_.globals.lang, choose);
        add_notice_commands(app_, choices_.globals.lang, choose);
        add_console_commands(app_, choices_.globals.lang, choose);
        add_backup_commands(app_, choices_.globals.lang, choose);
        add_seal_commands(app_, choices_.globals.lang, choose);
        add_setup_commands(app_, choices_.globals.lang, choose);
        add_update_commands(app_, choices_.globals.lang, choose);
        add_policy();
        add_consent();
        CLI::App* const config = group(app_, "config", text::help_config_cmd);
        run(*command(*config, "show", text::help_config_show), &show_config);
        add_doctor();
        add_bundle();
    }

private:
    [[nodiscard]] std::string say(Text text) const {
        return std::string(text.in(choices_.globals.lang));
    }

    CLI::App* command(CLI::App& parent, const std::string& name, Text help) const {
        return parent.add_subcommand(name, say(help));
    }

    CLI::App* group(CLI::App& parent, const std::string& name, Text help) const {
        CLI::App* const out = command(parent, name, help);
        out->require_subcommand(1);
        return out;
    }

    void run(CLI::App& app, std::function<int(const Globals&)> what) {
        app.callback([this, what = std::move(what)] { choices_.run = what; });
    }

    void add_doctor() {
        CLI::App* const doctor = command(app_, "doctor", text::help_doctor);
        doctor->add_option("--machine", machine_, say(text::help_machine))->type_name("DIR");
        doctor->add_option("--broker-log", broker_log_, say(text::help_broker_log))
            ->type_name("FILE");
        run(*doctor,
            [this](const Globals& globals) { return run_doctor(globals, machine_, broker_log_); });
    }

    void add_bundle() {
        CLI::App* const bundle = command(app_, "support-bundle", text::help_bundle);
        auto choice = std::make_shared<BundleChoice>();
        bundle->add_option("FILE", choice->file, say(text::help_bundle_file))->required();
        bundle->add_option("--lines", choice->log_lines, say(text::help_bundle_lines))
            ->check(CLI::Range(0, 100'000));
        bundle->add_option("--log", choice->log_file, say(text::help_bundle_log))
            ->type_name("FILE");
        bundle->add_option("--machine", choice->machine, say(text::help_machine))->type_name("DIR");
        run(*bundle, [choice](const Globals& globals) { return make_bundle(globals, *choice); });
    }

    void plain(CLI::App& parent, const std::string& name, Text help, std::string_view called,
               const Show& show) {
        run(*command(parent, name, help),
            [called, show](const Globals& globals) { return ask(globals, called, {}, show); });
    }

    void listing(CLI::App& parent, std::string_view called, const Show& show) {
        run(*command(parent, "list", text::help_list), [called, show](const Globals& globals) {
            return ask(globals, called, {{"limit", control::max_rows}}, show);
        });
    }

    void add_globals() {
        Globals& globals = choices_.globals;
        CLI::Option* const socket =
            app_.add_option("--socket", globals.socket, say(text::help_socket));
        CLI::Option* const config =
            app_.add_option("--config", globals.config, say(text::help_config));
        // doctor wants both: the file to look at and the socket to ask.
        socket->type_name("PATH");
        config->type_name("FILE");
        app_.add_flag("--json", globals.json, say(text::help_json));
        app_.add_option("--lang", lang_, say(text::help_lang))->check(CLI::IsMember({"zh", "en"}));
        CLI::Option* const timeout =
            app_.add_option("--timeout", timeout_s_, say(text::help_timeout))
                ->check(CLI::Range(1, 3600));
        app_.parse_complete_callback([this, timeout] {
            choices_.globals.timeout = std::chrono::seconds{timeout_s_};
            choices_.globals.timeout_said = timeout->count() > 0;
        });
    }

    void add_residents() {
        CLI::App* const residents = group(app_, "residents", text::help_residents);
        listing(*residents, method::residents_list, &show_residents);
        CLI::App* const load = command(*residents, "import", text::help_import);
        load->add_option("FILE", choices_.file, say(text::help_file))->required();
        load->add_flag("--replace", choices_.replace, say(text::help_replace));
        run(*load, [this](const Globals& globals) {
            return import_residents(globals, choices_.file, choices_.replace);
        });
        CLI::App* const save = command(*residents, "export", text::help_export);
        save->add_flag("--with-keys", choices_.with_keys, say(text::help_with_keys));
        run(*save, [this](const Globals& globals) {
            return export_residents(globals, choices_.with_keys);
        });
        CLI::App* const remove = command(*residents, "remove", text::help_remove);
        remove->add_option("ID", choices_.id, say(text::help_id))->required();
        run(*remove,
            [this](const Globals& globals) { return remove_household(globals, choices_.id); });
    }

    void add_devices() {
        CLI::App* const devices = group(app_, "devices", text::help_devices);
        listing(*devices, method::devices_list, &show_devices);
        CLI::App* const discover = command(*devices, "discover", text::help_discover);
        discover->add_flag("--all", choices_.all, say(text::help_ignored));
        run(*discover, [this](const Globals& globals) {
            return ask(globals, method::devices_discover, {{"all", choices_.all}}, &show_discovery);
        });
        CLI::App* const ignore = command(*devices, "ignore", text::help_ignore);
        add_device_name(*ignore);
        ignore->add_flag("--undo", choices_.undo, say(text::help_undo));
        run(*ignore, [this](const Globals& globals) {
            const AcceptOptions& which = choices_.accept;
            return ignore_device(globals, which.driver, which.address, choices_.undo);
        });
        add_accept(*command(*devices, "accept", text::help_accept));
    }

    void add_device_name(CLI::App& app) {
        app.add_option("DRIVER", choices_.accept.driver, say(text::help_driver))->required();
        app.add_option("ADDRESS", choices_.accept.address, say(text::help_address))->required();
    }

    void add_accept(CLI::App& app) {
        AcceptOptions& accept = choices_.accept;
        add_device_name(app);
        app.add_option("--household", accept.household, say(text::help_household))->required();
        app.add_option("--id", accept.id, say(text::help_device_id));
        app.add_option("--replaces", accept.replaces, say(text::help_replaces));
        std::vector<std::string> kinds;
        for (const std::string_view kind : sensor_kind_names()) kinds.emplace_back(kind);
        app.add_option("--kind", accept.kind, say(text::help_kind))->check(CLI::IsMember(kinds));
        app.add_option("--label", accept.label, say(text::help_label));
        app.add_option("--profile", accept.profile, say(text::help_profile));
        app.add_option("--deliver-every", accept.deliver_every, say(text::help_deliver));
        CLI::Option* const file =
            app.add_option("--key-file", accept.key_file, say(text::help_key_file));
        file->type_name("FILE");
        app.add_flag("--key", accept.ask_key, say(text::help_key))->excludes(file);
        run(app,
            [this](const Globals& globals) { return accept_device(globals, choices_.accept); });
    }

    void add_alerts() {
        CLI::App* const alerts = group(app_, "alerts", text::help_alerts);
        CLI::App* const list = command(*alerts, "list", text::help_list);
        list->add_flag("--all", choices_.all, say(text::help_all));
        add_limit(*list);
        run(*list, [this](const Globals& globals) {
            return ask(globals, method::alerts_list,
                       {{"all", choices_.all}, {"limit", choices_.limit}}, &show_alerts);
        });
        CLI::App* const show = command(*alerts, "show", text::help_show);
        show->add_option("ID", choices_.id, say(text::help_id))->required();
        run(*show, [this](const Globals& globals) {
            return ask(globals, method::alerts_show, {{"id", choices_.id}}, &show_alert);
        });
        add_action(*alerts, "ack", "acknowledge", text::help_ack);
        add_action(*alerts, "resolve", "resolve", text::help_resolve);
        add_action(*alerts, "en-route", "en_route", text::help_en_route);
        add_action(*alerts, "on-site", "on_site", text::help_on_site);
        add_action(*alerts, "hand-over", "hand_over", text::help_hand_over);
        add_action(*alerts, "close", "close", text::help_close);
        add_action(*alerts, "review", "review", text::help_review);
        add_action(*alerts, "reopen", "reopen", text::help_reopen);
        add_action(*alerts, "i-am-well", "i_am_well", text::help_i_am_well);
    }

    void add_action(CLI::App& alerts, const std::string& name, const std::string& verb, Text help) {
        AlertAction& action = choices_.action;
        CLI::App* const out = command(alerts, name, help);
        out->add_option("ID", action.id, say(text::help_id))->required();
        out->add_option("--as", action.who, say(text::help_as))->type_name("NAME");
        CLI::Option* const note = out->add_option("--note", action.note, say(text::help_note));
        if (verb == "hand_over") note->required();
        if (verb == "close") {
            std::vector<std::string> reasons;
            for (const std::string_view reason : closing_reason_names()) {
                reasons.emplace_back(reason);
            }
            note->required();
            out->add_option("--reason", action.reason, say(text::help_reason))
                ->required()
                ->check(CLI::IsMember(reasons));
        }
        run(*out, [this, verb](const Globals& globals) {
            choices_.action.verb = verb;
            return command_alert(globals, choices_.action);
        });
    }

    void add_rejected() {
        CLI::App* const rejected = command(app_, "rejected", text::help_rejected);
        add_limit(*rejected);
        run(*rejected, [this](const Globals& globals) {
            return ask(globals, method::rejected_list, {{"limit", choices_.limit}}, &show_rejected);
        });
    }

    void add_explain() {
        CLI::App* const explain = command(app_, "explain", text::help_explain);
        explain->add_option("ID", choices_.id, say(text::help_whom))->required();
        run(*explain, [this](const Globals& globals) {
            return ask(globals, method::residents_explain, {{"id", choices_.id}},
                       &show_explanation);
        });
    }

    void add_policy() {
        CLI::App* const policy = group(app_, "policy", text::help_policy);
        CLI::App* const show = command(*policy, "show", text::help_policy_show);
        show->add_option("ID", choices_.id, say(text::help_policy_id))->required();
        show->add_flag("--all", choices_.all, say(text::help_policy_all));
        run(*show, [this](const Globals& globals) {
            const bool all = choices_.all;
            return ask(globals, method::policy_show, {{"id", choices_.id}},
                       [all](const json::value& result, Lang lang) {
                           return show_policy(result, all, lang);
                       });
        });
        plain(*policy, "holidays", text::help_holidays, method::policy_holidays, &show_holidays);
    }

    void add_consent() {
        ConsentSaid& said = choices_.consent;
        CLI::App* const consent = group(app_, "consent", text::help_consent);
        CLI::App* const show = command(*consent, "show", text::help_consent_show);
        show->add_option("RESIDENT", choices_.id, say(text::help_id))->required();
        run(*show, [this](const Globals& globals) {
            return ask(globals, method::consent_show, {{"id", choices_.id}}, &show_consent);
        });
        CLI::App* const record = command(*consent, "record", text::help_consent_record);
        add_consent_options(*record);
        record->add_option("--state", said.state, say(text::help_consent_state))
            ->required()
            ->check(CLI::IsMember({"given", "refused"}));
        run(*record,
            [this](const Globals& globals) { return record_consent(globals, choices_.consent); });
        CLI::App* const withdraw = command(*consent, "withdraw", text::help_consent_withdraw);
        add_consent_options(*withdraw);
        run(*withdraw, [this](const Globals& globals) {
            choices_.consent.state = "withdrawn";
            return record_consent(globals, choices_.consent);
        });
    }

    void add_consent_options(CLI::App& app) {
        ConsentSaid& said = choices_.consent;
        std::vector<std::string> kinds{"all"};
        for (const std::string_view kind : sensor_kind_names()) kinds.emplace_back(kind);
        app.add_option("RESIDENT", said.resident, say(text::help_id))->required();
        app.add_option("KIND", said.kind, say(text::help_consent_kind))
            ->required()
            ->check(CLI::IsMember(kinds));
        app.add_option("--by", said.by, say(text::help_consent_by))->required()->type_name("NAME");
        app.add_option("--basis", said.basis, say(text::help_consent_basis))->required();
        app.add_option("--as", said.who, say(text::help_as))->type_name("NAME");
    }

    void add_limit(CLI::App& app) {
        app.add_option("--limit", choices_.limit, say(text::help_limit))
            ->check(CLI::Range(std::uint64_t{1}, control::max_rows));
    }

    CLI::App& app_;
    Choices& choices_;
    std::string lang_;
    std::string machine_ = "/";  ///< of doctor
    std::string broker_log_;     ///< of doctor; empty: the journal
    int timeout_s_ = 10;
};

int run_program(int count, char** arguments) {
    Choices choices;
    choices.globals.lang = find_lang({arguments, static_cast<std::size_t>(count)});
    CLI::App app{std::string(text::help.in(choices.globals.lang)), "anjuctl"};
    app.footer(std::string(text::help_exit.in(choices.globals.lang)));
    app.set_version_flag("--version", "anjuctl " ANJU_VERSION,
                         std::string(text::help_version.in(choices.globals.lang)));
    app.require_subcommand(1);
    app.fallthrough();
    CommandLine line(app, choices);
    try {
        app.parse(count, arguments);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? exit_ok : exit_usage;
    }
    return choices.run(choices.globals);
}

}  // namespace
}  // namespace anju::ctl

int main(int count, char** arguments) {
    return anju::ctl::run_program(count, arguments);
}
