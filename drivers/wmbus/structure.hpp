// Do bytes look like data records, one after the other, with nothing left over? Records say how
// long they are, so that a run of them ends where a telegram ends only if its length is right.
// EN 13757-3, clause 6. Values are of no interest here.
#pragma once

#include "drivers/bytes.hpp"

namespace anju::drivers::wmbus {

/// True when whole records, and fillers between them, end exactly with `body`, which is not empty.
/// False also where the records do not say: data of the manufacturer (0Fh, 1Fh), units in plain
/// text.
[[nodiscard]] bool ends_with_a_record(Bytes body);

}  // namespace anju::drivers::wmbus
