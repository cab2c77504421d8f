#include "notify/texts.hpp"

#include "core/check.hpp"

namespace anju::notify::texts {
namespace {

// In the order of the numbers of AlertKind, from 1.
constexpr Pair kinds[] = {{"烟雾报警", "smoke alarm"},
                          {"燃气泄漏", "gas leak"},
                          {"一键呼救", "call for help"},
                          {"长时间无活动", "no activity"},
                          {"用水过低", "too little water used"},
                          {"持续用水/疑似漏水", "water keeps flowing"},
                          {"用水过高", "much water used"},
                          {"水浸", "flood"},
                          {"门长时间未关", "door left open"},
                          {"长时间未出门", "has not gone out"},
                          {"外出未归", "has not returned"},
                          {"夜间外出", "out at night"},
                          {"作息异常", "change of routine"},
                          {"外出期间有活动", "activity while away"},
                          {"失联", "cannot be reached"},
                          {"低电量", "low battery"},
                          {"设备离线", "device offline"},
                          {"数据过期", "data stale"},
                          {"防拆", "tampering"},
                          {"断电", "mains lost"},
                          {"片区断网", "area outage"},
                          {"测试", "test"},
                          {"通知通道故障", "channel failed"}};

constexpr Pair priorities[] = {
    {"危急", "CRITICAL"}, {"紧急", "URGENT"}, {"关注", "NOTICE"}, {"设备", "DEVICE"}};

// In the order of SummonsCause.
constexpr Pair requests[] = {
    {"请签收并上门查看。", "Please acknowledge and go there."},
    {"请给老人打电话，确认是否平安。", "Please phone the resident and ask whether all is well."},
    {"尚无人签收，请您接手。", "Nobody has acknowledged. Please take over."},
    {"已签收但无人前往，请您接手。", "Acknowledged, but nobody is on the way. Please take over."},
    {"请判断是否拨打119/120，系统不会自动拨打。",
     "Please decide whether to call 119/120. Nothing is dialled automatically."},
    {"处置已逾期，请督促。", "This is overdue. Please see to it."},
    {"情况再次发生或加重，请查看。", "It came back or grew worse. Please look."},
    {"情况已解除，无需前往。", "It is over. Nobody needs to go."},
    {"已办结，请督办查看。", "It was closed. Please review the closing."}};

constexpr Pair tasks[] = {{"上门探访", "home visit"},   {"电话探访", "phone call"},
                          {"加访", "extra contact"},    {"返家核实", "return check"},
                          {"设备巡检", "device check"}, {"联系家属", "call to the contact"}};

constexpr Pair task_states[] = {{"待派", "planned"},   {"已派", "assigned"},
                                {"已接", "accepted"},  {"进行中", "in progress"},
                                {"完成", "completed"}, {"未接通/未见面", "unreached"},
                                {"漏访", "missed"},    {"替代完成", "substituted"},
                                {"取消", "cancelled"}, {"免访", "excused"}};

constexpr Pair shortages[] = {
    {"网格员没有空余时间，请增派人手", "no worker has time: have somebody help"},
    {"没有网格员，请在名册中登记", "nobody makes rounds: add a worker to the directory"},
    {"放假日无人值班，请排值班", "nobody is on duty: fill the duty roster"},
    {"老人方便的时间太少，请与老人商量", "the resident's hours leave too little: ask for more"},
    {"两次联系间隔过长，请增加联系", "the gap is too long: see or phone in between"},
    {"本周剩余天数不足，请下周优先", "too few days are left: come first next week"},
    {"缺该年节假日数据，请更新", "no holiday data for the year: update the file"},
    {"每人负责人数超限，请增派网格员", "too many residents a worker: add a worker"}};

template <class Enum, std::size_t count>
Pair at(const Pair (&table)[count], Enum value) {
    const auto index = static_cast<std::size_t>(value) - 1;
    ANJU_CHECK(index < count, "a value of the vocabulary");
    return table[index];
}

}  // namespace

Pair kind(AlertKind kind) {
    return at(kinds, kind);
}

Pair priority(Priority priority) {
    return at(priorities, priority);
}

Pair request(SummonsCause cause, Priority priority) {
    if (cause == SummonsCause::told && priority == Priority::p1) {
        return {"请立即签收并赶往现场。", "Acknowledge and go there at once."};
    }
    if (cause == SummonsCause::told && priority == Priority::p3) {
        return {"请留意并安排查看。", "Please keep an eye on it."};
    }
    if (cause == SummonsCause::told && priority == Priority::p4) {
        return {"请安排检修。", "Please have it repaired."};
    }
    return at(requests, cause);
}

Pair task(TaskKind kind) {
    return at(tasks, kind);
}

Pair task_state(TaskState state) {
    return at(task_states, state);
}

Pair shortage(Shortage why) {
    return at(shortages, why);
}

std::string with(std::string_view pattern, std::string_view name, std::string_view value) {
    std::string out(pattern);
    const std::string place = "{" + std::string(name) + "}";
    const auto found = out.find(place);
    if (found != std::string::npos) out.replace(found, place.size(), value);
    return out;
}

}  // namespace anju::notify::texts
