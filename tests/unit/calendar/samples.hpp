// Two tasks of a worker: a call and a visit that was cancelled.
#pragma once

#include <vector>

#include "calendar/feed.hpp"

namespace anju::test {

inline Instant local(int year, unsigned month, unsigned day, int hour, int minute = 0) {
    return instant_at(make_date(year, month, day),
                      std::chrono::hours{hour} + std::chrono::minutes{minute},
                      std::chrono::hours{8});
}

inline calendar::Entry call() {
    calendar::Entry entry;
    entry.task.id = TaskId{"YZ-01:17"};
    entry.task.kind = TaskKind::phone_call;
    entry.task.state = TaskState::assigned;
    entry.task.start = local(2026, 3, 3, 9, 30);
    entry.task.end = local(2026, 3, 3, 9, 36);
    entry.task.revision = 2;
    entry.changed_at = local(2026, 3, 1, 20, 5);
    entry.resident = "王秀英";
    entry.address = "渝中区大井巷 7 号, 3-2";
    entry.phone = "13800001111";
    return entry;
}

inline calendar::Entry cancelled_visit() {
    calendar::Entry entry = call();
    entry.task.id = TaskId{"YZ-01:18"};
    entry.task.kind = TaskKind::home_visit;
    entry.task.state = TaskState::cancelled;
    entry.task.cause = CareCause::alert;
    entry.task.start = local(2026, 3, 4, 15);
    entry.task.end = local(2026, 3, 4, 15, 20);
    entry.task.revision = 3;
    entry.changed_at = local(2026, 3, 2, 8);
    entry.reason = "水表从 03月01日 20:00 起只用了 2.0 升水；请上门看看。";
    return entry;
}

inline calendar::Options options() {
    calendar::Options options;
    options.gateway_id = "box-0001";
    options.owner = "林芳";
    return options;
}

}  // namespace anju::test
