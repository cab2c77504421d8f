// The words of rounds, contacts, suspensions and reports, in Chinese and in English (text.hpp).
#pragma once

#include "app/anjuctl/text.hpp"

namespace anju::ctl {

/// As term(), for the vocabulary of care, whose words mean other things elsewhere ("missed").
[[nodiscard]] std::string_view care_term(Lang lang, std::string_view name);

namespace text {

inline constexpr Text week_of{"{}（{} 起的一周），{}", "{}, the week of {}, {}"};
inline constexpr Text not_planned{"本周尚未编排", "this week has not been planned"};
inline constexpr Text weekday_names[] = {{"周一", "Mon"}, {"周二", "Tue"}, {"周三", "Wed"},
                                         {"周四", "Thu"}, {"周五", "Fri"}, {"周六", "Sat"},
                                         {"周日", "Sun"}};
inline constexpr Text holiday{"休", "off"};
inline constexpr Text worked{"班", "on"};
inline constexpr Text day{"日期", "Day"};
inline constexpr Text time{"时间", "Time"};
inline constexpr Text task{"任务", "Task"};
inline constexpr Text worker{"网格员", "Worker"};
inline constexpr Text visits{"上门", "Visits"};
inline constexpr Text calls{"电话", "Calls"};
inline constexpr Text minutes{"分钟", "Minutes"};
inline constexpr Text absent{"缺勤", "Absent"};
inline constexpr Text unreviewed{"未复核", "Not reviewed"};
inline constexpr Text nobody{"无人", "nobody"};
inline constexpr Text because{"原因", "Because"};
inline constexpr Text overdue_mark{"逾期", "overdue"};
inline constexpr Text short_of_title{"不足之处", "What is short"};
inline constexpr Text nothing_short{"配额全部排定", "everything due has its place"};
inline constexpr Text everybody{"全社区", "everybody"};
inline constexpr Text lacks{"缺 {} 次上门、{} 次电话", "{} visits and {} calls are missing"};
inline constexpr Text gap_of{"两次联系间隔 {} 天", "a gap of {} days between contacts"};
inline constexpr Text would_mend{"增加 {} 分钟即可补足", "{} more minutes of work would mend it"};
inline constexpr Text on_days{"（{}）", " ({})"};

inline constexpr Text outcome{"结果", "Outcome"};
inline constexpr Text length{"时长", "Length"};
inline constexpr Text counts{"计入配额", "Counts"};
inline constexpr Text door_says{"门磁佐证", "Door"};
inline constexpr Text from_day{"自", "From"};
inline constexpr Text to_day{"至", "To"};
inline constexpr Text said_by{"告知人", "Said by"};
inline constexpr Text approver{"审批人", "Approver"};

inline constexpr Text level{"范围", "Of"};
inline constexpr Text quota{"配额完成", "Quota"};
inline constexpr Text reached_share{"见面/接通", "Reached"};
inline constexpr Text on_time{"按时", "On time"};
inline constexpr Text gap_p95{"间隔 P95", "Gap p95"};
inline constexpr Text unreached_24h{"超 24 h 未联系上", "Unreached > 24 h"};
inline constexpr Text suspended{"暂停", "Suspended"};
inline constexpr Text excused{"免访", "Excused"};
inline constexpr Text ack_time{"签收 P50/P90", "Ack p50/p90"};
inline constexpr Text arrival_time{"到场 P50/P90", "Arrival p50/p90"};
inline constexpr Text false_share{"误报", "False"};
inline constexpr Text uptime{"设备在线", "Uptime"};
inline constexpr Text alert_counts{"预警 P1/P2/P3/P4", "Alerts P1/P2/P3/P4"};
inline constexpr Text late{"逾期", "Overdue"};
inline constexpr Text period_of{"{}：{} 至 {}", "{}: {} to {}"};
inline constexpr Text provisional{"{} 尚未结账，为暂计数：{}",
                                  "{} is not closed, its figures are provisional: {}"};
inline constexpr Text so_far{"（暂计）", " (provisional)"};
inline constexpr Text care_weeks_of{
    "探访按整周统计：{} 至 {}；预警与设备按自然日",
    "rounds by whole weeks, {} to {}; alerts and devices by the day"};
inline constexpr Text missed_overdue{"漏访/逾期任务", "Missed/overdue"};
inline constexpr Text late_days{"暂停补登天数", "Suspended, entered late"};
inline constexpr Text not_yet{"；另有 {} 件尚在等待", "; {} more still waiting"};
inline constexpr Text rests_because{"暂停原因", "Reason"};
inline constexpr Text all_of{"合计", "all"};

inline constexpr Text help_rounds{"每周探访：编排、任务、缺勤",
                                  "the weekly rounds: plan, tasks, absences"};
inline constexpr Text help_week{"一周的编排与不足", "the plan of a week and what is short"};
inline constexpr Text help_week_arg{
    "周：2026-W48 或其中一天 2026-11-25；缺省为本周",
    "week: 2026-W48 or a day of it, 2026-11-25; default: this week"};
inline constexpr Text help_of_resident{"一位老人的任务", "the tasks of a resident"};
inline constexpr Text help_of_worker{"一位网格员的任务", "the tasks of a worker"};
inline constexpr Text help_community{"只看这个社区", "only this community"};
inline constexpr Text help_task{"受理、开始、转交、改期或取消一项任务",
                                "accept, begin, hand on, move or cancel a task"};
inline constexpr Text help_task_verb{"accept、begin、hand-to、move 或 cancel",
                                     "accept, begin, hand-to, move or cancel"};
inline constexpr Text help_task_to{"转交的网格员，或改到的日期",
                                   "the worker to hand it to, or the day"};
inline constexpr Text help_calendar{"一位网格员的日历订阅地址",
                                    "the address of a worker's calendar, to subscribe to"};
inline constexpr Text help_absent{"登记网格员缺勤", "a worker is ill or on leave"};
inline constexpr Text help_back{"撤销缺勤", "not absent any more"};
inline constexpr Text help_day{"日期，如 2026-11-25", "a day, as 2026-11-25"};
inline constexpr Text help_last_day{"最后一天，如 2026-11-25；deceased 不用写",
                                    "the last day, as 2026-11-25; not for deceased"};
inline constexpr Text help_contact{"探访与电话的记录", "contacts and what became of them"};
inline constexpr Text help_record{"登记一次探访或电话", "record a contact or an attempt"};
inline constexpr Text help_contacts{"一位老人最近的联系", "the latest contacts of a resident"};
inline constexpr Text help_contact_kind{"visit、call、return 或 family",
                                        "visit, call, return or family"};
inline constexpr Text help_outcome{
    "well 平安、needs_help 需帮助、unreached 未接通/未见面、refused 拒绝、by_other 他人代答",
    "well, needs_help, unreached, refused, by_other"};
inline constexpr Text help_worker{"谁做的", "who did it"};
inline constexpr Text help_at{"开始时间，如 \"2026-11-25 09:30\"；缺省为刚结束",
                              "when it began, as \"2026-11-25 09:30\"; default: just ended"};
inline constexpr Text help_seconds{"持续秒数", "how many seconds it took"};
inline constexpr Text help_form{
    "上门表单：health,mind,safety,hygiene,housing,needs 各 1 正常 2 关注，如 1,1,1,1,2,1",
    "visit form: health,mind,safety,hygiene,housing,needs, each 1 all right, 2 a concern: "
    "1,1,1,1,2,1"};
inline constexpr Text help_for_task{"所属任务", "the task it was for"};
inline constexpr Text help_for_alert{"由哪条预警引起", "the alert that led to it"};
inline constexpr Text help_suspend{"暂停探访：登记、结束、列出",
                                   "suspend the rounds of a resident"};
inline constexpr Text help_suspend_set{"登记或更改暂停", "suspend, or change a suspension"};
inline constexpr Text help_suspend_end{"老人已回家", "the resident is back"};
inline constexpr Text help_suspend_reason{
    "away、hospitalised、institution、declined、withdrawn、deceased",
    "away, hospitalised, institution, declined, withdrawn, deceased"};
inline constexpr Text help_said_by{"谁告知的", "who said so"};
inline constexpr Text help_approver{
    "审批人：名册中的社区负责人或镇街中心人员，不得与登记人相同",
    "who approved it: a community_lead or street_centre, not who records it"};
inline constexpr Text help_report{
    "统计：日 2026-11-25、周 2026-W48、月 2026-11、季 2026-Q4、年 2026",
    "figures of a day 2026-11-25, week 2026-W48, month 2026-11, quarter 2026-Q4, year 2026"};
inline constexpr Text help_by{"all、district、street 或 community",
                              "all, district, street or community"};
inline constexpr Text help_csv{"输出 CSV", "as CSV"};

}  // namespace text

}  // namespace anju::ctl
