#include "api/guard.hpp"

#include <algorithm>
#include <memory>

#include "api/answers.hpp"
#include "base/log.hpp"
#include "http/cookie.hpp"
#include "http/form.hpp"
#include "http/problem.hpp"

namespace anju::api {
namespace {

constexpr std::string_view plain_name = "anju";
constexpr std::string_view secure_name = "__Host-anju";

http::Response no_session() {
    return http::problem(
        {.status = 401,
         .code = "no_session",
         .title = {"请先登录", "log in first"},
         .detail = {"登录已过期或尚未登录。", "The session is over, or there was none."}});
}

http::Response forged() {
    return http::problem(
        {.status = 403,
         .code = "forged",
         .title = {"请求来源不可信", "the request comes from elsewhere"},
         .detail = {"请在安居页面内操作，刷新后重试。", "Load the page of Anju again and retry."}});
}

http::Response unavailable(const Error& error) {
    log::error("console_unavailable", {{"error", error.text()}});
    return http::problem({.status = 503,
                          .code = "storage_failed",
                          .title = {"暂时无法读写数据", "the store does not answer now"},
                          .detail = {"请稍后再试；仍不行请联系运维人员。",
                                     "Try again soon; if it stays so, tell the operator."}});
}

http::Response too_many_requests(std::chrono::seconds wait) {
    http::Response out =
        http::problem({.status = 429,
                       .code = "too_many_requests",
                       .title = {"请求过于频繁，请稍后再试", "too many requests: try again soon"}});
    out.fields.emplace_back("Retry-After", std::to_string(wait.count()));
    return out;
}

http::Response password_first() {
    return http::problem({.status = 403,
                          .code = "change_password",
                          .title = {"请先设置新密码", "set a new password first"}});
}

}  // namespace

bool is_same_origin(const http::Request& request) {
    if (!request.sec_fetch_site.empty()) {
        // "none": typed into the address line by whoever sits there.
        return request.sec_fetch_site == "same-origin" ||
               (request.sec_fetch_site == "none" && is_safe(request));
    }
    if (request.origin.empty()) return true;  // no browser sends it so
    const std::string own = (request.secure ? "https://" : "http://") + request.host;
    return request.origin == own;
}

bool is_safe(const http::Request& request) {
    return request.method == "GET";
}

std::string session_cookie(const http::Request& request, std::string_view token,
                           std::chrono::seconds lasts) {
    std::string out(request.secure ? secure_name : plain_name);
    out.append("=").append(token).append("; Path=/; HttpOnly; SameSite=Strict");
    if (request.secure) out += "; Secure";
    out += "; Max-Age=" + std::to_string(lasts.count());
    return out;
}

std::string no_session_cookie(const http::Request& request) {
    return session_cookie(request, {}, std::chrono::seconds{0});
}

std::string session_token(const http::Request& request) {
    const auto found = http::cookie(request, request.secure ? secure_name : plain_name);
    return found ? std::string(*found) : std::string();
}

void send(http::Response response, const Answer& answer) {
    if (!response.later) return answer(std::move(response));
    const auto later = std::move(response.later);
    later(answer);
}

http::Handler Guard::allow(access::Action action, Act act) {
    return allow_any({action}, std::move(act));
}

http::Handler Guard::allow_any(std::vector<access::Action> actions, Act act) {
    return guarded([this, actions = std::move(actions), act = std::move(act)](
                       const http::Request& request) { return pass(request, actions, act); });
}

http::Handler Guard::known(Act act) {
    return guarded([this, act = std::move(act)](const http::Request& request) {
        return pass(request, {}, act);
    });
}

http::Handler Guard::guarded(http::Handler handler) {
    return [this, handler = std::move(handler)](const http::Request& request) {
        return kept_up([&] { return handler(request); });
    };
}

http::Response Guard::kept_up(const std::function<http::Response()>& act) {
    try {
        const access::ConsoleDb::Unsynced unsynced(access_.db());
        return synced(act());
    } catch (const Unavailable& what) {
        return unavailable(what.error);
    }
}

http::Response Guard::synced(http::Response response) {
    const auto owed = access_.db().take_unsynced();
    // Where nothing was written because it stands there already, that may still be on its way.
    if (!owed.written && !(owed.asked && syncer_.is_busy())) return response;
    http::Response out;
    out.status = response.status;
    out.later =
        [this, made = std::make_shared<http::Response>(std::move(response))](const Answer& answer) {
            syncer_.after_sync([made, answer](const result<void>& done) {
                done ? send(std::move(*made), answer) : answer(unavailable(done.error()));
            });
        };
    return out;
}

http::Handler Guard::anybody(http::Handler act) {
    return guarded([this, act = std::move(act)](const http::Request& request) {
        if (is_same_origin(request)) return act(request);
        ++counters_.forged;
        return forged();
    });
}

http::Response Guard::pass(const http::Request& request, const std::vector<access::Action>& actions,
                           const Act& act) {
    if (!is_same_origin(request)) {
        ++counters_.forged;
        return forged();
    }
    const std::string token = session_token(request);
    const auto session = need(access_.sessions().find(token, now()));
    const auto account = session ? need(access_.accounts().find(session->account))
                                 : std::optional<access::Account>();
    if (!account || account->disabled) {
        ++counters_.no_session;
        return no_session();
    }
    if (const auto wait = allowance_.take(account->id, steady()); wait.count() > 0) {
        ++counters_.too_many;
        return too_many_requests(wait);
    }
    if (!is_safe(request) && !access::Sessions::is_csrf(token, request.csrf_token)) {
        ++counters_.forged;
        return forged();
    }
    const Caller caller{.request = request,
                        .account = *account,
                        .session = *session,
                        .token = token,
                        .sight = sight_of(*account),
                        .guard = *this};
    if (!actions.empty()) {
        if (account->must_change_password) return password_first();
        const auto may = [&](access::Action action) { return caller.may(action); };
        if (std::ranges::none_of(actions, may)) return caller.refuse();
    }
    http::Response out = act(caller);
    if (out.status == 404) ++counters_.not_found;
    return out;
}

Sight Guard::sight_of(const access::Account& account) const {
    Sight out;
    out.covers = [scope = account.scope](const Community& community) {
        return community.id.empty() ? access::sees_unassigned(scope)
                                    : access::sees(scope, community);
    };
    out.in_full = access::allows(account.role, access::Action::see_people);
    out.drills = access::allows(account.role, access::Action::run_box);
    out.worker = account.worker;
    out.actor =
        "console:" + (account.worker.empty() ? account.name : "worker:" + account.worker.value);
    return out;
}

void Guard::write(const access::AuditEntry& entry, bool view) {
    need(view ? access_.audit().add_view(entry, now()) : access_.audit().add(entry, now()));
}

void Guard::write_folded(const access::AuditEntry& entry, const std::string& kind) {
    access::AuditEntry passing = entry;
    passing.passing = true;  // what comes by the thousand goes first
    if (folds_.is_first(passing, kind, steady())) write(passing);
}

void Guard::tick() {
    const std::vector<access::AuditEntry> over = folds_.take_over(steady());
    if (over.empty()) return;
    const auto kept = access_.db().change<result<void>>("cannot write the audit", [&] {
        for (const access::AuditEntry& entry : over) {
            if (auto added = access_.audit().add(entry, now()); !added) return added;
        }
        return result<void>();
    });
    if (!kept) log::error("console_unavailable", {{"error", kept.error().text()}});
}

bool Guard::lasts(const std::string& key) {
    return need(access_.sessions().in_use(key, now()));
}

std::string Caller::place(std::size_t number) const {
    return http::percent_decoded(request.params.at(number)).value_or("");
}

std::string Caller::own(const std::string& command_id) const {
    return "console-" + std::to_string(account.id.value) + "-" + command_id;
}

void Caller::saw(std::string_view subject, std::string_view detail) const {
    guard.write({.account = account.id,
                 .name = account.name,
                 .action = "view",
                 .subject = std::string(subject),
                 .detail = std::string(detail),
                 .peer = request.peer},
                true);
}

void Caller::did(std::string_view action, std::string_view subject, std::string_view detail) const {
    guard.write({.account = account.id,
                 .name = account.name,
                 .action = std::string(action),
                 .subject = std::string(subject),
                 .detail = std::string(detail),
                 .peer = request.peer});
}

http::Response Caller::refuse() const {
    ++guard.counters_.not_allowed;
    // By the route: what stands in its places can be made up without end.
    std::string route = request.method + request.path;
    for (const std::string& place : request.params) {
        if (const auto at = route.rfind(place); at != std::string::npos) {
            route.replace(at, place.size(), "{}");
        }
    }
    guard.write_folded({.account = account.id,
                        .name = account.name,
                        .action = "refused",
                        .subject = request.path.substr(0, 120),
                        .detail = request.method,
                        .peer = request.peer},
                       route);
    return not_allowed();
}

}  // namespace anju::api
