#include "firmware-sim/scenario/incident_text.hpp"

namespace anju::sim {

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
        case IncidentKind::device_silent:
            if (begins) {
                return {zh + "停止上报，生活照常", en + " stops reporting; life goes on as usual"};
            }
            return {zh + "恢复上报", en + " reports again"};
        case IncidentKind::dead_battery:
            if (begins) return {zh + "电池快速耗电", "the battery of " + en + " is draining"};
            return {zh + "电池耗尽，不再上报",
                    "the battery of " + en + " is dead; it falls silent"};
        case IncidentKind::door_left_open:
            if (begins) return {"忘记关门", "leaves the door open"};
            return {"把门关上", "closes the door"};
    }
    return {};
}

}  // namespace anju::sim
