// What the machine says of itself: heat, power, wear of its storage, memory. The kernel tells it in
// small files below /sys and /proc; most boards lack some of them, so that absent is the rule and
// never zero.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace anju::system {

/// Bits of a Raspberry Pi's get_throttled, as its documentation of vcgencmd names them.
enum class Throttled : std::uint32_t {
    undervoltage_now = 1U << 0U,
    capped_now = 1U << 1U,
    throttled_now = 1U << 2U,
    undervoltage_since_boot = 1U << 16U,
    throttled_since_boot = 1U << 18U,
};
[[nodiscard]] constexpr bool has(std::uint32_t bits, Throttled bit) {
    return (bits & static_cast<std::uint32_t>(bit)) != 0;
}

/// JEDEC eMMC 5.0 (JESD84-B50), EXT_CSD 267 to 269.
enum class EndOfLife : std::uint8_t {
    normal = 1,
    warning = 2,  ///< 80 % of the reserved blocks are used
    urgent = 3,   ///< 90 % are used
};

/// A card or a soldered eMMC: mmcblkN of /sys/block, without its boot partitions.
struct Storage {
    std::string name;                         ///< "mmcblk0"
    std::string type;                         ///< "SD" or "MMC"; empty: not said
    std::optional<std::uint8_t> used_tenths;  ///< of its life, rounded up: 1 to 10; 11: exceeded
    std::optional<EndOfLife> end_of_life;
    std::optional<std::uint64_t> written_bytes;  ///< since boot
    friend bool operator==(const Storage&, const Storage&) = default;
};

struct Memory {
    std::uint64_t total_bytes{};
    std::optional<std::uint64_t> available_bytes;  ///< for new programs, without swapping
    friend bool operator==(const Memory&, const Memory&) = default;
};

struct Board {
    std::optional<std::int32_t> temperature_mc;  ///< of the hottest zone, 1/1000 degree Celsius
    std::optional<std::uint32_t> throttled;      ///< see Throttled; only on a Raspberry Pi
    std::vector<Storage> storage;                ///< by name
    std::optional<Memory> memory;
    std::optional<std::uint64_t> uptime_s;
    std::optional<bool> root_read_only;
    std::string boot_id;  ///< empty: not known; so are the following
    std::string kernel;   ///< "6.1.0-18-arm64"
    std::string debian;   ///< "12.5"
    std::string model;    ///< "Raspberry Pi 4 Model B Rev 1.5"
};

/// Reads what is there below `root` ("/" but for tests). A service that systemd shows of /proc only
/// the processes (ProcSubset=pid) asks the kernel itself for kernel, uptime and total memory, and
/// takes the boot's id from $ANJU_BOOT_ID. Any thread; some drivers take milliseconds to answer.
[[nodiscard]] Board look_at_board(const std::filesystem::path& root = "/");

// What those files say. nullopt: nothing that can be believed.

/// thermal_zoneN/temp. Readings outside of -40 to 150 degrees are of a sensor that is not there.
[[nodiscard]] std::optional<std::int32_t> parse_temperature(std::string_view text);
/// get_throttled: hexadecimal, without 0x.
[[nodiscard]] std::optional<std::uint32_t> parse_throttled(std::string_view text);
/// life_time: "0x01 0x02" for the two kinds of cells; the worse one. 0: the device does not say.
[[nodiscard]] std::optional<std::uint8_t> parse_life_time(std::string_view text);
[[nodiscard]] std::optional<EndOfLife> parse_end_of_life(std::string_view text);
/// stat of a block device: the seventh number is sectors of 512 bytes that were written.
[[nodiscard]] std::optional<std::uint64_t> parse_written_bytes(std::string_view text);
[[nodiscard]] std::optional<Memory> parse_memory(std::string_view meminfo);
[[nodiscard]] std::optional<std::uint64_t> parse_uptime(std::string_view text);
/// /proc/self/mountinfo (proc(5)): whether the file system on "/" is read-only as a whole. A mount
/// that is read-only for this service alone does not count.
[[nodiscard]] std::optional<bool> parse_root_read_only(std::string_view mountinfo);

}  // namespace anju::system
