#include "voice/blinker.hpp"

#include <utility>

#include "base/log.hpp"

namespace anju::voice {

using Steady = std::chrono::steady_clock;

Blinker::Blinker(Lamp& lamp, std::chrono::milliseconds half_period)
    : lamp_(lamp), half_period_(half_period), thread_([this] { run(); }) {}

Blinker::~Blinker() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    stirred_.notify_all();
    thread_.join();
}

void Blinker::blink(std::chrono::milliseconds length) {
    {
        const std::lock_guard lock(mutex_);
        until_ = Steady::now() + length;
        asked_ = length > std::chrono::milliseconds{0};
    }
    stirred_.notify_all();
}

void Blinker::run() {
    std::unique_lock lock(mutex_);
    while (!stop_) {
        stirred_.wait(lock, [this] { return stop_ || asked_; });
        if (stop_) break;
        bool on = true;
        // Once at least, also where a busy machine comes to it when its time is over.
        do {
            lock.unlock();
            const bool there = shine(on);
            lock.lock();
            if (!there) {
                until_ = {};  // nothing to see this time; the next may find one
                break;
            }
            on = !on;
            const auto wake = std::min(until_, Steady::now() + half_period_);
            stirred_.wait_until(lock, wake, [&] { return stop_ || Steady::now() >= until_; });
        } while (!stop_ && Steady::now() < until_);
        asked_ = false;
        lock.unlock();
        lamp_.release();
        lock.lock();
    }
}

bool Blinker::shine(bool on) {
    if (lamp_.set(on)) {
        complained_ = false;
        return true;
    }
    ++absent_;
    if (!std::exchange(complained_, true)) {
        log::warn("lamp_absent", {{"effect", "the box asks without it"},
                                  {"remedy", "look at [self_check] led, try gpioinfo"}});
    }
    return false;
}

}  // namespace anju::voice
