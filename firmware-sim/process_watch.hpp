// What another process costs, as proc(5) says.
#pragma once

#include <unistd.h>

#include <fstream>
#include <optional>
#include <sstream>
#include <string>

namespace anju::sim {

struct ProcessSample {
    double cpu_seconds = 0;  ///< user and system, all threads, since it began
    double mib = 0;          ///< resident now
};

/// nullopt: there is no such process, or it is not ours to see.
inline std::optional<ProcessSample> sample_process(int pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text;
    if (!std::getline(file, text)) return std::nullopt;
    // The name is in parentheses and may hold blanks: what follows begins with field 3.
    const auto name_ends = text.rfind(')');
    if (name_ends == std::string::npos) return std::nullopt;
    std::istringstream fields(text.substr(name_ends + 1));
    std::string skipped;
    for (int field = 3; field < 14; ++field) fields >> skipped;
    double user = 0;
    double system = 0;
    double pages = 0;
    fields >> user >> system;
    for (int field = 16; field < 24; ++field) fields >> skipped;
    fields >> pages;
    if (!fields) return std::nullopt;
    const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
    const auto page = static_cast<double>(::sysconf(_SC_PAGESIZE));
    return ProcessSample{(user + system) / ticks, pages * page / (1024 * 1024)};
}

}  // namespace anju::sim
