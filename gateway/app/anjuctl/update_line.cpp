#include "app/anjuctl/update_line.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <utility>

#include "app/anjuctl/spoken.hpp"
#include "app/anjuctl/update_text.hpp"
#include "app/anjuctl/update_words.hpp"
#include "config/config.hpp"
#include "config/update.hpp"
#include "update/debian_box.hpp"

namespace anju::ctl {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

struct Said {
    std::string state = update::Places{}.state.string();
    std::string file = "/etc/anju/update.toml";
    bool despite_alerts = false;
    bool again = false;
};

Error error_of(Lang lang, const Text& what, std::string where, const Text& remedy) {
    return {std::string(what.in(lang)), std::move(where), std::string(remedy.in(lang))};
}

struct Setting {
    update::Places places;
    update::Rules rules;
};

result<Setting> setting_of(const Globals& globals, const Said& said) {
    Setting out;
    out.places.state = said.state;
    out.places.socket = config::Config{}.data_dir / "control.sock";
    const auto given = config::load_update(said.file);
    if (!given) return given.error().front();
    out.rules = {given->enabled, given->window, given->wait_for_alerts, given->healthy_within,
                 given->steady_for};
    out.rules.opening_within = given->opening_within;
    std::error_code none;
    if (fs::exists(globals.config, none)) {
        // A configuration that the gateway does not take must not keep its cure away.
        if (const auto config = config::load(globals.config)) {
            out.places.socket = config->control_socket;
            out.places.home = config->home.uri;
            out.places.gateway_id = config->gateway_id;
            out.places.utc_offset = config->utc_offset;
        } else if (const auto socket = config::control_socket(globals.config)) {
            out.places.socket = *socket;
        }
    }
    if (!globals.socket.empty()) out.places.socket = globals.socket;
    return out;
}

std::string shown(const update::Record& record, const Setting& setting, Lang lang) {
    std::string out;
    const auto local = [&](Instant at) {
        return fmt::format(
            "{:%F %T}", std::chrono::floor<std::chrono::seconds>(at + setting.places.utc_offset));
    };
    if (record.step != update::Step::idle) {
        out += filled(text::update_step, lang, word(record.step, lang), record.from, record.to,
                      record.begun);
    }
    if (record.ending == update::Ending::none) {
        out += text::update_never.in(lang);
    } else {
        out += filled(text::update_ending, lang, word(record.ending, lang), record.ended_from,
                      record.ended_to, local(record.ended_at),
                      record.ended_why.empty() ? "" : "  " + reason(record.ended_why, lang));
    }
    if (!record.ended_noticed.empty()) {
        out += filled(text::update_noticed, lang, reasons(record.ended_noticed, lang));
    }
    if (record.step == update::Step::idle && !record.waiting.empty()) {
        out += filled(text::update_waits, lang, record.waiting,
                      word(update::rest_of(record.waiting_why), lang));
    }
    if (record.retry.failures > 0) {
        out += filled(text::update_retry, lang, record.retry.failures,
                      local(record.retry.at + record.retry.wait), record.retry.version,
                      reason(record.retry.why, lang));
    }
    for (const update::Refused& one : record.refused) {
        if (!update::is_verdict(one.why)) continue;
        out += filled(text::update_refused, lang, one.version, reason(one.why, lang));
    }
    if (!record.trouble.empty() &&
        (record.retry.why.empty() || !record.trouble.starts_with(record.retry.why))) {
        out += filled(text::update_trouble, lang, record.trouble);
    }
    return out;
}

/// 0: nothing is wrong; 1: an update came to a bad end, or could not get further.
int tell(const Globals& globals, const Setting& setting, const update::Came& came, bool rested) {
    const update::Record& record = came.record;
    if (globals.json) {
        print(update::to_text(record));
    } else {
        if (rested && record.step == update::Step::idle) {
            print(filled(text::update_rests, globals.lang, word(came.last.why, globals.lang)));
        }
        print(shown(record, setting, globals.lang));
    }
    const bool unwanted =
        record.ending == update::Ending::rolled_back && record.ended_why != update::by_hand;
    const bool bad = !record.trouble.empty() || record.step != update::Step::idle ||
                     (!rested && (record.ending == update::Ending::failed || unwanted));
    return bad ? exit_refused : exit_ok;
}

/// What apply, rollback and run have in common: root, alone, from what the last one wrote down.
template <class Body>
int as_updater(const Globals& globals, const Said& said, Body body) {
    if (::geteuid() != 0) {
        return refused(globals,
                       error_of(globals.lang, text::update_root, {}, text::update_root_do));
    }
    const auto setting = setting_of(globals, said);
    if (!setting) return refused(globals, setting.error());
    const auto turn = update::Turn::take(setting->places.state);
    if (!turn) {
        return refused(globals,
                       error_of(globals.lang, text::update_busy, said.state, text::update_busy_do));
    }
    auto record = update::read_record(setting->places.state);
    if (!record) return refused(globals, record.error());
    update::DebianBox box(setting->places);
    // Left behind by a power cut before anything was begun, it would be run for ever.
    if (record->step == update::Step::idle) box.forget_program();
    return body(*setting, box, std::move(*record));
}

int go_on(const Globals& globals, const Setting& setting, update::DebianBox& box,
          update::Record record, const update::Insistence& insistence) {
    auto came = update::run(box, std::move(record), setting.rules, insistence);
    if (!came) return refused(globals, came.error());
    return tell(globals, setting, *came, came->last.what == update::Do::rest);
}

/// Asks the source, and writes down when and with what success.
result<void> ask_source(const Globals& globals, const Setting& setting, update::DebianBox& box,
                        update::Record& record) {
    std::error_code none;
    if (!fs::exists(setting.places.source, none)) {
        return error_of(globals.lang, text::update_no_source, setting.places.source.string(),
                        text::update_no_source_do);
    }
    const auto asked = box.check();
    record.checked_at = std::chrono::floor<Duration>(std::chrono::system_clock::now());
    record.trouble = asked ? "" : asked.error().text();
    if (auto saved = box.save(record); !saved) return saved;
    return asked;
}

int check(const Globals& globals, const Said& said) {
    return as_updater(
        globals, said,
        [&](const Setting& setting, update::DebianBox& box, update::Record record) -> int {
            if (const auto asked = ask_source(globals, setting, box, record); !asked) {
                return refused(globals, asked.error());
            }
            const auto facts = box.look(update::Look::all);
            if (!facts) return refused(globals, facts.error());
            json::array offers;
            std::string out = filled(text::update_installed, globals.lang, facts->installed);
            for (const update::Offer& offer : facts->offers) {
                offers.push_back(json::object{{"version", offer.version},
                                              {"percentage", offer.percentage},
                                              {"draw", offer.draw},
                                              {"way_back", offer.way_back}});
                out += filled(text::update_offer, globals.lang, offer.version, offer.percentage,
                              offer.draw,
                              (offer.way_back ? text::update_way_back : text::update_no_way_back)
                                  .in(globals.lang));
            }
            if (offers.empty()) out += text::update_current.in(globals.lang);
            print(globals.json ? json::serialize(json::object{{"installed", facts->installed},
                                                              {"offers", std::move(offers)}}) +
                                     "\n"
                               : out);
            return exit_ok;
        });
}

int apply(const Globals& globals, const Said& said) {
    return as_updater(
        globals, said,
        [&](const Setting& setting, update::DebianBox& box, update::Record record) -> int {
            if (record.step == update::Step::idle) {
                if (const auto asked = ask_source(globals, setting, box, record); !asked) {
                    return refused(globals, asked.error());
                }
            }
            return go_on(
                globals, setting, box, std::move(record),
                {.any_time = true, .despite_alerts = said.despite_alerts, .again = said.again});
        });
}

int roll_back(const Globals& globals, const Said& said) {
    return as_updater(
        globals, said,
        [&](const Setting& setting, update::DebianBox& box, update::Record record) -> int {
            if (record.step != update::Step::idle) {
                return refused(globals, error_of(globals.lang, text::update_not_idle, record.to,
                                                 text::update_not_idle_do));
            }
            const auto facts = box.look(update::Look::packages);
            if (!facts) return refused(globals, facts.error());
            const std::string previous = record.previous;
            if (const auto good = box.can_go_back(previous); !good) {
                return refused(globals, good.error());
            }
            record = update::take_back(std::move(record), previous, facts->installed);
            if (const auto saved = box.save(record); !saved) return refused(globals, saved.error());
            return go_on(globals, setting, box, std::move(record), {});
        });
}

int run_by_timer(const Globals& globals, const Said& said) {
    return as_updater(
        globals, said,
        [&](const Setting& setting, update::DebianBox& box, update::Record record) -> int {
            // Asked at any hour, so that doctor can say what is there; the night decides about the
            // rest.
            if (record.step == update::Step::idle && setting.rules.enabled) {
                if (const auto asked = ask_source(globals, setting, box, record); !asked) {
                    return refused(globals, asked.error());
                }
            }
            return go_on(globals, setting, box, std::move(record), {});
        });
}

int status(const Globals& globals, const Said& said) {
    const auto setting = setting_of(globals, said);
    if (!setting) return refused(globals, setting.error());
    const auto record = update::read_record(said.state);
    if (!record) return refused(globals, record.error());
    print(globals.json ? update::to_text(*record) : shown(*record, *setting, globals.lang));
    return exit_ok;
}

}  // namespace

void add_update_commands(CLI::App& app, Lang lang, const Choose& choose) {
    const auto say = [lang](const Text& text) { return std::string(text.in(lang)); };
    CLI::App& group = *app.add_subcommand("update", say(text::help_update));
    group.require_subcommand(1);
    const auto command = [&](const std::string& name, const Text& help,
                             int (*run)(const Globals&, const Said&)) {
        auto said = std::make_shared<Said>();
        CLI::App* const out = group.add_subcommand(name, say(help));
        out->add_option("--state", said->state, say(text::help_update_state))->type_name("PATH");
        out->add_option("--file", said->file, say(text::help_update_file))->type_name("FILE");
        out->callback([choose, said, run] {
            choose([said, run](const Globals& globals) { return run(globals, *said); });
        });
        return std::pair{out, said};
    };
    command("check", text::help_update_check, &check);
    const auto [now, how] = command("apply", text::help_update_apply, &apply);
    now->add_flag("--despite-alerts", how->despite_alerts, say(text::help_update_alerts));
    now->add_flag("--again", how->again, say(text::help_update_again));
    command("rollback", text::help_update_rollback, &roll_back);
    command("status", text::help_update_status, &status);
    command("run", text::help_update_run, &run_by_timer);
}

void examine_updates(const fs::path& state, const fs::path& source, Findings& findings) {
    const Lang lang = findings.lang();
    const auto record = update::read_record(state);
    if (!record) {
        return findings.verbatim(Severity::warning, "update_unreadable", record.error().text(),
                                 std::string(text::update_unreadable_do.in(lang)));
    }
    if (record->step != update::Step::idle) {
        findings.add(Severity::note, "update_under_way", text::update_under_way, text::update_look,
                     {std::string(word(record->step, lang)), record->from, record->to});
    }
    if (!record->trouble.empty()) {
        findings.add(Severity::warning, "update_stuck", text::update_stuck, text::update_look,
                     {record->trouble});
    }
    if (record->retry.failures > 0 && record->trouble.empty()) {
        findings.add(Severity::note, "update_retries", text::update_retries, text::update_look,
                     {record->retry.version, std::to_string(record->retry.failures),
                      reason(record->retry.why, lang)});
    }
    const std::vector<std::string> of{record->ended_to, reason(record->ended_why, lang),
                                      record->ended_from};
    std::error_code none;
    switch (record->ending) {
        case update::Ending::failed:
            return findings.add(Severity::error, "update_failed", text::update_has_failed,
                                text::update_look, of);
        case update::Ending::rolled_back:
            if (record->ended_why == update::by_hand) break;
            if (!update::is_verdict(record->ended_why)) {
                return findings.add(Severity::warning, "update_put_off", text::update_was_put_off,
                                    text::update_look, of);
            }
            return findings.add(Severity::warning, "update_rolled_back",
                                text::update_was_rolled_back, text::update_look, of);
        case update::Ending::updated:
        case update::Ending::abandoned:
            return findings.ok(
                "update", text::update_good,
                {std::string(word(record->ending, lang)), record->ended_from, record->ended_to});
        case update::Ending::none:
            break;
    }
    // Without a source a box is looked after by hand, which is no finding.
    if (fs::exists(source, none)) findings.ok("update", text::update_idle);
}

}  // namespace anju::ctl
