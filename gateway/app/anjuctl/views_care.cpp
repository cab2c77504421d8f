#include "app/anjuctl/views_care.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>
#include <vector>

#include "app/anjuctl/care_text.hpp"
#include "app/anjuctl/field.hpp"
#include "app/anjuctl/sheet.hpp"
#include "app/anjuctl/table.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;

constexpr std::size_t days_a_week = 7;

std::string in(Lang lang, const Text& text) {
    return std::string(text.in(lang));
}

template <class... T>
std::string put(Lang lang, const Text& text, T&&... values) {
    return fmt::format(fmt::runtime(text.in(lang)), std::forward<T>(values)...);
}

std::string care_field(const json::value& object, std::string_view key, Lang lang) {
    return std::string(care_term(lang, field(object, key)));
}

/// "王秀兰 R0001", or the id alone.
std::string who(const json::value& object, std::string_view id, std::string_view name) {
    const std::string called = field(object, name);
    const std::string number = field(object, id);
    return called.empty() ? number : called + " " + number;
}

/// "09:00" of a time of the protocol.
std::string clock(const json::value& object, std::string_view key) {
    const std::string text = field(object, key);
    return text.size() >= 16 ? text.substr(11, 5) : "";
}

std::size_t day_of(const json::value& week, const std::string& date) {
    const json::array& days = rows(week, "days");
    for (std::size_t i = 0; i < days.size(); ++i) {
        if (field(days[i], "date") == date) return i;
    }
    return days_a_week;
}

std::string day_title(const json::value& day, std::size_t place, Lang lang) {
    std::string out = in(lang, text::weekday_names[place]);
    const std::string date = field(day, "date");
    if (date.size() == 10) out += " " + date.substr(5);
    const bool working = flag(day, "working");
    if (flag(day, "holiday")) out += " " + in(lang, text::holiday);
    if (working && place >= 5) out += " " + in(lang, text::worked);
    return out;
}

/// "上门 09:00 刘敏 ✓": what, when, who, and how it stands when it is not simply planned.
std::string cell(const json::value& task, Lang lang) {
    std::string out = care_field(task, "kind", lang) + " " + clock(task, "start");
    const std::string worker = field(task, "worker_name");
    out += " " + (worker.empty() ? field(task, "worker") : worker);
    if (field(task, "worker").empty()) out += in(lang, text::nobody);
    const std::string state = field(task, "state");
    if (state == "completed") {
        out += " ✓";
    } else if (state != "planned" && state != "assigned") {
        out += " " + care_field(task, "state", lang);
    }
    if (flag(task, "overdue")) out += " " + in(lang, text::overdue_mark);
    return out;
}

std::string plan_table(const json::value& week, Lang lang) {
    std::vector<std::string> header{in(lang, text::resident)};
    const json::array& days = rows(week, "days");
    for (std::size_t i = 0; i < days.size() && i < days_a_week; ++i) {
        header.push_back(day_title(days[i], i, lang));
    }
    Table table(header);
    // A resident may have several tasks on a day: they take several lines.
    std::map<std::string, std::vector<std::vector<std::string>>> residents;
    std::map<std::string, std::string> names;
    for (const json::value& task : rows(week, "tasks")) {
        const std::size_t day = day_of(week, field(task, "date"));
        if (day >= header.size() - 1 || field(task, "state") == "cancelled") continue;
        const std::string id = field(task, "resident");
        names[id] = who(task, "resident", "resident_name");
        auto& lines = residents[id];
        std::size_t line = 0;
        while (line < lines.size() && !lines[line][day].empty()) ++line;
        if (line == lines.size()) lines.emplace_back(days_a_week);
        lines[line][day] = cell(task, lang);
    }
    for (const auto& [id, lines] : residents) {
        for (std::size_t i = 0; i < lines.size(); ++i) {
            std::vector<std::string> row{i == 0 ? names[id] : ""};
            row.insert(row.end(), lines[i].begin(),
                       lines[i].begin() + static_cast<std::ptrdiff_t>(header.size() - 1));
            table.row(std::move(row));
        }
    }
    return table.empty() ? in(lang, text::nothing) + "\n" : table.text();
}

std::string shortfall_line(const json::value& shortfall, Lang lang) {
    const std::string resident = who(shortfall, "resident", "resident_name");
    std::string out = (resident.empty() ? in(lang, text::everybody) : resident) + ": ";
    const std::int64_t visits = number(shortfall, "visits");
    const std::int64_t calls = number(shortfall, "calls");
    if (visits + calls > 0) out += put(lang, text::lacks, visits, calls) + "; ";
    if (const auto gap = number(shortfall, "gap_days"); gap > 0) {
        out += put(lang, text::gap_of, gap) + "; ";
    }
    out += care_field(shortfall, "why", lang);
    std::string days;
    for (const json::value& day : rows(shortfall, "days")) {
        if (!day.is_string()) continue;
        days += (days.empty() ? "" : ", ") + std::string(day.get_string());
    }
    if (!days.empty()) out += put(lang, text::on_days, days);
    if (const auto minutes = number(shortfall, "minutes"); minutes > 0) {
        out += "; " + put(lang, text::would_mend, minutes);
    }
    return "  " + control::printable(out) + "\n";
}

std::string loads(const json::value& week, Lang lang) {
    Table table({in(lang, text::worker), in(lang, text::visits), in(lang, text::calls),
                 in(lang, text::minutes), in(lang, text::absent)});
    for (const json::value& worker : rows(week, "workers")) {
        std::string absent;
        for (const json::value& span : rows(worker, "absent")) {
            absent +=
                (absent.empty() ? "" : ", ") + field(span, "from") + " – " + field(span, "to");
        }
        table.row({who(worker, "id", "name"), field(worker, "visits"), field(worker, "calls"),
                   field(worker, "minutes"), absent});
    }
    return table.empty() ? "" : "\n" + table.text();
}

std::string percent(const json::value& object, std::string_view key) {
    const json::value& share = member(object, key);
    if (field(share, "permille").empty()) return "–";
    const std::int64_t permille = number(share, "permille");
    return fmt::format("{}.{} % ({}/{})", permille / 10, permille % 10, number(share, "part"),
                       number(share, "of"));
}

/// Of a contact; nobody may know it.
std::string length_text(const json::value& contact, Lang lang) {
    if (field(contact, "seconds").empty()) return "–";
    return span_text(std::chrono::seconds{number(contact, "seconds")}, lang);
}

std::string pair_of_spans(const json::value& object, std::string_view first,
                          std::string_view second, Lang lang) {
    const auto span = [&](std::string_view key) {
        if (field(object, key).empty()) return std::string("–");
        return span_text(std::chrono::seconds{number(object, key)}, lang);
    };
    return span(first) + " / " + span(second);
}

/// "; 2 not yet", where somebody waits.
std::string waiting(const json::value& alerts, std::string_view key, Lang lang) {
    const std::int64_t count = number(alerts, key);
    return count == 0 ? "" : put(lang, text::not_yet, count);
}

std::string row_name(const json::value& row, Lang lang) {
    const std::string level = field(row, "level");
    if (level == "all") return in(lang, text::all_of);
    return level == "community" ? who(row, "code", "name") : field(row, "name");
}

/// A field of RFC 4180. What a spreadsheet would take for a formula becomes text.
std::string quoted(std::string text) {
    if (!text.empty() && std::string_view("=+-@").find(text.front()) != std::string_view::npos) {
        text.insert(0, "'");
    }
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

/// "quota.permille" and its like, for every leaf.
void flatten(const json::value& value, const std::string& name,
             std::vector<std::pair<std::string, std::string>>& out) {
    if (const json::object* const inner = value.if_object()) {
        for (const auto& [key, member] : *inner) {
            flatten(member, name.empty() ? std::string(key) : name + "." + std::string(key), out);
        }
        return;
    }
    if (value.is_string()) {
        out.emplace_back(name, value.get_string());
    } else {
        out.emplace_back(name, value.is_null() ? "" : json::serialize(value));
    }
}

}  // namespace

std::string show_week(const json::value& result, Lang lang) {
    std::string out;
    for (const json::value& week : rows(result, "communities")) {
        if (!out.empty()) out += "\n";
        out += control::printable(put(lang, text::week_of, field(week, "week_name"),
                                      field(week, "week"), who(week, "community", "name"))) +
               "\n";
        if (!flag(week, "planned")) out += in(lang, text::not_planned) + "\n";
        out += plan_table(week, lang) + "\n" + in(lang, text::short_of_title) + "\n";
        std::string lines;
        for (const json::value& one : rows(week, "short_of")) lines += shortfall_line(one, lang);
        out += lines.empty() ? "  " + in(lang, text::nothing_short) + "\n" : lines;
        out += loads(week, lang);
    }
    return out.empty() ? in(lang, text::nothing) + "\n" : out;
}

std::string show_tasks(const json::value& result, Lang lang) {
    Table table({in(lang, text::day), in(lang, text::time), in(lang, text::kind),
                 in(lang, text::resident), in(lang, text::worker), in(lang, text::status),
                 in(lang, text::because), in(lang, text::task)});
    for (const json::value& week : rows(result, "communities")) {
        for (const json::value& task : rows(week, "tasks")) {
            std::string state = care_field(task, "state", lang);
            if (flag(task, "overdue")) state += " " + in(lang, text::overdue_mark);
            const std::size_t day = day_of(week, field(task, "date"));
            std::string date = field(task, "date");
            if (day < days_a_week) date += " " + in(lang, text::weekday_names[day]);
            table.row({date, clock(task, "start"), care_field(task, "kind", lang),
                       who(task, "resident", "resident_name"), who(task, "worker", "worker_name"),
                       state, care_field(task, "cause", lang), field(task, "id")});
        }
    }
    return table.empty() ? in(lang, text::nothing) + "\n" : table.text();
}

std::string show_contacts(const json::value& result, Lang lang) {
    Table table({in(lang, text::at), in(lang, text::kind), in(lang, text::outcome),
                 in(lang, text::length), in(lang, text::worker), in(lang, text::counts),
                 in(lang, text::door_says), in(lang, text::note)});
    for (const json::value& contact : rows(result, "contacts")) {
        std::string counts = field(member(contact, "verdict"), lang == Lang::zh ? "zh" : "en");
        for (const json::value& unusual : rows(contact, "unusual")) {
            if (!unusual.is_string()) continue;
            counts += "; " + std::string(care_term(lang, std::string_view(unusual.get_string())));
        }
        table.row({time_field(contact, "start", lang), care_field(contact, "kind", lang),
                   care_field(contact, "outcome", lang), length_text(contact, lang),
                   field(contact, "worker"), counts, care_field(contact, "door", lang),
                   field(contact, "note")});
    }
    return table.empty() ? in(lang, text::nothing) + "\n" : table.text();
}

std::string show_suspensions(const json::value& result, Lang lang) {
    Table table({in(lang, text::resident), in(lang, text::rests_because), in(lang, text::from_day),
                 in(lang, text::to_day), in(lang, text::said_by), in(lang, text::approver),
                 in(lang, text::note)});
    for (const json::value& one : rows(result, "suspensions")) {
        table.row({who(one, "resident", "resident_name"), care_field(one, "reason", lang),
                   field(one, "from"), field(one, "to").empty() ? "–" : field(one, "to"),
                   field(one, "said_by"), field(one, "approver"), field(one, "note")});
    }
    return table.empty() ? in(lang, text::nothing) + "\n" : table.text();
}

std::string show_report(const json::value& result, Lang lang) {
    std::string out = put(lang, text::period_of, field(result, "period"), field(result, "first"),
                          field(result, "last")) +
                      "\n";
    if (flag(result, "whole_weeks")) {
        out += put(lang, text::care_weeks_of, field(result, "first_week"),
                   field(result, "last_week")) +
               "\n";
    }
    for (const json::value& week : rows(result, "open_weeks")) {
        std::string communities;
        for (const json::value& one : rows(week, "communities")) {
            if (!one.is_string()) continue;
            communities += (communities.empty() ? "" : ", ") + std::string(one.get_string());
        }
        out += control::printable(put(lang, text::provisional, field(week, "week"), communities)) +
               "\n";
    }
    for (const json::value& row : rows(result, "rows")) {
        const json::value& tally = member(row, "tally");
        const json::value& alerts = member(tally, "alerts");
        Sheet sheet(lang);
        sheet.line(text::level,
                   row_name(row, lang) + (flag(row, "provisional") ? in(lang, text::so_far) : ""));
        sheet.line(text::quota, percent(tally, "quota"));
        sheet.line(text::visits, percent(tally, "visits"));
        sheet.line(text::calls, percent(tally, "calls"));
        sheet.line(text::reached_share, percent(tally, "reached"));
        sheet.line(text::on_time, percent(tally, "on_time"));
        sheet.line(text::missed_overdue, field(tally, "missed") + " / " + field(tally, "overdue"));
        sheet.line(text::gap_p95, field(tally, "gap_days_p95"));
        sheet.line(text::unreached_24h, field(tally, "unreached_over_24h"));
        sheet.line(text::suspended, field(tally, "suspended_weeks"));
        sheet.line(text::excused, field(tally, "excused"));
        sheet.line(text::late_days, field(tally, "suspended_late_days"));
        sheet.line(text::alert_counts, field(alerts, "P1") + " / " + field(alerts, "P2") + " / " +
                                           field(alerts, "P3") + " / " + field(alerts, "P4"));
        sheet.line(text::late, field(alerts, "overdue"));
        sheet.line(text::unreviewed, field(alerts, "unreviewed"));
        sheet.line(text::ack_time,
                   pair_of_spans(alerts, "acknowledged_s_p50", "acknowledged_s_p90", lang) +
                       waiting(alerts, "not_acknowledged_yet", lang));
        sheet.line(text::arrival_time,
                   pair_of_spans(alerts, "arrived_s_p50", "arrived_s_p90", lang) +
                       waiting(alerts, "not_arrived_yet", lang));
        sheet.line(text::false_share, percent(alerts, "false"));
        sheet.line(text::uptime, percent(tally, "device_uptime"));
        out += "\n" + sheet.text();
    }
    return out;
}

std::string report_csv(const json::value& result) {
    std::string out;
    for (const json::value& row : rows(result, "rows")) {
        std::vector<std::pair<std::string, std::string>> cells{{"period", field(result, "period")}};
        flatten(row, "", cells);
        if (out.empty()) {
            for (const auto& [name, value] : cells) out += (out.empty() ? "" : ",") + quoted(name);
            out += "\r\n";
        }
        std::string line;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            line += (i == 0 ? "" : ",") + quoted(cells[i].second);
        }
        out += line + "\r\n";
    }
    return out;
}

}  // namespace anju::ctl
