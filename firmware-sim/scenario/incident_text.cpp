#include "firmware-sim/scenario/incident_text.hpp"

namespace anju::sim {

namespace {

BothLanguages of_person(IncidentKind kind, bool begins) {
    switch (kind) {
        case IncidentKind::sos:
            if (begins) return {"按下求助按钮", "presses the help button"};
            return {};
        case IncidentKind::all_well:
            if (begins) return {"按下平安键", "presses the button that says all is well"};
            return {};
        case IncidentKind::silence:
            if (begins) {
                return {"不再活动，各传感器照常上报",
                        "stops moving; every sensor goes on reporting"};
            }
            return {"恢复活动", "is up again"};
        case IncidentKind::illness:
            if (begins) return {"生病卧床", "is ill and stays in bed"};
            return {"病愈起床", "is well again"};
        case IncidentKind::door_left_open:
            if (begins) return {"忘记关门", "leaves the door open"};
            return {"把门关上", "closes the door"};
        default:
            return {};  // what the person does then is told as a deed
    }
}

}  // namespace

BothLanguages incident_text(IncidentKind kind, const Device& device, bool begins) {
    const auto& zh = device.label;
    const auto& en = device.id.value;
    switch (kind) {
        case IncidentKind::smoke:
            if (begins) return {zh + "报警响起", "the smoke alarm sounds (" + en + ")"};
            return {zh + "恢复正常", "the smoke has cleared (" + en + ")"};
        case IncidentKind::gas:
            if (begins) return {zh + "报警：燃气", "the gas alarm sounds (" + en + ")"};
            return {zh + "恢复正常", "the gas has cleared (" + en + ")"};
        case IncidentKind::leak:
            if (begins) return {zh + "：地面有水", "water on the floor (" + en + ")"};
            return {zh + "：地面已干", "the floor is dry again (" + en + ")"};
        case IncidentKind::device_silent:
            if (begins) {
                return {zh + "停止上报，生活照常", en + " stops reporting; life goes on as usual"};
            }
            return {zh + "恢复上报", en + " reports again"};
        case IncidentKind::dead_battery:
            if (begins) return {zh + "电池快速耗电", "the battery of " + en + " is draining"};
            return {zh + "电池耗尽，不再上报",
                    "the battery of " + en + " is dead; it falls silent"};
        case IncidentKind::tap_running:
            if (begins) return {"水龙头没有关", "leaves a tap running"};
            return {"关上水龙头", "turns the tap off"};
        case IncidentKind::backflow:
            if (begins) return {zh + "倒流", "water runs back through " + en};
            return {zh + "恢复正常", en + " runs forwards again"};
        case IncidentKind::meter_replaced:
            if (begins) return {zh + "换表，从零计", en + " is replaced and begins at nothing"};
            return {};
        case IncidentKind::tamper:
            if (begins) return {zh + "外壳被打开", "the cover of " + en + " is off"};
            return {zh + "外壳已装好", "the cover of " + en + " is on again"};
        case IncidentKind::burst:
            if (begins) return {zh + "失控，不停重发", en + " repeats itself without pause"};
            return {zh + "恢复正常", en + " is quiet again"};
        case IncidentKind::reboot:
            if (begins) return {zh + "重启", en + " starts anew"};
            return {};
        case IncidentKind::clock_without_ntp:
            if (begins) return {zh + "没有校时，以为是1970年", en + " takes the year for 1970"};
            return {zh + "校时成功", en + " knows the time again"};
        default:
            return of_person(kind, begins);
    }
}

}  // namespace anju::sim
