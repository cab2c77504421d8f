#include "access/accounts.hpp"

#include <algorithm>

#include "access/characters.hpp"
#include "access/password.hpp"
#include "access/rows.hpp"

namespace anju::access {

using store::Statement;

namespace {

constexpr std::size_t longest_name = 64;          // bytes
constexpr std::size_t longest_shown = 64;         // characters
constexpr std::size_t longest_shown_bytes = 256;  // 64 characters of four

Refused refused(Reason reason, std::string what, std::string_view where, std::string remedy) {
    return {reason, {std::move(what), fitted(where, longest_name), std::move(remedy)}};
}

Refused unknown(AccountId id) {
    return refused(Reason::unknown, "no such account", std::to_string(id.value),
                   "anjuctl console accounts list");
}

bool is_name(std::string_view text) {
    if (text.empty() || text.size() > longest_name || !count_characters(text)) return false;
    return std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("._-@").find(c) != std::string_view::npos ||
               static_cast<unsigned char>(c) >= 0x80;
    });
}

std::optional<Refused> fault_of(const Account& account) {
    if (!is_name(account.name)) {
        return refused(Reason::bad_name, "this cannot be a name to log in with", account.name,
                       "use 1 to 64 letters, digits and . _ - @");
    }
    const auto characters = count_characters(account.shown);
    if (!characters || *characters == 0 || *characters > longest_shown ||
        account.shown.size() > longest_shown_bytes) {
        return refused(Reason::bad_shown, "this cannot be shown as a name", account.shown,
                       "use 1 to 64 characters");
    }
    if (name(account.role).empty() || !is_well_formed(account.scope)) {
        return refused(Reason::bad_scope, "this cannot be a role or a scope", account.name,
                       "give at most 64 codes of communities, streets or districts, or *");
    }
    if (account.worker.value.size() > longest_name || !count_characters(account.worker.value)) {
        return refused(Reason::bad_worker, "this cannot be a worker", account.worker.value,
                       "give the id of a [[community.worker]]");
    }
    return std::nullopt;
}

std::int64_t count(store::Database& db) {
    return db.number("SELECT count(*) FROM accounts");
}

}  // namespace

outcome<Account> Accounts::add(const NewAccount& said, std::string_view hash, Instant now) {
    using Out = outcome<Account>;
    return db_.change<Out>("cannot add the account", [&]() -> Out {
        AccountRow row;
        Account& account = row.account;
        account.name = said.name;
        account.shown = said.shown.empty() ? said.name : said.shown;
        account.role = said.role;
        account.scope = said.scope;
        account.worker = said.worker;
        account.language = said.language;
        account.created = now;
        account.must_change_password = hash.empty();
        account.has_password = !hash.empty();
        row.hash = hash;
        if (auto fault = fault_of(account)) return std::move(*fault);
        store::Database& db = db_.database();
        if (load_account(db, account.name)) {
            return refused(Reason::name_taken, "there is an account of this name", account.name,
                           "choose another name");
        }
        if (auto taken = worker_taken(account)) return std::move(*taken);
        if (count(db) >= static_cast<std::int64_t>(most)) {
            return refused(Reason::too_many, "there are as many accounts as there can be",
                           account.name, "change an account that is disabled");
        }
        account.id = AccountId{db.number("SELECT max(id) FROM accounts") + 1};
        write(db, row);
        return account;
    });
}

outcome<Account> Accounts::add_first(std::string_view name, std::string_view hash, Instant now) {
    using Out = outcome<Account>;
    return db_.change<Out>("cannot add the first account", [&]() -> Out {
        if (count(db_.database()) > 0) {
            return refused(Reason::not_first, "the setup is over: there are accounts", name,
                           "log in, or ask an operator");
        }
        return add({.name = std::string(name), .role = AccountRole::operator_, .scope = {{"*"}}},
                   hash, now);
    });
}

result<bool> Accounts::any() {
    return db_.read<result<bool>>("cannot read the accounts",
                                  [&]() -> result<bool> { return count(db_.database()) > 0; });
}

result<std::optional<Account>> Accounts::find(AccountId id) {
    using Out = result<std::optional<Account>>;
    return db_.read<Out>("cannot read the account", [&]() -> Out {
        auto row = load_account(db_.database(), id);
        return row ? std::optional(std::move(row->account)) : std::nullopt;
    });
}

result<std::optional<Account>> Accounts::named(std::string_view name) {
    using Out = result<std::optional<Account>>;
    return db_.read<Out>("cannot read the account", [&]() -> Out {
        auto row = load_account(db_.database(), name);
        return row ? std::optional(std::move(row->account)) : std::nullopt;
    });
}

result<std::vector<Account>> Accounts::list() {
    using Out = result<std::vector<Account>>;
    return db_.read<Out>("cannot read the accounts", [&]() -> Out {
        std::vector<Account> out;
        Statement rows(db_.database(),
                       "SELECT " + std::string(account_columns) + " FROM accounts ORDER BY id");
        while (rows.step()) out.push_back(account_row(rows).account);
        return out;
    });
}

std::optional<Refused> Accounts::worker_taken(const Account& account) {
    if (account.worker.empty() || account.disabled) return std::nullopt;
    Statement rows(db_.database(), "SELECT " + std::string(account_columns) +
                                       " FROM accounts WHERE worker = ?1 AND id <> ?2");
    rows.bind_text(1, account.worker.value);
    rows.bind(2, account.id.value);
    while (rows.step()) {
        if (account_row(rows).account.disabled) continue;
        return refused(Reason::worker_taken, "another account is this worker", account.worker.value,
                       "disable the other account first");
    }
    return std::nullopt;
}

bool Accounts::is_last_operator(const Account& account) {
    const auto rules = [](const Account& one) {
        return one.role == AccountRole::operator_ && !one.disabled && one.scope.everything();
    };
    if (!rules(account)) return false;
    Statement rows(db_.database(), "SELECT " + std::string(account_columns) + " FROM accounts");
    while (rows.step()) {
        const Account one = account_row(rows).account;
        if (one.id != account.id && rules(one)) return false;
    }
    return true;
}

outcome<Account> Accounts::change(AccountId id, const AccountChange& said) {
    using Out = outcome<Account>;
    return db_.change<Out>("cannot change the account", [&]() -> Out {
        auto row = load_account(db_.database(), id);
        if (!row) return unknown(id);
        const Account before = row->account;
        Account& account = row->account;
        if (said.shown) account.shown = *said.shown;
        if (said.role) account.role = *said.role;
        if (said.scope) account.scope = *said.scope;
        if (said.worker) account.worker = *said.worker;
        if (said.language) account.language = *said.language;
        if (said.disabled) account.disabled = *said.disabled;
        if (auto fault = fault_of(account)) return std::move(*fault);
        // Who was there before there was this rule may stay as they are.
        if (account.worker != before.worker || account.disabled != before.disabled) {
            if (auto taken = worker_taken(account)) return std::move(*taken);
        }
        const bool rules = account.role == AccountRole::operator_ && !account.disabled &&
                           account.scope.everything();
        if (!rules && is_last_operator(before)) {
            return refused(Reason::last_operator, "this is the last operator", account.name,
                           "make another operator of scope * first");
        }
        if (account.disabled || account.role != before.role || account.scope != before.scope ||
            account.worker != before.worker) {
            end_sessions(id, {}, Ending::account_changed);
        }
        if (account.disabled) end_tokens(id);
        write(db_.database(), *row);
        return account;
    });
}

result<std::optional<PasswordTry>> Accounts::password_try(AccountId id, std::string_view session) {
    using Out = result<std::optional<PasswordTry>>;
    return db_.read<Out>("cannot read the account", [&]() -> Out {
        auto row = load_account(db_.database(), id);
        if (!row || row->account.disabled) return std::optional<PasswordTry>{};
        return std::optional(PasswordTry{id, std::move(row->hash), std::string(session)});
    });
}

outcome<void> Accounts::set_password(const PasswordTry& tried, std::string_view hash) {
    return db_.change<outcome<void>>("cannot set the password", [&]() -> outcome<void> {
        auto row = load_account(db_.database(), tried.account);
        if (!row || row->account.disabled || hash.empty()) return unknown(tried.account);
        if (row->hash != tried.hash || !has_session(tried.account, tried.session)) {
            return refused(Reason::changed, "the password was changed or reset meanwhile",
                           row->account.name, "log in again");
        }
        row->hash = hash;
        row->account.must_change_password = false;
        write(db_.database(), *row);
        end_sessions(tried.account, tried.session, Ending::password_changed);
        end_tokens(tried.account);
        return {};
    });
}

outcome<Account> Accounts::reset(AccountId id) {
    using Out = outcome<Account>;
    return db_.change<Out>("cannot reset the account", [&]() -> Out {
        auto row = load_account(db_.database(), id);
        if (!row) return unknown(id);
        row->hash.clear();
        row->account.has_password = false;
        row->account.must_change_password = true;
        write(db_.database(), *row);
        end_sessions(id, {}, Ending::account_changed);
        end_tokens(id);
        return row->account;
    });
}

result<LoginTry> Accounts::login_try(std::string_view name) {
    return db_.read<result<LoginTry>>("cannot read the account", [&]() -> result<LoginTry> {
        auto row = load_account(db_.database(), name);
        if (!row || row->account.disabled || row->hash.empty()) {
            return LoginTry{{}, std::string(nobodys_hash())};
        }
        return LoginTry{row->account.id, std::move(row->hash)};
    });
}

outcome<Account> Accounts::logged_in(const LoginTry& tried, Instant now) {
    using Out = outcome<Account>;
    return db_.change<Out>("cannot log in", [&]() -> Out {
        const auto row = load_account(db_.database(), tried.account);
        if (!row) return unknown(tried.account);
        if (row->hash != tried.hash) {
            return refused(Reason::changed, "the password was changed meanwhile", row->account.name,
                           "log in again");
        }
        return logged_in(tried.account, now);
    });
}

outcome<Account> Accounts::logged_in(AccountId id, Instant now) {
    using Out = outcome<Account>;
    return db_.change<Out>("cannot log in", [&]() -> Out {
        auto row = load_account(db_.database(), id);
        if (!row || row->account.disabled) return unknown(id);
        row->account.last_login = now;
        write(db_.database(), *row);
        return row->account;
    });
}

bool Accounts::has_session(AccountId id, std::string_view key) {
    Statement row(db_.database(), "SELECT 1 FROM sessions WHERE key = ?1 AND account = ?2");
    row.bind_blob(1, key);
    row.bind(2, id.value);
    return row.step();
}

void Accounts::end_sessions(AccountId id, std::string_view keep, Ending why) {
    db_.end_sessions("account = ?1 AND key <> ?2", why, [&](Statement& row) {
        row.bind(1, id.value);
        row.bind_blob(2, keep);
    });
}

void Accounts::end_tokens(AccountId id) {
    Statement gone(db_.database(), "DELETE FROM once WHERE account = ?1");
    gone.bind(1, id.value);
    gone.run();
}

}  // namespace anju::access
