#include "app/anjuctl/text.hpp"

#include <algorithm>

namespace anju::ctl {
namespace {

constexpr Term terms[] = {
    // sensor kinds and alert kinds
    {"water_meter", "水表"},
    {"smoke", "烟雾"},
    {"door", "门磁"},
    {"motion", "人体感应"},
    {"gas", "燃气"},
    {"water_leak", "水浸"},
    {"sos", "一键呼救"},
    {"bed", "床垫"},
    {"gas_leak", "燃气泄漏"},
    {"inactivity", "长时间无活动"},
    {"water_low", "用水过低"},
    {"water_continuous", "持续用水"},
    {"water_high", "用水过高"},
    {"flood", "水浸"},
    {"door_open_long", "门长时间未关"},
    {"no_exit", "长时间未出门"},
    {"not_returned", "外出未归"},
    {"night_exit", "夜间外出"},
    {"routine_change", "作息异常"},
    {"activity_while_away", "外出期间有活动"},
    {"contact_failed", "失联"},
    {"low_battery", "低电量"},
    {"device_offline", "设备离线"},
    {"data_stale", "数据过期"},
    {"tamper", "防拆"},
    {"mains_lost", "断电"},
    {"area_outage", "片区断网"},
    {"test", "测试"},
    {"channel_failed", "通知通道故障"},
    // readings
    {"contact_open", "门开"},
    {"water_total_ml", "累计用水 mL"},
    {"water_flow_mlh", "流量 mL/h"},
    {"water_used_ml", "用水 mL"},
    {"water_reverse_ml", "反向累计 mL"},
    {"battery_pct", "电量 %"},
    {"battery_low", "低电量"},
    {"battery_mv", "电池 mV"},
    {"carbon_monoxide", "一氧化碳"},
    {"vibration", "振动"},
    {"bed_occupied", "在床"},
    {"online", "在线"},
    {"alive", "存活"},
    {"fault", "故障"},
    // priorities
    {"P1", "P1 危急"},
    {"P2", "P2 紧急"},
    {"P3", "P3 关注"},
    {"P4", "P4 设备"},
    // alert states
    {"suspected", "疑似"},
    {"self_check", "本人确认"},
    {"open", "待签收"},
    {"acknowledged", "已签收"},
    {"en_route", "赶赴中"},
    {"on_site", "已到场"},
    {"resolved", "已处置"},
    {"closed", "已办结"},
    {"merged", "合并"},
    {"suppressed", "抑制"},
    {"cancelled", "撤销"},
    // flags, causes of steps and of tellings, roles
    {"escalated", "升级"},
    {"overdue", "逾期"},
    {"raised", "触发"},
    {"again", "再次出现"},
    {"another", "又一次"},
    {"more_urgent", "升为 P2"},
    {"evidence", "新证据"},
    {"recovered", "恢复正常"},
    {"unanswered", "无人签收"},
    {"not_moving", "签收后无人出发"},
    {"no_answer", "本人无应答"},
    {"sign_of_life", "有活动迹象"},
    {"person", "人工"},
    {"removed", "住户移除"},
    {"suspended", "暂停关爱"},
    {"aged", "未再发生"},
    {"told", "通知"},
    {"ask_resident", "询问本人"},
    {"ask_119", "是否拨打 119/120"},
    {"stood_down", "解除"},
    {"review", "待督办"},
    {"resident", "老人"},
    {"emergency_contact", "紧急联系人"},
    {"neighbour", "邻里"},
    {"grid_worker", "网格员"},
    {"second_worker", "另一名网格员"},
    {"community_lead", "社区负责人"},
    {"street_centre", "镇街指挥中心"},
    {"district_centre", "区治理中心"},
    {"maintainer", "运维"},
    {"owner", "预警负责人"},
    // closing reasons
    {"true_emergency", "真实险情"},
    {"help_given", "已提供帮助"},
    {"away", "外出"},
    {"late_rise", "晚起"},
    {"visitor_pet", "访客或宠物"},
    {"cooking_steam", "油烟水汽"},
    {"device_fault", "设备故障"},
    {"unknown", "不明"},
    // resident status
    {"active", "在册"},
    {"hospitalised", "住院"},
    {"institution", "入住机构"},
    {"declined", "拒绝"},
    {"withdrawn", "撤回同意"},
    {"deceased", "去世"},
    // consent, and what became of its record
    {"unrecorded", "未记录"},
    {"given", "同意"},
    {"refused", "拒绝"},
    {"applied", "已记录"},
    {"already", "此前已记录"},
    // whereabouts
    {"at_home", "在家"},
    {"out", "外出"},
    // clock, device health, space, links, lanes
    {"synchronised", "已同步"},
    {"unsynchronised", "未同步"},
    {"driven", "外部驱动（演示）"},
    {"ok", "正常"},
    {"stale", "数据过期"},
    {"never_heard", "从未收到"},
    {"offline", "离线"},
    {"ample", "充足"},
    {"low", "不足"},
    {"home", "家庭侧"},
    {"alarms", "报警"},
    {"sensors", "传感器"},
    {"district_alarm", "区平台（告警）"},
    {"district_bulk", "区平台（数据）"},
    {"alarm", "告警"},
    {"bulk", "数据"},
    // findings
    {"note", "提示"},
    {"warning", "注意"},
    {"error", "错误"},
};

}  // namespace

std::optional<Lang> lang_of(std::string_view locale) {
    if (locale.empty()) return std::nullopt;
    return locale.starts_with("zh") ? Lang::zh : Lang::en;
}

std::string_view look_up(std::span<const Term> terms, Lang lang, std::string_view name) {
    const auto found = std::ranges::find(terms, name, &Term::name);
    if (found == terms.end()) return name;
    const std::string_view said = lang == Lang::zh ? found->zh : found->en;
    return said.empty() ? name : said;
}

std::string_view term(Lang lang, std::string_view name) {
    return look_up(terms, lang, name);
}

}  // namespace anju::ctl
