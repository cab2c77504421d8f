#include "api/round_routes.hpp"

#include <algorithm>

#include "api/answers.hpp"
#include "api/orders.hpp"
#include "control/methods.hpp"
#include "core/care/statistics.hpp"
#include "core/model/care_names.hpp"

namespace anju::api {

namespace json = boost::json;
using access::Action;

namespace {

namespace method = control::method;

RoundViews views(const Context& context) {
    return {context.care, context.utc_offset};
}

/// Whose day is asked for: the caller's own, or, for whoever plans, another's.
http::Response today(const Caller& caller, const Context& context) {
    WorkerId worker = caller.sight.worker;
    if (const std::string other = asked(caller.request, "worker"); !other.empty()) {
        if (WorkerId{other} != worker &&
            !access::allows(caller.account.role, Action::plan_rounds)) {
            return caller.refuse();
        }
        worker = WorkerId{other};
    }
    Look look(context.gateway.engine(), caller.sight);
    const json::value shown = views(context).today(worker, context.gateway.now(), look);
    // Of whom there is nothing there is nothing to write down, or names could be made up.
    if (worker == caller.sight.worker || !community_of(worker, context.gateway.engine()).empty()) {
        caller.saw("rounds:" + worker.value);
    }
    return answer(caller.request, shown);
}

http::Response week(const Caller& caller, const Context& context) {
    const std::string text = asked(caller.request, "week");
    Date monday = monday_of(date_of(context.gateway.now(), context.utc_offset));
    if (!text.empty()) {
        const auto period = care::parse_period(text);
        if (!period || !period->is_week()) {
            return bad_request("bad_week", {"week 应写作 2026-W48", "week is written as 2026-W48"});
        }
        monday = period->first;
    }
    Look look(context.gateway.engine(), caller.sight);
    json::array communities =
        views(context).week(monday, CommunityId{asked(caller.request, "community")},
                            {.resident = ResidentId{asked(caller.request, "resident")},
                             .worker = WorkerId{asked(caller.request, "worker")}},
                            look);
    caller.saw("rounds:week", caller.request.query);
    return answer(caller.request, {{"communities", std::move(communities)}});
}

/// The command as the control socket takes it, in the name of the caller; once for each id.
http::Response order(const Caller& caller, const Context& context, std::string_view name,
                     std::string_view what, const std::string& subject, json::object params) {
    http::Response refused;
    const auto order = once(caller, params, refused);
    if (!order) return refused;
    params["command_id"] = order->id;
    params["digest"] = order->digest;
    params["actor"] = caller.sight.actor;
    caller.asks(what, subject);
    const control::Reply reply = context.call({std::string(name), std::move(params)});
    if (!reply.ok()) {
        caller.did(what, subject, "refused");
        return from(caller.request, reply);
    }
    caller.did(what, subject, outcome(reply.result.as_object()));
    return done_command(reply.result.as_object());
}

/// Workers begin and accept what is theirs; who plans does everything.
http::Response task_command(const Caller& caller, const Context& context) {
    http::Response refused;
    auto said = body(caller.request, refused);
    if (!said) return refused;
    const TaskId id{caller.place(0)};
    Look look(context.gateway.engine(), caller.sight);
    const CommunityId community = community_of(id);
    if (!look.at(community)) return not_found();
    const auto view = context.gateway.engine().view(community);
    if (!view) return not_found();
    const auto task = std::ranges::find(view->tasks, id, &CareTask::id);
    if (task == view->tasks.end()) return not_found();
    const auto verb_text = control::text_param(*said, "verb");
    if (!verb_text) return from(caller.request, control::Reply::failed(verb_text.error()));
    const auto verb = parse_task_verb(*verb_text);
    const bool own = task->worker == caller.sight.worker && !caller.sight.worker.empty();
    const bool small = verb == TaskVerb::accept || verb == TaskVerb::begin;
    if (!access::allows(caller.account.role, Action::plan_rounds) && !(own && small)) {
        return caller.refuse();
    }
    (*said)["task"] = id.value;
    return order(caller, context, method::rounds_command, "task_" + *verb_text, "task:" + id.value,
                 std::move(*said));
}

http::Response record(const Caller& caller, const Context& context) {
    http::Response refused;
    auto said = body(caller.request, refused);
    if (!said) return refused;
    const auto resident = control::text_param(*said, "resident");
    if (!resident) return from(caller.request, control::Reply::failed(resident.error()));
    Look look(context.gateway.engine(), caller.sight);
    if (!ResidentViews::find(ResidentId{*resident}, look)) return not_found();
    const auto worker = control::text_param(*said, "worker", caller.sight.worker.value);
    if (!worker) return from(caller.request, control::Reply::failed(worker.error()));
    const bool for_another = WorkerId{*worker} != caller.sight.worker;
    if (for_another && !access::allows(caller.account.role, Action::plan_rounds)) {
        return caller.refuse();
    }
    if (worker->empty()) {
        return bad_request("no_worker", {"账号没有对应的工作人员，请写明由谁完成",
                                         "the account is nobody of the rounds: say who it was"});
    }
    (*said)["worker"] = *worker;
    return order(caller, context, method::contacts_record, "contact_recorded",
                 "resident:" + *resident, std::move(*said));
}

http::Response absent(const Caller& caller, const Context& context) {
    http::Response refused;
    auto said = body(caller.request, refused);
    if (!said) return refused;
    const auto worker = control::text_param(*said, "worker");
    if (!worker) return from(caller.request, control::Reply::failed(worker.error()));
    Look look(context.gateway.engine(), caller.sight);
    const CommunityId community = community_of(WorkerId{*worker}, context.gateway.engine());
    if (community.empty() || !look.at(community)) return not_found();
    return order(caller, context, method::rounds_absent, "absence", "worker:" + *worker,
                 std::move(*said));
}

}  // namespace

void add_round_routes(http::Router& router, Guard& guard, const Context& context) {
    using Part = http::Response (*)(const Caller&, const Context&);
    const auto add = [&](const char* verb, const char* path, Action action, Part part) {
        router.add(verb, path, guard.allow(action, [&context, part](const Caller& caller) {
            return part(caller, context);
        }));
    };
    add("GET", "/api/v1/rounds/today", Action::do_rounds, today);
    add("GET", "/api/v1/rounds/week", Action::do_rounds, week);
    add("POST", "/api/v1/rounds/tasks/{id}/commands", Action::do_rounds, task_command);
    add("POST", "/api/v1/contacts", Action::do_rounds, record);
    add("POST", "/api/v1/absences", Action::plan_rounds, absent);
}

}  // namespace anju::api
