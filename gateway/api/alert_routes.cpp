#include "api/alert_routes.hpp"

#include <algorithm>

#include "api/answers.hpp"
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

std::vector<const Alert*> found(const http::Request& request, const AlertBoard& board, Look& look) {
    const Wanted wanted{.kind = asked(request, "kind"), .community = asked(request, "community")};
    const auto visible = [&](const Alert& alert) {
        return look.at(alert.household) && matches(alert, wanted, look);
    };
    const std::string state = asked(request, "state");
    if (state == "open") {
        return board.waiting(
            [&](const Alert& alert) { return is_open(alert.state) && visible(alert); });
    }
    auto out = board.waiting(visible);
    if (state == "all") {
        const auto over = board.over(visible);
        out.insert(out.end(), over.begin(), over.end());
    }
    return out;
}

http::Response list(const Caller& caller, const Context& context) {
    http::Response refused;
    const auto wanted = page(caller.request, refused);
    if (!wanted) return refused;
    Look look(context.gateway.engine(), caller.sight);
    const AlertViews views(context.render);
    const auto all = found(caller.request, context.board, look);
    json::array items;
    for (std::size_t i = wanted->offset; i < all.size() && items.size() < wanted->limit; ++i) {
        items.push_back(views.item(*all[i], look));
    }
    caller.saw("alerts:list", caller.request.query);
    const json::value next = cursor_after(*wanted, items.size(), all.size());
    return answer(caller.request,
                  {{"items", std::move(items)}, {"next", next}, {"total", all.size()}});
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
    const auto id = control::text_param(*said, "command_id");
    const auto verb_text = control::text_param(*said, "verb");
    const auto reason_text = control::text_param(*said, "reason", "");
    const auto note = control::text_param(*said, "note", "");
    for (const auto* text : {&id, &verb_text, &reason_text, &note}) {
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
    if (!access::allows(caller.account.role, *verb, alert->kind)) return caller.refuse();
    const auto done_with = context.gateway.command(
        {{caller.own(*id), alert->id, *verb, *reason, *note, caller.sight.actor}, Instant{}});
    if (!done_with) context.die(done_with.error());
    context.rearm();
    caller.did(name(*verb), "alert:" + alert->id.value,
               std::string(control::name(done_with->status)));
    return done_command(context.render.answer(*done_with));
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
