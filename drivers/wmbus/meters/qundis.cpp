#include "drivers/wmbus/meters/qundis.hpp"

#include "drivers/units.hpp"

namespace anju::drivers::wmbus {

std::optional<std::int64_t> total_of_qundis_profile(const Record& record) {
    const Bytes value = record.value;
    if (record.table != VifTable::maker || record.extensions.size() != 1 ||
        record.extensions[0] != 0x5F || value.size() < 28) {
        return std::nullopt;
    }
    const std::uint8_t vif = value[9];
    if (value[0] != 0x00 || value[1] != 0x82 || value[7] != 0x07 || (value[8] & 0xFEU) != 0xC0 ||
        vif < 0x10 || vif > 0x17) {
        return std::nullopt;
    }
    const auto total = bcd_of(value.subspan(12, 4));
    return total ? m3_to_millilitres(*total, vif - 0x16) : std::nullopt;
}

}  // namespace anju::drivers::wmbus
