// What is said again and again, as a count: whoever is refused a thousand times in a minute leaves
// two rows in the audit and not a thousand, which would push out what others did.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "access/audit_log.hpp"
#include "runtime/clock.hpp"

namespace anju::access {

/// Bounded; what it counts is in memory only, so that a crash may lose the count of a minute, but
/// never the first of a kind. Loop thread.
class Folds {
public:
    struct Options {
        std::chrono::seconds window{60};
        std::size_t most = 1024;  ///< kinds at once; beyond that all else is one kind
    };

    Folds() = default;
    explicit Folds(Options options) : options_(options) {}

    /// Whether `entry` is the first of its account and `kind` for `window`, and is to be written;
    /// otherwise it was counted.
    [[nodiscard]] bool is_first(const AuditEntry& entry, const std::string& kind, SteadyTime now);
    /// An entry for each kind whose window is over and that came more than once: as the first,
    /// "count=" and how often it came again in front of its detail. To be written.
    [[nodiscard]] std::vector<AuditEntry> take_over(SteadyTime now);

private:
    struct Kind {
        AuditEntry entry;
        SteadyTime since{};
        std::uint64_t again{};
    };
    Options options_;
    std::map<std::string, Kind> kinds_;
};

/// How much each account may ask for: `burst` at once, then `a_second`. Bounded by the accounts
/// that there can be. Loop thread.
class Allowance {
public:
    struct Options {
        double burst = 300;
        double a_second = 20;
    };

    Allowance() = default;
    explicit Allowance(Options options) : options_(options) {}

    /// Zero: it may, and that was one. Otherwise how long to wait.
    [[nodiscard]] std::chrono::seconds take(AccountId account, SteadyTime now);

private:
    struct Left {
        double count{};
        SteadyTime at{};
    };
    Options options_;
    std::map<AccountId, Left> left_;
};

}  // namespace anju::access
