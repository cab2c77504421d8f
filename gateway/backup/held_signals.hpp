// What must not be left half done is not ended by a terminal that goes away.
#pragma once

#include <pthread.h>

#include <csignal>

namespace anju::backup {

/// As long as it lives this thread is not ended by those who can wait: SIGHUP, SIGINT, SIGTERM.
/// They come when it ends. A program without other threads.
class HeldSignals {
public:
    HeldSignals() {
        sigset_t held;
        ::sigemptyset(&held);
        for (const int one : {SIGHUP, SIGINT, SIGTERM}) ::sigaddset(&held, one);
        ::pthread_sigmask(SIG_BLOCK, &held, &before_);
    }
    ~HeldSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    HeldSignals(const HeldSignals&) = delete;
    HeldSignals& operator=(const HeldSignals&) = delete;

private:
    sigset_t before_{};
};

}  // namespace anju::backup
