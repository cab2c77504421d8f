#include "notify/allowance.hpp"

#include <algorithm>

namespace anju::notify {
namespace {

constexpr std::size_t without_quota = 1'000;

std::size_t share(std::uint32_t count, Priority priority) {
    switch (priority) {
        case Priority::p1:
            return count;
        case Priority::p2:
            return count - std::max(1U, count / 5);
        case Priority::p3:
        case Priority::p4:
            break;
    }
    return std::max(1U, count / 2);
}

}  // namespace

Allowance::Allowance(std::vector<Quota> quotas) {
    for (const Quota quota : quotas) windows_.push_back({{quota.count, quota.span * 11 / 10}, {}});
}

std::size_t Allowance::room(Priority priority, SteadyTime now) {
    std::size_t out = without_quota;
    for (Window& window : windows_) {
        while (!window.taken.empty() && now - window.taken.front() >= window.quota.span) {
            window.taken.pop_front();
        }
        const std::size_t most = share(window.quota.count, priority);
        const std::size_t used = window.taken.size();
        out = std::min(out, used < most ? most - used : 0);
    }
    return out;
}

void Allowance::take(SteadyTime now) {
    for (Window& window : windows_) window.taken.push_back(now);
}

}  // namespace anju::notify
