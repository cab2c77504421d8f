// Whether the box protects, as files of the service's runtime folder (/run/anju), which units of
// systemd wait for: "protected" or "not-protected", never both; and "aloud" or "quiet", never both,
// of which "aloud" is there by day alone. "quiet" ends what "aloud" began: a target that is never
// left would be reached on the first day only. The daemon itself needs no right to any lamp or
// program for that.
//
// "unprotected-since" holds the second of the machine's uptime (/proc/uptime) since when the box
// does not protect. It outlives the process, as do "aloud" and "quiet", which a process leaves
// alone until it has looked for the first time; what is decided of them while there is no such
// process, the script deploy/systemd/anju-aloud-check says.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "runtime/protection.hpp"

namespace anju {

/// One thread.
class ProtectionFlags {
public:
    /// Empty: there are no such files, and nothing is done.
    explicit ProtectionFlags(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// What systemd has made for the service ($RUNTIME_DIRECTORY); empty without it.
    [[nodiscard]] static std::filesystem::path folder_of_service();
    /// "home_broker no_sensor"
    [[nodiscard]] static std::string text_of(const std::set<Unprotected>& reasons);

    /// As an earlier process or the script has left it; nullopt: it protected, or nobody knows.
    [[nodiscard]] std::optional<SteadyTime> since(SteadyTime now) const;

    /// To be called every second or so: writes where something has changed, be it that somebody
    /// else has written. Before the first look of `protection` "aloud" stays as it is, and an
    /// earlier "unprotected-since" too. What could not be written is tried again, after one second
    /// at first and five minutes at most, and at once when something else is to be said. Logged
    /// with the first failure and with the success after it.
    void show(const Protection& protection, SteadyTime now);
    /// Writes that failed, since the start.
    [[nodiscard]] std::uint64_t failures() const { return failures_; }

private:
    struct Said {
        std::string reasons;        ///< empty: it protects
        std::optional<bool> aloud;  ///< nullopt: as it is
        std::optional<SteadyTime> since;
        /// Since when does not change while it is.
        bool operator==(const Said& other) const {
            return reasons == other.reasons && aloud == other.aloud &&
                   since.has_value() == other.since.has_value();
        }
    };
    [[nodiscard]] bool put(const Said& said);
    [[nodiscard]] bool put(const char* name, const char* instead_of, const std::string& content);
    [[nodiscard]] bool put_since(std::optional<SteadyTime> since);
    [[nodiscard]] bool is_there(const Said& said) const;

    std::filesystem::path folder_;
    std::optional<Said> shown_;    ///< nullopt: what an earlier process or a failure left is there
    std::optional<Said> tried_;    ///< last
    std::chrono::seconds wait_{};  ///< zero: the last try did not fail
    SteadyTime again_{};
    std::uint64_t failures_ = 0;
};

}  // namespace anju
