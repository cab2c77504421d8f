#include "system/boot_count.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <string>

namespace anju::system {
namespace {

namespace fs = std::filesystem;

bool write_whole(const fs::path& file, const std::string& content) {
    const fs::path beside = file.string() + ".new";
    const int fd = open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    if (fd < 0) return false;
    const bool put =
        write(fd, content.data(), content.size()) == static_cast<ssize_t>(content.size()) &&
        fsync(fd) == 0;
    const bool good = close(fd) == 0 && put && rename(beside.c_str(), file.c_str()) == 0;
    if (!good) unlink(beside.c_str());
    return good;
}

}  // namespace

std::optional<std::uint64_t> count_boot(const fs::path& file, std::string_view boot_id) {
    if (boot_id.empty()) return std::nullopt;
    std::uint64_t count = 0;
    std::string last;
    std::error_code none;
    if (fs::exists(file, none)) {
        std::ifstream in(file);
        // A file that makes no sense is begun anew: no figure is worth not starting for.
        if (!(in >> count >> last)) count = 0;
    }
    if (last == boot_id && count > 0) return count;
    ++count;
    if (!write_whole(file, std::to_string(count) + " " + std::string(boot_id) + "\n")) {
        return std::nullopt;
    }
    return count;
}

}  // namespace anju::system
