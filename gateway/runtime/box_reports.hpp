// When the district is told how the box does: at the start, once a day, when an update came to its
// end, and when something goes wrong or becomes right again. Something that comes and goes all the
// time (a link in the rain, a board at its limit) is told once: a warning has to hold, and to be
// gone, for some minutes.
//
// Pure: time is passed in. One thread.
#pragma once

#include <chrono>
#include <optional>

#include "runtime/box_health.hpp"
#include "runtime/settled.hpp"

namespace anju {

class BoxReports {
public:
    struct Options {
        std::chrono::seconds daily{24 * 3600};
        /// A warning is told when it has held for this long, and taken back when it was gone for
        /// this long. At the start nothing is connected yet.
        std::chrono::seconds hold{180};
        /// Between two reports because of warnings, however many come.
        std::chrono::seconds at_most_every{600};
    };

    BoxReports() : BoxReports(Options{}) {}
    explicit BoxReports(Options options) : options_(options) {}

    struct Report {
        BoxCause cause{};
        BoxWarnings warnings;  ///< those that hold for long enough
    };
    /// To be asked every few seconds or minutes. A report that is returned counts as made.
    [[nodiscard]] std::optional<Report> look(const BoxHealth& health, SteadyTime now);

    /// Those that hold for long enough, as of the last look.
    [[nodiscard]] const BoxWarnings& warnings() const { return settled_.now(); }

private:
    Options options_;
    BoxWarnings seen_;  ///< as they are
    Settled<BoxWarning> settled_;
    BoxWarnings told_;
    BoxUpdate update_told_;
    std::optional<SteadyTime> last_;  ///< report of any cause
    std::optional<SteadyTime> last_warning_;
};

}  // namespace anju
