// Who is logged in. A session is a token in a cookie; here is only its hash, so the file opens no
// session. It ends after `idle` without a request, after `longest` in any case, with the account,
// or when the account has too many. Times are the wall clock's, because sessions outlive restarts:
// a clock set back ends none and lengthens none beyond the day it is right again, one set forward
// by more than `idle` ends all.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/account.hpp"
#include "access/console_db.hpp"

namespace anju::access {

struct Session {
    std::string key;  ///< SHA-256 of the token, 32 bytes
    AccountId account;
    Instant created{};
    Instant seen{};  ///< last request, up to a minute late on the disk
    std::string peer;
};

struct NewSession {
    std::string token;  ///< for the cookie, and nowhere else
    std::string csrf;
    Session session;
};

/// Loop thread.
class Sessions {
public:
    struct Options {
        std::chrono::seconds idle = std::chrono::hours{12};
        std::chrono::seconds longest = std::chrono::hours{24 * 30};
        std::size_t per_account = 20;  ///< beyond: the one not seen for longest ends
        std::size_t in_all = 5000;     ///< likewise
    };

    /// `db` must outlive it.
    Sessions(ConsoleDb& db, Options options) : db_(db), options_(options) {}

    /// A new token with every login: one that was there before is worth nothing after it.
    [[nodiscard]] result<NewSession> begin(AccountId account, std::string_view peer, Instant now);
    /// The session of a cookie, which has now been seen; nullopt: none, over, or its account is
    /// disabled. Writes nothing.
    [[nodiscard]] result<std::optional<Session>> find(std::string_view token, Instant now);
    /// Whether it still is one, for what goes on without requests: a stream of events. To be asked
    /// is to be used, so that who only watches is not logged out as idle.
    [[nodiscard]] result<bool> in_use(std::string_view key, Instant now);

    [[nodiscard]] result<void> end(std::string_view key);
    /// Last seen first.
    [[nodiscard]] result<std::vector<Session>> of(AccountId account);

    /// Writes down who was seen and drops what is over, once a minute at most; call it every few
    /// seconds. An Error loses nothing: it is tried again.
    [[nodiscard]] result<void> tick(Instant now);

    /// How long a session can last at most: so long its cookie is worth keeping.
    [[nodiscard]] std::chrono::seconds longest() const { return options_.longest; }

    /// What the header X-CSRF-Token has to say: HMAC of the token, which it does not give away.
    [[nodiscard]] static std::string csrf(std::string_view token);
    [[nodiscard]] static bool is_csrf(std::string_view token, std::string_view said);

private:
    [[nodiscard]] bool is_over(const Session& session, Instant now) const;
    [[nodiscard]] std::optional<Session> load(std::string_view key);
    void make_room(AccountId account);

    ConsoleDb& db_;
    Options options_;
    std::map<std::string, Instant> seen_;  ///< by key, not written yet; of sessions there are
    std::optional<Instant> written_;
};

}  // namespace anju::access
