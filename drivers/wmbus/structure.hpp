// Do bytes look like data records, one after the other, with nothing left over? Records say how
// long they are, so that a run of them ends where a telegram ends only if its length is right.
#pragma once

#include "drivers/bytes.hpp"

namespace anju::drivers::wmbus {

/// True when whole records, and fillers between them, end exactly with `body`, which is not empty.
/// False also where they do not say: what follows DIF 0Fh or 1Fh is the manufacturer's.
[[nodiscard]] bool ends_with_a_record(Bytes body);

}  // namespace anju::drivers::wmbus
