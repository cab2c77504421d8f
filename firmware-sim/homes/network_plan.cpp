#include "firmware-sim/homes/network_plan.hpp"

#include <algorithm>

namespace anju::sim {

namespace {

bool of_gateway(std::string_view link) {
    return link == "home" || link == "district";
}

BothLanguages link_text(const std::string& link, std::optional<LinkFault> what) {
    const std::string zh = link == "home"       ? "网关与家庭代理"
                           : link == "district" ? "网关与区平台"
                                                : link + " ";
    const std::string en = link == "home"       ? "between gateway and home broker"
                           : link == "district" ? "between gateway and district"
                                                : "of " + link;
    if (!what) return {zh + "的连接恢复", "the connection " + en + " is well again"};
    switch (*what) {
        case LinkFault::cut:
            return {zh + "的连接中断", "the connection " + en + " is cut"};
        case LinkFault::stall:
            return {zh + "的连接停滞", "the connection " + en + " stands still"};
        case LinkFault::half_open:
            return {zh + "的连接单向不通", "no answer passes the connection " + en};
        case LinkFault::slow:
            return {zh + "的连接变慢", "the connection " + en + " is slow"};
    }
    return {};
}

}  // namespace

NetworkPlan::NetworkPlan(const std::vector<NetworkSpell>& spells, Instant midnight,
                         LinkFaults* faults)
    : faults_(faults) {
    for (const auto& spell : spells) {
        changes_.push_back({midnight + spell.at, spell.link, spell.what});
        changes_.push_back({midnight + spell.at + spell.lasts, spell.link, std::nullopt});
    }
    // One that ends when another of the same link begins ends first.
    std::ranges::stable_sort(changes_, [](const Change& left, const Change& right) {
        return left.at != right.at ? left.at < right.at : !left.begins && right.begins;
    });
}

result<void> NetworkPlan::check() const {
    for (const auto& change : changes_) {
        if (!of_gateway(change.link) || (faults_ != nullptr && faults_->has(change.link))) continue;
        return Error{"the scenario breaks the link '" + change.link +
                         "' of the gateway, and nothing stands in it that could",
                     "[[network]]", "put a proxy between the gateway and that broker"};
    }
    return {};
}

std::optional<Instant> NetworkPlan::next() const {
    if (done_ == changes_.size()) return std::nullopt;
    return changes_[done_].at;
}

std::vector<NetworkPlan::Line> NetworkPlan::advance(Instant now) {
    std::vector<Line> out;
    for (; done_ < changes_.size() && changes_[done_].at <= now; ++done_) {
        const auto& change = changes_[done_];
        Line line{change.at, link_text(change.link, change.begins), {}};
        if (change.begins) {
            broken_.insert_or_assign(change.link, *change.begins);
        } else {
            broken_.erase(change.link);
        }
        if (of_gateway(change.link) && faults_ != nullptr) {
            const auto made = change.begins ? faults_->begin(change.link, *change.begins)
                                            : faults_->heal(change.link);
            if (!made) line.error = made.error().text();
        }
        out.push_back(std::move(line));
    }
    return out;
}

void NetworkPlan::heal() {
    for (const auto& [link, what] : broken_) {
        if (of_gateway(link) && faults_ != nullptr) (void)faults_->heal(link);
    }
    broken_.clear();
    done_ = changes_.size();
}

bool NetworkPlan::mute(std::string_view link) const {
    const auto found = broken_.find(link);
    return found != broken_.end() && found->second != LinkFault::half_open &&
           found->second != LinkFault::slow;
}

bool NetworkPlan::deaf(std::string_view link) const {
    const auto found = broken_.find(link);
    return found != broken_.end() && found->second != LinkFault::slow;
}

}  // namespace anju::sim
