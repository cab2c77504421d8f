#include "app/anjud/console_handlers.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include "api/session_routes.hpp"
#include "control/methods.hpp"
#include "control/render.hpp"

namespace anju {

using access::Account;
using access::outcome;
using boost::json::array;
using boost::json::object;
using control::Reply;

namespace {

constexpr std::uint64_t most_audit_rows = 500;
constexpr const char* peer = "control socket";

Reply done(object result) {
    return {boost::json::value(std::move(result)), {}};
}

std::string in_hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += digits[byte >> 4U];
        out += digits[byte & 0xfU];
    }
    return out;
}

result<access::Scope> scope_param(const object& params) {
    const boost::json::value* const said = params.if_contains("scope");
    const array* const codes = said == nullptr ? nullptr : said->if_array();
    const Error wrong{"there is no list of codes", "scope",
                      "give codes of communities, streets or districts, or *"};
    if (codes == nullptr) return wrong;
    access::Scope out;
    for (const boost::json::value& code : *codes) {
        if (!code.is_string()) return wrong;
        out.codes.emplace_back(code.get_string());
    }
    return out;
}

result<access::AccountRole> role_param(const object& params) {
    const auto said = control::text_param(params, "role");
    if (!said) return said.error();
    if (const auto role = access::parse_role(*said)) return *role;
    std::string known;
    for (const access::AccountRole one : access::all_roles) known.append(" ").append(name(one));
    return Error{"'" + *said + "' is not a role", "role", "say one of" + known};
}

object warning(std::string_view code, std::string_view where) {
    return {{"code", boost::json::string(code)}, {"where", boost::json::string(where)}};
}

object audit_row(const access::AuditRow& row, std::chrono::minutes utc_offset) {
    return {{"id", row.id},
            {"at", boost::json::string(control::time_text(row.at, utc_offset))},
            {"account", row.what.account.value},
            {"name", row.what.name},
            {"action", row.what.action},
            {"subject", row.what.subject},
            {"detail", row.what.detail},
            {"peer", row.what.peer}};
}

}  // namespace

std::string console_base(const config::Config& config) {
    if (!config.notify.base_url.empty()) return config.notify.base_url;
    std::string host = config.http->address;
    if (host == "0.0.0.0" || host == "::") {
        std::array<char, 256> own{};
        if (::gethostname(own.data(), own.size() - 1) == 0) host = own.data();
    }
    if (host.find(':') != std::string::npos) host = "[" + host + "]";
    const std::string scheme = config.http->cert_file.empty() ? "http://" : "https://";
    return scheme + host + ":" + std::to_string(config.http->port);
}

ConsoleHandlers::ConsoleHandlers(const config::Config& config, const Clock& clock,
                                 const Engine& engine)
    : config_(config), clock_(clock), engine_(engine) {}

Reply ConsoleHandlers::refusal() const {
    if (config_.console) {
        return Reply::failed({"the console's database could not be opened",
                              (config_.data_dir / "console.db").string(),
                              "the log of anjud says why"});
    }
    return Reply::failed({"there is no console", config_.source.string(),
                          "add [console] and [http], and restart anjud"});
}

result<Account> ConsoleHandlers::named(const std::string& name) {
    const auto found = access_->accounts().named(name);
    if (!found) return found.error();
    if (*found) return **found;
    return Error{"no such account", name, "anjuctl console accounts list"};
}

result<void> ConsoleHandlers::write(const std::string& actor, std::string_view action,
                                    const Account& account, std::string detail) {
    return access_->audit().add({.account = {},
                                 .name = actor,
                                 .action = std::string(action),
                                 .subject = "account:" + std::to_string(account.id.value),
                                 .detail = std::move(detail),
                                 .peer = peer},
                                clock_.read().wall);
}

object ConsoleHandlers::shown(const Account& account) const {
    return api::shown(account, config_.utc_offset);
}

void ConsoleHandlers::add_link(object& to, const std::string& token,
                               std::chrono::seconds life) const {
    to["url"] = console_base(config_) + "/#/once/" + token;
    to["until"] = control::time_text(clock_.read().wall + life, config_.utc_offset);
}

array ConsoleHandlers::warnings(const Account& account) const {
    std::vector<Community> communities;
    for (const CommunityId& id : engine_.communities()) communities.push_back(*engine_.find(id));
    array out;
    for (const std::string& code : access::unknown_codes(account.scope, communities)) {
        out.push_back(warning("unknown_scope", code));
    }
    const auto works = [&](const Community& community) {
        return std::ranges::find(community.workers, account.worker, &Worker::id) !=
               community.workers.end();
    };
    if (account.worker.empty()) {
        if (account.role == access::AccountRole::worker) {
            out.push_back(warning("no_worker", account.name));
        }
    } else if (std::ranges::none_of(communities, works)) {
        out.push_back(warning("unknown_worker", account.worker.value));
    }
    return out;
}

Reply ConsoleHandlers::setup_code(const Params& params) {
    const auto actor = control::text_param(params, "actor");
    if (!actor) return Reply::failed(actor.error());
    const auto any = access_->accounts().any();
    if (!any) return Reply::failed(any.error());
    if (*any) {
        return Reply::failed({"the setup is over: there are accounts", "",
                              "anjuctl console login NAME lets somebody in"});
    }
    const auto code = access_->setup().code();
    if (!code) return Reply::failed(code.error());
    const auto written = access_->audit().add(
        {.account = {}, .name = *actor, .action = "setup_code_shown", .peer = peer},
        clock_.read().wall);
    if (!written) return Reply::failed(written.error());
    return done({{"code", *code}, {"url", console_base(config_) + "/#/setup"}});
}

Reply ConsoleHandlers::login(const Params& params) {
    using Out = outcome<std::string>;
    const auto who = control::text_param(params, "name");
    const auto actor = control::text_param(params, "actor");
    if (!who) return Reply::failed(who.error());
    if (!actor) return Reply::failed(actor.error());
    const auto account = named(*who);
    if (!account) return Reply::failed(account.error());
    if (account->disabled) {
        return Reply::failed(
            {"the account is disabled", *who, "anjuctl console accounts enable " + *who});
    }
    const auto token = access_->db().change<Out>("cannot make a login link", [&]() -> Out {
        auto made = access_->once().make(account->id, clock_.read().wall);
        if (!made) return made.error();
        if (const auto kept = write(*actor, "login_link", *account, {}); !kept) return kept.error();
        return Out{boost::system::in_place_value, std::move(*made)};
    });
    if (!token) return Reply::failed(token.error().error);
    object out{{"account", shown(*account)}};
    add_link(out, *token, access::login_link_life);
    return done(std::move(out));
}

Reply ConsoleHandlers::accounts(const Params&) {
    const auto all = access_->accounts().list();
    if (!all) return Reply::failed(all.error());
    array rows;
    for (const Account& one : *all) rows.push_back(shown(one));
    return done({{"accounts", std::move(rows)}, {"total", all->size()}});
}

Reply ConsoleHandlers::account_add(const Params& params) {
    using Out = outcome<std::pair<Account, std::string>>;
    const auto name = control::text_param(params, "name");
    const auto role = role_param(params);
    auto scope = scope_param(params);
    const auto worker = control::text_param(params, "worker", "");
    const auto shown_as = control::text_param(params, "shown", "");
    const auto language = control::text_param(params, "language", "zh");
    const auto actor = control::text_param(params, "actor");
    for (const auto* text : {&name, &worker, &shown_as, &language, &actor}) {
        if (!*text) return Reply::failed(text->error());
    }
    if (!role) return Reply::failed(role.error());
    if (!scope) return Reply::failed(scope.error());
    if (*language != "zh" && *language != "en") {
        return Reply::failed({"'" + *language + "' is no language", "language", "say zh or en"});
    }
    const access::NewAccount fresh{
        .name = *name,
        .shown = *shown_as,
        .role = *role,
        .scope = std::move(*scope),
        .worker = WorkerId{*worker},
        .language = *language == "zh" ? text::Language::zh : text::Language::en};
    const Instant now = clock_.read().wall;
    const auto made = access_->db().change<Out>("cannot add the account", [&]() -> Out {
        auto account = access_->accounts().add(fresh, {}, now);
        if (!account) return account.error();
        auto token = access_->once().make(account->id, now, access::invitation_life);
        if (!token) return token.error();
        const auto kept =
            write(*actor, "account_added", *account, std::string(access::name(account->role)));
        if (!kept) return kept.error();
        return std::pair{std::move(*account), std::move(*token)};
    });
    if (!made) return Reply::failed(made.error().error);
    // The first account ends the setup, whoever makes it. A code that stays is worth nothing.
    (void)access_->setup().remove();
    object out{{"account", shown(made->first)}, {"warnings", warnings(made->first)}};
    add_link(out, made->second, access::invitation_life);
    return done(std::move(out));
}

Reply ConsoleHandlers::account_change(const Params& params) {
    using Out = outcome<std::pair<Account, std::string>>;
    const auto who = control::text_param(params, "name");
    const auto actor = control::text_param(params, "actor");
    const auto reset = control::bool_param(params, "reset", false);
    const auto disabled = control::bool_param(params, "disabled", false);
    if (!who) return Reply::failed(who.error());
    if (!actor) return Reply::failed(actor.error());
    if (!reset) return Reply::failed(reset.error());
    if (!disabled) return Reply::failed(disabled.error());
    if (*reset == params.contains("disabled")) {
        return Reply::failed(
            {"it is not clear what to change", "params", "give either disabled, or reset: true"});
    }
    const auto account = named(*who);
    if (!account) return Reply::failed(account.error());
    if (*reset && account->disabled) {  // its link would let nobody in
        return Reply::failed(
            {"the account is disabled", *who, "anjuctl console accounts enable " + *who});
    }
    const char* const action = *reset      ? "account_reset"
                               : *disabled ? "account_disabled"
                                           : "account_enabled";
    const auto changed = access_->db().change<Out>("cannot change the account", [&]() -> Out {
        auto after = *reset ? access_->accounts().reset(account->id)
                            : access_->accounts().change(account->id, {.disabled = *disabled});
        if (!after) return after.error();
        std::string token;
        if (*reset) {
            auto made =
                access_->once().make(account->id, clock_.read().wall, access::invitation_life);
            if (!made) return made.error();
            token = std::move(*made);
        }
        if (const auto kept = write(*actor, action, *after, {}); !kept) return kept.error();
        return std::pair{std::move(*after), std::move(token)};
    });
    if (!changed) return Reply::failed(changed.error().error);
    object out{{"account", shown(changed->first)}};
    if (*reset) add_link(out, changed->second, access::invitation_life);
    return done(std::move(out));
}

Reply ConsoleHandlers::audit(const Params& params) {
    const auto limit =
        control::count_param(params, "limit", control::default_rows, most_audit_rows);
    const auto before = control::count_param(params, "before", 0, INT64_MAX);
    const auto who = control::text_param(params, "account", "");
    const auto subject = control::text_param(params, "subject", "");
    const auto verify = control::bool_param(params, "verify", false);
    if (!limit) return Reply::failed(limit.error());
    if (!before) return Reply::failed(before.error());
    if (!who) return Reply::failed(who.error());
    if (!subject) return Reply::failed(subject.error());
    if (!verify) return Reply::failed(verify.error());
    access::AuditQuery query{.limit = *limit};
    if (*before > 0) query.before = static_cast<std::int64_t>(*before);
    if (!subject->empty()) query.subject = *subject;
    if (!who->empty()) {
        const auto account = named(*who);
        if (!account) return Reply::failed(account.error());
        query.account = account->id;
    }
    const auto page = access_->audit().page(query);
    if (!page) return Reply::failed(page.error());
    array rows;
    for (const access::AuditRow& row : page->rows) {
        rows.push_back(audit_row(row, config_.utc_offset));
    }
    object out{{"rows", std::move(rows)}, {"next", nullptr}};
    if (page->next) out["next"] = *page->next;
    if (*verify) {
        const auto verdict = access_->audit().verify();
        if (!verdict) return Reply::failed(verdict.error());
        object said{{"rows", verdict->rows}, {"broken", nullptr}, {"head", in_hex(verdict->head)}};
        if (verdict->broken) said["broken"] = *verdict->broken;
        out["verdict"] = std::move(said);
    }
    return done(std::move(out));
}

const ConsoleHandlers::Entry ConsoleHandlers::methods[] = {
    {control::method::console_setup_code, &ConsoleHandlers::setup_code},
    {control::method::console_login, &ConsoleHandlers::login},
    {control::method::console_accounts, &ConsoleHandlers::accounts},
    {control::method::console_account_add, &ConsoleHandlers::account_add},
    {control::method::console_account_change, &ConsoleHandlers::account_change},
    {control::method::console_audit, &ConsoleHandlers::audit},
};

boost::json::value ConsoleHandlers::figures() const {
    if (access_ == nullptr) return nullptr;
    const auto audit = access_->audit().figures();
    if (!audit) return nullptr;
    return {{"bytes", access_->db().bytes()},
            {"max_bytes", audit->most_bytes},
            {"audit_rows", audit->rows},
            {"audit_removed", audit->removed}};
}

std::optional<Reply> ConsoleHandlers::answer(const control::Request& request) {
    for (const Entry& entry : methods) {
        if (entry.name != request.method) continue;
        return access_ == nullptr ? refusal() : (this->*entry.method)(request.params);
    }
    return std::nullopt;
}

}  // namespace anju
