#include "app/anjuctl/doctor_board.hpp"

#include <string>

#include "app/anjuctl/doctor_text.hpp"

namespace anju::ctl {
namespace {

using system::EndOfLife;
using system::Throttled;

// A Raspberry Pi slows down from 80 degrees on, other boards between 85 and 95.
constexpr std::int32_t hot_mc = 80'000;
// Of 10: there is time to order another card.
constexpr std::uint8_t worn_tenths = 9;
constexpr std::uint8_t over_tenths = 11;
constexpr std::uint64_t least_memory = 32U << 20U;

void examine_power(std::uint32_t bits, Findings& findings) {
    if (has(bits, Throttled::undervoltage_now)) {
        findings.add(Severity::error, "power_low_now", text::power_low_now, text::mend_power);
    } else if (has(bits, Throttled::undervoltage_since_boot)) {
        findings.add(Severity::warning, "power_low", text::power_low, text::mend_power);
    } else {
        findings.ok("power", text::power_good);
    }
}

void examine_storage(const system::Storage& storage, Findings& findings) {
    const bool urgent = storage.end_of_life == EndOfLife::urgent ||
                        (storage.used_tenths && *storage.used_tenths >= over_tenths);
    const bool worn = storage.end_of_life == EndOfLife::warning ||
                      (storage.used_tenths && *storage.used_tenths >= worn_tenths);
    const std::string used =
        storage.used_tenths ? std::to_string(*storage.used_tenths * 10) : std::string("?");
    if (urgent) {
        findings.add(Severity::error, "storage_over", text::storage_over, text::replace_storage,
                     {storage.name, used});
    } else if (worn) {
        findings.add(Severity::warning, "storage_worn", text::storage_worn, text::replace_storage,
                     {storage.name, used});
    } else if (storage.used_tenths) {
        findings.ok("storage", text::storage_good, {storage.name, used});
    }
}

}  // namespace

void examine_board(const system::Board& board, Findings& findings) {
    if (board.temperature_mc) {
        const std::string degrees = std::to_string(*board.temperature_mc / 1000);
        if (*board.temperature_mc >= hot_mc) {
            findings.add(Severity::warning, "board_hot", text::board_hot, text::cool_board,
                         {degrees});
        } else {
            findings.ok("temperature", text::temperature_good, {degrees});
        }
    }
    if (board.throttled) examine_power(*board.throttled, findings);
    for (const system::Storage& one : board.storage) examine_storage(one, findings);
    const auto left = board.memory ? board.memory->available_bytes : std::nullopt;
    if (left && *left < least_memory) {
        findings.add(Severity::warning, "memory_low", text::memory_low, text::free_memory,
                     {std::to_string(*left >> 20U)});
    }
}

}  // namespace anju::ctl
