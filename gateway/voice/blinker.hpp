// Makes a lamp blink for a while, on a thread of its own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "voice/speaker.hpp"

namespace anju::voice {

class Blinker {
public:
    /// `lamp` must outlive it; touched by its thread only.
    explicit Blinker(Lamp& lamp,
                     std::chrono::milliseconds half_period = std::chrono::milliseconds{500});
    ~Blinker();
    Blinker(const Blinker&) = delete;
    Blinker& operator=(const Blinker&) = delete;

    /// From now on for so long, in place of what was left. Never waits.
    void blink(std::chrono::milliseconds length);
    void stop() { blink(std::chrono::milliseconds{0}); }
    /// How often there was no lamp.
    [[nodiscard]] std::uint64_t absent() const { return absent_; }

private:
    void run();
    bool shine(bool on);

    Lamp& lamp_;
    std::chrono::milliseconds half_period_;
    std::mutex mutex_;
    std::condition_variable stirred_;
    std::chrono::steady_clock::time_point until_{};
    bool asked_ = false;  ///< and not begun, or not over
    bool stop_ = false;
    std::atomic<std::uint64_t> absent_{0};
    bool complained_ = false;
    std::thread thread_;
};

}  // namespace anju::voice
