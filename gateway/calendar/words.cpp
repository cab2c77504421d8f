#include "calendar/words.hpp"

namespace anju::calendar {

text::Wording words(TaskKind kind) {
    switch (kind) {
        case TaskKind::home_visit:
            return {"上门探访", "home visit"};
        case TaskKind::phone_call:
            return {"电话探访", "phone call"};
        case TaskKind::extra_contact:
            return {"加访", "extra call"};
        case TaskKind::return_check:
            return {"返家核实", "check after return"};
        case TaskKind::device_check:
            return {"设备巡检", "check of devices"};
        case TaskKind::contact_call:
            return {"联系家属", "call to the family"};
    }
    return {};
}

text::Wording words(CareCause cause) {
    switch (cause) {
        case CareCause::plan:
            return {"每周计划", "weekly plan"};
        case CareCause::replan:
            return {"计划调整", "plan adjusted"};
        case CareCause::recorded:
            return {"已有探访记录", "a contact was recorded"};
        case CareCause::retry:
            return {"上次未联系上，再次联系", "an earlier attempt failed"};
        case CareCause::alert:
            return {"因预警核实", "asked for by an alert"};
        case CareCause::suspension:
            return {"暂停探访期间", "the rounds are suspended"};
        case CareCause::returned:
            return {"老人已返家", "the resident is back"};
        case CareCause::absence:
            return {"人员请假，改派", "a worker is absent"};
        case CareCause::day_ended:
            return {"当日结束", "the day ended"};
        case CareCause::directory:
            return {"名册或规则变更", "the directory or the rules changed"};
        case CareCause::person:
            return {"人工调整", "moved by a person"};
    }
    return {};
}

text::Wording words(TaskState state) {
    switch (state) {
        case TaskState::completed:
            return {"已完成", "completed"};
        case TaskState::unreached:
            return {"未联系上", "not reached"};
        case TaskState::missed:
            return {"漏访", "missed"};
        case TaskState::substituted:
            return {"已由其他探访替代", "another contact stands for it"};
        case TaskState::cancelled:
            return {"已取消", "cancelled"};
        case TaskState::excused:
            return {"免访", "excused"};
        case TaskState::planned:
        case TaskState::assigned:
        case TaskState::accepted:
        case TaskState::in_progress:
            return {};
    }
    return {};
}

}  // namespace anju::calendar
