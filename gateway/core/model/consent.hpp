// Who agreed to which kind of sensor. The law (个人信息保护法 art. 13, 15, 47) asks that consent
// can be withdrawn as easily as it was given, and that what was collected goes with it.
#pragma once

#include <cstdint>
#include <string>

#include "core/model/household.hpp"
#include "core/model/ids.hpp"
#include "core/model/instant.hpp"

namespace anju {

/// 同意. What is unrecorded counts as given at the installation; the operator is reminded of it.
enum class ConsentState : std::uint8_t { unrecorded = 0, given = 1, refused = 2, withdrawn = 3 };

/// What a resident said about one kind of sensor. `refused` and `withdrawn` stop its collection and
/// erase what was collected and learned.
struct Consent {
    ResidentId resident;
    SensorKind kind{};
    ConsentState state = ConsentState::unrecorded;
    std::string said_by;  ///< the resident, or who may speak for them
    std::string basis;    ///< "form 2026-113, signed"
    Instant at{};
    std::string actor;  ///< who recorded it

    friend bool operator==(const Consent&, const Consent&) = default;
};

}  // namespace anju
