// After a campaign: what the store and the platform hold, against what was promised.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/e2e/rig.hpp"
#include "vault/keys.hpp"

namespace anju::test {

struct Audit {
    std::uint64_t acknowledged{};  ///< messages the sensors were told are on disk
    std::uint64_t stored{};        ///< messages in the journal
    std::uint64_t lost{};          ///< acknowledged, but not in the journal
    std::uint64_t stored_twice{};
    std::uint64_t alarms_without_alert{};  ///< acknowledged smoke, and no alert for its home
    std::uint64_t decided{};               ///< alert decisions in the store
    std::uint64_t delivered{};             ///< alert decisions at the platform
    std::uint64_t missing_upstream{};      ///< decided, but not at the platform
    std::uint64_t numbered_twice{};        ///< one decision under two numbers
    std::uint64_t holes{};                 ///< numbers the platform never got
    std::uint64_t epochs{};                ///< of one lane, at the platform: 1 unless rebuilt
    std::uint64_t repeated{};              ///< deliveries the platform recognised as repeated

    [[nodiscard]] bool good() const {
        return acknowledged > 0 && decided > 0 && lost == 0 && stored_twice == 0 &&
               alarms_without_alert == 0 && missing_upstream == 0 && numbered_twice == 0 &&
               holes == 0;
    }
};

/// By device: boot and number of each message that was acknowledged to it. After a restart a sensor
/// counts from 1 again.
using Acknowledged = std::map<std::string, std::vector<std::pair<std::uint64_t, std::uint64_t>>>;

struct AuditFiles {
    std::filesystem::path data_dir;                ///< of the gateway, or a copy of its store
    std::filesystem::path platform;                ///< empty: what is up there is not looked at
    std::shared_ptr<const vault::Keys> keys = {};  ///< of a sealed store
};

/// `smoke_home`: the household that a smoke alarm of this device must have raised an alert in;
/// empty: none. Nobody writes the files meanwhile. Throws std::runtime_error when one cannot be
/// read.
[[nodiscard]] Audit audit_files(
    const AuditFiles& files, const Acknowledged& acknowledged,
    const std::function<std::string(const std::string& device)>& smoke_home);
/// The same of a rig whose daemon and platform have ended.
[[nodiscard]] Audit audit_street(const Rig& rig, const Acknowledged& acknowledged);
void print(const Audit& audit);

/// Waits until the daemon says that the platform has acknowledged everything.
[[nodiscard]] bool outbox_empty(Rig& rig, std::chrono::seconds limit);

}  // namespace anju::test
