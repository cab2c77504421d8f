// The box that recorded homes are played to, as its control socket shows it.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "core/model/instant.hpp"

namespace anju::sim {

/// Every call blocks for at most 10 s, add() for 120 s. Any thread.
class ReplayBox {
public:
    struct State {
        Instant now{};
        Duration utc_offset{};
        bool driven_clock{};
        bool drills_allowed{};
        std::map<std::string, std::uint64_t> heard;  ///< messages by driver
    };

    explicit ReplayBox(std::filesystem::path socket) : socket_(std::move(socket)) {}

    [[nodiscard]] result<State> state() const;
    [[nodiscard]] result<void> add(const std::string& directory_toml) const;
    [[nodiscard]] result<void> remove(const std::string& household) const;
    /// Alerts of a household that somebody who meets the resident can close: about silence at once,
    /// others a day after they were raised. Not those that end by themselves (devices, open doors).
    [[nodiscard]] result<std::vector<std::string>> closable(const std::string& household,
                                                            Instant now) const;
    /// True: it is closed now.
    [[nodiscard]] result<bool> close(const std::string& alert, const std::string& command_id) const;

private:
    std::filesystem::path socket_;
};

}  // namespace anju::sim
