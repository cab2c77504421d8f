// The simulated workers' way to the gateway: what they do is entered on its control socket, as
// anjuctl would.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "control/protocol.hpp"
#include "firmware-sim/scenario/incident_text.hpp"
#include "firmware-sim/scenario/scenario.hpp"

namespace anju::sim {

class CareLink {
public:
    /// Enters that a resident is away or in hospital, or at home again (`active`).
    using SetStatus = std::function<result<void>(const ResidentId&, ResidentStatus)>;

    /// `errands` of all communities together, in the order of time; `midnight`: of the first day.
    /// `set_status` is asked for suspensions where the gateway makes no rounds; empty: the rounds.
    CareLink(std::filesystem::path socket, const std::vector<SimCommunity>& communities,
             const std::vector<SimHome>& homes, Instant midnight, SetStatus set_status);

    /// When the next errand is due; nullopt: none is left.
    [[nodiscard]] std::optional<Instant> next() const;

    struct Done {
        Instant at{};
        BothLanguages line;       ///< what the worker did
        std::string answer = {};  ///< of the gateway; empty = taken
    };
    /// Does the next errand. Blocks until the gateway answers, at most 5 s.
    [[nodiscard]] Done do_next();

private:
    struct Entry {
        Instant at{};
        Errand errand;
        std::string worker_name;
        BothLanguages resident_name;
    };
    Done suspend(const Entry& entry);
    Done enter(const control::Request& request, Done done);

    std::filesystem::path socket_;
    SetStatus set_status_;
    std::vector<Entry> entries_;
    std::size_t done_ = 0;
};

}  // namespace anju::sim
