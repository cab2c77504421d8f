#include "app/anjuctl/console_line.hpp"

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/anjuctl/console_text.hpp"
#include "app/anjuctl/views_console.hpp"
#include "control/methods.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;
namespace method = control::method;

/// What the options say; kept alive by the callbacks.
struct Said {
    std::string who;  ///< --as
    std::string name;
    std::string role;
    std::vector<std::string> scope;
    std::string worker;
    std::string shown;
    std::string account;
    std::string subject;
    std::uint64_t limit = 50;
    std::uint64_t before = 0;
    bool verify = false;
};

class ConsoleLine {
public:
    ConsoleLine(CLI::App& app, Lang lang, Choose choose)
        : app_(app), lang_(lang), choose_(std::move(choose)) {}

    void add() {
        CLI::App& console = group(app_, "console", text::help_console);
        const Command code = command(console, "setup-code", text::help_setup_code);
        actor(code);
        asks(code, method::console_setup_code, {}, &show_setup_code);

        const Command login = named(console, "login", text::help_login);
        asks(login, method::console_login, {}, &show_account_link);

        CLI::App& accounts = group(console, "accounts", text::help_accounts);
        asks(command(accounts, "list", text::help_list), method::console_accounts, {},
             &show_accounts);
        add_account(named(accounts, "add", text::help_account_add));
        asks(named(accounts, "reset", text::help_account_reset), method::console_account_change,
             {{"reset", true}}, &show_account_link);
        asks(named(accounts, "disable", text::help_account_disable), method::console_account_change,
             {{"disabled", true}}, &show_account_state);
        asks(named(accounts, "enable", text::help_account_enable), method::console_account_change,
             {{"disabled", false}}, &show_account_state);
        add_audit(command(console, "audit", text::help_audit));
    }

private:
    struct Command {
        CLI::App* app;
        std::shared_ptr<Said> said = std::make_shared<Said>();
    };

    [[nodiscard]] std::string say(const Text& text) const { return std::string(text.in(lang_)); }
    Command command(CLI::App& parent, const std::string& name, const Text& help) const {
        return {parent.add_subcommand(name, say(help))};
    }
    CLI::App& group(CLI::App& parent, const std::string& name, const Text& help) const {
        CLI::App& out = *parent.add_subcommand(name, say(help));
        out.require_subcommand(1);
        return out;
    }
    void actor(const Command& command) const {
        command.app->add_option("--as", command.said->who, say(text::help_as))->type_name("NAME");
    }
    /// About one account, and somebody's doing.
    Command named(CLI::App& parent, const std::string& name, const Text& help) const {
        Command out = command(parent, name, help);
        out.app->add_option("NAME", out.said->name, say(text::help_account_name))->required();
        actor(out);
        return out;
    }
    /// With the account and the actor, where the command has them.
    void asks(const Command& command, std::string_view called, const json::object& fixed,
              const Show& show) const {
        const bool acts = command.app->get_option_no_throw("--as") != nullptr;
        command.app->callback([choose = choose_, said = command.said, called, fixed, show, acts] {
            choose([=](const Globals& globals) {
                json::object params = fixed;
                if (!said->name.empty()) params["name"] = said->name;
                if (acts) params["actor"] = actor_of(said->who);
                return ask(globals, called, std::move(params), show);
            });
        });
    }

    void add_account(const Command& add) const {
        Said& said = *add.said;
        add.app->add_option("--role", said.role, say(text::help_role))
            ->required()
            ->check(CLI::IsMember({"worker", "lead", "supervisor", "operator", "auditor"}));
        add.app->add_option("--scope", said.scope, say(text::help_scope))
            ->required()
            ->type_name("CODE");
        add.app->add_option("--worker", said.worker, say(text::help_account_worker));
        add.app->add_option("--shown", said.shown, say(text::help_shown));
        add.app->callback([choose = choose_, said = add.said] {
            choose([said](const Globals& globals) {
                json::object params{{"name", said->name},
                                    {"role", said->role},
                                    {"scope", json::value_from(said->scope)},
                                    {"actor", actor_of(said->who)}};
                if (!said->worker.empty()) params["worker"] = said->worker;
                if (!said->shown.empty()) params["shown"] = said->shown;
                return ask(globals, method::console_account_add, std::move(params),
                           &show_account_link);
            });
        });
    }

    void add_audit(const Command& audit) const {
        constexpr std::uint64_t most = 500;
        Said& said = *audit.said;
        audit.app->add_option("--limit", said.limit, say(text::help_limit))
            ->check(CLI::Range(std::uint64_t{1}, most));
        audit.app->add_option("--before", said.before, say(text::help_before));
        audit.app->add_option("--account", said.account, say(text::help_audit_account))
            ->type_name("NAME");
        audit.app->add_option("--subject", said.subject, say(text::help_audit_subject));
        audit.app->add_flag("--verify", said.verify, say(text::help_verify));
        audit.app->callback([choose = choose_, said = audit.said] {
            choose([said](const Globals& globals) {
                json::object params{{"limit", said->limit}, {"verify", said->verify}};
                if (said->before > 0) params["before"] = said->before;
                if (!said->account.empty()) params["account"] = said->account;
                if (!said->subject.empty()) params["subject"] = said->subject;
                const control::Outcome outcome =
                    fetch(globals, method::console_audit, std::move(params));
                if (outcome.kind != control::Outcome::Kind::ok) return fail(outcome, globals.lang);
                const std::string out = globals.json ? json::serialize(outcome.result) + "\n"
                                                     : show_audit(outcome.result, globals.lang);
                std::fwrite(out.data(), 1, out.size(), stdout);
                return is_audit_broken(outcome.result) ? exit_refused : exit_ok;
            });
        });
    }

    CLI::App& app_;
    Lang lang_;
    Choose choose_;
};

}  // namespace

void add_console_commands(CLI::App& app, Lang lang, const Choose& choose) {
    ConsoleLine(app, lang, choose).add();
}

}  // namespace anju::ctl
