#include "core/text/catalogue.hpp"

#include <array>

#include "core/check.hpp"

namespace anju::text {
namespace {

struct Row {
    AlertKind kind;
    std::string_view rule;  // empty: any
    Wording wording;
};

// The first row that fits is taken.
constexpr std::array rows{
    Row{AlertKind::smoke,
        "",
        {"{device}于 {time} 报警：有烟雾。", "The {device} reported smoke at {time}."}},
    Row{AlertKind::gas_leak,
        "carbon_monoxide",
        {"{device}于 {time} 报警：一氧化碳超标。",
         "The {device} reported carbon monoxide above the alarm level at {time}."}},
    Row{AlertKind::gas_leak,
        "",
        {"{device}于 {time} 报警：燃气超标。",
         "The {device} reported gas above the alarm level at {time}."}},
    Row{AlertKind::sos,
        "",
        {"{device}于 {time} 被按下，请求帮助。",
         "The {device} was pressed at {time} to call for help."}},
    Row{AlertKind::flood,
        "",
        {"{device}于 {time} 报警：地面有水。",
         "The {device} reported water on the floor at {time}."}},
    Row{AlertKind::test,
        "",
        {"{device}于 {time} 按了测试键，并非真实报警。",
         "The test button of the {device} was pressed at {time}; this is no real alarm."}},
    Row{AlertKind::water_low,
        "",
        {"{device}从 {since} 到 {until} 的 {span}里只用了 {measured}水（规则 {rule}：少于 "
         "{limit}）。",
         "The {device} shows only {measured} used in the {span} from {since} to {until} "
         "(rule {rule}: less than {limit})."}},
    Row{AlertKind::water_continuous,
        "continuous_flow",
        {"{device}显示从 {since} 到 {until} 的 {span}里水一直在流，共 "
         "{measured}：可能忘了关水龙头。",
         "The {device} shows water running without a stop for the {span} from {since} to {until}, "
         "{measured} in all: a tap may have been left open."}},
    Row{AlertKind::water_continuous,
        "",
        {"{device}从 {since} 到 {until} 的 {span}里日夜都有用水，没有停过，共 "
         "{measured}：可能有漏水。",
         "The {device} shows no pause in the use of water, day or night, in the {span} from "
         "{since} "
         "to {until}, {measured} in all: something may be leaking."}},
    Row{AlertKind::water_high,
        "",
        {"家中从 {since} 到 {until} 用水 {measured}，对这户人家来说异常多（平时一天很少超过 "
         "{limit}）。",
         "The home used {measured} from {since} to {until}, which is unusually much for it (a "
         "day's "
         "use rarely exceeds {limit})."}},
    Row{AlertKind::inactivity,
        "unusual_silence",
        {"家中自 {since} 起没有活动迹象，到 {until} 已有 {span}。此人在这种时候通常 {limit}"
         "内就有动静（20 次中有 19 次）；这样不寻常的安静约 {rarity}才有一次。",
         "No sign of life in the home from {since} to {until}, for {span}. At such a time this "
         "person is usually heard again within {limit} (19 times in 20); a silence as unusual as "
         "this comes about once in {rarity}."}},
    Row{AlertKind::inactivity,
        "unusual_silence_phone",
        {"请打电话问候：家中自 {since} 起没有活动迹象，到 {until} 已有 {span}。此人在这种时候通常 "
         "{limit}内就有动静（20 次中有 19 次）；这样的安静约 {rarity}有一次。",
         "Please phone: no sign of life in the home from {since} to {until}, for {span}. At such a "
         "time this person is usually heard again within {limit} (19 times in 20); a silence like "
         "this comes about once in {rarity}."}},
    Row{AlertKind::inactivity,
        "silent_at_home",
        {"此人应在家中，但自 {since} 起没有活动迹象，到 {until} 已有 {span}（最长 {limit}）。",
         "The person is known to be at home, and there is no sign of life from {since} to {until}, "
         "for {span} (limit {limit})."}},
    Row{AlertKind::inactivity,
        "silent_unknown",
        {"请打电话问候：家中自 {since} 起没有活动迹象，到 {until} 已有 {span}（最长 "
         "{limit}）。无法判断此人是否在家。",
         "Please phone: no sign of life in the home from {since} to {until}, for {span} (limit "
         "{limit}). Nobody can tell whether the person is at home."}},
    Row{AlertKind::inactivity,
        "",
        {"{device}从 {since} 到 {until} 的 {span}里没有开关过（规则 {rule}）。",
         "The {device} shows the door not used in the {span} from {since} to {until} "
         "(rule {rule})."}},
    Row{AlertKind::not_returned,
        "first_absence",
        {"{since} 从大门离开后，到 {until} 仍未见回来，已超过 {limit}；近 90 天内没有外出记录。",
         "Left by the entrance door at {since} and had not been seen to return by {until}, longer "
         "than {limit}; no absence is known from the last 90 days."}},
    Row{AlertKind::not_returned,
        "",
        {"{since} 从大门离开后，到 {until} 仍未见回来，已 {measured}；近 90 天内一般外出不超过 "
         "{limit}。",
         "Left by the entrance door at {since} and had not been seen to return by {until}, after "
         "{measured}; in the last 90 days absences were usually no longer than {limit}."}},
    Row{AlertKind::night_exit,
        "",
        {"{since} 大门在夜间有人进出，此后 {limit}以上家中没有动静，可能已外出；近 30 "
         "天内夜间外出不到两次。",
         "The entrance door was used in the night at {since}, and for more than {limit} nothing "
         "has moved in the home since: probably went out; this happened on fewer than two nights "
         "of the last 30 days."}},
    Row{AlertKind::no_exit,
        "",
        {"自 {since} 起未见外出，已 {measured}；平时约每 {limit}外出一次。家中仍有活动。如其实"
         "外出过，请检查门磁。",
         "Has not been seen to go out since {since}, for {measured}; usually goes out about every "
         "{limit}. There is activity in the home. If the resident did go out, please check the "
         "door sensor."}},
    Row{AlertKind::activity_while_away,
        "",
        {"登记为外出、住院或入住机构，但{device}从 {since} 到 {until} 多次感应到家中有人活动。",
         "Registered as away, in hospital or in an institution, but from {since} to {until} there "
         "was activity in the home; the {device} noticed it last."}},
    Row{AlertKind::door_open_long,
        "",
        {"{device}显示门自 {since} 起一直开着，已超过 {limit}。",
         "The {device} shows the door open since {since}, longer than {limit}."}},
    Row{AlertKind::routine_change,
        "wake_time",
        {"近两周起床时间约 {measured}，以往约 {limit}。",
         "Over the last two weeks the day began at about {measured}, before at about {limit}."}},
    Row{AlertKind::routine_change,
        "night_visits",
        {"近两周夜间（23 点至 5 点）平均每晚活动约 {measured} 次，以往约 {limit} 次。",
         "Over the last two weeks there was activity about {measured} times a night (23:00 to "
         "05:00), before about {limit} times."}},
    Row{AlertKind::routine_change,
        "water_per_day",
        {"近两周平均每天用水约 {measured}，以往约 {limit}。",
         "Over the last two weeks about {measured} of water a day was used, before about "
         "{limit}."}},
    Row{AlertKind::routine_change,
        "outings",
        {"近两周平均每天进出门约 {measured} 次，以往约 {limit} 次。",
         "Over the last two weeks the entrance door was used about {measured} times a day, before "
         "about {limit} times."}},
    Row{AlertKind::contact_failed,
        "visits_unanswered",
        {"{since} 以来两次上门均无人应门；家中最后一次活动迹象：{quiet}。",
         "Two visits since {since} found nobody who answered; last sign of life in the home: "
         "{quiet}."}},
    Row{AlertKind::contact_failed,
        "",
        {"{since} 以来三次电话均无人接听；家中最后一次活动迹象：{quiet}。",
         "Three calls since {since} were not answered; last sign of life in the home: {quiet}."}},
    Row{AlertKind::area_outage,
        "",
        {"从 {since} 到 {until} 有 {count} 户的设备失去联系：可能是片区断网或停电。",
         "From {since} to {until} the devices of {count} homes were lost: probably the network or "
         "the mains of the area failed."}},
    Row{AlertKind::channel_failed,
        "refused",
        {"通知通道“{channel}”从 {since} 起被对方服务拒绝，消息改走其他通道。",
         "The notification channel \"{channel}\" has been turned away by its service since "
         "{since}; "
         "messages go other ways."}},
    Row{AlertKind::channel_failed,
        "",
        {"通知通道“{channel}”从 {since} 起连续 {count} 次发送失败，消息改走其他通道。",
         "The notification channel \"{channel}\" has failed {count} times in a row since {since}; "
         "messages go other ways."}},
    Row{AlertKind::low_battery,
        "battery_pct",
        {"{device}电量只剩 {measured}（低电量界限 {limit}）。",
         "The battery of the {device} is down to {measured} (limit {limit})."}},
    Row{AlertKind::low_battery,
        "",
        {"{device}于 {time} 报告电量低。", "The {device} reported a low battery at {time}."}},
    Row{AlertKind::tamper,
        "",
        {"{device}于 {time} 报告被拆动。",
         "The {device} reported at {time} that it was opened or torn off."}},
    Row{AlertKind::device_offline,
        "unreachable",
        {"{device}自 {since} 起无法连接，已超过 {limit}。",
         "The {device} has been unreachable since {since}, longer than {limit}."}},
    Row{AlertKind::device_offline,
        "fault",
        {"{device}于 {time} 报告自身故障，目前不能正常工作。",
         "The {device} reported at {time} that it is faulty; it cannot do its work now."}},
    Row{AlertKind::device_offline,
        "",
        {"{device}自 {since} 起没有消息，已超过 {limit}，目前不起保护作用。",
         "The {device} has been silent since {since}, longer than {limit}, and protects nobody "
         "now."}},
    Row{AlertKind::data_stale,
        "muted",
        {"{device}自 {since} 起没有察觉任何活动，而其他传感器仍有动静；它可能已失灵，请检查。",
         "The {device} has noticed nothing since {since} while other sensors went on; it may be "
         "broken. Please check it."}},
    Row{AlertKind::data_stale,
        "",
        {"{device}自 {since} 起没有数据，已超过 {limit}；不能据此判断家中有无活动。",
         "The {device} has given no data since {since}, longer than {limit}; this says nothing "
         "about activity in the home."}},
};

constexpr std::array<Wording, 8> kind_names{
    Wording{"水表", "water meter"},     Wording{"烟感", "smoke alarm"},
    Wording{"门磁", "door sensor"},     Wording{"人体感应", "motion sensor"},
    Wording{"燃气报警器", "gas alarm"}, Wording{"水浸", "water leak sensor"},
    Wording{"呼叫按钮", "help button"}, Wording{"床垫", "bed sensor"}};

const std::string& value_of(std::string_view name, Facts facts) {
    for (const Fact& fact : facts) {
        if (fact.name == name) return fact.value;
    }
    check_failed("name", "every place of a sentence has a fact", __FILE__, __LINE__);
}

}  // namespace

std::string fill(std::string_view pattern, Facts facts) {
    std::string out;
    while (!pattern.empty()) {
        const auto open = pattern.find('{');
        out += pattern.substr(0, open);
        if (open == std::string_view::npos) break;
        const auto close = pattern.find('}', open);
        ANJU_CHECK(close != std::string_view::npos, "a place in a sentence ends with }");
        out += value_of(pattern.substr(open + 1, close - open - 1), facts);
        pattern.remove_prefix(close + 1);
    }
    return out;
}

Wording reason(AlertKind kind, std::string_view rule) {
    for (const Row& row : rows) {
        if (row.kind == kind && (row.rule.empty() || row.rule == rule)) return row.wording;
    }
    check_failed("kind", "every kind of alert that is raised has its sentence", __FILE__, __LINE__);
}

Wording state_name(AlertState state) {
    switch (state) {
        case AlertState::suspected:
            return {"疑似", "suspected"};
        case AlertState::self_check:
            return {"本人确认中", "the resident is being asked"};
        case AlertState::open:
            return {"待签收", "waiting for somebody"};
        case AlertState::acknowledged:
            return {"已签收", "acknowledged"};
        case AlertState::en_route:
            return {"赶赴中", "on the way"};
        case AlertState::on_site:
            return {"已到场", "on site"};
        case AlertState::resolved:
            return {"已处置", "resolved"};
        case AlertState::closed:
            return {"已办结", "closed"};
        case AlertState::merged:
            return {"已合并", "merged into another"};
        case AlertState::suppressed:
            return {"已抑制", "suppressed"};
        case AlertState::cancelled:
            return {"已撤销", "cancelled"};
    }
    return {"未知", "unknown"};
}

Wording kind_name(SensorKind kind) {
    const auto number = static_cast<std::size_t>(kind);
    ANJU_CHECK(number >= 1 && number <= kind_names.size(), "a SensorKind has one of its values");
    return kind_names[number - 1];
}

}  // namespace anju::text
