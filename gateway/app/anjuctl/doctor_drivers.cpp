#include "app/anjuctl/doctor_drivers.hpp"

#include "app/anjuctl/doctor_text.hpp"
#include "app/anjuctl/field.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;

void examine_problem(const json::value& problem, Findings& findings) {
    const std::string code = field(problem, "code");
    const std::string where = field(problem, "where");
    if (code == "subscription_refused") {
        return findings.add(Severity::error, "subscription_refused", text::subscription_refused,
                            text::allow_subscription, {where});
    }
    if (code == "profile_missing") {
        return findings.add(Severity::error, "profile_missing", text::profile_missing,
                            text::add_profile, {where});
    }
    if (code == "holidays_missing") {
        return findings.add(Severity::warning, "holidays_missing", text::holidays_missing,
                            text::add_holidays, {where});
    }
    findings.verbatim(Severity::error, Code::of(code), where + ": " + field(problem, "what"),
                      field(problem, "remedy"));
}

}  // namespace

void examine_drivers(const json::value& status, Findings& findings) {
    for (const json::value& problem : rows(status, "problems")) {
        examine_problem(problem, findings);
    }
    // The broker grants a subscription that its ACL then starves, and a meter may be silent for
    // an hour: worth a word, not an alarm.
    for (const json::value& route : rows(status, "routes")) {
        if (flag(route, "by_default") || number(route, "messages") > 0) continue;
        findings.add(Severity::note, "route_silent", text::route_silent, text::check_route,
                     {field(route, "driver"), field(route, "filter")});
    }
    if (const std::int64_t unsaid = number(status, "consents_unrecorded"); unsaid > 0) {
        findings.add(Severity::note, "consents_unrecorded", text::consents_unrecorded,
                     text::record_consents, {std::to_string(unsaid)});
    }
    if (const std::int64_t waiting = number(status, "proposals"); waiting > 0) {
        findings.add(Severity::note, "proposals", text::proposals_wait, text::see_proposals,
                     {std::to_string(waiting)});
    }
}

}  // namespace anju::ctl
