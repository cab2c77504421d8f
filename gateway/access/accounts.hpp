// The accounts of the console. Nobody is deleted, for the audit speaks of them; who is gone is
// disabled. Changes are on the disk when they return, and when one fails nothing has changed.
//
// A login takes three steps, because the middle one is slow and belongs on another thread:
//   LoginTry tried = accounts.login_try(name);           // loop
//   bool right = verify_password(tried.hash, password);  // anywhere
//   if (right) accounts.logged_in(tried, now);           // loop
// An unknown name gives a hash that is right for nothing, so the steps take as long.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/account.hpp"
#include "access/console_db.hpp"
#include "access/refused.hpp"

namespace anju::access {

struct NewAccount {
    std::string name;
    std::string shown = {};  ///< empty: as the name
    AccountRole role = AccountRole::worker;
    Scope scope = {};
    WorkerId worker = {};
    text::Language language = text::Language::zh;
};

/// What is absent stays.
struct AccountChange {
    std::optional<std::string> shown = {};
    std::optional<AccountRole> role = {};
    std::optional<Scope> scope = {};
    std::optional<WorkerId> worker = {};
    std::optional<text::Language> language = {};
    std::optional<bool> disabled = {};
};

struct LoginTry {
    AccountId account;  ///< 0: nobody, and the hash is nobody's
    std::string hash;
};

/// What a new password rests on, looked up before the slow part.
struct PasswordTry {
    AccountId account;
    std::string hash;     ///< of the password that is to go; empty: there is none yet
    std::string session;  ///< Session::key of whoever asks; it stays
};

/// Loop thread.
class Accounts {
public:
    static constexpr std::size_t most = 2000;

    /// `db` must outlive it.
    explicit Accounts(ConsoleDb& db) : db_(db) {}

    /// `hash` by hash_password(); empty: no password yet, a once-only token lets them in to set
    /// one.
    [[nodiscard]] outcome<Account> add(const NewAccount& account, std::string_view hash,
                                       Instant now);
    /// The setup: an operator who sees everything, when there is no account at all.
    [[nodiscard]] outcome<Account> add_first(std::string_view name, std::string_view hash,
                                             Instant now);
    [[nodiscard]] result<bool> any();
    [[nodiscard]] result<std::optional<Account>> find(AccountId id);
    [[nodiscard]] result<std::optional<Account>> named(std::string_view name);
    [[nodiscard]] result<std::vector<Account>> list();  ///< in order of their ids

    /// Another role, scope or worker ends the account's sessions, for what they were let see may
    /// not be theirs any more; disabling ends its once-only tokens as well. The last enabled
    /// operator who sees everything stays one.
    [[nodiscard]] outcome<Account> change(AccountId id, const AccountChange& change);
    /// nullopt: there is no such account, or it is disabled.
    [[nodiscard]] result<std::optional<PasswordTry>> password_try(AccountId id,
                                                                  std::string_view session);
    /// `must_change_password` is over, and all sessions but the one of `tried` are. Refused when
    /// the password or that session is not what it was: a reset, a logout or another change came
    /// meanwhile, and the new password of a session that was ended would undo it.
    [[nodiscard]] outcome<void> set_password(const PasswordTry& tried, std::string_view hash);
    /// Forgets the password and ends all sessions and once-only tokens.
    [[nodiscard]] outcome<Account> reset(AccountId id);

    /// An Error is the disk's; an unknown, disabled or password-less account is none.
    [[nodiscard]] result<LoginTry> login_try(std::string_view name);
    /// After the password was found right. Refused when the account was disabled or got another
    /// password meanwhile.
    [[nodiscard]] outcome<Account> logged_in(const LoginTry& tried, Instant now);
    /// After a once-only token.
    [[nodiscard]] outcome<Account> logged_in(AccountId id, Instant now);

private:
    [[nodiscard]] bool has_session(AccountId id, std::string_view key);
    void end_sessions(AccountId id, std::string_view keep, Ending why);
    void end_tokens(AccountId id);
    /// Why `account` cannot be the worker it says, if another account is.
    [[nodiscard]] std::optional<Refused> worker_taken(const Account& account);
    [[nodiscard]] bool is_last_operator(const Account& account);

    ConsoleDb& db_;
};

}  // namespace anju::access
