#include "uplink/reconnect.hpp"

#include <algorithm>
#include <utility>

namespace anju::uplink {

ReconnectSpread::ReconnectSpread(Options options, std::function<double()> random,
                                 std::function<bool()> alarm_waiting)
    : options_(options), random_(std::move(random)), alarm_waiting_(std::move(alarm_waiting)) {}

std::chrono::milliseconds ReconnectSpread::delay(unsigned attempt) const {
    const bool alarm = alarm_waiting_();
    if (attempt == 0 && alarm) return std::chrono::milliseconds{0};
    const auto limit = alarm ? std::min(options_.limit, options_.alarm_limit) : options_.limit;
    const auto window = attempt == 0
                            ? options_.spread
                            : std::min(limit, options_.base * (1U << std::min(attempt, 16U)));
    return std::chrono::milliseconds{
        static_cast<std::int64_t>(random_() * static_cast<double>(window.count()))};
}

}  // namespace anju::uplink
