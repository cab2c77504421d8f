#include "access/once_tokens.hpp"

#include "access/rows.hpp"
#include "access/secret.hpp"

namespace anju::access {

using store::Statement;

result<std::string> OnceTokens::make(AccountId account, Instant now, std::chrono::seconds life) {
    const std::string token = make_token();
    return db_.change<result<std::string>>(
        "cannot make a login link", [&]() -> result<std::string> {
            Statement before(db_.database(), "DELETE FROM once WHERE account = ?1 OR until <= ?2");
            before.bind(1, account.value);
            before.bind(2, to_unix_ms(now));
            before.run();
            write(db_.database(), OnceRow{sha256(token), account, now, now + life});
            return result<std::string>{boost::system::in_place_value, token};
        });
}

result<std::optional<AccountId>> OnceTokens::redeem(std::string_view token, Instant now) {
    using Out = result<std::optional<AccountId>>;
    if (!looks_like_token(token)) return std::optional<AccountId>{};
    const std::string key = sha256(token);
    return db_.change<Out>("cannot use the login link", [&]() -> Out {
        Statement row(db_.database(),
                      "SELECT " + std::string(once_columns) + " FROM once WHERE key = ?1");
        row.bind_blob(1, key);
        if (!row.step()) return std::optional<AccountId>{};
        const OnceRow found = once_row(row);
        row.reset();
        Statement gone(db_.database(), "DELETE FROM once WHERE key = ?1");
        gone.bind_blob(1, key);
        gone.run();
        if (now < found.made || now >= found.until) return std::optional<AccountId>{};
        return std::optional(found.account);
    });
}

}  // namespace anju::access
