#include "access/sessions.hpp"

#include <algorithm>

#include "access/characters.hpp"
#include "access/rows.hpp"
#include "access/secret.hpp"

namespace anju::access {

using store::Statement;

namespace {

constexpr std::chrono::minutes between_writes{1};
constexpr std::size_t longest_peer = 64;

std::string select_sessions(const char* rest) {
    return "SELECT " + std::string(session_columns) + " FROM sessions " + rest;
}

}  // namespace

std::string Sessions::csrf(std::string_view token) {
    return base64url(hmac_sha256(token, "anju console csrf 1"));
}

bool Sessions::is_csrf(std::string_view token, std::string_view said) {
    return equal_in_constant_time(csrf(token), said);
}

bool Sessions::is_over(const Session& session, Instant now) const {
    return now - session.created >= options_.longest || now - session.seen >= options_.idle;
}

result<NewSession> Sessions::begin(AccountId account, std::string_view peer, Instant now) {
    NewSession out;
    out.token = make_token();
    out.csrf = csrf(out.token);
    out.session = {sha256(out.token), account, now, now, fitted(peer, longest_peer)};
    return db_.change<result<NewSession>>("cannot begin a session", [&]() -> result<NewSession> {
        make_room(account);
        write(db_.database(), out.session);
        return out;
    });
}

void Sessions::make_room(AccountId account) {
    // What was seen in the last minute is not on the disk yet; written now, the order is right.
    for (const auto& [key, at] : seen_) {
        auto session = load(key);
        if (!session) continue;
        session->seen = at;
        write(db_.database(), *session);
    }
    db_.end_sessions(
        "account = ?1 AND key NOT IN (SELECT key FROM sessions WHERE account = ?1 ORDER BY seen "
        "DESC LIMIT ?2)",
        Ending::crowded_out, [&](Statement& row) {
            row.bind(1, account.value);
            row.bind(2, static_cast<std::int64_t>(options_.per_account) - 1);
        });
    db_.end_sessions("key IN (SELECT key FROM sessions ORDER BY seen DESC LIMIT -1 OFFSET ?1)",
                     Ending::crowded_out, [&](Statement& row) {
                         row.bind(1, static_cast<std::int64_t>(options_.in_all) - 1);
                     });
}

std::optional<Session> Sessions::load(std::string_view key) {
    Statement row(db_.database(), select_sessions("WHERE key = ?1"));
    row.bind_blob(1, key);
    if (!row.step()) return std::nullopt;
    Session out = session_row(row);
    if (const auto found = seen_.find(out.key); found != seen_.end()) {
        out.seen = std::max(out.seen, found->second);
    }
    return out;
}

result<std::optional<Session>> Sessions::find(std::string_view token, Instant now) {
    using Found = result<std::optional<Session>>;
    if (!looks_like_token(token)) return std::optional<Session>{};
    const std::string key = sha256(token);
    return db_.read<Found>("cannot look for the session", [&]() -> Found {
        auto session = load(key);
        if (!session || is_over(*session, now)) return std::optional<Session>{};
        const auto row = load_account(db_.database(), session->account);
        if (!row || row->account.disabled) return std::optional<Session>{};
        if (now > session->seen) session->seen = seen_[key] = now;
        return session;
    });
}

result<bool> Sessions::in_use(std::string_view key, Instant now) {
    return db_.read<result<bool>>("cannot look for the session", [&]() -> result<bool> {
        const auto session = load(key);
        if (!session || is_over(*session, now)) return false;
        const auto row = load_account(db_.database(), session->account);
        if (!row || row->account.disabled) return false;
        if (now > session->seen) seen_[session->key] = now;
        return true;
    });
}

result<void> Sessions::end(std::string_view key) {
    return db_.change<result<void>>("cannot end the session", [&]() -> result<void> {
        db_.end_sessions("key = ?1", Ending::logged_out,
                         [&](Statement& row) { row.bind_blob(1, key); });
        return {};
    });
}

result<std::vector<Session>> Sessions::of(AccountId account) {
    using Found = result<std::vector<Session>>;
    return db_.read<Found>("cannot read the sessions", [&]() -> Found {
        std::vector<Session> out;
        Statement rows(db_.database(), select_sessions("WHERE account = ?1"));
        rows.bind(1, account.value);
        while (rows.step()) {
            Session one = session_row(rows);
            if (const auto found = seen_.find(one.key); found != seen_.end()) {
                one.seen = std::max(one.seen, found->second);
            }
            out.push_back(std::move(one));
        }
        std::ranges::stable_sort(out, std::ranges::greater{}, &Session::seen);
        return out;
    });
}

result<void> Sessions::tick(Instant now) {
    // A clock that went back is no reason to wait for it.
    if (written_ && now >= *written_ && now - *written_ < between_writes) return {};
    const auto done = db_.change<result<void>>("cannot keep the sessions", [&]() -> result<void> {
        for (const auto& [key, at] : seen_) {
            auto session = load(key);
            if (!session) continue;
            session->seen = at;
            write(db_.database(), *session);
        }
        Statement over(db_.database(), "DELETE FROM sessions WHERE created <= ?1 OR seen <= ?2");
        over.bind(1, to_unix_ms(now - options_.longest));
        over.bind(2, to_unix_ms(now - options_.idle));
        over.run();
        return {};
    });
    if (!done) return done;
    seen_.clear();
    written_ = now;
    return {};
}

}  // namespace anju::access
