// Links that nobody made: counted per address, and answered with less and less patience.
//
// A token cannot be guessed (128 bits); this keeps whoever tries from costing the box anything, and
// makes it visible. It never stands before a good token: an alert is not to wait because somebody
// behind the same address translation plays with links.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "runtime/back_off.hpp"

namespace anju::http {

class Failures {
public:
    struct Options {
        unsigned free = 5;              ///< mistyped links that cost nothing
        std::chrono::seconds first{1};  ///< back-off after those, doubled with each further one
        std::chrono::seconds most{900};
        std::chrono::seconds forget{3600};  ///< without a failure for so long: as new
        std::size_t addresses = 1024;  ///< beyond: the one that failed longest ago is forgotten
    };

    Failures() = default;
    explicit Failures(Options options)
        : records_({.free = options.free,
                    .first = options.first,
                    .most = options.most,
                    .forget = options.forget,
                    .keys = options.addresses}) {}

    /// Counts a failure of `address`. Zero: answer it; otherwise it comes too early after the ones
    /// before, and is to be told to come again after so long. One that comes too early does not
    /// lengthen the wait.
    [[nodiscard]] std::chrono::seconds failed(const std::string& address, SteadyTime now);

    [[nodiscard]] std::uint64_t counted() const { return counted_; }
    [[nodiscard]] std::uint64_t turned_away() const { return turned_away_; }

private:
    BackOff records_;
    std::uint64_t counted_ = 0;
    std::uint64_t turned_away_ = 0;
};

}  // namespace anju::http
