// What the records of smoke detectors and door contacts say.
#pragma once

#include "drivers/wmbus/found.hpp"
#include "drivers/wmbus/records.hpp"
#include "drivers/wmbus/telegram.hpp"

namespace anju::drivers::wmbus {

/// Error flags (VIF FD 17h) of a smoke detector. Which flag means smoke is the maker's; of Lansen
/// it is known. Of the others it is only certain that there is no smoke when no flag at all is set
/// and the status byte tells of no abnormal condition. Counters and dates of earlier alarms are
/// history.
void take_smoke(const Telegram& telegram, const Record& record, Found& found);

/// Digital input (VIF FD 1Bh) of a Lansen door contact.
void take_door(const Record& record, Found& found);

}  // namespace anju::drivers::wmbus
