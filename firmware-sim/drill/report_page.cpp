#include "firmware-sim/drill/report_page.hpp"

#include <fmt/format.h>

#include <chrono>
#include <set>
#include <string_view>

#include "base/markup.hpp"
#include "core/model/names.hpp"
#include "core/text/quantities.hpp"
#include "firmware-sim/drill/report_words.hpp"
#include "firmware-sim/local_time.hpp"
#include "http/digest.hpp"
#include "http/page_words.hpp"

namespace anju::sim {

namespace {

namespace say = words_of_report;

constexpr std::string_view style = R"(
@page{size:A4;margin:15mm}
*{box-sizing:border-box}
body{margin:0 auto;max-width:180mm;font:11pt/1.45 system-ui,"Noto Sans CJK SC",sans-serif;
color:#1a1a1a;background:#fff}
h1{font-size:18pt;margin:0 0 2mm}h2{font-size:13pt;margin:6mm 0 2mm}
dl{display:grid;grid-template-columns:max-content 1fr;gap:1mm 5mm;margin:0}
dt{color:#444}dd{margin:0;overflow-wrap:anywhere}
.verdict{margin:5mm 0;padding:3mm 4mm;border:1.5pt solid #1b6e3c;font-size:13pt;font-weight:bold}
.verdict.bad{border:3pt double #a3161a}
table{border-collapse:collapse;width:100%}
th,td{border:.5pt solid #666;padding:1.5mm 2mm;text-align:left;vertical-align:top;
overflow-wrap:break-word}
th{background:#eee}tr{break-inside:avoid}.fault{color:#a3161a}
.sign{display:grid;grid-template-columns:1fr 1fr;gap:12mm;margin-top:16mm;break-inside:avoid}
.sign p{margin:0 0 12mm;border-top:.75pt solid #1a1a1a;padding-top:1mm}
.foot{color:#444;font-size:9.5pt}
)";

/// "2026-03-02 11:30:00", local.
std::string moment(Instant at) {
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(at + utc_offset)};
    return fmt::format("{:04}-{}", static_cast<int>(day.year()), format_local(at));
}

std::string hex(std::string_view bytes) {
    std::string out;
    for (const char each : bytes) {
        out += fmt::format("{:02x}", static_cast<unsigned>(static_cast<unsigned char>(each)));
    }
    return out;
}

class Writer {
public:
    Writer(const DrillReport& report, ReportLanguage language)
        : report_(report), english_(language == ReportLanguage::en) {}

    std::string take() {
        head();
        expectations();
        unexpected();
        signatures();
        out_ += "</main></body></html>\n";
        return std::move(out_);
    }

private:
    [[nodiscard]] std::string_view in(text::Wording words) const {
        return english_ ? words.en : words.zh;
    }
    [[nodiscard]] std::string length(Duration time) const {
        if (time < std::chrono::seconds{1}) return std::string(in(say::at_once));
        return text::span(english_ ? text::Language::en : text::Language::zh, time);
    }
    void fact(text::Wording label, std::string_view value) {
        out_ += fmt::format("<dt>{}</dt><dd>{}</dd>", in(label), markup_escape(value));
    }
    void cell(std::string_view value) { out_ += fmt::format("<td>{}</td>", markup_escape(value)); }
    void columns(std::initializer_list<text::Wording> all) {
        out_ += "<table><thead><tr>";
        for (const auto& each : all) out_ += fmt::format("<th>{}</th>", in(each));
        out_ += "</tr></thead><tbody>";
    }

    void head() {
        const auto& scenario = report_.scenario;
        const auto title = english_ ? scenario.title_en : scenario.title_zh;
        out_ += fmt::format(
            "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title>"
            "<style>{}</style></head><body><main><h1>{}</h1><dl>",
            english_ ? "en" : "zh-CN", in(say::title), style, in(say::title));
        fact(say::scenario, fmt::format("{} ({})", title, scenario.name));
        fact(say::held, moment(report_.began) + " – " + moment(report_.ended));
        fact(say::box, report_.box.id);
        fact(say::version, report_.box.version);
        fact(say::audience, in(report_.staff ? say::staff : say::maintainers));
        fact(say::clock, in(report_.box.driven_clock ? say::driven : say::real));
        fact(say::hash, hex(http::sha256(scenario.text)));
        const bool good = !report_.aborted && report_.score.passed();
        out_ += fmt::format("</dl><p class=\"verdict{}\">{}</p>", good ? "" : " bad",
                            in(report_.aborted ? say::aborted
                               : good          ? say::passed
                                               : say::not_passed));
    }

    void expectations() {
        out_ += fmt::format("<h2>{}</h2>", in(say::expectations));
        columns({say::home, say::expected, say::within, say::after, say::priority, say::told,
                 say::answered, say::verdict});
        for (const auto& verdict : report_.score.verdicts) row(verdict);
        out_ += "</tbody></table>";
    }

    void row(const Verdict& verdict) {
        const auto& wanted = report_.scenario.expectations[verdict.expectation];
        out_ += fmt::format("<tr class=\"expectation\" data-met=\"{}\">", verdict.met);
        cell(report_.scenario.homes[wanted.home].id.value);
        std::string what{in(http::words(wanted.alert))};
        if (wanted.never) what = fmt::format("{}: {}", in(say::never), what);
        cell(what);
        cell(wanted.within ? length(*wanted.within) : "–");
        if (verdict.alert && !wanted.never) {
            const auto& alert = report_.score.alerts[*verdict.alert];
            cell(length(verdict.delay));
            people(alert);
        } else if (verdict.alert) {
            cell(moment(report_.score.alerts[*verdict.alert].raised_at));
            people(report_.score.alerts[*verdict.alert]);
        } else {
            for (int i = 0; i < 4; ++i) cell("–");
        }
        out_ += fmt::format("<td>{}", in(verdict.met ? say::met : say::not_met));
        for (const auto& fault : verdict.faults) {
            out_ += fmt::format("<br><span class=\"fault\">{}</span>",
                                markup_escape(english_ ? fault.en : fault.zh));
        }
        out_ += "</td></tr>";
    }

    /// Its priority, who was told and who answered.
    void people(const SeenAlert& alert) {
        cell(name(alert.priority));
        std::string told;
        std::set<Role> once;
        for (const Role role : alert.told) {
            if (!once.insert(role).second) continue;
            told.append(told.empty() ? "" : in(text::separator)).append(in(role_words(role)));
        }
        // Else the maintainers hear of it in the place of whoever would.
        if (!told.empty() && !report_.staff) {
            told = english_ ? fmt::format("maintainer (for: {})", told)
                            : fmt::format("运维（代：{}）", told);
        }
        cell(told.empty() ? in(say::nobody) : told);
        std::string answered;
        for (const auto& who : alert.answered_by) {
            answered.append(answered.empty() ? "" : in(text::separator)).append(who);
        }
        cell(answered.empty() ? in(say::nobody) : answered);
    }

    void unexpected() {
        out_ += fmt::format("<h2>{}</h2>", in(say::unexpected));
        if (report_.score.unexpected.empty()) {
            out_ += fmt::format("<p>{}</p>", in(say::nothing));
            return;
        }
        columns({say::home, say::raised, say::alert, say::state, say::priority, say::told,
                 say::answered});
        for (const auto index : report_.score.unexpected) {
            const auto& alert = report_.score.alerts[index];
            out_ += "<tr class=\"unexpected\">";
            cell(alert.household);
            cell(moment(alert.raised_at));
            cell(in(http::words(alert.kind)));
            cell(in(text::state_name(alert.state)));
            people(alert);
            out_ += "</tr>";
        }
        out_ += "</tbody></table>";
    }

    void signatures() {
        out_ += "<div class=\"sign\">";
        for (const auto& who : {say::leads, say::witness}) {
            out_ += fmt::format("<div><p>{}</p><p>{}</p></div>", in(who), in(say::date));
        }
        out_ += fmt::format("</div><p class=\"foot\">{}</p>", in(say::foot));
    }

    const DrillReport& report_;
    bool english_;
    std::string out_;
};

}  // namespace

std::string report_page(const DrillReport& report, ReportLanguage language) {
    return Writer(report, language).take();
}

}  // namespace anju::sim
