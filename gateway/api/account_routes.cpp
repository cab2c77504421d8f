#include "api/account_routes.hpp"

#include <algorithm>
#include <charconv>

#include "api/answers.hpp"
#include "api/session_routes.hpp"
#include "control/render.hpp"

namespace anju::api {

namespace json = boost::json;
using access::Account;
using access::AccountRole;
using access::Action;

namespace {

/// What the routes share.
struct Office {
    Guard& guard;
    const Engine& engine;
    std::chrono::minutes utc_offset;
};

std::vector<Community> communities(const Engine& engine) {
    std::vector<Community> out;
    for (const CommunityId& id : engine.communities()) out.push_back(*engine.find(id));
    return out;
}

/// Operators keep every account inside their scope, leads those of workers.
bool keeps(const Account& keeper, AccountRole role, const access::Scope& scope,
           const Engine& engine) {
    const bool all = access::allows(keeper.role, Action::manage_accounts);
    const bool workers = access::allows(keeper.role, Action::manage_workers);
    if (!all && !(workers && role == AccountRole::worker)) return false;
    return access::is_within(scope, keeper.scope, communities(engine));
}

std::optional<access::AccountId> id_in(const std::string& text) {
    access::AccountId id;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id.value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return id;
}

/// What a body says of an account; what is absent stays.
struct Said {
    access::AccountChange change;
    std::optional<std::string> name;
    bool reset = false;
};

std::optional<Said> read(const json::object& body) {
    Said out;
    const auto text = [&](std::string_view key, std::optional<std::string>& into) {
        const json::value* const value = body.if_contains(key);
        if (value == nullptr || value->is_null()) return true;
        if (!value->is_string()) return false;
        into = std::string(value->get_string());
        return true;
    };
    std::optional<std::string> role;
    std::optional<std::string> worker;
    std::optional<std::string> language;
    if (!text("name", out.name) || !text("shown", out.change.shown) || !text("role", role) ||
        !text("worker", worker) || !text("language", language)) {
        return std::nullopt;
    }
    if (role) {
        out.change.role = access::parse_role(*role);
        if (!out.change.role) return std::nullopt;
    }
    if (worker) out.change.worker = WorkerId{*worker};
    if (language) {
        if (*language != "zh" && *language != "en") return std::nullopt;
        out.change.language = *language == "zh" ? text::Language::zh : text::Language::en;
    }
    if (const json::value* scope = body.if_contains("scope")) {
        if (!scope->is_array()) return std::nullopt;
        access::Scope codes;
        for (const json::value& code : scope->get_array()) {
            if (!code.is_string()) return std::nullopt;
            codes.codes.emplace_back(code.get_string());
        }
        out.change.scope = std::move(codes);
    }
    for (const auto& [key, into] : {std::pair{"disabled", true}, {"reset", false}}) {
        const json::value* const value = body.if_contains(key);
        if (value == nullptr) continue;
        if (!value->is_bool()) return std::nullopt;
        if (into) {
            out.change.disabled = value->get_bool();
        } else {
            out.reset = value->get_bool();
        }
    }
    return out;
}

http::Response malformed() {
    return bad_request("malformed", {"账号信息有误", "something about the account is not right"},
                       {{"a member is missing, of another type or none of its values", "body",
                         "docs/protocol/console.yaml describes it"}});
}

http::Response list(const Caller& caller, const Office& office) {
    json::array items;
    for (const Account& one : need(office.guard.access().accounts().list())) {
        if (keeps(caller.account, one.role, one.scope, office.engine)) {
            items.push_back(shown(one, office.utc_offset));
        }
    }
    return answer(caller.request, {{"items", std::move(items)}, {"next", nullptr}});
}

/// The account, and a link's token for whoever has no password yet.
json::object with_invitation(const Account& account, const Office& office) {
    json::object out = shown(account, office.utc_offset);
    out["invitation"] = need(
        office.guard.access().once().make(account.id, office.guard.now(), access::invitation_life));
    return out;
}

http::Response add(const Caller& caller, const Office& office) {
    http::Response refused_body;
    const auto said_body = body(caller.request, refused_body);
    if (!said_body) return refused_body;
    auto said = read(*said_body);
    if (!said || !said->name || !said->change.role || !said->change.scope) return malformed();
    if (!keeps(caller.account, *said->change.role, *said->change.scope, office.engine)) {
        return caller.refuse();
    }
    const access::NewAccount fresh{.name = *said->name,
                                   .shown = said->change.shown.value_or(""),
                                   .role = *said->change.role,
                                   .scope = *said->change.scope,
                                   .worker = said->change.worker.value_or(WorkerId{}),
                                   .language = said->change.language.value_or(text::Language::zh)};
    const auto added = office.guard.access().accounts().add(fresh, {}, office.guard.now());
    if (!added) return refused(added.error());
    caller.did("account_added", "account:" + std::to_string(added->id.value),
               std::string(access::name(added->role)));
    return done(with_invitation(*added, office));
}

http::Response change(const Caller& caller, const Office& office) {
    http::Response refused_body;
    const auto said_body = body(caller.request, refused_body);
    if (!said_body) return refused_body;
    const auto said = read(*said_body);
    if (!said) return malformed();
    access::Accounts& accounts = office.guard.access().accounts();
    const auto id = id_in(caller.place(0));
    const auto before = id ? need(accounts.find(*id)) : std::optional<Account>();
    if (!before || !keeps(caller.account, before->role, before->scope, office.engine)) {
        return not_found();
    }
    // Nobody gives more than they have, and nobody takes from whom they may not keep afterwards.
    if (!keeps(caller.account, said->change.role.value_or(before->role),
               said->change.scope.value_or(before->scope), office.engine)) {
        return caller.refuse();
    }
    auto after = accounts.change(*id, said->change);
    if (!after) return refused(after.error());
    const std::string subject = "account:" + std::to_string(id->value);
    caller.did(
        "account_changed", subject,
        json::serialize(said_body->contains("reset") ? json::object{{"reset", true}} : *said_body));
    if (!said->reset) return done(shown(*after, office.utc_offset));
    after = accounts.reset(*id);
    if (!after) return refused(after.error());
    return done(with_invitation(*after, office));
}

http::Response audit(const Caller& caller, const Office& office) {
    http::Response refused_page;
    const auto wanted = page(caller.request, refused_page);
    if (!wanted) return refused_page;
    access::AuditQuery query{.limit = wanted->limit};
    if (wanted->offset > 0) query.before = static_cast<std::int64_t>(wanted->offset);
    if (const auto subject = asked(caller.request, "subject"); !subject.empty()) {
        query.subject = subject;
    }
    if (const auto account = asked(caller.request, "account"); !account.empty()) {
        query.account = id_in(account);
        if (!query.account) return not_found();
    }
    if (!caller.may(Action::read_audit)) query.account = caller.account.id;
    const auto found = need(office.guard.access().audit().page(query));
    json::array items;
    for (const access::AuditRow& row : found.rows) {
        items.push_back({{"id", std::to_string(row.id)},
                         {"at", json::string(control::time_text(row.at, office.utc_offset))},
                         {"account", std::to_string(row.what.account.value)},
                         {"name", row.what.name},
                         {"action", row.what.action},
                         {"subject", row.what.subject},
                         {"detail", row.what.detail},
                         {"peer", row.what.peer}});
    }
    json::value next = nullptr;
    if (found.next) next = json::string(std::to_string(*found.next));
    return answer(caller.request, {{"items", std::move(items)}, {"next", next}});
}

}  // namespace

void add_account_routes(http::Router& router, Guard& guard, const Engine& engine,
                        std::chrono::minutes utc_offset) {
    const Office office{guard, engine, utc_offset};
    const auto add_route = [&](const char* verb, const char* path, std::vector<Action> actions,
                               auto part) {
        router.add(verb, path,
                   guard.allow_any(std::move(actions), [office, part](const Caller& caller) {
                       return part(caller, office);
                   }));
    };
    // Of whom, keeps() says.
    const std::vector<Action> keep{Action::manage_accounts, Action::manage_workers};
    add_route("GET", "/api/v1/accounts", keep, list);
    add_route("POST", "/api/v1/accounts", keep, add);
    add_route("PATCH", "/api/v1/accounts/{id}", keep, change);
    add_route("GET", "/api/v1/audit", {Action::read_audit, Action::read_own_audit}, audit);
}

}  // namespace anju::api
