// The communities of a directory file: who works there, when, and by which rules. See
// directory_reader.hpp.
#include <algorithm>

#include "config/directory_reader.hpp"
#include "config/holidays.hpp"
#include "config/rules.hpp"
#include "config/suggest.hpp"
#include "core/model/care_names.hpp"

namespace anju::config {
namespace {

constexpr int longest_duty = 31;  // days of one entry

}  // namespace

Community CommunityReader::read(Section& section) {
    Community out;
    out.id = CommunityId{communities_.read(section)};
    out.name = read_line(section, "name", 200);
    out.street = read_line(section, "street", 200);
    out.district = read_line(section, "district", 200);
    Policy policy = base_.district;
    if (auto rules = section.table("rules")) {
        if (rules->has("ladder")) {
            rules->wrong("ladder", "stands in the rules of a community",
                         "write it beside them, as community.ladder");
        }
        read_rules(*rules, policy, PolicyLayer::community);
    }
    if (auto ladder = section.table("ladder")) {
        read_ladder(*ladder, policy, PolicyLayer::community);
    }
    if (auto care = section.table("care")) read_care(*care, policy, PolicyLayer::community);
    out.rules = std::move(policy.rules);
    out.ladder = out.rules.ladder;
    out.care = std::move(policy.care);
    out.origins = std::move(policy.origins);
    out.calendar = base_.calendar;
    for (Section& inner : section.tables("worker")) out.workers.push_back(worker(inner));
    for (Section& inner : section.tables("duty")) duty(inner, out);
    std::ranges::sort(out.duty, {}, &DutyDay::date);
    section.finish();
    return out;
}

Worker CommunityReader::worker(Section& section) {
    Worker out;
    out.id = WorkerId{workers_.read(section)};
    out.name = read_line(section, "name", 200);
    if (const auto text = section.text("role")) {
        constexpr std::string_view roles[] = {"grid_worker", "community_lead", "street_centre",
                                              "district_centre", "maintainer"};
        if (std::ranges::find(roles, *text) == std::end(roles)) {
            section.wrong("role", "'" + *text + "' is not what a worker can be",
                          suggestion(*text, roles));
        } else {
            out.role = *parse_role(*text);
        }
    }
    out.phone = read_phone(section, "phone");
    out.email = read_line(section, "email", 200);
    const auto at = out.email.find('@');
    const bool good_email = at != 0 && at != out.email.npos && at + 1 < out.email.size() &&
                            out.email.find_first_of(" ,;<>") == out.email.npos;
    if (!out.email.empty() && !good_email) {
        section.wrong("email", "'" + out.email + "' is not an address", "write one, name@host");
    }
    out.handle = read_line(section, "handle", 64);
    if (const auto days = read_weekdays(section, "weekdays")) out.weekdays = *days;
    section.finish();
    return out;
}

std::vector<WorkerId> CommunityReader::on_duty(Section& section, const Community& community) {
    std::vector<WorkerId> workers;
    section.require("workers", R"(["W1"])");
    const auto names = section.texts("workers");
    for (std::size_t i = 0; names && i < names->size(); ++i) {
        const WorkerId id{(*names)[i]};
        const auto found = std::ranges::find(community.workers, id, &Worker::id);
        if (found == community.workers.end()) {
            std::vector<std::string_view> ids;
            for (const Worker& one : community.workers) ids.push_back(one.id.value);
            section.wrong_element(
                "workers", i, "holds '" + id.value + "', no worker of here",
                ids.empty() ? "add a [[community.worker]]" : suggestion(id.value, ids));
        } else if (std::ranges::find(workers, id) != workers.end()) {
            section.wrong_element("workers", i, "holds '" + id.value + "' twice",
                                  "remove one of them");
        } else {
            workers.push_back(id);
        }
    }
    if (names && names->empty()) {
        section.wrong("workers", "is empty", "name who is on duty, or remove the entry");
    }
    return workers;
}

void CommunityReader::duty(Section& section, Community& community) {
    const std::vector<WorkerId> workers = on_duty(section, community);
    constexpr const char* how = R"(write "2026-10-01", or a span of 31 days at most like )"
                                R"("2026-10-01..2026-10-07")";
    const auto one = section.text("date");
    const auto many = section.texts("dates");
    if (!section.has("date") && !section.has("dates")) {
        section.require("date", R"("2026-10-01")");
    }
    const auto days = [&](std::string_view key, const std::string& text, const auto& wrong) {
        const auto span = parse_days(text, longest_duty);
        if (!span) {
            wrong("'" + text + "' is no day and no span of days", how);
            return;
        }
        for (Date date = span->first; date <= span->second; date = date + 1) {
            day(section, key, text, date, workers, community);
        }
    };
    if (one) days("date", *one, [&](const auto& a, const auto& b) { section.wrong("date", a, b); });
    for (std::size_t i = 0; many && i < many->size(); ++i) {
        days("dates", (*many)[i], [&](const auto& a, const auto& b) {
            section.wrong_element("dates", i, "holds " + a, b);
        });
    }
    section.finish();
}

void CommunityReader::day(Section& section, std::string_view key, const std::string& text,
                          Date date, const std::vector<WorkerId>& workers, Community& community) {
    if (std::ranges::find(community.duty, date, &DutyDay::date) != community.duty.end()) {
        section.wrong(key, "'" + text + "' puts " + to_text(date) + " on the roster twice",
                      "name everybody who is on duty on that day in one entry");
        return;
    }
    community.duty.push_back({date, workers});
}

}  // namespace anju::config
