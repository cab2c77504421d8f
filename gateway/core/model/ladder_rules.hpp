// How long who has to answer an alert, and who is told next (升级). Layered like all rules:
// district, community, resident. Times count from when the alert is open, unless said otherwise.
#pragma once

#include <cstdint>

#include "core/model/instant.hpp"
#include "core/model/work_calendar.hpp"

namespace anju {

struct LadderRules {
    // P1 危急: smoke, gas, SOS
    Duration p1_second_worker = std::chrono::minutes{1};  ///< and the neighbour
    Duration p1_street_again = std::chrono::minutes{3};
    Duration p1_ask_119 = std::chrono::minutes{5};  ///< a person is asked whether to call 119/120
    Duration p1_resume = std::chrono::minutes{5};   ///< acknowledged, and nobody on the way
    Duration p1_arrival_aim = std::chrono::minutes{15};
    Duration p1_arrival = std::chrono::minutes{45};  ///< overdue from then on

    // P2 紧急
    std::uint8_t self_check_asks = 2;  ///< 本人确认; 0: no self-check
    Duration self_check_gap =
        std::chrono::minutes{15};  ///< between two of them, and after the last
    Duration p2_second_worker = std::chrono::minutes{15};
    Duration p2_lead = std::chrono::minutes{30};
    Duration p2_street = std::chrono::minutes{60};
    Duration p2_resume = std::chrono::minutes{20};
    Duration p2_arrival = std::chrono::minutes{60};

    // P3 关注, in working time
    Duration p3_lead = std::chrono::hours{4};

    // P4 设备
    Duration p4_lead = std::chrono::hours{24};
    Duration p4_repair = std::chrono::hours{72};
    Duration p4_repair_blind = std::chrono::hours{24};  ///< smoke, gas, SOS: protection is blind

    // P1 and P2, once somebody is there
    Duration on_site = std::chrono::hours{1};         ///< there for so long, and nothing came of it
    Duration write_up = std::chrono::hours{4};        ///< resolved, and not closed: the owner
    Duration write_up_lead = std::chrono::hours{24};  ///< the lead, from then on every day

    /// A supervisor looks at a closed P1 or P2 within.
    Duration review = std::chrono::hours{24};
    WorkingHours hours;

    friend bool operator==(const LadderRules&, const LadderRules&) = default;
};

}  // namespace anju
