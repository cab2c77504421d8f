// A slow disk for a fast machine: delays every fsync and fdatasync, as an SD card does. Loaded
// with LD_PRELOAD it takes the delay from ANJU_FSYNC_DELAY_MS; linked into a program it can be
// set by that program.
#include <dlfcn.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "tests/bench/slow_fsync.hpp"

namespace {

std::atomic<int>& delay_ms() {
    static std::atomic<int> value = [] {
        const char* text = std::getenv("ANJU_FSYNC_DELAY_MS");
        return text == nullptr ? 0 : std::atoi(text);
    }();
    return value;
}

int slowly(const char* name, int descriptor) {
    using Sync = int (*)(int);
    const Sync real = reinterpret_cast<Sync>(::dlsym(RTLD_NEXT, name));
    const int result = real(descriptor);
    if (const int ms = delay_ms(); ms > 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(ms));
    }
    return result;
}

}  // namespace

void set_fsync_delay_ms(int ms) {
    delay_ms() = ms;
}

extern "C" {

int fsync(int descriptor) {
    return slowly("fsync", descriptor);
}

int fdatasync(int descriptor) {
    return slowly("fdatasync", descriptor);
}

}  // extern "C"
