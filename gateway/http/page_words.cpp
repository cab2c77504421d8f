#include "http/page_words.hpp"

namespace anju::http {

text::Wording words(AlertKind kind) {
    switch (kind) {
        case AlertKind::smoke:
            return {"烟雾报警", "smoke"};
        case AlertKind::gas_leak:
            return {"燃气泄漏", "gas leak"};
        case AlertKind::sos:
            return {"一键呼救", "call for help"};
        case AlertKind::inactivity:
            return {"长时间无活动", "no sign of life"};
        case AlertKind::water_low:
            return {"用水过低", "hardly any water used"};
        case AlertKind::water_continuous:
            return {"持续用水", "water running without a stop"};
        case AlertKind::water_high:
            return {"用水过高", "unusually much water used"};
        case AlertKind::flood:
            return {"水浸", "water on the floor"};
        case AlertKind::door_open_long:
            return {"门长时间未关", "door left open"};
        case AlertKind::no_exit:
            return {"长时间未出门", "has not gone out for long"};
        case AlertKind::not_returned:
            return {"外出未归", "has not come home"};
        case AlertKind::night_exit:
            return {"夜间外出", "went out at night"};
        case AlertKind::routine_change:
            return {"作息异常", "change of routine"};
        case AlertKind::activity_while_away:
            return {"外出期间有活动", "activity while away"};
        case AlertKind::contact_failed:
            return {"失联", "cannot be reached"};
        case AlertKind::low_battery:
            return {"低电量", "low battery"};
        case AlertKind::device_offline:
            return {"设备离线", "device offline"};
        case AlertKind::data_stale:
            return {"数据过期", "data out of date"};
        case AlertKind::tamper:
            return {"防拆", "device tampered with"};
        case AlertKind::mains_lost:
            return {"断电", "mains lost"};
        case AlertKind::area_outage:
            return {"片区断网", "outage of an area"};
        case AlertKind::test:
            return {"测试", "test"};
        case AlertKind::channel_failed:
            return {"通知通道故障", "notification channel failed"};
    }
    return {"预警", "alert"};
}

text::Wording words(AlertVerb verb) {
    switch (verb) {
        case AlertVerb::acknowledge:
            return {"我来处理", "I will take it"};
        case AlertVerb::en_route:
            return {"我已出发", "I am on my way"};
        case AlertVerb::on_site:
            return {"我已到场", "I am there"};
        case AlertVerb::resolve:
            return {"处置完成", "it is dealt with"};
        case AlertVerb::i_am_well:
            return {"本人平安", "the resident is well"};
        case AlertVerb::review:
            return {"复核无误", "it looks right"};
        case AlertVerb::close:
        case AlertVerb::reopen:
        case AlertVerb::hand_over:
            return {};
    }
    return {};
}

text::Wording words(ClosingReason reason) {
    switch (reason) {
        case ClosingReason::none:
            return {"未办结", "not closed"};
        case ClosingReason::true_emergency:
            return {"确有险情", "a true emergency"};
        case ClosingReason::help_given:
            return {"已提供帮助", "help was given"};
        case ClosingReason::away:
            return {"外出", "away"};
        case ClosingReason::late_rise:
            return {"晚起", "rose late"};
        case ClosingReason::visitor_pet:
            return {"访客或宠物", "a visitor or a pet"};
        case ClosingReason::cooking_steam:
            return {"做饭蒸汽", "steam from cooking"};
        case ClosingReason::device_fault:
            return {"设备故障", "a faulty device"};
        case ClosingReason::test:
            return {"测试", "a test"};
        case ClosingReason::unknown:
            break;
    }
    return {"原因不明", "unknown"};
}

}  // namespace anju::http
