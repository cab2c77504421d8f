// The alerts as a screen shows them: a read model that is fed by decisions alone, never by
// readings, so that a hub to which boxes send their events can keep the same one.
//
// In memory: every alert that somebody still has to do something about. What is over is in the
// journal. Loop thread.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <vector>

#include "core/decision.hpp"

namespace anju::api {

/// Neither closed nor ended otherwise, or closed and waiting for a supervisor's look.
[[nodiscard]] bool needs_somebody(const Alert& alert);

/// The order of an inbox: the more urgent first; of those what nobody has taken, then what is
/// overdue, then the newest.
[[nodiscard]] bool more_urgent(const Alert& one, const Alert& other);

class AlertBoard {
public:
    /// A decision on an alert as it was made, or, at the start, as the journal has it.
    void take(const Alert& alert);

    /// Those that need somebody, most urgent first, for which `wanted` is true.
    [[nodiscard]] std::vector<const Alert*> waiting(
        const std::function<bool(const Alert&)>& wanted) const;
    [[nodiscard]] std::size_t size() const { return alerts_.size(); }

private:
    std::map<AlertId, Alert> alerts_;
};

}  // namespace anju::api
