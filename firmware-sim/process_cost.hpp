// What this process has cost so far, by the kernel's accounts; other processes do not show in it.
#pragma once

#include <sys/resource.h>

namespace anju::sim {

struct ProcessCost {
    double cpu_seconds = 0;  ///< user and system, all threads
    double peak_mib = 0;     ///< of resident memory

    static ProcessCost now() {
        rusage used{};
        ::getrusage(RUSAGE_SELF, &used);
        const auto seconds = [](const timeval& time) {
            return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
        };
        return {seconds(used.ru_utime) + seconds(used.ru_stime),
                static_cast<double>(used.ru_maxrss) / 1024};
    }
};

}  // namespace anju::sim
