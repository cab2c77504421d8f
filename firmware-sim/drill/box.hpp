// The box a drill is held on, as its control socket shows it.
#pragma once

#include <boost/json/value.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "firmware-sim/drill/score.hpp"

namespace anju::sim {

struct BoxState {
    std::string id;
    std::string version;
    Instant now{};
    bool driven_clock{};
    bool drills_allowed{};
};

/// Out of what `status` answers.
[[nodiscard]] BoxState box_state(const boost::json::value& status);

/// Out of what `alerts.show` answers. Told are the roles that somebody has.
[[nodiscard]] SeenAlert seen_alert(const boost::json::value& shown);

/// Every call blocks for at most 10 s. Any thread.
class Box {
public:
    explicit Box(std::filesystem::path socket) : socket_(std::move(socket)) {}

    [[nodiscard]] result<BoxState> state() const;
    /// Ids of registered homes that a drill made: those with `drill` whose id begins with `prefix`.
    [[nodiscard]] result<std::vector<std::string>> drill_homes(const std::string& prefix) const;
    [[nodiscard]] result<void> add(const std::string& directory_toml) const;
    [[nodiscard]] result<void> remove(const std::string& household) const;
    /// Every alert of these homes, the most urgent it was, who was told and who answered.
    [[nodiscard]] result<std::vector<SeenAlert>> alerts(const std::vector<SimHome>& homes) const;

private:
    std::filesystem::path socket_;
};

}  // namespace anju::sim
