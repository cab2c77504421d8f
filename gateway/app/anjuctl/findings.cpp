#include "app/anjuctl/findings.hpp"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>

#include "app/anjuctl/table.hpp"
#include "control/printable.hpp"

namespace anju::ctl {
namespace {

std::string filled(std::string_view pattern, const std::vector<std::string>& arguments) {
    fmt::dynamic_format_arg_store<fmt::format_context> store;
    for (const std::string& argument : arguments) store.push_back(argument);
    return fmt::vformat(pattern, store);
}

}  // namespace

std::string_view name(Severity severity) {
    switch (severity) {
        case Severity::ok:
            return "ok";
        case Severity::note:
            return "note";
        case Severity::warning:
            return "warning";
        case Severity::error:
            return "error";
    }
    return "error";
}

void Findings::add(Severity severity, Code code, Text what, Text remedy,
                   const std::vector<std::string>& arguments) {
    all_.push_back({severity, std::string(code.text()), filled(what.in(lang_), arguments),
                    filled(remedy.in(lang_), arguments)});
}

void Findings::verbatim(Severity severity, Code code, std::string what, std::string remedy) {
    all_.push_back({severity, std::string(code.text()), std::move(what), std::move(remedy)});
}

bool Findings::wrong() const {
    return std::ranges::any_of(all_,
                               [](const Finding& f) { return f.severity == Severity::error; });
}

std::string Findings::text() const {
    std::size_t width = 0;
    for (const Finding& finding : all_) {
        width = std::max(width, display_width(term(lang_, name(finding.severity))));
    }
    std::string out;
    for (const Finding& finding : all_) {
        const std::string_view word = term(lang_, name(finding.severity));
        const std::string indent(width + 2, ' ');
        out += std::string(word) + std::string(width - display_width(word) + 2, ' ');
        out += control::printable(finding.what) + "\n";
        if (finding.remedy.empty()) continue;
        out += indent + "→ " + control::printable(finding.remedy) + "\n";
    }
    return out;
}

boost::json::value Findings::json() const {
    boost::json::array list;
    for (const Finding& finding : all_) {
        list.push_back({{"severity", boost::json::string(name(finding.severity))},
                        {"code", finding.code},
                        {"what", finding.what},
                        {"remedy", finding.remedy}});
    }
    return {{"ok", !wrong()}, {"findings", std::move(list)}};
}

}  // namespace anju::ctl
