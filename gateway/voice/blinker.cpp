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
    }
    stirred_.notify_all();
}

void Blinker::run() {
    std::unique_lock lock(mutex_);
    while (!stop_) {
        if (Steady::now() >= until_) {
            stirred_.wait(lock, [this] { return stop_ || Steady::now() < until_; });
            continue;
        }
        bool on = true;
        while (!stop_ && Steady::now() < until_) {
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
        }
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
