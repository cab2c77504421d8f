// Sets up a box from its answers: secrets, authority, certificates, the broker's and the gateway's
// configuration. Doing it again changes nothing that holds already, so that it can be run after a
// power cut, after an update and by a timer.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "config/setup.hpp"
#include "provision/certificates.hpp"
#include "provision/tree.hpp"

namespace anju::provision {

/// Before this no box was set up: a clock that says so is a clock that nobody has set.
inline constexpr Time earliest{std::chrono::seconds{1'767'225'600}};  // 2026-01-01

/// What the clock says, or `earliest` where it says less. A certificate that was made in 1970
/// would be over before anybody sees it.
[[nodiscard]] constexpr Time sensible(Time now) {
    return now < earliest ? earliest : now;
}

/// Two thirds through: a quarter of a year of failed renewals still leaves time.
[[nodiscard]] constexpr Time due(const Validity& validity) {
    return validity.from + (validity.until - validity.from) / 3 * 2;
}

struct SetupOptions {
    std::filesystem::path templates = "/usr/share/anju";
    bool replace = false;  ///< write texts anew that somebody has changed; the old go to NAME.old
    bool renew = false;    ///< issue certificates anew that are due
    /// Nothing but certificates and what a run that was cut off has left: for a timer, which must
    /// not carry out an update's templates while nobody looks.
    bool certificates_only = false;
    Time now{};
};

struct Step {
    std::string path;  ///< as on the box
    Placed placed{};
};

/// Something that a person should know.
struct Remark {
    /// "certificate_due" {path, day}, "certificate_foreign" {path}, "text_kept" {path},
    /// "clock_unset" {}, "not_enrolled" {path of the request}
    std::string code;
    std::vector<std::string> arguments;
};

struct SetupDone {
    std::vector<Step> steps;  ///< in the order in which they were made
    std::vector<Remark> remarks;
    /// Files that services have not been told of yet, of this run and of those before it that were
    /// cut off before services_told().
    std::vector<std::string> due;

    /// Whether anything whose path begins so was made or replaced.
    [[nodiscard]] bool changed(std::string_view folder) const;
};

/// On an Error what was done before it stays, and is found in order by the next run. Needs root
/// for the owners of the files; without, everything is the caller's.
[[nodiscard]] result<SetupDone> set_up(const Tree& tree, const config::Setup& setup,
                                       const SetupOptions& options);

/// What waits for services_told(): also after a power cut between the files and the services.
[[nodiscard]] result<std::vector<std::string>> services_due(const Tree& tree);
/// Whether something in it begins so, or may: of a run that was cut off nobody knows.
[[nodiscard]] bool is_due(const std::vector<std::string>& due, std::string_view folder);
/// The services have what is on the disk, or a person was told to restart them.
[[nodiscard]] result<void> services_told(const Tree& tree);

/// The date, as "2027-02-28".
[[nodiscard]] std::string day_of(Time time);

}  // namespace anju::provision
