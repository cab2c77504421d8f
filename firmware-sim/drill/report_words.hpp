// What the report of a drill says, in Chinese and in English, besides what the gateway says too.
#pragma once

#include "core/model/roles.hpp"
#include "core/text/catalogue.hpp"

namespace anju::sim {

[[nodiscard]] constexpr text::Wording role_words(Role role) {
    switch (role) {
        case Role::resident:
            return {"老人", "resident"};
        case Role::emergency_contact:
            return {"紧急联系人", "emergency contact"};
        case Role::neighbour:
            return {"邻里", "neighbour"};
        case Role::grid_worker:
            return {"网格员", "grid worker"};
        case Role::second_worker:
            return {"第二网格员", "second worker"};
        case Role::community_lead:
            return {"社区负责人", "community lead"};
        case Role::street_centre:
            return {"镇街指挥中心", "street centre"};
        case Role::maintainer:
            return {"运维", "maintainer"};
        default:
            return {"其他", "other"};
    }
}

namespace words_of_report {
using text::Wording;
inline constexpr Wording title{"安居演练报告", "Anju drill report"};
inline constexpr Wording scenario{"场景", "scenario"};
inline constexpr Wording held{"时间", "held"};
inline constexpr Wording box{"网关", "box"};
inline constexpr Wording version{"版本", "version"};
inline constexpr Wording audience{"通知对象", "told"};
inline constexpr Wording maintainers{"只通知运维", "the maintainers alone"};
inline constexpr Wording staff{"通知工作人员", "whoever works there"};
inline constexpr Wording clock{"时钟", "clock"};
inline constexpr Wording real{"真实时间", "real time"};
inline constexpr Wording driven{"模拟时间", "simulated time"};
inline constexpr Wording hash{"场景内容 SHA-256", "scenario, SHA-256"};
inline constexpr Wording passed{"通过：预期全部满足", "Passed: everything expected was met"};
inline constexpr Wording not_passed{"未通过：有预期没有满足", "Not passed: not everything was met"};
inline constexpr Wording aborted{"已中止：演练没有做完，结果不作数",
                                 "Aborted: the drill was not finished, its result does not count"};
inline constexpr Wording expectations{"预期", "What was expected"};
inline constexpr Wording home{"住户", "home"};
inline constexpr Wording expected{"预期", "expected"};
inline constexpr Wording within{"时限", "within"};
inline constexpr Wording never{"不得出现", "must not come"};
inline constexpr Wording after{"用时", "after"};
inline constexpr Wording at_once{"立即", "at once"};
inline constexpr Wording priority{"级别", "priority"};
inline constexpr Wording told{"已通知", "told"};
inline constexpr Wording answered{"处理人", "answered by"};
inline constexpr Wording verdict{"结果", "result"};
inline constexpr Wording met{"✓ 满足", "✓ met"};
inline constexpr Wording not_met{"✗ 未满足", "✗ not met"};
inline constexpr Wording nobody{"无人", "nobody"};
inline constexpr Wording unexpected{"未预期的预警", "What nobody expected"};
inline constexpr Wording nothing{"没有", "Nothing."};
inline constexpr Wording alert{"预警", "alert"};
inline constexpr Wording raised{"发生时间", "raised"};
inline constexpr Wording state{"状态", "state"};
inline constexpr Wording leads{"演练负责人签字", "held by"};
inline constexpr Wording witness{"见证人签字", "witness"};
inline constexpr Wording date{"日期", "date"};
inline constexpr Wording foot{"用时按事件时间计算。这是演练记录，不是消防认证。",
                              "Times are those of the events. This records a drill; it certifies "
                              "no fire alarm system."};
}  // namespace words_of_report

}  // namespace anju::sim
