// When which link breaks and heals: what [[network]] says, in the order of time. The links between
// gateway and brokers are broken by LinkFaults; a device's own by whoever asks mute() and deaf().
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "core/model/instant.hpp"
#include "firmware-sim/scenario/incident_text.hpp"
#include "firmware-sim/scenario/network.hpp"

namespace anju::sim {

/// Not thread-safe.
class NetworkPlan {
public:
    /// `midnight`: of the first day. `faults` is not owned; null: nothing stands in such a link.
    NetworkPlan(const std::vector<NetworkSpell>& spells, Instant midnight, LinkFaults* faults);

    /// Whether everything that is to be broken can be.
    [[nodiscard]] result<void> check() const;
    /// When the next link breaks or heals; nullopt: never again.
    [[nodiscard]] std::optional<Instant> next() const;

    struct Line {
        Instant at{};
        BothLanguages text;
        std::string error;  ///< why it could not be done; empty = done
    };
    /// Everything up to and including `now`.
    std::vector<Line> advance(Instant now);
    /// Whatever is broken still.
    void heal();

    /// `link`: as in NetworkSpell. What is slow arrives nevertheless.
    [[nodiscard]] bool mute(std::string_view link) const;  ///< nothing leaves it
    [[nodiscard]] bool deaf(std::string_view link) const;  ///< no answer reaches it

private:
    struct Change {
        Instant at{};
        std::string link;
        std::optional<LinkFault> begins;
    };

    LinkFaults* faults_;
    std::vector<Change> changes_;
    std::size_t done_ = 0;
    std::map<std::string, LinkFault, std::less<>> broken_;  ///< by link
};

}  // namespace anju::sim
