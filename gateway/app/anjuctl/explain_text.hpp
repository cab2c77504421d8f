// What `anjuctl explain` says, in Chinese and in English; {} stands for the facts.
#pragma once

#include "app/anjuctl/text.hpp"

namespace anju::ctl::text {

// Labels.
inline constexpr Text learned{"已学习", "Learned"};
inline constexpr Text last_sign{"最近活动", "Last sign"};
inline constexpr Text silent_for{"安静时长", "Silent for"};
inline constexpr Text where_now{"推测去向", "Presumed"};
inline constexpr Text judged_by{"判断方式", "Judged"};
inline constexpr Text surprise{"异常程度", "Surprise"};
inline constexpr Text usually_over{"通常结束", "Usually over"};
inline constexpr Text goes_on{"若持续安静", "If it goes on"};
inline constexpr Text heard_now{"可听到", "Heard now"};
inline constexpr Text allowed{"误报额度", "False alerts"};
inline constexpr Text missing_data{"缺少数据", "Missing data"};
inline constexpr Text routine{"作息", "Routine"};
inline constexpr Text usual{"平时", "Usual"};
inline constexpr Text recent{"近两周", "Last 2 weeks"};
inline constexpr Text hour{"时", "Hour"};
inline constexpr Text half{"半数", "Half"};
inline constexpr Text nineteen{"19/20", "19/20"};
inline constexpr Text why{"原因", "Why"};

// Learning.
inline constexpr Text nothing_learned{"还没有收到任何活动", "no sign of life yet"};
inline constexpr Text learned_since{"自 {} 起，满 {} 天", "since {}, {} days"};
inline constexpr Text by_person{"按本人的生活规律", "by what was learned of this person"};
inline constexpr Text by_presets{"到 {} 为止按固定规则：{}", "by fixed rules until {}: {}"};
inline constexpr Text no_presets{"（未设）", "(none)"};

// Why a silence is not judged.
inline constexpr Text not_watched{"不判断：老人{}", "not judged: the resident is {}"};
inline constexpr Text not_heard{"不判断：目前没有可信的活动传感器",
                                "not judged: no sensor of life can be relied upon now"};
inline constexpr Text gone_out{"不判断：推测外出", "not judged: presumed out"};
inline constexpr Text not_settled{"不判断：长期无人后，生活尚未恢复",
                                  "not judged: the home stood empty, life has not returned yet"};
inline constexpr Text no_sign_yet{"不判断：还没有收到任何活动", "not judged: no sign of life yet"};

// The present silence.
inline constexpr Text silent_value{"{}（确知至 {}）", "{} (known until {})"};
inline constexpr Text counted_from{"{} 起算，{}（确知至 {}）", "from {} on, {} (known until {})"};
inline constexpr Text by_door{"{}（门磁可证），自 {}", "{} (told by the door), since {}"};
inline constexpr Text presumed{"{}，自 {}", "{}, since {}"};
inline constexpr Text surprise_of{"{}，预警线 {}", "{} of {} for an alert"};
inline constexpr Text surprise_phone{"，电话线 {}", ", {} for a phone call"};
inline constexpr Text once_in{"如此安静约 {}出现一次", "so strange a silence comes once in {}"};
inline constexpr Text not_unusual{"不异常", "not unusual"};
inline constexpr Text over_by{"半数到 {}，20 次中 19 次到 {}",
                              "half of them by {}, 19 in 20 by {}"};
inline constexpr Text phone_at{"{} 请打电话", "please phone at {}"};
inline constexpr Text alert_at{"{} 预警", "alert at {}"};
inline constexpr Text phone_done{"已请打电话", "asked to phone"};
inline constexpr Text alert_done{"已预警", "alert raised"};
inline constexpr Text nothing_due{"两天内不会告知", "nothing is told within two days"};
inline constexpr Text at_latest{"（最迟）", " (at the latest)"};

// The learned day.
inline constexpr Text working_day{"工作日各时开始的安静持续多久（时:分）",
                                  "How long a silence lasts that begins at this hour of a "
                                  "working day (h:mm)"};
inline constexpr Text weekend_day{"周末各时开始的安静持续多久（时:分）",
                                  "How long a silence lasts that begins at this hour of a "
                                  "weekend (h:mm)"};
inline constexpr Text legend{"█ 半数已结束  ▓ 20 次中 19 次已结束  ░ 到预警为止；每格 {} 分钟",
                             "█ half are over  ▓ 19 in 20 are over  ░ until an alert; "
                             "a block is {} min"};
inline constexpr Text no_day{"目前没有可用的规律", "no rhythm to show at the moment"};

// The sensors.
inline constexpr Text best_by{"{}（{}）", "{} ({})"};
inline constexpr Text no_sensor{"没有能及时反映活动的传感器", "no sensor of life"};
inline constexpr Text heard_part{"{}% 的活动", "{} % of the signs of life"};
inline constexpr Text heard_meter{"按小时读数的水表", "a meter that tells by the hour"};
inline constexpr Text allowed_alert{"预警每月 {} 次{}", "alerts {} a month{}"};
inline constexpr Text allowed_phone{"打电话每月 {} 次{}", "phone calls {} a month{}"};
inline constexpr Text at_last{"最迟", "In any case"};
inline constexpr Text backstops{"确知在家而安静 {}：预警；否则安静 {}：请打电话",
                                "alert after {} known to be at home, phone call after {} else"};
inline constexpr Text reached{"，已自行结束的安静达到此线每月 {} 次",
                              ", reached by harmless silences {} times"};

// Why a device says nothing that counts.
inline constexpr Text never_heard{"从未收到", "never heard"};
inline constexpr Text not_heard_again{"网关恢复后尚未收到",
                                      "not heard since the box listens again"};
inline constexpr Text stale{"数据过期", "silent for too long"};
inline constexpr Text offline{"离线", "offline"};
inline constexpr Text faulty{"自报故障", "says that it is faulty"};
inline constexpr Text bridge_lost_it{"其网关联系不上它", "its bridge does not reach it"};
inline constexpr Text muted{"在线，但长期未察觉活动", "lives, but notices nothing any more"};
inline constexpr Text doubted{"可疑：别的传感器有活动，它没有",
                              "doubted: misses what others notice"};

// Routine.
inline constexpr Text wake_time{"起床时间", "gets up"};
inline constexpr Text night_visits{"每夜起夜次数", "up at night, times"};
inline constexpr Text water_per_day{"每天用水", "water a day"};
inline constexpr Text outings{"每天用门次数", "door used a day, times"};
inline constexpr Text not_known{"未知", "not known"};

inline constexpr Text help_explain{
    "了解到的生活规律，目前的安静有多异常",
    "what was learned of a person's day, how unusual the silence is"};
inline constexpr Text help_whom{"老人或住户编号", "resident or household"};

}  // namespace anju::ctl::text
