#include "app/anjuctl/setup_line.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/anjuctl/enrol.hpp"
#include "app/anjuctl/sensors.hpp"
#include "app/anjuctl/setup.hpp"
#include "app/anjuctl/setup_text.hpp"
#include "core/model/names.hpp"

namespace anju::ctl {

namespace {

void add_sensor_commands(CLI::App& devices, Lang lang, const Choose& choose) {
    using Run = int (*)(const Globals&, const SensorChoice&);
    const auto say = [lang](const Text& text) { return std::string(text.in(lang)); };
    const auto command = [&](const char* name, const Text& help, Run run, bool one, bool label) {
        auto choice = std::make_shared<SensorChoice>();
        CLI::App& out = *devices.add_subcommand(name, say(help));
        if (one) out.add_option("ID", choice->id, say(text::help_id))->required();
        out.add_option("--root", choice->root, say(text::help_root))->type_name("DIR");
        if (label) out.add_option("--svg", choice->svg, say(text::help_svg))->type_name("FILE");
        out.callback([choose, choice, run] {
            choose([choice, run](const Globals& globals) { return run(globals, *choice); });
        });
        return std::pair<CLI::App*, SensorChoice*>(&out, choice.get());
    };
    const auto [add, said] = command("add", text::help_sensor_add, &add_sensor, true, true);
    std::vector<std::string> kinds;
    for (const std::string_view kind : sensor_kind_names()) kinds.emplace_back(kind);
    auto* const home = add->add_option("--household", said->household, say(text::help_register));
    auto* const kind = add->add_option("--kind", said->kind, say(text::kind));
    kind->check(CLI::IsMember(kinds))->needs(home);
    home->needs(kind);
    add->add_option("--label", said->label, say(text::help_label))->needs(home);
    command("rotate", text::help_sensor_rotate, &rotate_sensor, true, true);
    command("revoke", text::help_sensor_revoke, &revoke_sensor, true, false);
    command("passwords", text::help_sensor_passwords, &list_sensors, false, false);
}

void add_enrol(CLI::App& app, Lang lang, const Choose& choose) {
    const auto say = [lang](const Text& text) { return std::string(text.in(lang)); };
    auto choice = std::make_shared<EnrolChoice>();
    CLI::App& enrol = *app.add_subcommand("enrol", say(text::help_enrol));
    enrol.add_option("--root", choice->root, say(text::help_root))->type_name("DIR");
    auto* const request =
        enrol.add_flag("--request", choice->request, say(text::help_enrol_request));
    auto* const anew = enrol.add_flag("--new-key", choice->new_key, say(text::help_enrol_new_key));
    auto* const import =
        enrol.add_option("--import", choice->certificate, say(text::help_enrol_import));
    import->type_name("FILE")->excludes(request)->excludes(anew);
    enrol.add_flag("--issued", choice->issued, say(text::help_enrol_issued))
        ->excludes(request)
        ->excludes(anew)
        ->excludes(import);
    enrol.add_option("--ca", choice->authorities, say(text::help_enrol_ca))
        ->type_name("FILE")
        ->needs(import);
    enrol.callback([choose, choice] {
        choose([choice](const Globals& globals) { return run_enrol(globals, *choice); });
    });
}

}  // namespace

void add_setup_commands(CLI::App& app, Lang lang, const Choose& choose) {
    const auto say = [lang](const Text& text) { return std::string(text.in(lang)); };
    auto choice = std::make_shared<SetupChoice>();
    struct When {
        bool never = false;
        bool later = false;
        bool due = false;
    };
    auto when = std::make_shared<When>();
    CLI::App& setup = *app.add_subcommand("setup", say(text::help_setup));
    setup.add_option("--from", choice->from, say(text::help_setup_from))->type_name("FILE");
    setup.add_option("--root", choice->root, say(text::help_root))->type_name("DIR");
    setup.add_option("--templates", choice->options.templates, say(text::help_templates))
        ->type_name("DIR");
    setup.add_flag("--replace", choice->options.replace, say(text::help_setup_replace));
    setup.add_flag("--renew", choice->options.renew, say(text::help_renew));
    setup.add_flag("--only-certificates", choice->options.certificates_only,
                   say(text::help_only_certificates));
    auto* const never = setup.add_flag("--no-start", when->never, say(text::help_no_start));
    auto* const later = setup.add_flag("--start-later", when->later, say(text::help_start_later));
    auto* const due = setup.add_flag("--start-due", when->due, say(text::help_start_due));
    later->excludes(never);
    due->excludes(never)->excludes(later);
    add_sensor_commands(*app.get_subcommand("devices"), lang, choose);
    add_enrol(app, lang, choose);
    setup.callback([choose, choice, when] {
        if (when->due) {
            choose([](const Globals& globals) { return start_due(globals); });
            return;
        }
        choice->start = when->never ? Start::never : when->later ? Start::later : Start::now;
        choose([choice](const Globals& globals) { return run_setup(globals, *choice); });
    });
}

}  // namespace anju::ctl
