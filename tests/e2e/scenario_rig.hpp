// A box with a driven clock on which drills are allowed, its two brokers and the platform, and the
// people of the community that the library's scenarios are about.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "tests/e2e/rig.hpp"

namespace anju::test {

class DrilledBox {
public:
    DrilledBox();

    /// Starts it, sets its clock to before any scenario and makes the community known. An empty
    /// text, or what went wrong.
    [[nodiscard]] std::string start();

    /// The score of a drill, as --json tells it; an object with `said` when there is none.
    [[nodiscard]] boost::json::object drill(const std::string& scenario,
                                            const std::vector<std::string>& more = {});

    /// From here on the box reaches the district, also when no drill stands between. Waits until
    /// the district has these alerts and nothing is missing; what `platform-report --json` says
    /// then, or after half a minute.
    [[nodiscard]] boost::json::object district_gets(const std::vector<std::string>& alerts);

    [[nodiscard]] Rig& rig() { return rig_; }

private:
    std::uint16_t district_port_;  ///< where the drill stands between box and district
    Rig rig_;
    Child way_;  ///< a proxy that lets everything pass
};

}  // namespace anju::test
