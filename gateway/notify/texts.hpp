// Every word a message is made of, in Chinese and English, in one table a matter. The sentence of
// an alert is the core's own (core/text) and holds no name.
#pragma once

#include <string>
#include <string_view>

#include "core/decision.hpp"
#include "core/model/alert.hpp"
#include "core/model/care.hpp"
#include "core/text/quantities.hpp"

namespace anju::notify::texts {

using text::Language;

struct Pair {
    std::string_view zh;
    std::string_view en;
    [[nodiscard]] std::string_view in(Language language) const {
        return language == Language::zh ? zh : en;
    }
};

[[nodiscard]] Pair kind(AlertKind kind);
[[nodiscard]] Pair priority(Priority priority);
/// What whoever reads it is asked to do.
[[nodiscard]] Pair request(SummonsCause cause, Priority priority);
[[nodiscard]] Pair task(TaskKind kind);
[[nodiscard]] Pair task_state(TaskState state);
/// What is short, and what would mend it.
[[nodiscard]] Pair shortage(Shortage why);

inline constexpr Pair product{"安居", "Anju"};
inline constexpr Pair number{"编号：", "No. "};
inline constexpr Pair drill{"演练", "DRILL"};
inline constexpr Pair only_a_drill{"这是演练：不要出警，不要拨打119、120。",
                                   "This is a drill: send nobody, call no 119 or 120."};
inline constexpr Pair where{"地点：", "At: "};
inline constexpr Pair phone{"电话：", "Phone: "};
inline constexpr Pair nobody{"居家", "the home"};
inline constexpr Pair count_of{"共{n}条", "{n} messages"};
inline constexpr Pair and_more{"另有{n}条", "and {n} more"};
inline constexpr Pair digest{"汇总", "Digest"};
inline constexpr Pair plan_made{
    "本周探访计划已生成：{tasks}项，变动{changed}项，未满足{short}项",
    "Plan of the rounds: {tasks} tasks, {changed} changed, {short} unmet"};
inline constexpr Pair task_overdue{"任务逾期未办，请督促", "Overdue, please see to it"};
inline constexpr Pair everybody{"全社区", "everybody"};
inline constexpr Pair task_today{"今日探访有变动", "Today's rounds have changed"};
inline constexpr Pair not_yours{"不再由您办理", "is no longer yours"};
inline constexpr Pair channel_down{"通知通道{name}连续失败：{text}",
                                   "Channel {name} keeps failing: {text}"};
inline constexpr Pair channel_back{"通知通道{name}已恢复", "Channel {name} works again"};
inline constexpr Pair test{"测试消息，请忽略", "A test message; nothing is to be done"};
inline constexpr Pair ask_self{"您好，很久没有察觉到您的活动。您还好吗？如果一切都好，请按应答键。",
                               "Hello. We have not noticed you for a while. If all is well, please "
                               "press the button."};

/// `pattern` with "{name}" replaced.
[[nodiscard]] std::string with(std::string_view pattern, std::string_view name,
                               std::string_view value);

}  // namespace anju::notify::texts
