#include "http/failures.hpp"

#include <algorithm>

namespace anju::http {

using std::chrono::seconds;

seconds Failures::failed(const std::string& address, SteadyTime now) {
    ++counted_;
    if (!records_.contains(address)) make_room(now);
    Record& record = records_[address];
    if (record.count > 0 && now - record.last >= options_.forget) record = {};
    if (now < record.until) {
        ++turned_away_;
        record.last = now;
        return std::chrono::ceil<seconds>(record.until - now);
    }
    ++record.count;
    record.last = now;
    if (record.count > options_.free) {
        const unsigned doublings = std::min(record.count - options_.free - 1, 20U);
        record.until = now + std::min(options_.most, options_.first * (1U << doublings));
    }
    return seconds{0};
}

void Failures::make_room(SteadyTime now) {
    std::erase_if(records_,
                  [&](const auto& one) { return now - one.second.last >= options_.forget; });
    if (records_.size() < options_.addresses) return;
    records_.erase(
        std::ranges::min_element(records_, {}, [](const auto& one) { return one.second.last; }));
}

}  // namespace anju::http
