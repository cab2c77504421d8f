// What every value of the policy means. The keys are those of config/policy_fields.hpp.
#include "app/anjuctl/policy_text.hpp"

#include <algorithm>

namespace anju::ctl {
namespace {

struct Meaning {
    std::string_view key;
    Text text;
};

constexpr Meaning meanings[] = {
    {"presets", {"学习期内的固定规则", "fixed rules while learning"}},
    {"warm_up", {"学习期", "time to learn"}},
    {"alert_budget", {"每月可容忍的误报", "false alerts allowed"}},
    {"phone_budget", {"每月可容忍的问候电话", "calls for nothing allowed"}},
    {"home_backstop", {"在家无活动兜底", "silent at home, at the latest"}},
    {"unknown_backstop", {"去向不明无活动兜底", "silent anywhere, at the latest"}},
    {"door_open_limit", {"门长时间未关", "door left open"}},
    {"battery_low_pct", {"低电量阈值 %", "battery low, %"}},
    {"repeat_guard", {"无活动预警最短间隔", "between alerts of silence"}},
    {"reopen_window", {"复发重开时限", "a recurrence reopens within"}},
    {"ladder.p1_second_worker", {"P1 无人签收→第二网格员、邻里", "P1: second worker, neighbour"}},
    {"ladder.p1_street_again", {"P1 无人签收→再告镇街", "P1: the street centre again"}},
    {"ladder.p1_ask_119", {"P1 无人签收→提示是否拨 119/120", "P1: ask about 119/120"}},
    {"ladder.p1_resume", {"P1 签收后无人出发→继续升级", "P1: nobody moves, resume"}},
    {"ladder.p1_arrival_aim", {"P1 到场目标", "P1: on site, aim"}},
    {"ladder.p1_arrival", {"P1 到场时限", "P1: on site, limit"}},
    {"ladder.self_check_asks", {"P2 本人确认次数", "P2: self-check, times"}},
    {"ladder.self_check_gap", {"P2 本人确认间隔", "P2: self-check, apart"}},
    {"ladder.p2_second_worker", {"P2 无人签收→第二网格员", "P2: second worker"}},
    {"ladder.p2_lead", {"P2 无人签收→社区负责人", "P2: community lead"}},
    {"ladder.p2_street", {"P2 无人签收→镇街", "P2: street centre"}},
    {"ladder.p2_resume", {"P2 签收后无人出发→继续升级", "P2: nobody moves, resume"}},
    {"ladder.p2_arrival", {"P2 到场时限", "P2: on site, limit"}},
    {"ladder.p3_lead", {"P3 无人签收→社区负责人（工作时间）", "P3: community lead (working time)"}},
    {"ladder.p4_lead", {"P4 无人签收→社区负责人", "P4: community lead"}},
    {"ladder.p4_repair", {"P4 修复时限", "P4: repaired"}},
    {"ladder.p4_repair_blind", {"P4 修复时限（防护失效）", "P4: repaired, protection blind"}},
    {"ladder.on_site", {"P1、P2 到场后仍无结果", "P1, P2: on site, nothing came of it"}},
    {"ladder.write_up", {"P1、P2 处置后未办结→负责人", "P1, P2: not closed, the owner"}},
    {"ladder.write_up_lead", {"P1、P2 处置后未办结→社区负责人", "P1, P2: not closed, the lead"}},
    {"ladder.review", {"督办复核时限", "supervisor's look"}},
    {"ladder.hours", {"工作时间", "working hours"}},
    {"care.visits", {"每周上门", "visits a week"}},
    {"care.calls", {"每周电话", "calls a week"}},
    {"care.max_gap_days", {"两次探访最长间隔（天）", "longest gap, days"}},
    {"care.preferred_gap_days", {"期望间隔（天）", "preferred gap, days"}},
    {"care.apart", {"两次探访最短间隔", "contacts apart, at least"}},
    {"care.call_windows", {"电话时段", "hours for calls"}},
    {"care.visit_windows", {"上门时段", "hours for visits"}},
    {"care.visit_length", {"上门时长", "a visit takes"}},
    {"care.visit_travel", {"路程", "its way"}},
    {"care.call_length", {"电话时长", "a call takes"}},
    {"care.call_between", {"电话间隔", "between calls"}},
    {"care.worker_visits", {"每人每天上门上限", "visits a worker and day"}},
    {"care.worker_calls", {"每人每天电话上限", "calls a worker and day"}},
    {"care.worker_day", {"每人每天探访时长上限", "time a worker and day"}},
    {"care.worker_residents", {"每人负责老人数（目标）", "residents a worker, aim"}},
    {"care.worker_residents_cap", {"每人负责老人数（上限）", "residents a worker, cap"}},
    {"care.call_again", {"未接通→再拨", "missed call: again"}},
    {"care.call_third", {"未接通→第三次", "missed call: third"}},
    {"care.visit_within", {"三次未接→上门时限", "missed thrice: visit within"}},
    {"care.revisit_within", {"未见面→再访时限", "nobody home: again within"}},
    {"care.shortest_call", {"有效通话最短", "shortest call that counts"}},
    {"care.longest_suspension_days", {"暂停最长（天）", "longest suspension, days"}},
    {"care.return_check_within", {"返家核实时限", "return check within"}},
    {"care.by_message", {"以消息代替电话", "messages instead of calls"}},
    {"care.variant_approved_by", {"变通批准人", "variant approved by"}},
    {"care.weekdays", {"方便的日子", "days that suit"}},
    {"care.worker", {"指定网格员", "worker asked for"}},
};

}  // namespace

std::string_view policy_meaning(std::string_view key, Lang lang) {
    const auto found = std::ranges::find(meanings, key, &Meaning::key);
    return found == std::end(meanings) ? key : found->text.in(lang);
}

}  // namespace anju::ctl
