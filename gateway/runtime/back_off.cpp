#include "runtime/back_off.hpp"

#include <algorithm>

namespace anju {

using std::chrono::seconds;

seconds BackOff::wait(const std::string& key, SteadyTime now) const {
    const auto found = records_.find(key);
    if (found == records_.end() || now - found->second.last >= options_.forget) return seconds{0};
    return std::max(seconds{0}, std::chrono::ceil<seconds>(found->second.until - now));
}

unsigned BackOff::failures(const std::string& key, SteadyTime now) const {
    const auto found = records_.find(key);
    if (found == records_.end() || now - found->second.last >= options_.forget) return 0;
    return found->second.count;
}

void BackOff::failed(const std::string& key, SteadyTime now) {
    if (!records_.contains(key)) make_room(now);
    Record& record = records_[key];
    if (record.count > 0 && now - record.last >= options_.forget) record = {};
    ++record.count;
    record.last = now;
    if (record.count > options_.free) {
        const unsigned doublings = std::min(record.count - options_.free - 1, 20U);
        record.until = now + std::min(options_.most, options_.first * (1U << doublings));
    }
}

void BackOff::asked_too_early(const std::string& key, SteadyTime now) {
    if (const auto found = records_.find(key); found != records_.end()) found->second.last = now;
}

void BackOff::take_back(const std::string& key) {
    const auto found = records_.find(key);
    if (found == records_.end()) return;
    if (found->second.count <= 1) {
        records_.erase(found);
        return;
    }
    --found->second.count;
    found->second.until = {};
}

void BackOff::make_room(SteadyTime now) {
    std::erase_if(records_,
                  [&](const auto& one) { return now - one.second.last >= options_.forget; });
    if (records_.size() < options_.keys) return;
    records_.erase(
        std::ranges::min_element(records_, {}, [](const auto& one) { return one.second.last; }));
}

}  // namespace anju
