#include "app/decode/words.hpp"

#include <cinttypes>
#include <cstdio>
#include <cstdlib>

namespace anju::decode::words {
namespace {

struct State {
    ReadingKind kind;
    Text on;
    Text off;
};

constexpr State states[] = {
    {ReadingKind::smoke, {"烟雾报警", "smoke alarm"}, {"无烟雾", "no smoke"}},
    {ReadingKind::gas, {"燃气报警", "gas alarm"}, {"无燃气", "no gas"}},
    {ReadingKind::carbon_monoxide,
     {"一氧化碳报警", "carbon monoxide alarm"},
     {"无一氧化碳", "no carbon monoxide"}},
    {ReadingKind::sos, {"一键呼叫", "call for help"}, {"未呼叫", "no call"}},
    {ReadingKind::i_am_well, {"平安键", "says that all is well"}, {"未按平安键", "did not say"}},
    {ReadingKind::water_leak, {"水浸", "water on the floor"}, {"无水浸", "no water on the floor"}},
    {ReadingKind::contact_open, {"门开", "door open"}, {"门关", "door closed"}},
    {ReadingKind::motion, {"有人活动", "movement"}, {"无人活动", "no movement"}},
    {ReadingKind::vibration, {"振动", "vibration"}, {"无振动", "no vibration"}},
    {ReadingKind::battery_low, {"电量低", "battery low"}, {"电量正常", "battery good"}},
    {ReadingKind::tamper, {"被拆动", "tampered with"}, {"未拆动", "not tampered with"}},
    {ReadingKind::online, {"在线", "online"}, {"离线", "offline"}},
    {ReadingKind::bed_occupied, {"在床", "in bed"}, {"离床", "out of bed"}},
    {ReadingKind::fault, {"设备故障", "device fault"}, {"设备正常", "device in order"}},
};

struct Measure {
    ReadingKind kind;
    Text label;
    std::int64_t divisor;  ///< of the stored unit in the one shown
    int decimals;
    std::string_view unit;
};

constexpr Measure measures[] = {
    {ReadingKind::water_total_ml, {"用水总量", "water total"}, 1'000'000, 6, "m³"},
    {ReadingKind::water_reverse_ml, {"倒流总量", "reverse total"}, 1'000'000, 6, "m³"},
    {ReadingKind::water_used_ml, {"本次用水", "water used"}, 1000, 3, "L"},
    {ReadingKind::water_flow_mlh, {"流量", "flow"}, 1000, 3, "L/h"},
    {ReadingKind::battery_pct, {"电量", "battery"}, 1, 0, "%"},
    {ReadingKind::battery_mv, {"电池电压", "battery voltage"}, 1000, 3, "V"},
};

std::string quantity(std::int64_t value, const Measure& measure) {
    char out[64];
    const std::int64_t whole = value / measure.divisor;
    const std::int64_t rest = std::abs(value % measure.divisor);
    const char* const sign = value < 0 && whole == 0 ? "-" : "";
    if (measure.decimals == 0) {
        std::snprintf(out, sizeof out, "%s%" PRId64, sign, whole);
    } else {
        std::snprintf(out, sizeof out, "%s%" PRId64 ".%0*" PRId64, sign, whole, measure.decimals,
                      rest);
    }
    std::string text = out;
    if (measure.decimals > 0) {
        while (text.back() == '0') text.pop_back();
        if (text.back() == '.') text.pop_back();
    }
    return text + " " + std::string(measure.unit);
}

}  // namespace

std::string sentence(const Reading& reading, Lang lang) {
    for (const State& state : states) {
        if (state.kind == reading.kind) return (reading.value != 0 ? state.on : state.off).in(lang);
    }
    for (const Measure& measure : measures) {
        if (measure.kind != reading.kind) continue;
        return measure.label.in(lang) + " " + quantity(reading.value, measure);
    }
    return Text{"设备在线", "device spoke"}.in(lang);
}

}  // namespace anju::decode::words
