// Who takes part in caring, and is told of alerts. Numbers are stored and go on the wire.
#pragma once

#include <cstdint>

namespace anju {

enum class Role : std::uint8_t {
    resident = 1,           ///< 老人: asked by the box itself
    emergency_contact = 2,  ///< 紧急联系人
    neighbour = 3,          ///< 邻里/志愿者
    grid_worker = 4,        ///< 网格员: whoever cares for this resident today
    second_worker = 5,      ///< 网格员: another one of the community
    community_lead = 6,     ///< 社区负责人
    street_centre = 7,      ///< 镇街指挥中心
    district_centre = 8,    ///< 区治理中心
    maintainer = 9,         ///< 运维
    owner = 10,             ///< 负责人: whoever has this alert
};

}  // namespace anju
