#include "app/anjuctl/views_console.hpp"

#include <fmt/format.h>

#include "app/anjuctl/console_text.hpp"
#include "app/anjuctl/field.hpp"
#include "app/anjuctl/table.hpp"
#include "control/printable.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;

std::string say(Text text, Lang lang) {
    return std::string(text.in(lang));
}

template <class... Values>
std::string filled(std::string_view pattern, const Values&... values) {
    return control::printable(fmt::format(fmt::runtime(pattern), values...)) + "\n";
}

std::string joined(const json::array& codes) {
    std::string out;
    for (const json::value& code : codes) {
        if (!code.is_string()) continue;
        out += (out.empty() ? "" : ", ") + std::string(code.get_string());
    }
    return out;
}

std::string state_of(const json::value& account, Lang lang) {
    if (flag(account, "disabled")) return say(text::is_disabled, lang);
    return say(flag(account, "has_password") ? text::is_usable : text::has_no_password, lang);
}

}  // namespace

std::string show_setup_code(const json::value& result, Lang lang) {
    return control::printable(field(result, "code")) + "\n" +
           filled(text::setup_at.in(lang), field(result, "url"));
}

std::string show_account_link(const json::value& result, Lang lang) {
    const json::value& account = member(result, "account");
    std::string out = control::printable(field(result, "url")) + "\n" +
                      filled(text::link_until.in(lang), field(account, "name"),
                             time_field(result, "until", lang));
    for (const json::value& warning : rows(result, "warnings")) {
        const std::string_view said = warning_text(lang, field(warning, "code"));
        out += std::string(term(lang, "warning")) + ": " + filled(said, field(warning, "where"));
    }
    return out;
}

std::string show_account_state(const json::value& result, Lang lang) {
    const json::value& account = member(result, "account");
    const Text& said = flag(account, "disabled") ? text::account_disabled : text::account_enabled;
    return filled(said.in(lang), field(account, "name"));
}

std::string show_accounts(const json::value& result, Lang lang) {
    Table table({say(text::account, lang), say(text::shown_name, lang),
                 say(text::account_role, lang), say(text::account_scope, lang),
                 say(text::account_worker, lang), say(text::status, lang),
                 say(text::last_login, lang)});
    for (const json::value& one : rows(result, "accounts")) {
        table.row({field(one, "name"), field(one, "shown"),
                   std::string(role_term(lang, field(one, "role"))), joined(rows(one, "scope")),
                   field(one, "worker"), state_of(one, lang), time_field(one, "last_login", lang)});
    }
    return table.empty() ? say(text::nothing, lang) + "\n" : table.text();
}

std::string show_audit(const json::value& result, Lang lang) {
    Table table({"#", say(text::at, lang), say(text::account, lang), say(text::audit_action, lang),
                 say(text::audit_subject, lang), say(text::audit_detail, lang),
                 say(text::audit_peer, lang)});
    for (const json::value& row : rows(result, "rows")) {
        table.row({field(row, "id"), time_field(row, "at", lang), field(row, "name"),
                   field(row, "action"), field(row, "subject"), field(row, "detail"),
                   field(row, "peer")});
    }
    std::string out = table.empty() ? say(text::nothing, lang) + "\n" : table.text();
    if (const std::string next = field(result, "next"); !next.empty()) {
        out += filled(text::audit_more.in(lang), next);
    }
    const json::value& verdict = member(result, "verdict");
    if (verdict.is_null()) return out;
    if (is_audit_broken(result)) {
        return out + filled(text::audit_broken.in(lang), field(verdict, "broken"));
    }
    return out + filled(text::audit_holds.in(lang), field(verdict, "rows"), field(verdict, "head"));
}

bool is_audit_broken(const json::value& result) {
    return !member(member(result, "verdict"), "broken").is_null();
}

}  // namespace anju::ctl
