#include "calendar/feed.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <tuple>
#include <vector>

#include "calendar/content_line.hpp"
#include "calendar/words.hpp"
#include "core/model/date.hpp"
#include "core/text/masking.hpp"

namespace anju::calendar {
namespace {

using std::chrono::minutes;

constexpr Duration china = std::chrono::hours{8};

std::string digits(std::int64_t value, int width) {
    std::array<char, 24> out{};
    std::snprintf(out.data(), out.size(), "%0*lld", width, static_cast<long long>(value));
    return out.data();
}

/// "20260302T090000" as a clock on the wall of `utc_offset` shows it.
std::string wall_time(Instant at, Duration utc_offset) {
    std::string date = to_text(date_of(at, utc_offset));
    std::erase(date, '-');
    const auto seconds =
        std::chrono::floor<std::chrono::seconds>(time_of_day(at, utc_offset)).count();
    return date + "T" + digits(seconds / 3600, 2) + digits(seconds / 60 % 60, 2) +
           digits(seconds % 60, 2);
}

std::string utc_time(Instant at) {
    return wall_time(at, Duration{0}) + "Z";
}

/// "+0800".
std::string offset_text(Duration utc_offset) {
    const auto all = std::chrono::floor<minutes>(utc_offset).count();
    const auto size = std::abs(all);
    return (all < 0 ? "-" : "+") + digits(size / 60, 2) + digits(size % 60, 2);
}

/// A zone without summer time: China has had none since 1991, and this feed shows no older days.
std::string zone_name(Duration utc_offset) {
    return utc_offset == china ? "Asia/Shanghai" : "UTC" + offset_text(utc_offset);
}

void write_zone(Lines& out, Duration utc_offset) {
    out.raw("BEGIN", "VTIMEZONE");
    out.raw("TZID", zone_name(utc_offset));
    out.raw("BEGIN", "STANDARD");
    out.raw("DTSTART", "19920101T000000");
    out.raw("TZOFFSETFROM", offset_text(utc_offset));
    out.raw("TZOFFSETTO", offset_text(utc_offset));
    out.raw("TZNAME", utc_offset == china ? "CST" : zone_name(utc_offset));
    out.raw("END", "STANDARD");
    out.raw("END", "VTIMEZONE");
}

std::string both(text::Wording wording) {
    return std::string(wording.zh) + " / " + std::string(wording.en);
}

std::string summary(const Options& options, const Entry& entry) {
    std::string out;
    const text::Wording state = words(entry.task.state);
    if (!state.zh.empty()) out = "【" + std::string(state.zh) + "】";
    out += words(entry.task.kind).zh;
    const std::string who =
        options.names == Names::full ? entry.resident : text::masked_name(entry.resident);
    return who.empty() ? out : out + " " + who;
}

std::string description(const Options& options, const Entry& entry) {
    std::string out;
    const auto line = [&out](std::string_view label, const std::string& value) {
        if (value.empty()) return;
        if (!out.empty()) out += '\n';
        out.append(label).append(value);
    };
    if (options.names == Names::full) line("电话 phone: ", entry.phone);
    line("任务 task: ", both(words(entry.task.kind)));
    line("原因 reason: ", both(words(entry.task.cause)));
    line("", entry.reason);
    const text::Wording state = words(entry.task.state);
    if (!state.zh.empty()) line("状态 state: ", both(state));
    line("编号 no.: ", entry.task.id.value);
    return out;
}

void write_reminder(Lines& out, minutes before, const std::string& what) {
    out.raw("BEGIN", "VALARM");
    out.raw("ACTION", "DISPLAY");
    out.raw("TRIGGER", "-PT" + std::to_string(before.count()) + "M");
    out.text("DESCRIPTION", what);
    out.raw("END", "VALARM");
}

void write_event(Lines& out, const Options& options, const Entry& entry) {
    const CareTask& task = entry.task;
    const std::string zone = ";TZID=" + zone_name(options.utc_offset);
    const std::string title = summary(options, entry);
    const bool off = is_off(task.state);
    out.raw("BEGIN", "VEVENT");
    out.text("UID", task.id.value + "@" + options.gateway_id);
    // Without a METHOD, DTSTAMP is the time of the last revision (RFC 5545, 3.8.7.2).
    out.raw("DTSTAMP", utc_time(entry.changed_at));
    out.raw("LAST-MODIFIED", utc_time(entry.changed_at));
    out.raw("SEQUENCE", std::to_string(task.revision));
    out.raw("DTSTART" + zone, wall_time(task.start, options.utc_offset));
    if (task.end > task.start) {
        out.raw("DTEND" + zone, wall_time(task.end, options.utc_offset));
    }
    out.text("SUMMARY", title);
    if (options.names == Names::full) out.text("LOCATION", entry.address);
    out.text("DESCRIPTION", description(options, entry));
    out.raw("STATUS", off ? "CANCELLED" : "CONFIRMED");
    out.text("CATEGORIES", words(task.kind).zh);
    const bool pending = words(task.state).zh.empty();
    if (options.remind_before && pending) write_reminder(out, *options.remind_before, title);
    out.raw("END", "VEVENT");
}

}  // namespace

bool is_off(TaskState state) {
    return state == TaskState::cancelled || state == TaskState::excused ||
           state == TaskState::substituted;
}

std::string feed(const Options& options, std::span<const Entry> entries, Instant now) {
    std::vector<const Entry*> shown;
    for (const Entry& entry : entries) {
        if (is_off(entry.task.state) && entry.changed_at + options.keep_cancelled < now) continue;
        shown.push_back(&entry);
    }
    std::ranges::sort(shown, [](const Entry* a, const Entry* b) {
        return std::tie(a->task.start, a->task.id) < std::tie(b->task.start, b->task.id);
    });
    const std::string refresh = "PT" + std::to_string(options.refresh.count()) + "M";
    Lines out;
    out.raw("BEGIN", "VCALENDAR");
    out.raw("VERSION", "2.0");
    out.raw("PRODID", "-//Anju//Care rounds//ZH");
    out.raw("CALSCALE", "GREGORIAN");
    out.text("X-WR-CALNAME", options.owner.empty() ? "安居探访" : "安居探访 " + options.owner);
    out.raw("X-WR-TIMEZONE", zone_name(options.utc_offset));
    out.raw("REFRESH-INTERVAL;VALUE=DURATION", refresh);
    out.raw("X-PUBLISHED-TTL", refresh);
    write_zone(out, options.utc_offset);
    for (const Entry* entry : shown) write_event(out, options, *entry);
    out.raw("END", "VCALENDAR");
    return out.take();
}

}  // namespace anju::calendar
