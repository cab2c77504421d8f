#include "app/anjuctl/views.hpp"

#include <fmt/format.h>

#include <initializer_list>

#include "app/anjuctl/box_text.hpp"
#include "app/anjuctl/field.hpp"
#include "app/anjuctl/sheet.hpp"
#include "app/anjuctl/table.hpp"
#include "app/anjuctl/update_text.hpp"
#include "app/anjuctl/views_notices.hpp"
#include "app/anjuctl/views_update.hpp"
#include "control/printable.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;

std::vector<std::string> words(Lang lang, std::initializer_list<Text> texts) {
    std::vector<std::string> out;
    for (const Text& text : texts) out.emplace_back(text.in(lang));
    return out;
}

/// The table, and how much of the whole it is when it is not all.
std::string listing(const Table& table, const json::value& result, std::size_t shown, Lang lang) {
    if (table.empty()) return std::string(text::nothing.in(lang)) + "\n";
    std::string out = table.text();
    const std::int64_t total = number(result, "total");
    if (total > static_cast<std::int64_t>(shown)) {
        out += fmt::format(fmt::runtime(text::of_total.in(lang)), total, shown) + "\n";
    }
    return out;
}

std::string yes_no(bool value, Lang lang) {
    return std::string((value ? text::yes : text::no).in(lang));
}

std::string links_table(const json::value& result, Lang lang) {
    Table table(words(lang, {text::link, text::address, text::connected, text::received,
                             text::published, text::last_error}));
    for (const json::value& link : rows(result, "links")) {
        table.row({term_field(link, "name", lang), field(link, "uri"),
                   yes_no(flag(link, "connected"), lang), field(link, "received"),
                   field(link, "published"), field(link, "last_error")});
    }
    return table.empty() ? "" : "\n" + table.text();
}

std::string lanes_table(const json::value& result, Lang lang) {
    Table table(words(lang, {text::lane, text::head, text::unacknowledged}));
    for (const json::value& lane : rows(result, "lanes")) {
        table.row(
            {term_field(lane, "lane", lang), field(lane, "head"), field(lane, "unacknowledged")});
    }
    return table.empty() ? "" : "\n" + table.text();
}

std::string counters_line(const json::value& result, Lang lang) {
    std::string out;
    const json::object* const counters = member(result, "counters").if_object();
    if (counters == nullptr) return out;
    for (const auto& counter : *counters) {
        const std::string value = json::serialize(counter.value());
        if (value == "0") continue;
        out += (out.empty() ? "" : ", ") + std::string(counter.key()) + " " + value;
    }
    if (out.empty()) return out;
    return "\n" + std::string(text::counters.in(lang)) + "  " + control::printable(out) + "\n";
}

/// What the store found and did at the start: a lost store must not look like a new box.
std::string notes_text(const json::value& result, Lang lang) {
    std::string out;
    for (const json::value& note : rows(result, "notes")) {
        if (!note.is_string()) continue;
        out += "  " + control::printable(std::string(note.get_string())) + "\n";
    }
    return out.empty() ? out : "\n" + std::string(text::notes.in(lang)) + "\n" + out;
}

std::string evidence_text(const json::value& evidence, Lang lang) {
    Sheet sheet(lang);
    sheet.line(text::rule, field(evidence, "rule"));
    if (!member(evidence, "since").is_null()) {
        sheet.line(text::span, time_field(evidence, "since", lang) + " – " +
                                   time_field(evidence, "until", lang));
    }
    if (const std::string unit = field(evidence, "unit"); !unit.empty()) {
        sheet.line(text::measured,
                   field(evidence, "measured") + " / " + field(evidence, "threshold") + " " + unit);
    }
    if (const std::int64_t days = number(evidence, "once_in_days"); days > 0) {
        sheet.line(text::rarity, fmt::format(fmt::runtime(text::once_in_days.in(lang)), days));
    }
    Table sources(words(lang, {text::device, text::kind, text::last_heard, text::reliable}));
    for (const json::value& source : rows(evidence, "sources")) {
        sources.row({field(source, "device"), term_field(source, "kind", lang),
                     time_field(source, "last_heard", lang),
                     yes_no(flag(source, "reliable"), lang)});
    }
    return sheet.text() + (sources.empty() ? "" : sources.text());
}

/// "out, 2026-03-02 07:00:00": and since when.
std::string whereabouts(const json::value& home, Lang lang) {
    const std::string where = term_field(home, "whereabouts", lang);
    if (where.empty() || member(home, "whereabouts_since").is_null()) return where;
    return where + ", " + time_field(home, "whereabouts_since", lang);
}

std::string best_delay(const json::value& home, Lang lang) {
    const json::value& best = member(home, "best_delay");
    if (best.is_null()) return {};
    return span_text(std::chrono::seconds{number(best, "seconds")}, lang);
}

std::string heading(Text text, Lang lang) {
    return "\n" + std::string(text.in(lang)) + "\n";
}

/// What is not known is not shown.
void box_lines(Sheet& sheet, const json::value& box, Lang lang) {
    if (!box.is_object()) return;
    std::string reasons;
    for (const json::value& one : rows(box, "reasons")) {
        if (!one.is_string()) continue;
        const std::string_view reason = one.get_string();
        reasons.append(reasons.empty() ? "" : "; ").append(look_up(unprotected, lang, reason));
    }
    sheet.line(text::protection, reasons.empty() ? std::string(text::protects.in(lang)) : reasons);
    std::string facts;
    const auto add = [&](const Text& words, auto... values) {
        facts.append(facts.empty() ? "" : ", ")
            .append(fmt::format(fmt::runtime(words.in(lang)), values...));
    };
    if (!field(box, "temperature_mc").empty())
        add(text::box_heat, number(box, "temperature_mc") / 1000);
    if (!field(box, "uptime_s").empty()) {
        add(text::box_up, span_text(std::chrono::seconds{number(box, "uptime_s")}, lang));
    }
    if (!field(box, "boots").empty()) add(text::box_boots, number(box, "boots"));
    if (!field(box, "disk_free_bytes").empty()) {
        add(text::box_free, number(box, "disk_free_bytes") / 1'000'000);
    }
    for (const json::value& one : rows(box, "storage")) {
        if (field(one, "used_tenths").empty()) continue;
        add(text::box_worn, field(one, "name"), number(one, "used_tenths") * 10);
    }
    if (!facts.empty()) sheet.line(text::board, facts);
}

}  // namespace

std::string show_status(const json::value& result, Lang lang) {
    const json::value& store = member(result, "store");
    Sheet sheet(lang);
    sheet.line(text::gateway, fmt::format("{} ({}, pid {})", field(result, "gateway_id"),
                                          field(result, "version"), field(result, "pid")));
    sheet.line(text::running_since, time_field(result, "started_at", lang));
    sheet.line(text::now, time_field(result, "now", lang));
    sheet.line(text::clock, term_field(result, "clock", lang));
    sheet.line(text::homes, field(result, "households"));
    sheet.line(text::devices, field(result, "devices"));
    sheet.line(text::open_alerts, field(result, "open_alerts"));
    sheet.line(
        text::store,
        fmt::format(fmt::runtime(text::space_of.in(lang)), number(store, "bytes") / 1'000'000,
                    number(store, "max_bytes") / 1'000'000, term_field(store, "space", lang)));
    box_lines(sheet, member(result, "box"), lang);
    sheet.line(text::update_line, update_line(result, lang));
    if (const json::value& console = member(result, "console"); console.is_object()) {
        sheet.line(text::console_store,
                   fmt::format(fmt::runtime(text::console_space.in(lang)),
                               number(console, "bytes") / 1'000'000,
                               number(console, "max_bytes") / 1'000'000,
                               number(console, "audit_rows"), number(console, "audit_removed")));
    }
    return sheet.text() + links_table(result, lang) + lanes_table(result, lang) +
           channels_table(result, lang) + counters_line(result, lang) + notes_text(result, lang);
}

std::string show_residents(const json::value& result, Lang lang) {
    Table table(words(lang, {text::household, text::community, text::resident, text::person,
                             text::status, text::devices, text::open_alerts, text::last_life,
                             text::best_delay, text::whereabouts}));
    const json::array& homes = rows(result, "households");
    for (const json::value& home : homes) {
        const auto line = [&](const json::value& resident) {
            table.row({field(home, "household"), field(home, "community"), field(resident, "id"),
                       field(resident, "name"), term_field(resident, "status", lang),
                       field(home, "devices"), field(home, "open_alerts"),
                       time_field(home, "last_sign_of_life", lang), best_delay(home, lang),
                       whereabouts(home, lang)});
        };
        const json::array& residents = rows(home, "residents");
        for (const json::value& resident : residents) line(resident);
        if (residents.empty()) line(nullptr);
    }
    return listing(table, result, homes.size(), lang);
}

std::string show_devices(const json::value& result, Lang lang) {
    Table table(words(lang, {text::household, text::device, text::kind, text::label, text::driver,
                             text::address, text::last_heard, text::health}));
    const json::array& devices = rows(result, "devices");
    for (const json::value& device : devices) {
        table.row({field(device, "household"), field(device, "id"),
                   term_field(device, "kind", lang), field(device, "label"),
                   field(device, "driver"), field(device, "address"),
                   time_field(device, "last_heard", lang), term_field(device, "health", lang)});
    }
    return listing(table, result, devices.size(), lang);
}

std::string show_alerts(const json::value& result, Lang lang) {
    Table table(words(lang, {text::alert, text::priority, text::kind, text::status, text::raised,
                             text::sentence}));
    const json::array& alerts = rows(result, "alerts");
    for (const json::value& alert : alerts) {
        table.row({field(alert, "id"), term_field(alert, "priority", lang),
                   term_field(alert, "kind", lang), term_field(alert, "state", lang),
                   time_field(alert, "raised_at", lang),
                   field(alert, lang == Lang::zh ? "sentence_zh" : "sentence_en")});
    }
    return listing(table, result, alerts.size(), lang);
}

namespace {

/// "升级 逾期".
std::string flags_of(const json::value& alert, Lang lang) {
    std::string text;
    for (const char* const name : {"escalated", "overdue"}) {
        if (!flag(alert, name)) continue;
        if (!text.empty()) text += ' ';
        text += term(lang, name);
    }
    return text;
}

/// Who has the alert, who has been told, and who is told next if nobody does anything.
void life_of(const json::value& alert, Lang lang, Sheet& sheet) {
    sheet.line(text::flags, flags_of(alert, lang));
    sheet.line(text::owner, field(alert, "owner"));
    if (number(alert, "rung") > 0) sheet.line(text::told_so_far, field(alert, "rung"));
    sheet.line(text::merged_into, field(alert, "merged_into"));
    sheet.line(text::closed_by, field(alert, "closed_by"));
    sheet.line(text::reviewed_by, field(alert, "reviewed_by"));
    const json::value& next = member(alert, "next");
    if (next.is_null()) return;
    std::string roles;
    for (const json::value& role : rows(next, "roles")) {
        if (!roles.empty()) roles += lang == Lang::zh ? "、" : ", ";
        roles += term(lang, std::string_view(role.as_string()));
    }
    const std::string why =
        term_field(next, member(next, "summons").is_null() ? "cause" : "summons", lang);
    sheet.line(text::next_step, fmt::format(fmt::runtime(text::next_tells.in(lang)),
                                            time_field(next, "at", lang), why, roles));
}

}  // namespace

namespace {

/// Who was told when, and why.
std::string told_table(const json::value& result, Lang lang) {
    Table table(words(lang, {text::at, text::told_roles, text::cause}));
    for (const json::value& told : rows(result, "told")) {
        std::string roles;
        for (const json::value& role : rows(told, "roles")) {
            if (!role.is_string()) continue;
            if (!roles.empty()) roles += lang == Lang::zh ? "、" : ", ";
            roles += term(lang, std::string(role.get_string()));
        }
        for (const json::value& role : rows(told, "vacant")) {
            if (!role.is_string()) continue;
            roles += fmt::format(fmt::runtime(text::nobody_is.in(lang)),
                                 term(lang, std::string(role.get_string())));
        }
        table.row({time_field(told, "at", lang), roles, term_field(told, "cause", lang)});
    }
    return table.empty() ? "" : heading(text::told_roles, lang) + table.text();
}

}  // namespace

std::string show_alert(const json::value& result, Lang lang) {
    const json::value& alert = member(result, "alert");
    Sheet sheet(lang);
    sheet.line(text::alert, field(alert, "id"));
    sheet.line(text::sentence, field(alert, lang == Lang::zh ? "sentence_zh" : "sentence_en"));
    sheet.line(text::priority, term_field(alert, "priority", lang));
    sheet.line(text::kind, term_field(alert, "kind", lang));
    sheet.line(text::status, term_field(alert, "state", lang));
    sheet.line(text::household, field(alert, "household"));
    sheet.line(text::resident, field(alert, "resident"));
    sheet.line(text::device, field(alert, "device"));
    sheet.line(text::raised, time_field(alert, "raised_at", lang));
    sheet.line(text::changed, time_field(alert, "changed_at", lang));
    sheet.line(text::actor, field(alert, "actor"));
    sheet.line(text::reason, term_field(alert, "reason", lang));
    sheet.line(text::note, field(alert, "note"));
    if (number(alert, "repeats") > 0) sheet.line(text::repeats, field(alert, "repeats"));
    if (number(alert, "reopened") > 0) sheet.line(text::reopened, field(alert, "reopened"));

    life_of(alert, lang, sheet);

    Table history(words(lang, {text::at, text::from, text::to, text::cause, text::flags,
                               text::priority, text::actor, text::reason, text::note}));
    for (const json::value& change : rows(result, "history")) {
        history.row({time_field(change, "at", lang), term_field(change, "from", lang),
                     term_field(change, "to", lang), term_field(change, "cause", lang),
                     flags_of(change, lang), term_field(change, "priority", lang),
                     field(change, "actor"), term_field(change, "reason", lang),
                     field(change, "note")});
    }
    return sheet.text() + heading(text::evidence, lang) +
           evidence_text(member(alert, "evidence"), lang) + heading(text::history, lang) +
           history.text() + told_table(result, lang);
}

std::string show_rejected(const json::value& result, Lang lang) {
    Table table(words(lang, {text::at, text::topic, text::code, text::problem, text::payload}));
    const json::array& messages = rows(result, "messages");
    for (const json::value& message : messages) {
        std::string payload = field(message, "payload");
        if (payload.size() > 60) {
            std::size_t cut = 60;  // never within a character
            while (cut > 0 && (static_cast<unsigned char>(payload[cut]) & 0xc0U) == 0x80) --cut;
            payload = payload.substr(0, cut) + "…";
        }
        table.row({time_field(message, "at", lang), field(message, "topic"), field(message, "code"),
                   field(message, "text"), payload});
    }
    return listing(table, result, messages.size(), lang);
}

}  // namespace anju::ctl
