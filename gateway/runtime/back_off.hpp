// Failures by key (an address, a name), and how long whoever failed has to wait: the first ones
// cost nothing, then the wait doubles up to a limit, and after a quiet while all is forgotten.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>

#include "runtime/clock.hpp"

namespace anju {

/// Bounded; one thread.
class BackOff {
public:
    struct Options {
        unsigned free = 5;              ///< failures that cost nothing
        std::chrono::seconds first{1};  ///< wait after those, doubled with each further one
        std::chrono::seconds most{900};
        std::chrono::seconds forget{3600};  ///< without a failure for so long: as new
        std::size_t keys = 1024;  ///< beyond: the one that failed longest ago is forgotten
    };

    BackOff() = default;
    explicit BackOff(Options options) : options_(options) {}

    /// What is left of the wait, rounded up; zero: go ahead.
    [[nodiscard]] std::chrono::seconds wait(const std::string& key, SteadyTime now) const;
    /// Failures that are not forgotten.
    [[nodiscard]] unsigned failures(const std::string& key, SteadyTime now) const;
    /// One more failure; lengthens the wait.
    void failed(const std::string& key, SteadyTime now);
    /// It asked before its wait was over: nothing gets longer, but it is not forgotten meanwhile.
    void asked_too_early(const std::string& key, SteadyTime now);
    /// The last failure was none. Only of a try that did not come too early: no wait is left then.
    void take_back(const std::string& key);
    void forget(const std::string& key) { records_.erase(key); }
    [[nodiscard]] std::size_t size() const { return records_.size(); }

private:
    struct Record {
        unsigned count{};
        SteadyTime last{};
        SteadyTime until{};  ///< too early before
    };
    void make_room(SteadyTime now);

    Options options_;
    std::map<std::string, Record> records_;
};

}  // namespace anju
