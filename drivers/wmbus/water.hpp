// What the records of a water meter say.
#pragma once

#include "drivers/wmbus/found.hpp"
#include "drivers/wmbus/records.hpp"

namespace anju::drivers::wmbus {

/// Collects one record after the other. The total is the present volume of the meter itself:
/// instantaneous, in no store, tariff or subunit, VIF 10h–17h, and no VIFE that would make it a
/// part of the whole, a difference or another direction.
class WaterReader {
public:
    WaterReader(unsigned quirks, Found& found) : quirks_(quirks), found_(found) {}
    void take(const Record& record);

private:
    void take_volume(const Record& record);
    void take_battery(const Record& record);
    void add_total(std::int64_t ml, std::int64_t step_ml, std::size_t at);

    unsigned quirks_;
    Found& found_;
    std::int64_t step_ml_ = 0;   // of the total that was taken
    bool contradicted_ = false;  // by another total
};

}  // namespace anju::drivers::wmbus
