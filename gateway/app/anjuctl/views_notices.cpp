#include "app/anjuctl/views_notices.hpp"

#include <fmt/format.h>

#include "app/anjuctl/field.hpp"
#include "app/anjuctl/notice_text.hpp"
#include "app/anjuctl/sheet.hpp"
#include "app/anjuctl/table.hpp"
#include "control/printable.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;

std::string say(Text text, Lang lang) {
    return std::string(text.in(lang));
}

std::string notice_field(const json::value& object, std::string_view key, Lang lang) {
    return std::string(notice_term(lang, field(object, key)));
}

/// What it is about: the alert and why it is told, or the topic alone.
std::string topic_of(const json::value& notice, Lang lang) {
    std::string out = notice_field(notice, "topic", lang);
    const std::string subject = field(notice, "subject");
    if (!subject.empty()) out += " " + subject;
    if (field(notice, "topic") == "alert") out += ", " + term_field(notice, "cause", lang);
    return out;
}

}  // namespace

std::string channels_table(const json::value& status, Lang lang) {
    Table table({say(text::channel, lang), say(text::status, lang), say(text::sent, lang),
                 say(text::failed, lang), say(text::limited, lang), say(text::last_success, lang),
                 say(text::last_failure, lang), say(text::last_error, lang)});
    for (const json::value& channel : rows(status, "channels")) {
        table.row({field(channel, "name"),
                   say(flag(channel, "down") ? text::fails : text::works, lang),
                   field(channel, "sent"), field(channel, "failed"), field(channel, "limited"),
                   time_field(channel, "last_success", lang),
                   time_field(channel, "last_failure", lang), field(channel, "last_error")});
    }
    return table.empty() ? "" : "\n" + table.text();
}

std::string show_notices(const json::value& result, Lang lang) {
    Table table({say(text::notice, lang), say(text::at, lang), say(text::priority, lang),
                 say(text::about, lang), say(text::recipient, lang), say(text::status, lang),
                 say(text::attempts, lang), say(text::over, lang), say(text::answer, lang)});
    for (const json::value& notice : rows(result, "notices")) {
        table.row({field(notice, "id"), time_field(notice, "at", lang),
                   term_field(notice, "priority", lang), topic_of(notice, lang),
                   field(notice, "recipient"), notice_field(notice, "state", lang),
                   field(notice, "attempts"), field(notice, "over"), field(notice, "answer")});
    }
    return table.empty() ? say(text::nothing, lang) + "\n" : table.text();
}

std::string show_notice(const json::value& result, Lang lang) {
    const json::value& notice = member(result, "notice");
    Sheet sheet(lang);
    sheet.line(text::notice, field(notice, "id"));
    sheet.line(text::at, time_field(notice, "at", lang));
    sheet.line(text::priority, term_field(notice, "priority", lang));
    sheet.line(text::about, topic_of(notice, lang));
    sheet.line(text::recipient, field(notice, "recipient"));
    sheet.line(text::status, notice_field(notice, "state", lang));
    sheet.line(text::changed, time_field(notice, "changed", lang));
    sheet.line(text::attempts, field(notice, "attempts"));
    sheet.line(text::over, field(notice, "over"));
    sheet.line(text::answer, field(notice, "answer"));
    sheet.line(text::due, time_field(notice, "due", lang) +
                              (flag(notice, "digest") ? ", " + say(text::in_digest, lang) : ""));
    sheet.line(text::expires, time_field(notice, "expires", lang));
    Table ways({say(text::way, lang), say(text::address, lang), ""});
    for (const json::value& route : rows(notice, "routes")) {
        ways.row({field(route, "channel"), field(route, "address"),
                  flag(route, "refused") ? say(text::way_refused, lang) : ""});
    }
    std::string out = sheet.text() + (ways.empty() ? "" : "\n" + ways.text());
    out += "\n" + say(text::words, lang) + "\n" + control::printable(field(notice, "title")) + "\n";
    const std::string lines = field(notice, "text");
    for (std::size_t at = 0; at < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', at), lines.size());
        out += control::printable(lines.substr(at, end - at)) + "\n";
        at = end + 1;
    }
    if (flag(notice, "link")) out += say(text::has_link, lang) + "\n";
    return out;
}

std::string show_test(const json::value& result, Lang lang) {
    const json::value& notice = member(result, "notice");
    const json::array& ways = rows(notice, "routes");
    const std::string channel = ways.empty() ? "" : field(ways.front(), "channel");
    const std::string state = notice_field(notice, "state", lang);
    const std::string answer = field(notice, "answer");
    const std::string name = field(notice, "state");
    if (name == "waiting" || name == "sending") {
        return fmt::format(fmt::runtime(text::test_waits.in(lang)), channel, field(notice, "id")) +
               "\n";
    }
    const std::string line =
        answer.empty()
            ? fmt::format(fmt::runtime(text::test_said.in(lang)), channel, state)
            : fmt::format(fmt::runtime(text::test_said_because.in(lang)), channel, state, answer);
    return control::printable(line) + "\n";
}

}  // namespace anju::ctl
