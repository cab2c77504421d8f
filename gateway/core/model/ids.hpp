// Identifiers that cannot be mixed up. All are UTF-8 strings of 1..64 bytes, chosen by the
// operator who registers a home, except AlertId and TaskId, which the engine forms.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>

namespace anju {

template <class Tag>
struct Id {
    std::string value;

    Id() = default;
    explicit Id(std::string text) : value(std::move(text)) {}
    [[nodiscard]] bool empty() const { return value.empty(); }
    friend bool operator==(const Id&, const Id&) = default;
    friend auto operator<=>(const Id&, const Id&) = default;
};

using HouseholdId = Id<struct HouseholdTag>;
using ResidentId = Id<struct ResidentTag>;
using DeviceId = Id<struct DeviceTag>;
using CommunityId = Id<struct CommunityTag>;
using WorkerId = Id<struct WorkerTag>;
using TaskId = Id<struct TaskTag>;
using AlertId =
    Id<struct AlertTag>;  ///< "{household}-{number}", unique for ever on a gateway; see AlertBook

}  // namespace anju

template <class Tag>
struct std::hash<anju::Id<Tag>> {
    std::size_t operator()(const anju::Id<Tag>& id) const noexcept {
        return std::hash<std::string>{}(id.value);
    }
};
