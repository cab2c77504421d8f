// Residents as the console reads them (docs/protocol/console.md). Loop thread.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "api/sight.hpp"
#include "control/render.hpp"
#include "control/render_care.hpp"

namespace anju::api {

/// A resident and where they live. Points into the engine: until the next input.
struct Lodger {
    const Household* home{};
    const Resident* resident{};
};

/// Which residents a list holds; what is empty does not matter.
struct ResidentQuery {
    std::string words;  ///< a part of name, address, number or id, whatever the case
    CommunityId community;
};

class ResidentViews {
public:
    ResidentViews(const control::Render& render, const control::CareRender& care,
                  std::chrono::minutes utc_offset)
        : render_(render), care_(care), offset_(utc_offset) {}

    /// Those that may be seen and are wanted, by community, household and id.
    [[nodiscard]] static std::vector<Lodger> find(const ResidentQuery& query, Look& look);
    /// nullopt: there is none, or none that may be seen.
    [[nodiscard]] static std::optional<Lodger> find(const ResidentId& resident, Look& look);

    /// Elements of a list. Looks at every community of `some` once.
    [[nodiscard]] boost::json::array items(const std::vector<Lodger>& some, Instant now,
                                           Look& look) const;
    /// One of them with contacts and devices.
    [[nodiscard]] boost::json::object in_full(const Lodger& one, Instant now, Look& look) const;

private:
    [[nodiscard]] boost::json::object item(const Lodger& one, const CommunityView* community,
                                           Instant now, Look& look) const;

    const control::Render& render_;
    const control::CareRender& care_;
    std::chrono::minutes offset_;
};

}  // namespace anju::api
