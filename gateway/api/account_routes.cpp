#include "api/account_routes.hpp"

#include <algorithm>
#include <charconv>

#include "api/answers.hpp"
#include "api/round_views.hpp"
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
    // Nothing is within everything, but whose it is nobody knows.
    if (scope.codes.empty() && !keeper.scope.everything()) return false;
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
    return api::answer(caller.request, {{"items", std::move(items)}, {"next", nullptr}});
}

/// An account as it is now, and a link's token for whoever has no password yet.
struct Kept {
    Account account;
    std::string invitation;
};
using KeptOrNot = access::outcome<Kept>;

http::Response answer(const Kept& kept, const Office& office) {
    json::object out = shown(kept.account, office.utc_offset);
    if (!kept.invitation.empty()) out["invitation"] = kept.invitation;
    return done(out);
}

std::string invitation(const Account& account, const Office& office) {
    return need(
        office.guard.access().once().make(account.id, office.guard.now(), access::invitation_life));
}

/// A worker of a community that `keeper` sees, or nobody.
bool is_worker(const WorkerId& worker, const Account& keeper, const Engine& engine) {
    if (worker.empty()) return true;
    const Community* const at = engine.find(community_of(worker, engine));
    return at != nullptr && access::sees(keeper.scope, *at);
}

http::Response no_such_worker(const WorkerId& worker) {
    return bad_request("bad_worker", {"名册中没有这名工作人员", "no such worker in the directory"},
                       {{"no such worker in your scope", worker.value,
                         "give the id of a [[community.worker]], or none"}});
}

json::object rights(const Account& account) {
    json::object out{{"role", json::string(access::name(account.role))}};
    json::array& scope = out["scope"].emplace_array();
    for (const std::string& code : account.scope.codes) scope.push_back(json::string(code));
    if (!account.worker.empty()) out["worker"] = account.worker.value;
    return out;
}

/// What has changed, before and after.
json::object difference(const json::object& before, const json::object& after) {
    json::object out;
    for (const json::key_value_pair& one : after) {
        const json::value* const was = before.if_contains(one.key());
        if (was != nullptr && *was == one.value()) continue;
        out[one.key()] = json::array{was == nullptr ? json::value(nullptr) : *was, one.value()};
    }
    return out;
}

void write(const Caller& caller, std::string_view action, const Account& account,
           const json::object& detail) {
    const std::string subject = "account:" + std::to_string(account.id.value);
    caller.did(action, subject, detail.empty() ? std::string() : json::serialize(detail));
}

/// Found at once by whoever looks through the audit: this account sees people by name from now on.
void write_of_sight(const Caller& caller, const Account& account, bool saw_before) {
    if (saw_before || !access::allows(account.role, Action::see_people)) return;
    write(caller, "sight_given", account, rights(account));
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
    if (!is_worker(fresh.worker, caller.account, office.engine)) {
        return no_such_worker(fresh.worker);
    }
    access::Access& access = office.guard.access();
    const auto kept = access.db().change<KeptOrNot>("cannot add the account", [&]() -> KeptOrNot {
        auto added = access.accounts().add(fresh, {}, office.guard.now());
        if (!added) return added.error();
        write(caller, "account_added", *added, rights(*added));
        write_of_sight(caller, *added, false);
        return Kept{*added, invitation(*added, office)};
    });
    return kept ? answer(*kept, office) : refused(kept.error());
}

/// What is done to an account, by the word of the audit.
std::string_view action_of(const Said& said, const Account& before) {
    if (said.reset) return "account_reset";
    if (said.change.disabled && *said.change.disabled != before.disabled) {
        return *said.change.disabled ? "account_disabled" : "account_enabled";
    }
    return "account_changed";
}

/// As it is, or the refusal.
KeptOrNot changed(const Caller& caller, const Office& office, const Said& said,
                  const Account& before) {
    access::Access& access = office.guard.access();
    auto after = said.reset ? access.accounts().reset(before.id)
                            : access.accounts().change(before.id, said.change);
    if (!after) return after.error();
    write(caller, action_of(said, before), *after,
          difference(shown(before, office.utc_offset), shown(*after, office.utc_offset)));
    write_of_sight(caller, *after, access::allows(before.role, Action::see_people));
    return Kept{*after, said.reset ? invitation(*after, office) : std::string()};
}

http::Response change(const Caller& caller, const Office& office) {
    http::Response refused_body;
    const auto said_body = body(caller.request, refused_body);
    if (!said_body) return refused_body;
    const auto said = read(*said_body);
    // A reset is one thing, and what the audit says of it is all that was done.
    if (!said || (said_body->contains("reset") && (!said->reset || said_body->size() > 1))) {
        return malformed();
    }
    access::Access& access = office.guard.access();
    const auto id = id_in(caller.place(0));
    const auto before = id ? need(access.accounts().find(*id)) : std::optional<Account>();
    if (!before || !keeps(caller.account, before->role, before->scope, office.engine)) {
        return not_found();
    }
    const access::AccountChange& to = said->change;
    // Nobody gives more than they have, and nobody takes from whom they may not keep afterwards.
    if (!keeps(caller.account, to.role.value_or(before->role), to.scope.value_or(before->scope),
               office.engine)) {
        return caller.refuse();
    }
    // What one may see is for others to say.
    if (before->id == caller.account.id && (to.role.value_or(before->role) != before->role ||
                                            to.scope.value_or(before->scope) != before->scope ||
                                            to.worker.value_or(before->worker) != before->worker)) {
        return caller.refuse();
    }
    if (to.worker && *to.worker != before->worker &&
        !is_worker(*to.worker, caller.account, office.engine)) {
        return no_such_worker(*to.worker);
    }
    if (said->reset && before->disabled) {  // its link would let nobody in
        return http::problem({.status = 409,
                              .code = "account_disabled",
                              .title = {"账号已停用", "the account is disabled"},
                              .detail = {"请先启用账号。", "Enable it first."}});
    }
    const auto kept = access.db().change<KeptOrNot>(
        "cannot change the account", [&] { return changed(caller, office, *said, *before); });
    return kept ? answer(*kept, office) : refused(kept.error());
}

http::Response no_such_account() {
    return http::problem({.status = 404,
                          .code = "no_such_account",
                          .title = {"没有这个账号", "there is no such account"}});
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
        const auto named = need(office.guard.access().accounts().named(account));
        query.account = named ? std::optional(named->id) : id_in(account);
        if (!query.account) return no_such_account();
    }
    // Rows say nothing of places, so who sees a part of them only sees their own.
    if (!caller.may(Action::read_audit) || !caller.account.scope.everything()) {
        query.account = caller.account.id;
    }
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
    return api::answer(caller.request, {{"items", std::move(items)}, {"next", next}});
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
