// The list of supported devices: a line for each sort of device, since the bridge describes some
// four thousand models itself, and one for each model whose description is corrected.
#include "core/model/names.hpp"
#include "drivers/zigbee2mqtt/models.hpp"
#include "drivers/zigbee2mqtt/zigbee2mqtt.hpp"

namespace anju::drivers::zigbee2mqtt {

std::vector<SupportedDevice> supported() {
    std::vector<SupportedDevice> out{
        {"", "smoke alarms", "smoke, battery, tamper, fault", "`test: true` marks a test"},
        {"", "gas alarms", "gas, tamper, fault", "concentrations and gas meters are not read"},
        {"", "carbon monoxide alarms", "carbon_monoxide, battery, tamper", "ppm are not read"},
        {"", "leak detectors", "water_leak, battery, tamper", "rain and dry soil are no leak"},
        {"", "door and window contacts", "contact_open, vibration, battery, tamper",
         "a tilted window is open"},
        {"", "motion and presence sensors", "motion, battery, tamper",
         "several zones are one: on when any is on"},
        {"", "vibration sensors", "vibration, battery", ""},
        {"", "help buttons, key fobs, keypads", "sos, i_am_well, battery",
         "actions emergency, panic, sos and help, or a boolean sos; of a button with such an "
         "action, double, well and ok say that all is well"},
        {"", "water meters", "water_total_ml, water_reverse_ml, water_flow_mlh, battery",
         "the unit comes from the bridge; several meters in one device have the addresses "
         "{address}#{endpoint}"},
        {"", "door locks", "contact_open, battery, tamper", "locking is not read"},
        {"", "anything else", "online, battery, alive", ""},
    };
    for (const ModelException& one : model_exceptions()) {
        const std::string property(one.property);
        const bool read = one.rule.form != Form::nothing;
        out.push_back({std::string(one.vendor), std::string(one.model),
                       read ? std::string(name(one.rule.kind)) : "all but " + property,
                       property + ": " + std::string(one.reason)});
    }
    return out;
}

}  // namespace anju::drivers::zigbee2mqtt
