#include "system/board.hpp"

#include <sys/sysinfo.h>
#include <sys/utsname.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>

namespace anju::system {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_file = 64 * 1024;

/// Whole files of /sys say at most a page; empty: absent, unreadable, or nothing in it.
std::string read(const fs::path& file) {
    std::error_code none;
    if (!fs::is_regular_file(file, none)) return {};
    std::ifstream in(file, std::ios::binary);
    std::string out(longest_file, '\0');
    in.read(out.data(), static_cast<std::streamsize>(out.size()));
    out.resize(static_cast<std::size_t>(in.gcount()));
    return out;
}

std::string_view trimmed(std::string_view text) {
    // A model's name of the device tree ends with a NUL.
    constexpr std::string_view blank(" \t\r\n\0", 5);
    const std::size_t from = text.find_first_not_of(blank);
    if (from == text.npos) return {};
    return text.substr(from, text.find_last_not_of(blank) - from + 1);
}

template <class T>
std::optional<T> number(std::string_view text, int base = 10) {
    text = trimmed(text);
    if (base == 16 && (text.starts_with("0x") || text.starts_with("0X"))) text.remove_prefix(2);
    T out{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out, base);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return out;
}

std::vector<std::string> words(std::string_view text) {
    std::istringstream in{std::string(text)};
    std::vector<std::string> out;
    for (std::string word; in >> word;) out.push_back(word);
    return out;
}

/// The entries of a folder whose name begins so and goes on with digits, by name.
std::vector<fs::path> numbered(const fs::path& folder, std::string_view prefix) {
    std::vector<fs::path> out;
    std::error_code none;
    for (fs::directory_iterator it(folder, none), end; !none && it != end; it.increment(none)) {
        const std::string name = it->path().filename().string();
        if (!name.starts_with(prefix) || name.size() == prefix.size()) continue;
        const bool digits = std::all_of(name.begin() + static_cast<std::ptrdiff_t>(prefix.size()),
                                        name.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (digits) out.push_back(it->path());
    }
    std::ranges::sort(out);
    return out;
}

std::vector<Storage> look_at_storage(const fs::path& root) {
    std::vector<Storage> out;
    for (const fs::path& block : numbered(root / "sys/block", "mmcblk")) {
        Storage one;
        one.name = block.filename().string();
        one.type = trimmed(read(block / "device/type"));
        one.used_tenths = parse_life_time(read(block / "device/life_time"));
        one.end_of_life = parse_end_of_life(read(block / "device/pre_eol_info"));
        one.written_bytes = parse_written_bytes(read(block / "stat"));
        out.push_back(std::move(one));
    }
    return out;
}

std::optional<std::int32_t> hottest(const fs::path& root) {
    std::optional<std::int32_t> out;
    for (const fs::path& zone : numbered(root / "sys/class/thermal", "thermal_zone")) {
        const auto one = parse_temperature(read(zone / "temp"));
        if (one && (!out || *one > *out)) out = one;
    }
    return out;
}

void ask_kernel(Board& board) {
    utsname names{};
    if (board.kernel.empty() && uname(&names) == 0) board.kernel = names.release;
    timespec since{};
    if (!board.uptime_s && clock_gettime(CLOCK_BOOTTIME, &since) == 0) {
        board.uptime_s = static_cast<std::uint64_t>(since.tv_sec);
    }
    struct sysinfo memory{};
    if (!board.memory && ::sysinfo(&memory) == 0) {
        board.memory = Memory{std::uint64_t{memory.totalram} * memory.mem_unit, std::nullopt};
    }
    const char* const boot = std::getenv("ANJU_BOOT_ID");
    if (board.boot_id.empty() && boot != nullptr) board.boot_id = boot;
}

}  // namespace

std::optional<std::int32_t> parse_temperature(std::string_view text) {
    const auto out = number<std::int32_t>(text);
    return out && *out >= -40'000 && *out <= 150'000 ? out : std::nullopt;
}

std::optional<std::uint32_t> parse_throttled(std::string_view text) {
    return number<std::uint32_t>(text, 16);
}

std::optional<std::uint8_t> parse_life_time(std::string_view text) {
    constexpr std::uint8_t exceeded = 11;
    std::uint8_t worst = 0;
    for (const std::string& word : words(text)) {
        const auto one = number<std::uint8_t>(word, 16);
        if (!one || *one > exceeded) return std::nullopt;
        worst = std::max(worst, *one);
    }
    return worst == 0 ? std::nullopt : std::optional(worst);
}

std::optional<EndOfLife> parse_end_of_life(std::string_view text) {
    const auto value = number<std::uint8_t>(text, 16);
    if (!value || *value < 1 || *value > 3) return std::nullopt;
    return static_cast<EndOfLife>(*value);
}

std::optional<std::uint64_t> parse_written_bytes(std::string_view text) {
    constexpr std::size_t written = 6;
    constexpr std::uint64_t sector = 512;
    const auto all = words(text);
    if (all.size() <= written) return std::nullopt;
    const auto sectors = number<std::uint64_t>(all[written]);
    return sectors ? std::optional(*sectors * sector) : std::nullopt;
}

std::optional<Memory> parse_memory(std::string_view meminfo) {
    const auto line = [meminfo](std::string_view name) -> std::optional<std::uint64_t> {
        const std::size_t at = meminfo.find(name);
        if (at == meminfo.npos) return std::nullopt;
        const auto parts = words(meminfo.substr(at + name.size(), 64));
        if (parts.size() < 2 || parts[1] != "kB") return std::nullopt;
        const auto kib = number<std::uint64_t>(parts[0]);
        return kib ? std::optional(*kib * 1024) : std::nullopt;
    };
    const auto total = line("MemTotal:");
    const auto available = line("MemAvailable:");
    if (!total || !available) return std::nullopt;
    return Memory{*total, *available};
}

std::optional<std::uint64_t> parse_uptime(std::string_view text) {
    return number<std::uint64_t>(text.substr(0, text.find('.')));
}

std::optional<bool> parse_root_read_only(std::string_view mountinfo) {
    constexpr std::size_t mount_point = 4;
    constexpr std::size_t super_options = 3;  // after the separator, type and source
    std::optional<bool> out;
    std::istringstream lines{std::string(mountinfo)};
    for (std::string line; std::getline(lines, line);) {
        const auto parts = words(line);
        const auto separator = std::ranges::find(parts, "-");
        if (parts.size() <= mount_point || parts[mount_point] != "/") continue;
        if (parts.end() - separator <= static_cast<std::ptrdiff_t>(super_options)) continue;
        const std::string options = "," + *(separator + super_options) + ",";
        out = options.find(",ro,") != std::string::npos;  // mounted last is what one sees
    }
    return out;
}

Board look_at_board(const fs::path& root) {
    Board out;
    out.temperature_mc = hottest(root);
    out.throttled =
        parse_throttled(read(root / "sys/devices/platform/soc/soc:firmware/get_throttled"));
    out.storage = look_at_storage(root);
    out.memory = parse_memory(read(root / "proc/meminfo"));
    out.uptime_s = parse_uptime(read(root / "proc/uptime"));
    out.root_read_only = parse_root_read_only(read(root / "proc/self/mountinfo"));
    out.boot_id = trimmed(read(root / "proc/sys/kernel/random/boot_id"));
    out.kernel = trimmed(read(root / "proc/sys/kernel/osrelease"));
    out.debian = trimmed(read(root / "etc/debian_version"));
    out.model = trimmed(read(root / "sys/firmware/devicetree/base/model"));
    if (root == "/") ask_kernel(out);
    return out;
}

}  // namespace anju::system
