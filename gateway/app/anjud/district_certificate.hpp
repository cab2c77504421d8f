// The box's certificate for the district, as anjud sees it: when its time is two thirds over the
// district is asked for the next one over the line that the present one opens, and what it issues
// is laid where root takes it from. anjud cannot put it in place: /etc is not its to write.
//
// One thread (the loop). Reads and writes a few small files.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "config/config.hpp"
#include "provision/certificates.hpp"
#include "runtime/box_health.hpp"
#include "runtime/clock.hpp"
#include "runtime/journal.hpp"

namespace anju {

class DistrictCertificate {
public:
    /// `broker`: of the district, with the certificate that is in use. The request lies beside it,
    /// as NAME.csr. `kept`: a folder that stays over power cuts, for what was issued and not put in
    /// place yet; `handed`: where root looks for it, empty outside of a service. What was kept and
    /// is not fit any more is given up.
    DistrictCertificate(const config::Broker& broker, std::filesystem::path kept,
                        std::filesystem::path handed, const ClockReading& now);

    /// nullopt: the box shows none. Another one is asked for when one waits for longer than root's
    /// weekly look takes. With a clock that nobody sets nothing is asked for: what looks
    /// due may not be.
    [[nodiscard]] std::optional<BoxCertificate> facts(const ClockReading& now) const;

    /// What becomes of a certificate that the district has issued. Applied: it is on the disk and
    /// waits. Already: it waits, or is in use.
    [[nodiscard]] std::pair<CommandStatus, std::string> take(std::string_view certificates,
                                                             const ClockReading& now);

private:
    [[nodiscard]] std::string next_request() const;
    [[nodiscard]] bool for_our_key(std::string_view certificates) const;
    [[nodiscard]] result<provision::Facts> fit(std::string_view certificates,
                                               provision::Time at) const;
    void hand_over(std::string_view certificates) const;

    config::Broker broker_;
    std::filesystem::path kept_;
    std::filesystem::path handed_;
    std::string used_;   ///< PEM; empty: none
    std::string waits_;  ///< PEM; empty: nothing
    SteadyTime waits_since_{};
    BoxCertificate certificate_;
    std::string name_;  ///< as whom the certificate in use speaks
};

}  // namespace anju
