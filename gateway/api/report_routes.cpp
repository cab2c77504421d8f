#include "api/report_routes.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "api/answers.hpp"
#include "api/csv.hpp"
#include "api/shelf.hpp"
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

/// reports.show without what may not be seen.
void restrict(control::Reply& reply, const Caller& caller, const Context& context) {
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
}

using Reports = Shelf<control::Reply>;

/// Answers with the report the query asks for, of which `shown` makes an answer.
http::Response report(const Caller& caller, const Context& context,
                      const std::shared_ptr<Reports>& shelf,
                      http::Response (*shown)(const Caller&, const control::Reply&)) {
    json::object params{{"period", asked(caller.request, "period")}};
    if (const std::string by = asked(caller.request, "by"); !by.empty()) params["by"] = by;
    const auto begin = [&context, params](const Reports::Take& take) {
        control::Reply reply = context.call({std::string(control::method::reports_show), params});
        reply.later ? std::exchange(reply.later, nullptr)(take) : take(std::move(reply));
    };
    return caller.later<control::Reply>(
        Action::read_reports,
        [shelf, key = json::serialize(params), begin](const Reports::Take& take) {
            shelf->ask(key, begin, take);
        },
        [&context, shown](const Caller& again, control::Reply& reply) {
            if (!reply.ok()) return from(again.request, reply);
            restrict(reply, again, context);
            return shown(again, reply);
        });
}

http::Response as_json(const Caller& caller, const control::Reply& reply) {
    return from(caller.request, reply);
}

http::Response as_csv(const Caller& caller, const control::Reply& reply) {
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

    void add(const Figures& other) {
        raised += other.raised;
        false_alerts.add(other.false_alerts.part, other.false_alerts.of);
        acknowledged_ms.add(other.acknowledged_ms);
        arrived_ms.add(other.arrived_ms);
    }
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

/// Of homes, and of communities as units: who asks may not see all of them.
using ByHome = std::map<HouseholdId, std::map<AlertKind, Figures>>;
struct Alerts {
    bool busy = false;
    result<std::shared_ptr<const ByHome>> homes = std::shared_ptr<const ByHome>();
};
using AlertShelf = Shelf<Alerts>;

result<std::shared_ptr<const ByHome>> read_alerts(store::StoreReader& reader, Instant from,
                                                  Instant to) {
    const auto out = std::make_shared<ByHome>();
    const auto read = reader.alerts_between(from, to, [&](const Alert& alert) {
        (*out)[alert.household][alert.kind].add(alert);
        return true;
    });
    if (!read) return read.error();
    return std::shared_ptr<const ByHome>(out);
}

json::array by_kind(const ByHome& homes, Look& look) {
    std::map<AlertKind, Figures> kinds;
    for (const auto& [home, of_home] : homes) {
        if (!look.at(home)) continue;
        for (const auto& [kind, figures] : of_home) kinds[kind].add(figures);
    }
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
    return rows;
}

http::Response alerts(const Caller& caller, const Context& context,
                      const std::shared_ptr<AlertShelf>& shelf) {
    const std::string said = asked(caller.request, "period");
    const auto period = care::parse_period(said);
    if (!period) {
        return bad_request("bad_period",
                           {"period 应写作 2026-11-25、2026-W48、2026-11、2026-Q4 或 2026",
                            "period is 2026-11-25, 2026-W48, 2026-11, 2026-Q4 or 2026"});
    }
    const Instant from = instant_at(period->first_day, {}, context.utc_offset);
    const Instant to = instant_at(period->last_day, {}, context.utc_offset);
    const auto begin = [&context, from, to](const AlertShelf::Take& take) {
        using Homes = std::shared_ptr<const ByHome>;
        const bool taken = context.reads.reports.ask<Homes>(
            [from, to](store::StoreReader& reader) { return read_alerts(reader, from, to); },
            [take](result<Homes> homes) { take({.homes = std::move(homes)}); });
        if (!taken) take({.busy = true});
    };
    return caller.later<Alerts>(
        Action::read_reports,
        [shelf, said, begin](const AlertShelf::Take& take) { shelf->ask(said, begin, take); },
        [&context](const Caller& again, Alerts& got) {
            if (got.busy) return too_busy_reading();
            const auto homes = need(got.homes);
            Look look(context.gateway.engine(), again.sight);
            return answer(again.request, {{"by_kind", by_kind(*homes, look)}});
        });
}

}  // namespace

void add_report_routes(http::Router& router, Guard& guard, const Context& context) {
    const auto now = [&guard] { return guard.steady(); };
    const auto reports = std::make_shared<Reports>(Reports::Options{
        .now = now, .is_good = [](const control::Reply& reply) { return reply.ok(); }});
    const auto add = [&](const char* path, auto shown) {
        router.add("GET", path,
                   guard.allow(Action::read_reports, [&context, reports, shown](const Caller& who) {
                       return report(who, context, reports, shown);
                   }));
    };
    add("/api/v1/reports", as_json);
    add("/api/v1/reports.csv", as_csv);
    const auto shelf = std::make_shared<AlertShelf>(AlertShelf::Options{
        .now = now, .is_good = [](const Alerts& got) { return !got.busy && got.homes; }});
    router.add("GET", "/api/v1/reports/alerts",
               guard.allow(Action::read_reports, [&context, shelf](const Caller& who) {
                   return alerts(who, context, shelf);
               }));
}

}  // namespace anju::api
