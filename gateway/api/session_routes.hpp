// /api/v1/session and /api/v1/setup: who comes in, and how.
//
// Passwords are hashed and compared on a thread of their own; before and after it the loop looks
// whether the try still holds. What a name or a code is worth is learned by nobody who does not
// have the secret to it: wrong name and wrong password are one answer, in one time.
#pragma once

#include <boost/json.hpp>
#include <functional>
#include <string>

#include "api/guard.hpp"
#include "api/hasher.hpp"
#include "http/router.hpp"

namespace anju::api {

class SessionRoutes {
public:
    struct Options {
        std::string gateway_id;
        std::string version;
        std::chrono::minutes utc_offset{};
        std::function<Instant()> now;  ///< of the gateway, as alerts have it
        /// Carries back to the loop; any thread.
        std::function<void(std::function<void()>)> post;
    };
    /// Must outlive the router; the guard and the hasher must outlive it, and what `post` carried
    /// must not run afterwards.
    SessionRoutes(Options options, Guard& guard, Hasher& hasher);

    void add_to(http::Router& router);

private:
    [[nodiscard]] http::Response show(const http::Request& request);
    [[nodiscard]] http::Response log_in(const http::Request& request);
    [[nodiscard]] http::Response log_in_once(const http::Request& request);
    [[nodiscard]] http::Response set_up(const http::Request& request);
    [[nodiscard]] http::Response log_out(const Caller& caller);
    [[nodiscard]] http::Response change_password(const Caller& caller);

    /// Into the audit: a secret that was none.
    void guessed(const std::string& what, const std::string& peer);
    [[nodiscard]] http::Response welcome(const http::Request& request,
                                         const access::Account& account, std::string_view action);
    [[nodiscard]] boost::json::object session(const access::Account& account,
                                              std::string_view token,
                                              const http::Request& request) const;
    /// Has `slow` done beside the loop and `then` with what it gave on the loop; the answer of
    /// `then` is the request's. 503 when too many wait, or when it took so long that nobody waits
    /// for it any more: then `given_up` is called, if there is one, and not `then`.
    template <class Result>
    [[nodiscard]] http::Response later(std::function<Result()> slow,
                                       std::function<http::Response(Result)> then,
                                       std::function<void()> given_up = {});
    [[nodiscard]] http::Response set_password(const http::Request& request,
                                              const access::Account& account,
                                              const access::PasswordTry& tried,
                                              std::string_view action, const std::string& hash);

    Options options_;
    Guard& guard_;
    Hasher& hasher_;
};

/// An account for screens.
[[nodiscard]] boost::json::object shown(const access::Account& account,
                                        std::chrono::minutes utc_offset);
/// A refusal by the accounts, as a problem.
[[nodiscard]] http::Response refused(const access::Refused& why);

}  // namespace anju::api
