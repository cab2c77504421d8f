// Everything about who may use the console, opened together.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "access/accounts.hpp"
#include "access/audit_log.hpp"
#include "access/console_db.hpp"
#include "access/once_tokens.hpp"
#include "access/sessions.hpp"
#include "access/setup_code.hpp"
#include "access/throttle.hpp"
#include "runtime/clock.hpp"

namespace anju::access {

/// Loop thread.
class Access {
public:
    struct Options {
        std::filesystem::path data_dir = {};
        Sessions::Options sessions = {};
        AuditLog::Options audit = {};
        std::string vfs = {};                          ///< of SQLite; empty: its default
        std::shared_ptr<const vault::Keys> keys = {};  ///< see ConsoleDb::Options
        store::TellProgress progress = {};             ///< of opening
    };

    /// See ConsoleDb::open(). Without any account the setup code lies ready; with one it is gone.
    [[nodiscard]] static result<std::unique_ptr<Access>> open(const Options& options, Instant now);

    /// What was found and done at the start, for log and status.
    [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

    [[nodiscard]] ConsoleDb& db() { return *db_; }
    [[nodiscard]] Accounts& accounts() { return accounts_; }
    [[nodiscard]] Sessions& sessions() { return sessions_; }
    [[nodiscard]] OnceTokens& once() { return once_; }
    [[nodiscard]] AuditLog& audit() { return audit_; }
    [[nodiscard]] SetupCode& setup() { return setup_; }
    [[nodiscard]] Throttle& logins() { return logins_; }
    /// By address: setup codes and once-only tokens that were wrong; five cost nothing.
    [[nodiscard]] BackOff& guesses() { return guesses_; }

    /// The first account, with what belongs to it: it, its line in the audit, then the code is
    /// removed. The caller has checked code and password. A file that cannot be removed is a note.
    [[nodiscard]] outcome<Account> finish_setup(std::string_view name, std::string_view hash,
                                                std::string_view peer, Instant now);

    /// Housekeeping, every few seconds: sessions once a minute, the audit once an hour.
    [[nodiscard]] result<void> tick(const ClockReading& now);

private:
    Access(const Options& options, ConsoleDb::Opened opened);

    std::unique_ptr<ConsoleDb> db_;
    std::vector<std::string> notes_;
    Accounts accounts_;
    Sessions sessions_;
    OnceTokens once_;
    AuditLog audit_;
    SetupCode setup_;
    Throttle logins_;
    BackOff guesses_;
    SteadyTime next_prune_{};
};

}  // namespace anju::access
