// Wrong passwords: counted by name and by address, and answered with less and less patience.
//
// Nobody is locked out for good. The longest wait is 15 minutes, and whoever tries another's name
// again and again does not keep its owner out: from an address that has hardly failed, a name may
// be tried although it is being attacked, `clean_tries` times in `clean_window`, so that ten
// thousand addresses are not ten thousand tries either. What is worth guessing costs argon2id
// besides.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "runtime/back_off.hpp"

namespace anju::access {

/// Bounded. Loop thread.
class Throttle {
public:
    struct Options {
        BackOff::Options names{
            .free = 5, .first = std::chrono::seconds{2}, .most = std::chrono::seconds{900}};
        /// An office has one address, and people who mistype.
        BackOff::Options peers{
            .free = 10, .first = std::chrono::seconds{2}, .most = std::chrono::seconds{900}};
        unsigned clean_below = 3;  ///< failures
        unsigned clean_tries = 5;
        std::chrono::seconds clean_window{900};
    };

    Throttle() = default;
    explicit Throttle(Options options)
        : options_(options), names_(options.names), peers_(options.peers) {}

    /// Zero: the password may be looked at; otherwise answer 429 and this Retry-After, without
    /// looking. `peer` as http::counted_as() gives it. A try that is let through counts as failed
    /// until one of the two below says otherwise, so that nothing is won by trying all at once.
    [[nodiscard]] std::chrono::seconds admit(std::string_view name, const std::string& peer,
                                             SteadyTime now);
    /// The name is as new; of the address only this try is forgotten, or one good login would pay
    /// for any number of bad ones.
    void succeeded(std::string_view name, const std::string& peer);
    /// It was not found out whether the password was right.
    void undecided(std::string_view name, const std::string& peer);

    [[nodiscard]] std::uint64_t admitted() const { return admitted_; }
    [[nodiscard]] std::uint64_t turned_away() const { return turned_away_; }
    [[nodiscard]] std::size_t remembered() const {
        return names_.size() + peers_.size() + clean_.size();
    }

private:
    struct Clean {
        SteadyTime since{};
        unsigned tries{};
    };
    [[nodiscard]] std::chrono::seconds clean_try(const std::string& key, SteadyTime now);

    Options options_;
    BackOff names_{Options{}.names};
    BackOff peers_{Options{}.peers};
    std::map<std::string, Clean> clean_;  ///< at most as many as `names` has keys
    std::uint64_t admitted_ = 0;
    std::uint64_t turned_away_ = 0;
};

}  // namespace anju::access
