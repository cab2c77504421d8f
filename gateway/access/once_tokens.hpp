// Links that let somebody in once without a password: made by an operator for whoever forgot
// theirs, or by whoever makes an account. An account has one at a time; the next one replaces it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "access/account.hpp"
#include "access/console_db.hpp"

namespace anju::access {

inline constexpr std::chrono::minutes login_link_life{10};
/// A new worker may read it after the night shift.
inline constexpr std::chrono::hours invitation_life{24};

/// Loop thread.
class OnceTokens {
public:
    /// `db` must outlive it.
    explicit OnceTokens(ConsoleDb& db) : db_(db) {}

    /// The token; only its hash is kept. The caller has looked whether the account is there.
    [[nodiscard]] result<std::string> make(AccountId account, Instant now,
                                           std::chrono::seconds life = login_link_life);
    /// Whose it is, once; nullopt: used, replaced, too old, or never made. A clock that went back
    /// behind the making makes it worth nothing either.
    [[nodiscard]] result<std::optional<AccountId>> redeem(std::string_view token, Instant now);

private:
    ConsoleDb& db_;
};

}  // namespace anju::access
