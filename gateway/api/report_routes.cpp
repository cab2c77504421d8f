#include "api/report_routes.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>

#include "api/answers.hpp"
#include "api/csv.hpp"
#include "control/methods.hpp"
#include "core/care/statistics.hpp"
#include "core/model/names.hpp"

namespace anju::api {

namespace json = boost::json;
using access::Action;

namespace {

/// Which rows of a report may be seen: a street only by whoever sees all of it.
class Areas {
public:
    Areas(const Engine& engine, Look& look) {
        for (const CommunityId& id : engine.communities()) {
            const Community* const one = engine.find(id);
            if (look.at(id)) {
                communities_.insert(id.value);
                names_.insert(one->name);
                continue;
            }
            all_ = false;
            dark_.insert({one->district, one->street});
            dark_.insert({one->district, ""});
        }
    }
    [[nodiscard]] bool holds(const json::object& row) const {
        const std::string level(row.at("level").as_string());
        if (level == "community") return communities_.contains(text(row, "code"));
        if (level == "all") return all_;
        const std::string street = level == "street" ? text(row, "street") : std::string();
        return !dark_.contains({text(row, "district"), street});
    }
    /// Of a community.
    [[nodiscard]] bool knows(const json::value& name) const {
        return names_.contains(std::string(name.as_string()));
    }

private:
    static std::string text(const json::object& row, std::string_view key) {
        const json::value* const value = row.if_contains(key);
        return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
    }
    bool all_ = true;
    std::set<std::string> communities_;
    std::set<std::string> names_;                         // of these
    std::set<std::pair<std::string, std::string>> dark_;  // holds something out of sight
};

/// Reports that were asked for of late: each reads every decision of its period, on the loop, and
/// whoever presses a button again and again is not to hold up an alarm.
class Shelf {
public:
    static constexpr std::chrono::seconds fresh{60};
    static constexpr std::size_t most = 8;

    control::Reply get(const json::object& params, const Caller& caller, const Context& context) {
        const SteadyTime now = caller.guard.steady();
        std::erase_if(kept_, [&](const auto& entry) { return entry.second.at + fresh <= now; });
        const std::string key = json::serialize(params);
        if (const auto found = kept_.find(key); found != kept_.end()) return found->second.reply;
        control::Reply reply = context.call({std::string(control::method::reports_show), params});
        if (reply.ok() && kept_.size() < most) kept_.emplace(key, Kept{now, reply});
        return reply;
    }

private:
    struct Kept {
        SteadyTime at{};
        control::Reply reply;
    };
    std::map<std::string, Kept> kept_;
};

/// reports.show without what may not be seen.
control::Reply report(const Caller& caller, const Context& context, Shelf& shelf) {
    json::object params{{"period", asked(caller.request, "period")}};
    if (const std::string by = asked(caller.request, "by"); !by.empty()) params["by"] = by;
    control::Reply reply = shelf.get(params, caller, context);
    if (!reply.ok()) return reply;
    Look look(context.gateway.engine(), caller.sight);
    const Areas areas(context.gateway.engine(), look);
    json::array rows;
    for (json::value& row : reply.result.at("rows").as_array()) {
        if (areas.holds(row.as_object())) rows.push_back(std::move(row));
    }
    reply.result.at("rows") = std::move(rows);
    for (json::value& week : reply.result.at("open_weeks").as_array()) {
        json::array known;
        for (json::value& name : week.at("communities").as_array()) {
            if (areas.knows(name)) known.push_back(std::move(name));
        }
        week.at("communities") = std::move(known);
    }
    return reply;
}

http::Response show(const Caller& caller, const Context& context, Shelf& shelf) {
    return from(caller.request, report(caller, context, shelf));
}

http::Response as_csv(const Caller& caller, const Context& context, Shelf& shelf) {
    const control::Reply reply = report(caller, context, shelf);
    if (!reply.ok()) return from(caller.request, reply);
    http::Response out;
    out.content_type = "text/csv; charset=utf-8";
    out.body = report_csv(reply.result.at("rows").as_array());
    out.fields.emplace_back("Content-Disposition",
                            "attachment; filename=\"anju-" +
                                std::string(reply.result.at("period").as_string()) + ".csv\"");
    caller.did("report_taken", "report:" + asked(caller.request, "period"), {});
    return out;
}

/// How the alerts of one kind went.
struct Figures {
    std::uint64_t raised = 0;
    care::Share false_alerts;
    care::Sample acknowledged_ms;
    care::Sample arrived_ms;

    void add(const Alert& alert) {
        ++raised;
        if (const auto was = care::was_false(alert)) false_alerts.add(*was ? 1 : 0, 1);
        if (alert.opened_at == Instant{}) return;
        if (alert.first_acknowledged_at != Instant{}) {
            acknowledged_ms.add((alert.first_acknowledged_at - alert.opened_at).count());
        }
        if (alert.on_site_at != Instant{}) {
            arrived_ms.add((alert.on_site_at - alert.opened_at).count());
        }
    }
};

json::value seconds(const care::Sample& milliseconds, int percent) {
    const auto value = milliseconds.percentile(percent);
    return value ? json::value(*value / 1000) : json::value(nullptr);
}

http::Response alerts(const Caller& caller, const Context& context, Shelf&) {
    const auto period = care::parse_period(asked(caller.request, "period"));
    if (!period) {
        return bad_request("bad_period",
                           {"period 应写作 2026-11-25、2026-W48、2026-11、2026-Q4 或 2026",
                            "period is 2026-11-25, 2026-W48, 2026-11, 2026-Q4 or 2026"});
    }
    Look look(context.gateway.engine(), caller.sight);
    std::map<AlertKind, Figures> kinds;
    need(context.reader.alerts_between(instant_at(period->first_day, {}, context.utc_offset),
                                       instant_at(period->last_day, {}, context.utc_offset),
                                       [&](const Alert& alert) {
                                           if (look.at(alert.household))
                                               kinds[alert.kind].add(alert);
                                           return true;
                                       }));
    json::array rows;
    for (const auto& [kind, figures] : kinds) {
        rows.push_back({{"kind", json::string(name(kind))},
                        {"raised", figures.raised},
                        {"judged", figures.false_alerts.of},
                        {"false", figures.false_alerts.part},
                        {"acknowledged_p50_s", seconds(figures.acknowledged_ms, 50)},
                        {"acknowledged_p90_s", seconds(figures.acknowledged_ms, 90)},
                        {"on_site_p50_s", seconds(figures.arrived_ms, 50)}});
    }
    return answer(caller.request, {{"by_kind", std::move(rows)}});
}

}  // namespace

void add_report_routes(http::Router& router, Guard& guard, const Context& context) {
    using Part = http::Response (*)(const Caller&, const Context&, Shelf&);
    const auto shelf = std::make_shared<Shelf>();
    const auto add = [&](const char* path, Part part) {
        router.add("GET", path,
                   guard.allow(Action::read_reports, [&context, shelf, part](const Caller& caller) {
                       return part(caller, context, *shelf);
                   }));
    };
    add("/api/v1/reports", show);
    add("/api/v1/reports.csv", as_csv);
    add("/api/v1/reports/alerts", alerts);
}

}  // namespace anju::api
