// A person who is cared for, and the people around.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/model/care_rules.hpp"
#include "core/model/ids.hpp"
#include "core/model/roles.hpp"

namespace anju {

/// 老人状态. Inactivity is watched only while `active`; smoke, gas, SOS and leaks always.
enum class ResidentStatus : std::uint8_t {
    active = 1,
    away = 2,
    hospitalised = 3,
    institution = 4,
    declined = 5,
    withdrawn = 6,
    deceased = 7,
};

/// 紧急联系人, 邻里.
struct ContactPerson {
    std::string name;
    std::string phone;                    ///< as it is dialled
    std::string relation;                 ///< for people: "女儿 daughter"
    Role role = Role::emergency_contact;  ///< emergency_contact or neighbour

    friend bool operator==(const ContactPerson&, const ContactPerson&) = default;
};

struct Resident {
    ResidentId id;
    std::string name;  ///< shown on the box only, never sent to the district
    ResidentStatus status = ResidentStatus::active;
    std::string phone = {};
    std::vector<ContactPerson> contacts = {};
    CareProfile care = {};

    friend bool operator==(const Resident&, const Resident&) = default;
};

/// Lives at home, as far as anybody said.
[[nodiscard]] inline bool is_active(const Resident& resident) {
    return resident.status == ResidentStatus::active;
}

}  // namespace anju
