#include "api/session_routes.hpp"

#include <memory>
#include <utility>

#include "access/password.hpp"
#include "api/answers.hpp"
#include "control/render.hpp"

namespace anju::api {

namespace json = boost::json;

namespace {

/// The web server says 503 by itself after ten (docs/adr/0014); what is answered so is not done.
constexpr std::chrono::seconds most_waited{8};

http::Response wrong_login() {
    return http::problem({.status = 401,
                          .code = "wrong_login",
                          .title = {"账号或密码不对", "wrong name or password"}});
}

http::Response wrong_code() {
    return http::problem(
        {.status = 401,
         .code = "wrong_code",
         .title = {"代码无效或已用过", "the code is not valid, or was used"},
         .detail = {"请向运维人员索取新的代码。", "Ask the operator for a new one."}});
}

http::Response too_many(std::chrono::seconds wait) {
    http::Response out = http::problem(
        {.status = 429,
         .code = "too_many_attempts",
         .title = {"尝试次数过多，请稍后再试", "too many attempts: try again later"}});
    out.fields.emplace_back("Retry-After", std::to_string(wait.count()));
    return out;
}

http::Response busy() {
    return too_busy({"登录的人较多，请稍后再试", "many log in now: try again soon"},
                    std::chrono::seconds{2});
}

text::Wording wording(access::PasswordFault fault) {
    using enum access::PasswordFault;
    switch (fault) {
        case too_short:
            return {"密码至少 10 个字符", "a password has 10 characters at least"};
        case too_long:
            return {"密码最多 128 个字符", "a password has 128 characters at most"};
        case not_text:
            return {"密码含有无法使用的字符", "the password has characters that cannot be used"};
        case is_name:
            return {"密码不能是账号名", "the password must not be the name"};
        case too_common:
            return {"这个密码太常见，容易被猜到",
                    "this password is tried first by whoever guesses"};
    }
    return {};
}

http::Response bad_password(access::PasswordFault fault) {
    return bad_request(access::code(fault), wording(fault));
}

struct Login {
    std::string name;
    std::string password;
};

std::optional<std::string> text_of(const json::object& said, std::string_view key) {
    const json::value* const value = said.if_contains(key);
    if (value == nullptr || !value->is_string()) return std::nullopt;
    return std::string(value->get_string());
}

http::Response missing() {
    return bad_request("malformed", {"请求缺少必要内容", "something is missing in the request"});
}

json::value time_or_null(const std::optional<Instant>& at, std::chrono::minutes utc_offset) {
    if (!at) return nullptr;
    return json::string(control::time_text(*at, utc_offset));
}

}  // namespace

json::object shown(const access::Account& account, std::chrono::minutes utc_offset) {
    json::array scope;
    for (const std::string& code : account.scope.codes) scope.push_back(json::string(code));
    json::object out{{"id", std::to_string(account.id.value)},
                     {"name", account.name},
                     {"shown", account.shown},
                     {"role", json::string(access::name(account.role))},
                     {"scope", std::move(scope)},
                     {"worker", nullptr},
                     {"disabled", account.disabled},
                     {"language", account.language == text::Language::zh ? "zh" : "en"},
                     {"must_change_password", account.must_change_password},
                     {"has_password", account.has_password}};
    if (!account.worker.empty()) out["worker"] = account.worker.value;
    out["last_login"] = time_or_null(account.last_login, utc_offset);
    return out;
}

http::Response refused(const access::Refused& why) {
    if (why.reason == access::Reason::failed) throw Unavailable{why.error};
    if (why.reason == access::Reason::unknown) return not_found();
    return http::problem({.status = 409,
                          .code = access::code(why.reason),
                          .title = {"账号没有改动", "the account was not changed"},
                          .errors = {why.error}});
}

SessionRoutes::SessionRoutes(Options options, Guard& guard, Hasher& hasher)
    : options_(std::move(options)), guard_(guard), hasher_(hasher) {}

void SessionRoutes::add_to(http::Router& router) {
    router.add("GET", "/api/v1/session",
               guard_.anybody([this](const http::Request& request) { return show(request); }));
    router.add("POST", "/api/v1/session",
               guard_.anybody([this](const http::Request& request) { return log_in(request); }));
    router.add("POST", "/api/v1/session/once", guard_.anybody([this](const http::Request& request) {
        return log_in_once(request);
    }));
    router.add("POST", "/api/v1/setup",
               guard_.anybody([this](const http::Request& request) { return set_up(request); }));
    router.add("DELETE", "/api/v1/session",
               guard_.known([this](const Caller& caller) { return log_out(caller); }));
    router.add("POST", "/api/v1/session/password",
               guard_.known([this](const Caller& caller) { return change_password(caller); }));
}

http::Response SessionRoutes::show(const http::Request& request) {
    if (session_token(request).empty() && !need(guard_.access().accounts().any())) {
        return http::problem({.status = 401,
                              .code = "no_session",
                              .title = {"请先完成首次设置", "set it up first"},
                              .more = "\"setup\":true"});
    }
    return guard_.known([this](const Caller& caller) {
        return done(session(caller.account, caller.token, caller.request));
    })(request);
}

json::object SessionRoutes::session(const access::Account& account, std::string_view token,
                                    const http::Request& request) const {
    return {{"account", shown(account, options_.utc_offset)},
            {"csrf", access::Sessions::csrf(token)},
            {"server",
             {{"gateway_id", options_.gateway_id},
              {"accounts_epoch", std::to_string(guard_.access().db().epoch())},
              {"version", options_.version},
              {"now", control::time_text(options_.now(), options_.utc_offset)},
              {"utc_offset_minutes", options_.utc_offset.count()},
              {"secure", request.secure}}}};
}

template <class Result>
http::Response SessionRoutes::later(std::function<Result()> slow,
                                    std::function<http::Response(Result)> then,
                                    std::function<void()> given_up) {
    struct Work {
        std::function<Result()> slow;
        std::function<http::Response(Result)> then;
        std::function<void()> given_up;
    };
    const auto work =
        std::make_shared<Work>(Work{std::move(slow), std::move(then), std::move(given_up)});
    http::Response out;
    out.later = [this, work, asked = guard_.steady()](const Answer& answer) {
        const bool taken = hasher_.run([this, work, asked, answer] {
            options_.post(
                [this, work, asked, answer, given = std::make_shared<Result>(work->slow())] {
                    // Whoever asked was told that it failed, or is about to be: so it has.
                    if (guard_.steady() - asked > most_waited) {
                        if (work->given_up) work->given_up();
                        return answer(busy());
                    }
                    send(guard_.kept_up([&] { return work->then(std::move(*given)); }), answer);
                });
        });
        if (taken) return;
        if (work->given_up) work->given_up();
        answer(busy());
    };
    return out;
}

http::Response SessionRoutes::welcome(const http::Request& request, const access::Account& account,
                                      std::string_view action) {
    using Begun = result<access::NewSession>;
    access::Access& access = guard_.access();
    const auto begun = need(access.db().change<Begun>("cannot log in", [&]() -> Begun {
        auto made = access.sessions().begin(account.id, request.peer, guard_.now());
        if (!made) return made;
        guard_.write({.account = account.id,
                      .name = account.name,
                      .action = std::string(action),
                      .peer = request.peer,
                      .passing = true});
        return made;
    }));
    http::Response out = done(session(account, begun.token, request));
    out.fields.emplace_back(
        "Set-Cookie", session_cookie(request, begun.token, guard_.access().sessions().longest()));
    return out;
}

http::Response SessionRoutes::log_in(const http::Request& request) {
    http::Response refused_body;
    const auto said = body(request, refused_body);
    if (!said) return refused_body;
    const auto name = text_of(*said, "name");
    const auto password = text_of(*said, "password");
    if (!name || !password) return missing();
    access::Access& access = guard_.access();
    const auto wait = access.logins().admit(*name, request.peer, guard_.steady());
    if (wait.count() > 0) return too_many(wait);
    const auto tried = need(access.accounts().login_try(*name));
    return later<result<bool>>(
        [hash = tried.hash, password = *password] {
            return access::verify_password(hash, password);
        },
        [this, request, tried, name = *name](result<bool> right) {
            access::Access& doors = guard_.access();
            if (!right) {
                doors.logins().undecided(name, request.peer);
                throw Unavailable{right.error()};
            }
            if (*right) {
                const auto account = doors.accounts().logged_in(tried, guard_.now());
                if (account) {
                    doors.logins().succeeded(name, request.peer);
                    return welcome(request, *account, "login");
                }
                if (account.error().reason == access::Reason::failed) {
                    return refused(account.error());
                }
            }
            guard_.write_folded({.name = name, .action = "login_failed", .peer = request.peer},
                                "login_failed " + request.peer + " " + name.substr(0, 64));
            return wrong_login();
        },
        [this, name = *name, peer = request.peer] {
            guard_.access().logins().undecided(name, peer);
        });
}

void SessionRoutes::guessed(const std::string& what, const std::string& peer) {
    guard_.write_folded({.name = {}, .action = what, .peer = peer}, what + " " + peer);
}

http::Response SessionRoutes::log_in_once(const http::Request& request) {
    http::Response refused_body;
    const auto said = body(request, refused_body);
    if (!said) return refused_body;
    const auto token = text_of(*said, "token");
    if (!token) return missing();
    access::Access& access = guard_.access();
    const auto wait = access.guesses().wait(request.peer, guard_.steady());
    if (wait.count() > 0) return too_many(wait);
    const auto whose = need(access.once().redeem(*token, guard_.now()));
    if (!whose) {
        guessed("login_link_wrong", request.peer);
        access.guesses().failed(request.peer, guard_.steady());
        return wrong_code();
    }
    const auto account = access.accounts().logged_in(*whose, guard_.now());
    if (!account) return refused(account.error());
    return welcome(request, *account, "login_once");
}

http::Response SessionRoutes::set_up(const http::Request& request) {
    http::Response refused_body;
    const auto said = body(request, refused_body);
    if (!said) return refused_body;
    const auto code = text_of(*said, "code");
    const auto name = text_of(*said, "name");
    const auto password = text_of(*said, "password");
    if (!code || !name || !password) return missing();
    access::Access& access = guard_.access();
    const auto wait = access.guesses().wait(request.peer, guard_.steady());
    if (wait.count() > 0) return too_many(wait);
    if (need(access.accounts().any()) || !access.setup().is_code(*code)) {
        guessed("setup_code_wrong", request.peer);
        access.guesses().failed(request.peer, guard_.steady());
        return wrong_code();
    }
    if (const auto fault = access::fault_of(*password, *name)) return bad_password(*fault);
    return later<result<std::string>>(
        [password = *password] { return access::hash_password(password); },
        [this, request, name = *name](result<std::string> hash) {
            const auto account = guard_.access().finish_setup(name, need(std::move(hash)),
                                                              request.peer, guard_.now());
            return account ? welcome(request, *account, "login") : refused(account.error());
        });
}

http::Response SessionRoutes::log_out(const Caller& caller) {
    need(guard_.access().db().change<result<void>>("cannot log out", [&]() -> result<void> {
        guard_.write({.account = caller.account.id,
                      .name = caller.account.name,
                      .action = "logout",
                      .peer = caller.request.peer,
                      .passing = true});
        return guard_.access().sessions().end(caller.session.key);
    }));
    http::Response out = nothing();
    out.fields.emplace_back("Set-Cookie", no_session_cookie(caller.request));
    return out;
}

http::Response SessionRoutes::change_password(const Caller& caller) {
    http::Response refused_body;
    const auto said = body(caller.request, refused_body);
    if (!said) return refused_body;
    const auto chosen = text_of(*said, "new");
    if (!chosen) return missing();
    if (const auto fault = access::fault_of(*chosen, caller.account.name)) {
        return bad_password(*fault);
    }
    const http::Request request = caller.request;
    const auto tried =
        need(guard_.access().accounts().password_try(caller.account.id, caller.session.key));
    if (!tried) return not_found();
    // Whoever came by an invitation has none yet.
    if (tried->hash.empty()) {
        return later<result<std::string>>(
            [chosen = *chosen] { return access::hash_password(chosen); },
            [this, request, account = caller.account, tried = *tried](result<std::string> hash) {
                return set_password(request, account, tried, "password_set", need(std::move(hash)));
            });
    }
    const auto wait =
        guard_.access().logins().admit(caller.account.name, request.peer, guard_.steady());
    if (wait.count() > 0) return too_many(wait);
    const auto old = text_of(*said, "old").value_or("");
    struct Made {
        result<bool> right;
        std::optional<result<std::string>> hash;  ///< only when it was right
    };
    const auto undecided = [this, name = caller.account.name, peer = request.peer] {
        guard_.access().logins().undecided(name, peer);
    };
    return later<std::shared_ptr<Made>>(
        [hash = tried->hash, old, chosen = *chosen] {
            const auto right = access::verify_password(hash, old);
            auto made = std::make_shared<Made>(Made{right, std::nullopt});
            if (right && *right) made->hash = access::hash_password(chosen);
            return made;
        },
        [this, request, account = caller.account, tried = *tried,
         undecided](const std::shared_ptr<Made>& made) {
            if (!made->right) undecided();
            if (!need(made->right)) {
                guard_.write_folded({.account = account.id,
                                     .name = account.name,
                                     .action = "old_password_wrong",
                                     .peer = request.peer},
                                    "old_password_wrong");
                return wrong_login();
            }
            guard_.access().logins().succeeded(account.name, request.peer);
            return set_password(request, account, tried, "password_changed",
                                need(std::move(*made->hash)));
        },
        undecided);
}

http::Response SessionRoutes::set_password(const http::Request& request,
                                           const access::Account& account,
                                           const access::PasswordTry& tried,
                                           std::string_view action, const std::string& hash) {
    using Out = access::outcome<void>;
    access::Access& access = guard_.access();
    const auto set = access.db().change<Out>("cannot set the password", [&]() -> Out {
        auto done = access.accounts().set_password(tried, hash);
        if (!done) return done;
        guard_.write({.account = account.id,
                      .name = account.name,
                      .action = std::string(action),
                      .subject = "account:" + std::to_string(account.id.value),
                      .peer = request.peer});
        return done;
    });
    return set ? nothing() : refused(set.error());
}

}  // namespace anju::api
