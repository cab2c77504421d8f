#include "access/folds.hpp"

#include <algorithm>
#include <utility>

namespace anju::access {

bool Folds::is_first(const AuditEntry& entry, const std::string& kind, SteadyTime now) {
    std::string key = std::to_string(entry.account.value) + " " + kind;
    if (!kinds_.contains(key) && kinds_.size() >= options_.most) key = "others";
    const auto [found, is_new] = kinds_.try_emplace(key, Kind{entry, now, 0});
    if (is_new) return true;
    ++found->second.again;
    return false;
}

std::vector<AuditEntry> Folds::take_over(SteadyTime now) {
    std::vector<AuditEntry> out;
    std::erase_if(kinds_, [&](auto& one) {
        if (now - one.second.since < options_.window) return false;
        if (one.second.again > 0) {
            AuditEntry entry = one.second.entry;
            entry.detail = "count=" + std::to_string(one.second.again) +
                           (entry.detail.empty() ? "" : " " + entry.detail);
            out.push_back(std::move(entry));
        }
        return true;
    });
    return out;
}

std::chrono::seconds Allowance::take(AccountId account, SteadyTime now) {
    const auto [found, is_new] = left_.try_emplace(account, Left{options_.burst, now});
    Left& left = found->second;
    const double passed = std::chrono::duration<double>(now - left.at).count();
    left.count = std::min(options_.burst, left.count + passed * options_.a_second);
    left.at = now;
    if (left.count >= 1) {
        left.count -= 1;
        return std::chrono::seconds{0};
    }
    const std::chrono::duration<double> wait((1 - left.count) / options_.a_second);
    return std::chrono::ceil<std::chrono::seconds>(wait);
}

}  // namespace anju::access
