// What was taken from a worker's calendar because somebody else has it now. A feed that no longer
// holds an event leaves it to the subscriber what to think of that; one that holds it as CANCELLED
// with a higher SEQUENCE says so (RFC 5546 section 3.2.5), and phones take it away.
//
// Pure: told of the changes of tasks, in order, it knows who had a task before. What a former
// worker is shown is the task as it was theirs, with the revision that took it away. Of a task that
// comes back to somebody nothing is left there. Ended tasks need no memory: nobody is given them
// any more.
#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "core/model/care.hpp"
#include "core/model/instant.hpp"

namespace anju::calendar {

class Handovers {
public:
    /// The task as it became.
    void take(const CareTask& task);
    /// Tasks that `worker` had and somebody else, or nobody, has now, as cancelled; in the order of
    /// their ids.
    [[nodiscard]] std::vector<CareTask> taken_from(const WorkerId& worker) const;
    /// What lies before is nobody's concern any more.
    void forget(Instant before);
    /// Tasks that are remembered.
    [[nodiscard]] std::size_t size() const { return now_.size() + former_.size(); }

private:
    std::map<TaskId, CareTask> now_;                         // open ones, as they are
    std::map<TaskId, std::map<WorkerId, CareTask>> former_;  // as former workers see them
};

}  // namespace anju::calendar
