#include "api/resident_routes.hpp"

#include <algorithm>

#include "api/alert_page.hpp"
#include "api/answers.hpp"
#include "api/orders.hpp"
#include "control/methods.hpp"
#include "core/model/date.hpp"

namespace anju::api {

namespace json = boost::json;
using access::Action;

namespace {

namespace method = control::method;

using Key = std::vector<std::string>;

Key key_of(const Lodger& one) {
    return {one.home->community, one.home->id.value, one.resident->id.value};
}

http::Response list(const Caller& caller, const Context& context) {
    http::Response refused;
    const auto wanted = keyed_page(caller.request, refused, 3);
    if (!wanted) return refused;
    Look look(context.gateway.engine(), caller.sight);
    const auto all =
        ResidentViews::find({.words = asked(caller.request, "q"),
                             .community = CommunityId{asked(caller.request, "community")}},
                            look);
    std::vector<Lodger> some;
    json::value next = nullptr;
    for (const Lodger& one : all) {
        if (!wanted->after.empty() && key_of(one) <= wanted->after) continue;
        if (some.size() == wanted->limit) {
            next = cursor(key_of(some.back()));
            break;
        }
        some.push_back(one);
    }
    json::array items = ResidentViews(context.render, context.care, context.utc_offset)
                            .items(some, context.gateway.now(), look);
    // Who looks for somebody is written down at whom they found; a list of many is one row.
    constexpr std::size_t most_named = 20;
    const bool searched = !asked(caller.request, "q").empty();
    if (searched && some.size() <= most_named) {
        for (const Lodger& one : some) {
            caller.saw("resident:" + one.resident->id.value, caller.request.query);
        }
    }
    caller.saw("residents:list", std::to_string(some.size()) + " " + caller.request.query);
    return answer(caller.request,
                  {{"items", std::move(items)}, {"next", next}, {"total", all.size()}});
}

/// Hands the resident whom the path names to `act`, if they may be seen.
template <class Act>
http::Response with_resident(const Caller& caller, const Context& context, Act act) {
    Look look(context.gateway.engine(), caller.sight);
    const auto one = ResidentViews::find(ResidentId{caller.place(0)}, look);
    if (!one) return not_found();
    caller.saw("resident:" + one->resident->id.value);
    return act(*one, look);
}

json::object of(const Lodger& one) {
    return {{"id", one.resident->id.value}};
}

/// The values of `result.key`, or the errors.
json::value part(const control::Reply& reply, std::string_view key) {
    if (!reply.ok()) return nullptr;
    const json::value* const found = reply.result.as_object().if_contains(key);
    return found == nullptr ? json::value(nullptr) : *found;
}

/// Ids are for machines: beside the worker who is asked for stands the name.
void name_worker(json::value& policy, const Lodger& one, Look& look) {
    const Community* const community = look.engine().find(look.community_of(one.home->id));
    if (community == nullptr || !policy.is_array()) return;
    for (json::value& row : policy.get_array()) {
        json::object& said = row.as_object();
        if (said.at("key") != "care.worker") continue;
        const auto found =
            std::ranges::find(community->workers, one.resident->care.worker, &Worker::id);
        if (found == community->workers.end() || found->name.empty()) continue;
        said["shown"] = look.name(found->name);
    }
}

http::Response show(const Caller& caller, const Context& context) {
    return with_resident(caller, context, [&](const Lodger& one, Look& look) {
        json::object out = ResidentViews(context.render, context.care, context.utc_offset)
                               .in_full(one, context.gateway.now(), look);
        out["policy"] = part(context.call({std::string(method::policy_show), of(one)}), "values");
        name_worker(out["policy"], one, look);
        out["consents"] = json::array{};
        out["consent_history"] = json::array{};
        if (caller.sight.in_full) {
            const auto said = context.call({std::string(method::consent_show), of(one)});
            out["consents"] = part(said, "kinds");
            out["consent_history"] = part(said, "history");
        }
        return answer(caller.request, out);
    });
}

/// By hour of the calendar day of `now`: how often a sign of life comes within it, null while
/// little was learned of this person; and whether one did today, null in hours to come.
json::array hours(const json::object& what, Instant now, std::chrono::minutes utc_offset) {
    const json::object& day = what.at("day").as_object();
    const bool learned = what.at("learning").at("personal").as_bool();
    constexpr int slots_an_hour = 6;
    constexpr int begins = 4;  // hours after midnight (detect::RoutineSigns)
    const auto since_midnight = now - instant_at(date_of(now, utc_offset), Duration{0}, utc_offset);
    const auto hour_now = since_midnight / std::chrono::hours{1};
    const json::array& usual = day.at("hours").as_array();
    json::array out;
    for (int hour = 0; hour < 24; ++hour) {
        json::object one{{"hour", hour}, {"usual", nullptr}, {"today", nullptr}};
        const auto index = static_cast<std::size_t>(hour);
        if (learned && index < usual.size()) one["usual"] = usual[index].at("within_hour");
        if (hour <= hour_now) {
            // Before four the day that goes on is yesterday's.
            const bool of_today = (hour >= begins) == (hour_now >= begins);
            const json::array& signs = day.at(of_today ? "today" : "yesterday").as_array();
            const int first = (hour + 24 - begins) % 24 * slots_an_hour;
            bool seen = false;
            for (int i = first; i < first + slots_an_hour; ++i) {
                seen = seen || signs[static_cast<std::size_t>(i)].as_int64() != 0;
            }
            one["today"] = seen;
        }
        out.push_back(std::move(one));
    }
    return out;
}

/// A masked view has the day without the names of who lives there.
http::Response day(const Caller& caller, const Context& context) {
    return with_resident(caller, context, [&](const Lodger& one, Look& look) {
        control::Reply reply =
            context.call({std::string(method::residents_explain), {{"id", one.home->id.value}}});
        if (reply.ok()) {
            for (json::value& who : reply.result.at("residents").as_array()) {
                who.at("name") = look.name(std::string(who.at("name").as_string()));
            }
            json::object& what = reply.result.as_object();
            what["hours"] = hours(what, context.gateway.now(), context.utc_offset);
        }
        return from(caller.request, reply);
    });
}

http::Response contacts(const Caller& caller, const Context& context) {
    if (!caller.sight.in_full) return caller.refuse();
    return with_resident(caller, context, [&](const Lodger& one, Look&) {
        const control::Reply begun =
            context.call({std::string(method::contacts_list),
                          {{"resident", one.resident->id.value}, {"limit", 100}}});
        return caller.later<control::Reply>(
            Action::read_residents,
            [begun](const std::function<void(control::Reply)>& take) {
                begun.later ? begun.later(take) : take(begun);
            },
            [&context, id = one.resident->id](const Caller& again, control::Reply& reply) {
                Look look(context.gateway.engine(), again.sight);
                if (!again.sight.in_full) return not_allowed();
                if (!ResidentViews::find(id, look)) return not_found();
                if (!reply.ok()) return from(again.request, reply);
                return answer(again.request,
                              {{"items", part(reply, "contacts")}, {"next", nullptr}});
            });
    });
}

/// What waits for somebody, then what is over, as far back as the journal goes.
http::Response history(const Caller& caller, const Context& context) {
    http::Response refused;
    const auto wanted = alerts_wanted(caller.request, refused);
    if (!wanted) return refused;
    return with_resident(caller, context, [&](const Lodger& one, Look& look) {
        const auto here = [&](const Alert& alert) { return alert.household == one.home->id; };
        return answer(caller.request, alert_page(context, *wanted, here, true, look));
    });
}

/// Does what the method of the control socket does, in the name of the caller.
http::Response order(const Caller& caller, const Context& context, std::string_view name,
                     const char* what, json::object params) {
    params["actor"] = caller.sight.actor;
    const std::string subject = "resident:" + caller.place(0);
    caller.asks(what, subject);
    const control::Reply reply = context.call({std::string(name), std::move(params)});
    if (!reply.ok()) {
        caller.did(what, subject, "refused");
        return from(caller.request, reply);
    }
    json::object out = reply.result.as_object();
    caller.did(what, subject, outcome(out));
    return out.contains("status") ? done_command(std::move(out)) : done(out);
}

http::Response say(const Caller& caller, const Context& context, std::string_view name,
                   const char* what) {
    return with_resident(caller, context, [&](const Lodger& one, Look&) {
        http::Response refused;
        auto said = body(caller.request, refused);
        if (!said) return refused;
        (*said)[name == method::consent_record ? "id" : "resident"] = one.resident->id.value;
        said->erase("digest");
        if (said->contains("command_id")) {
            const auto only = once(caller, *said, refused);
            if (!only) return refused;
            (*said)["command_id"] = only->id;
            (*said)["digest"] = only->digest;
        }
        return order(caller, context, name, what, std::move(*said));
    });
}

http::Response end_suspension(const Caller& caller, const Context& context) {
    return with_resident(caller, context, [&](const Lodger& one, Look&) {
        return order(caller, context, method::suspensions_set, "suspension_ended",
                     {{"resident", one.resident->id.value}, {"ended", true}});
    });
}

}  // namespace

void add_resident_routes(http::Router& router, Guard& guard, const Context& context) {
    using Part = http::Response (*)(const Caller&, const Context&);
    const auto add = [&](const char* verb, const char* path, Action action, Part part) {
        router.add(verb, path, guard.allow(action, [&context, part](const Caller& caller) {
            return part(caller, context);
        }));
    };
    add("GET", "/api/v1/residents", Action::read_residents, list);
    add("GET", "/api/v1/residents/{id}", Action::read_residents, show);
    add("GET", "/api/v1/residents/{id}/day", Action::read_residents, day);
    add("GET", "/api/v1/residents/{id}/contacts", Action::read_residents, contacts);
    add("GET", "/api/v1/residents/{id}/history", Action::read_residents, history);
    add("POST", "/api/v1/residents/{id}/consents", Action::record_consent,
        [](const Caller& caller, const Context& with) {
            return say(caller, with, method::consent_record, "consent_recorded");
        });
    add("POST", "/api/v1/residents/{id}/suspensions", Action::suspend_rounds,
        [](const Caller& caller, const Context& with) {
            return say(caller, with, method::suspensions_set, "suspended");
        });
    add("DELETE", "/api/v1/residents/{id}/suspension", Action::suspend_rounds, end_suspension);
}

}  // namespace anju::api
