#include "api/alert_routes.hpp"

#include <algorithm>

#include "api/alert_page.hpp"
#include "api/answers.hpp"
#include "api/orders.hpp"
#include "core/model/alert_verbs.hpp"
#include "core/model/names.hpp"

namespace anju::api {

namespace json = boost::json;
using access::Action;

namespace {

constexpr std::size_t longest_note = 2000;  // bytes

/// What a query asks for of the board; empty does not matter.
struct Wanted {
    std::string kind;
    std::string community;
};

bool matches(const Alert& alert, const Wanted& wanted, const Look& look) {
    return (wanted.kind.empty() || name(alert.kind) == wanted.kind) &&
           (wanted.community.empty() ||
            look.community_of(alert.household).value == wanted.community);
}

http::Response list(const Caller& caller, const Context& context) {
    http::Response refused;
    const auto part = alerts_wanted(caller.request, refused);
    if (!part) return refused;
    const Wanted wanted{.kind = asked(caller.request, "kind"),
                        .community = asked(caller.request, "community")};
    const std::string state = asked(caller.request, "state");
    Look look(context.gateway.engine(), caller.sight);
    const auto visible = [&](const Alert& alert) {
        return (state != "open" || is_open(alert.state)) && look.at(alert.household) &&
               matches(alert, wanted, look);
    };
    caller.saw("alerts:list", caller.request.query);
    return answer(caller.request, alert_page(context, *part, visible, state == "all", look));
}

/// As the journal has it, if it may be seen.
std::optional<Alert> find(const AlertId& id, const Context& context, Look& look) {
    const auto kept = need(context.reader.alert(id));
    if (!kept) return std::nullopt;
    const Alert& alert = std::get<AlertChanged>(kept->what).alert;
    if (!look.at(alert.household)) return std::nullopt;
    return alert;
}

http::Response show(const Caller& caller, const Context& context) {
    Look look(context.gateway.engine(), caller.sight);
    const auto alert = find(AlertId{caller.place(0)}, context, look);
    if (!alert) return not_found();
    const auto history = need(context.reader.history(alert->id));
    const auto rows = need(context.reader.notices_about(alert->id.value));
    std::vector<Notice> notices;
    for (const NoticeRow& row : rows) {
        if (auto notice = decode_notice(row.bytes)) notices.push_back(std::move(*notice));
    }
    caller.saw(alert->resident.empty() ? "household:" + alert->household.value
                                       : "resident:" + alert->resident.value);
    return answer(caller.request, AlertViews(context.render)
                                      .in_full(*alert, history, notices, caller.account.role,
                                               context.gateway.now(), look));
}

http::Response command(const Caller& caller, const Context& context) {
    http::Response refused;
    const auto said = body(caller.request, refused);
    if (!said) return refused;
    Look look(context.gateway.engine(), caller.sight);
    const auto alert = find(AlertId{caller.place(0)}, context, look);
    if (!alert) return not_found();
    const auto order = once(caller, *said, refused);
    if (!order) return refused;
    const auto verb_text = control::text_param(*said, "verb");
    const auto reason_text = control::text_param(*said, "reason", "");
    const auto note = control::text_param(*said, "note", "");
    for (const auto* text : {&verb_text, &reason_text, &note}) {
        if (!*text) return from(caller.request, control::Reply::failed(text->error()));
    }
    const auto verb = parse_alert_verb(*verb_text);
    const auto reason =
        reason_text->empty() ? ClosingReason::none : parse_closing_reason(*reason_text);
    if (!verb || !reason || note->size() > longest_note) {
        return bad_request("refused", {"请求有误", "the request cannot be carried out"},
                           {{!verb     ? "no such verb"
                             : !reason ? "no such closing reason"
                                       : "the note is too long",
                             !verb     ? "verb"
                             : !reason ? "reason"
                                       : "note",
                             "docs/protocol/console.yaml lists what can be said"}});
    }
    if (!access::allows(caller.account.role, *verb, *alert)) return caller.refuse();
    const std::string subject = "alert:" + alert->id.value;
    caller.asks(name(*verb), subject);
    const auto done_with =
        context.gateway.command({{order->id, alert->id, *verb, *reason, *note, caller.sight.actor},
                                 Instant{},
                                 order->digest});
    if (!done_with) context.die(done_with.error());
    context.rearm();
    const auto said_back = context.render.answer(*done_with);
    caller.did(name(*verb), subject, outcome(said_back));
    return done_command(said_back);
}

}  // namespace

void add_alert_routes(http::Router& router, Guard& guard, const Context& context) {
    router.add("GET", "/api/v1/alerts", guard.allow(Action::read_alerts, [&](const Caller& caller) {
        return list(caller, context);
    }));
    router.add("GET", "/api/v1/alerts/{id}",
               guard.allow(Action::read_alerts,
                           [&](const Caller& caller) { return show(caller, context); }));
    // Which verb is whose depends on the alert too.
    router.add("POST", "/api/v1/alerts/{id}/commands",
               guard.allow(Action::read_alerts,
                           [&](const Caller& caller) { return command(caller, context); }));
}

}  // namespace anju::api
