// A broken contract ends the process, in release builds too: a wrong decision about a person is
// worse than a restart from the last commit.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace anju {

[[noreturn]] inline void check_failed(const char* condition, const char* why, const char* file,
                                      int line) noexcept {
    std::fprintf(stderr, "%s:%d: broken contract: %s (%s)\n", file, line, why, condition);
    std::abort();
}

}  // namespace anju

/// Aborts with `why` unless `condition` holds.
#define ANJU_CHECK(condition, why) \
    ((condition) ? static_cast<void>(0) : ::anju::check_failed(#condition, why, __FILE__, __LINE__))
