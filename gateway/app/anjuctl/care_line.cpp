#include "app/anjuctl/care_line.hpp"

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "app/anjuctl/care_text.hpp"
#include "app/anjuctl/field.hpp"
#include "app/anjuctl/views_care.hpp"
#include "control/methods.hpp"
#include "control/printable.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;
namespace method = control::method;

/// Parameters by name, as the options wrote them; kept alive by the callbacks.
using Values = std::map<std::string, std::string>;

class CareLine {
public:
    CareLine(CLI::App& app, Lang lang, Choose choose)
        : app_(app), lang_(lang), choose_(std::move(choose)) {}

    void add() {
        add_rounds();
        add_contact();
        add_suspend();
        add_report();
    }

private:
    /// A command with named values, all texts.
    struct Command {
        CLI::App* app;
        std::shared_ptr<Values> values = std::make_shared<Values>();
    };

    Command command(CLI::App& parent, const std::string& name, const Text& help) const {
        return {parent.add_subcommand(name, std::string(help.in(lang_)))};
    }
    CLI::App& group(const std::string& name, const Text& help) const {
        CLI::App& out = *app_.add_subcommand(name, std::string(help.in(lang_)));
        out.require_subcommand(1);
        return out;
    }
    CLI::Option* option(const Command& command, const std::string& name, const std::string& key,
                        const Text& help) const {
        return command.app->add_option(name, (*command.values)[key], std::string(help.in(lang_)));
    }
    void actor(const Command& command) const {
        option(command, "--as", "actor", text::help_as)->type_name("NAME");
    }
    /// Empty values are left out.
    static json::object params(const Values& values) {
        json::object out;
        for (const auto& [key, value] : values) {
            if (!value.empty()) out[key] = value;
        }
        return out;
    }
    void asks(const Command& command, std::string_view called, const Show& show) const {
        command.app->callback([choose = choose_, values = command.values, called, show] {
            choose([=](const Globals& globals) {
                return ask(globals, called, params(*values), show);
            });
        });
    }
    /// `key` names what the answer speaks of.
    void does(const Command& command, std::string_view called, const std::string& key,
              json::object fixed = {}) const {
        command.app->callback([choose = choose_, values = command.values, called, key, fixed] {
            choose([=](const Globals& globals) {
                json::object all = params(*values);
                for (const auto& [name, value] : fixed) all[name] = value;
                if (const auto seconds = all.find("seconds"); seconds != all.end()) {
                    seconds->value() = std::stoull(std::string(seconds->value().as_string()));
                }
                return give(globals, called, (*values)[key], std::move(all));
            });
        });
    }

    void add_rounds() const {
        CLI::App& rounds = group("rounds", text::help_rounds);
        const Command week = command(rounds, "week", text::help_week);
        option(week, "WEEK", "week", text::help_week_arg);
        option(week, "--community", "community", text::help_community);
        asks(week, method::rounds_week, &show_week);

        const Command resident = command(rounds, "resident", text::help_of_resident);
        option(resident, "ID", "resident", text::help_id)->required();
        option(resident, "WEEK", "week", text::help_week_arg);
        asks(resident, method::rounds_week, &show_tasks);

        const Command worker = command(rounds, "worker", text::help_of_worker);
        option(worker, "ID", "worker", text::help_id)->required();
        option(worker, "WEEK", "week", text::help_week_arg);
        asks(worker, method::rounds_week, &show_tasks);

        const Command calendar = command(rounds, "calendar", text::help_calendar);
        option(calendar, "WORKER", "worker", text::help_id)->required();
        asks(calendar, method::rounds_calendar, [](const json::value& result, Lang) {
            return control::printable(field(result, "url")) + "\n";
        });

        add_task(command(rounds, "task", text::help_task));
        add_absent(command(rounds, "absent", text::help_absent));
    }

    void add_task(const Command& task) const {
        option(task, "TASK", "task", text::help_for_task)->required();
        option(task, "VERB", "verb", text::help_task_verb)
            ->required()
            ->check(CLI::IsMember({"accept", "begin", "hand-to", "move", "cancel"}));
        option(task, "TO", "to", text::help_task_to);
        option(task, "--note", "note", text::help_note);
        actor(task);
        task.app->callback([choose = choose_, values = task.values] {
            choose([=](const Globals& globals) {
                Values all = *values;
                const std::string to = std::exchange(all["to"], "");
                if (all["verb"] == "hand-to") {
                    all["verb"] = "hand_to";
                    all["worker"] = to;
                } else if (all["verb"] == "move") {
                    all["date"] = to;
                }
                return give(globals, method::rounds_command, all["task"], params(all));
            });
        });
    }

    void add_absent(const Command& absent) const {
        option(absent, "WORKER", "worker", text::help_id)->required();
        option(absent, "FROM", "from", text::help_day)->required();
        option(absent, "TO", "to", text::help_day)->required();
        const auto back = std::make_shared<bool>(false);
        absent.app->add_flag("--back", *back, std::string(text::help_back.in(lang_)));
        actor(absent);
        absent.app->callback([choose = choose_, values = absent.values, back] {
            choose([=](const Globals& globals) {
                json::object all = params(*values);
                all["back"] = *back;
                return give(globals, method::rounds_absent, (*values)["worker"], std::move(all));
            });
        });
    }

    void add_contact() const {
        CLI::App& contact = group("contact", text::help_contact);
        const Command record = command(contact, "record", text::help_record);
        option(record, "RESIDENT", "resident", text::help_id)->required();
        option(record, "--kind", "kind", text::help_contact_kind)
            ->required()
            ->check(CLI::IsMember({"visit", "call", "return", "family"}));
        option(record, "--outcome", "outcome", text::help_outcome)
            ->required()
            ->check(CLI::IsMember({"well", "needs_help", "unreached", "refused", "by_other"}));
        option(record, "--worker", "worker", text::help_worker)->required();
        option(record, "--at", "start", text::help_at);
        option(record, "--seconds", "seconds", text::help_seconds)->check(CLI::Range(0, 86400));
        option(record, "--form", "form", text::help_form);
        option(record, "--note", "note", text::help_note);
        option(record, "--task", "task", text::help_for_task);
        option(record, "--alert", "alert", text::help_for_alert);
        actor(record);
        does(record, method::contacts_record, "resident");

        const Command list = command(contact, "list", text::help_contacts);
        option(list, "RESIDENT", "resident", text::help_id)->required();
        asks(list, method::contacts_list, &show_contacts);
    }

    void add_suspend() const {
        CLI::App& suspend = group("suspend", text::help_suspend);
        const Command set = command(suspend, "set", text::help_suspend_set);
        option(set, "RESIDENT", "resident", text::help_id)->required();
        option(set, "--reason", "reason", text::help_suspend_reason)
            ->required()
            ->check(CLI::IsMember(
                {"away", "hospitalised", "institution", "declined", "withdrawn", "deceased"}));
        option(set, "--from", "from", text::help_day)->required();
        option(set, "--to", "to", text::help_last_day);
        option(set, "--said-by", "said_by", text::help_said_by)->required();
        option(set, "--approver", "approver", text::help_approver)->required();
        option(set, "--note", "note", text::help_note);
        actor(set);
        does(set, method::suspensions_set, "resident");

        const Command end = command(suspend, "end", text::help_suspend_end);
        option(end, "RESIDENT", "resident", text::help_id)->required();
        actor(end);
        does(end, method::suspensions_set, "resident", {{"ended", true}});

        asks(command(suspend, "list", text::help_list), method::suspensions_list,
             &show_suspensions);
    }

    void add_report() const {
        const Command report = command(app_, "report", text::help_report);
        option(report, "PERIOD", "period", text::help_report)->required();
        option(report, "--by", "by", text::help_by)
            ->check(CLI::IsMember({"all", "district", "street", "community"}));
        const auto csv = std::make_shared<bool>(false);
        report.app->add_flag("--csv", *csv, std::string(text::help_csv.in(lang_)));
        report.app->callback([choose = choose_, values = report.values, csv] {
            choose([=](const Globals& globals) {
                return ask(globals, method::reports_show, params(*values),
                           [csv](const json::value& result, Lang lang) {
                               return *csv ? report_csv(result) : show_report(result, lang);
                           });
            });
        });
    }

    CLI::App& app_;
    Lang lang_;
    Choose choose_;
};

}  // namespace

void add_care_commands(CLI::App& app, Lang lang, const Choose& choose) {
    CareLine(app, lang, choose).add();
}

}  // namespace anju::ctl
