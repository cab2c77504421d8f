// How a box takes updates: /etc/anju/update.toml. A file of its own, for it is root's: the gateway
// itself has nothing to say about what is installed, and does not read it.
#pragma once

#include <chrono>
#include <filesystem>

#include "config/config.hpp"
#include "core/model/care_rules.hpp"

namespace anju::config {

/// What opening_within + 2 * (healthy_within + steady_for) may come to. Two of them fit into
/// TimeoutStartSec= of anju-update.service with two hours to spare for fetching and installing.
inline constexpr Duration longest_proof = std::chrono::hours{5};

struct Update {
    bool enabled = true;  ///< by the timer; a person may always
    /// Local time in which an update may begin, over midnight where it ends before it begins.
    Window window{std::chrono::hours{2}, std::chrono::hours{5}};
    Duration wait_for_alerts = std::chrono::hours{72};   ///< 0 to 30 days
    Duration healthy_within = std::chrono::minutes{15};  ///< 1 minute to 2 hours
    Duration opening_within = std::chrono::hours{2};     ///< 1 minute to 3 hours
    Duration steady_for = std::chrono::minutes{2};       ///< 10 seconds to 1 hour
};

/// The defaults where there is no such file. Mistakes as load() reports them.
[[nodiscard]] boost::system::result<Update, Errors> load_update(const std::filesystem::path& path);

}  // namespace anju::config
