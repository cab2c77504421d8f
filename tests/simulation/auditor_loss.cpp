// A store that is lost, and with it what the box knew: what holds over that and what does not.
#include <utility>

#include "tests/simulation/auditor.hpp"

namespace anju::whole {

namespace {

bool has(const std::map<std::uint64_t, uplink::SeqSet>& kept, Sequence message) {
    const auto boot = kept.find(message.boot);
    return boot != kept.end() && boot->second.contains(message.number);
}

}  // namespace

bool Auditor::Device::was_kept(Sequence message) const {
    return has(kept, message) || has(lost, message);
}

void Auditor::store_lost() {
    ++tally_.stores_lost;
    lost_ = true;
    shadow_ = Engine{};
    doubtful_.reset();
    last_input_ = 0;
    engine_time_ = {};
    if (epoch_) gone_.insert_or_assign(*epoch_, std::exchange(streams_, {}));
    // Sensors repeat what they heard no answer for: it is taken again, and raises what it tells of.
    for (auto& [name, device] : devices_) {
        for (auto& [boot, numbers] : std::exchange(device.kept, {})) {
            while (const auto range = numbers.pop_front()) device.lost[boot].add(*range);
        }
        device.foreign_lost.merge(std::exchange(device.foreign, {}));
    }
    telling_.merge(std::exchange(told_, {}));
    for (Incident& incident : incidents_) incident.alert.reset();
    commands_.clear();
    tasks_.clear();
    alerts_.clear();
}

}  // namespace anju::whole
