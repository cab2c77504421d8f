// The rules of the weekly rounds: 1 visit + 3 calls. Layered district < community < resident.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/model/ids.hpp"
#include "core/model/instant.hpp"

namespace anju {

/// A span of a local day, since midnight; from < to <= 24 h.
struct Window {
    Duration from{};
    Duration to{};

    friend bool operator==(const Window&, const Window&) = default;
};

/// What a community asks of itself and of its workers.
struct CareRules {
    std::uint8_t visits = 1;  ///< a week and resident, on days of their own
    std::uint8_t calls = 3;
    std::uint8_t max_gap_days = 3;  ///< between successful contacts, across weeks: never more
    std::uint8_t preferred_gap_days = 2;
    Duration apart = std::chrono::hours{20};  ///< between two contacts, at least
    std::vector<Window> call_windows{{std::chrono::hours{9}, std::chrono::minutes{11 * 60 + 30}},
                                     {std::chrono::minutes{14 * 60 + 30}, std::chrono::hours{19}}};
    std::vector<Window> visit_windows{
        {std::chrono::hours{9}, std::chrono::minutes{11 * 60 + 30}},
        {std::chrono::minutes{14 * 60 + 30}, std::chrono::minutes{17 * 60 + 30}}};

    Duration visit_length = std::chrono::minutes{20};
    Duration visit_travel = std::chrono::minutes{10};
    Duration call_length = std::chrono::minutes{6};
    Duration call_between = std::chrono::minutes{2};
    std::uint16_t worker_visits = 8;  ///< a day
    std::uint16_t worker_calls = 24;  ///< a day
    Duration worker_day = std::chrono::minutes{330};
    std::uint16_t worker_residents = 20;  ///< aim
    std::uint16_t worker_residents_cap = 30;

    Duration call_again = std::chrono::minutes{15};
    Duration call_third = std::chrono::hours{2};    ///< in another window where there is one
    Duration visit_within = std::chrono::hours{4};  ///< after the third, without fresh activity
    Duration revisit_within = std::chrono::hours{24};
    Duration shortest_call = std::chrono::seconds{30};
    std::uint16_t longest_suspension_days = 30;
    Duration return_check_within = std::chrono::hours{24};

    friend bool operator==(const CareRules&, const CareRules&) = default;
};

/// What differs for one resident (一人一策). What is nullopt or empty is the community's.
struct CareProfile {
    std::optional<std::uint8_t> visits;
    std::optional<std::uint8_t> calls;
    /// 变通: messages instead of calls, for the deaf. Takes effect only with `variant_approved_by`.
    bool by_message = false;
    std::string variant_approved_by;
    std::vector<Window> call_windows;  ///< the resident's preference overrides the community's
    std::vector<Window> visit_windows;
    std::uint8_t weekdays = 0x7f;  ///< days that suit, bit 0 = Monday; never 0
    WorkerId worker;               ///< asked for by name; empty: whoever the plan gives

    friend bool operator==(const CareProfile&, const CareProfile&) = default;
};

}  // namespace anju
