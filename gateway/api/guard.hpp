// Who calls, whether they may, and what is written down of it. No route of the console is reached
// but through here.
//
// A caller is known by the cookie of a session. Whoever changes something must have read the page
// of this box: the browser says that the page is of the same origin (Sec-Fetch-Site, else Origin),
// and the request carries the session's token, which no other page can read. Loop thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.hpp"
#include "access/folds.hpp"
#include "access/syncer.hpp"
#include "api/sight.hpp"
#include "http/message.hpp"
#include "runtime/clock.hpp"

namespace anju::api {

class Guard;

using Answer = std::function<void(http::Response)>;
/// Hands the response to `answer`, now or when it is made.
void send(http::Response response, const Answer& answer);

/// Whoever has come past the guard; as long as the handler runs.
struct Caller {
    const http::Request& request;
    const access::Account& account;
    const access::Session& session;
    std::string token;  ///< of the cookie
    Sight sight;
    Guard& guard;

    /// What stands in a place of the path, decoded.
    [[nodiscard]] std::string place(std::size_t number) const;
    /// An id of a command that no other account can have chosen too.
    [[nodiscard]] std::string own(const std::string& command_id) const;
    [[nodiscard]] bool may(access::Action action) const {
        return access::allows(account.role, action);
    }
    /// Into the audit log: personal data of `subject` was shown, of those that `detail` names;
    /// `action` was done to it.
    void saw(std::string_view subject, std::string_view detail = {}) const;
    void did(std::string_view action, std::string_view subject, std::string_view detail) const;
    /// To be written before what another store keeps is changed: what cannot be written down is
    /// not done, and what the power cut short is seen to have been asked for. did() follows.
    void asks(std::string_view action, std::string_view subject) const {
        did(action, subject, "asked");
    }
    /// 403, counted and in the log.
    [[nodiscard]] http::Response refuse() const;

    /// For what is worked out beside the loop: `start` is called after the handler, and hands what
    /// it got to what it is given, on the loop and once. Whether the caller may do `action` is
    /// looked at again then, and `act` answers with it.
    template <class T>
    [[nodiscard]] http::Response later(
        access::Action action, std::function<void(std::function<void(T)> take)> start,
        std::function<http::Response(const Caller& again, T& got)> act) const;
};

class Guard {
public:
    struct Counters {
        std::uint64_t no_session{};
        std::uint64_t not_allowed{};
        std::uint64_t not_found{};  ///< also what lies outside of the scope
        std::uint64_t forged{};     ///< from another page, or without the token
        std::uint64_t too_many{};   ///< of one account, more than it may ask for
    };
    /// All must outlive it.
    Guard(access::Access& access, access::Syncer& syncer, const Clock& clock)
        : access_(access), syncer_(syncer), clock_(clock) {}

    using Act = std::function<http::Response(const Caller& caller)>;
    /// A handler for whoever may do `action`, and has no password to change first.
    [[nodiscard]] http::Handler allow(access::Action action, Act act);
    /// For whoever may do one of them.
    [[nodiscard]] http::Handler allow_any(std::vector<access::Action> actions, Act act);
    /// A handler for whoever has a session.
    [[nodiscard]] http::Handler known(Act act);
    /// A handler that needs no session, such as the one that makes it; from this origin alone.
    [[nodiscard]] http::Handler anybody(http::Handler act);

    /// What `act` answers, or 503 when a store fails it (Unavailable). What it wrote into the
    /// console's database is on the disk before the answer is sent, which waits for that beside
    /// the loop; when the disk refuses it, the answer is 503 too.
    [[nodiscard]] http::Response kept_up(const std::function<http::Response()>& act);
    /// Throws Unavailable: what cannot be written down is not shown and not done.
    void write(const access::AuditEntry& entry, bool view = false);
    /// The same, as a count when the account did it in the last minute already. `kind`: what of it
    /// is the same.
    void write_folded(const access::AuditEntry& entry, const std::string& kind);
    /// Writes down the counts of the minutes that are over. About once a second.
    void tick();
    [[nodiscard]] const Counters& counters() const { return counters_; }
    [[nodiscard]] access::Access& access() { return access_; }
    [[nodiscard]] Instant now() const { return clock_.read().wall; }
    [[nodiscard]] SteadyTime steady() const { return clock_.read().steady; }
    /// Asked by streams: whether a session still lasts. It counts as a use of it.
    [[nodiscard]] bool lasts(const std::string& key);

private:
    friend struct Caller;
    [[nodiscard]] http::Handler guarded(http::Handler handler);
    [[nodiscard]] http::Response synced(http::Response response);
    [[nodiscard]] http::Response pass(const http::Request& request,
                                      const std::vector<access::Action>& actions, const Act& act);
    [[nodiscard]] Sight sight_of(const access::Account& account) const;

    access::Access& access_;
    access::Syncer& syncer_;
    const Clock& clock_;
    Counters counters_;
    access::Folds folds_;
    access::Allowance allowance_;
};

template <class T>
http::Response Caller::later(access::Action action,
                             std::function<void(std::function<void(T)> take)> start,
                             std::function<http::Response(const Caller& again, T& got)> act) const {
    http::Response out;
    out.later = [&doors = guard, asked = request, action, start = std::move(start),
                 act = std::move(act)](const Answer& answer) {
        start([&doors, asked, action, act, answer](T got) {
            const auto again =
                doors.allow(action, [&](const Caller& caller) { return act(caller, got); });
            send(again(asked), answer);
        });
    };
    return out;
}

/// Whether a browser says that a page of this origin asks, or no browser says anything.
[[nodiscard]] bool is_same_origin(const http::Request& request);
/// "GET" and "HEAD" change nothing.
[[nodiscard]] bool is_safe(const http::Request& request);

/// The cookie of a session, which a browser keeps for `lasts`: not longer than the session can
/// last, and not shorter, or somebody would be logged out early. Over TLS it is named so that no
/// other host and no page in the clear can set it (RFC 6265bis, 4.1.3.2).
[[nodiscard]] std::string session_cookie(const http::Request& request, std::string_view token,
                                         std::chrono::seconds lasts);
/// Takes the cookie away.
[[nodiscard]] std::string no_session_cookie(const http::Request& request);
/// The token in the cookie of a request; empty: none.
[[nodiscard]] std::string session_token(const http::Request& request);

}  // namespace anju::api
