// One drill at a time on a box: what begins takes off the homes that are there, which would be
// those of another that is still played.
#pragma once

#include <filesystem>

namespace anju::sim {

/// Held on the directory of the box's control socket, so it leaves no file and ends with the
/// process, however that ends. Whatever is forked while it is held holds it too. Any thread.
class DrillLock {
public:
    enum class State {
        held,
        taken,    ///< by another process of this machine
        unknown,  ///< the directory cannot be opened for reading
    };
    explicit DrillLock(const std::filesystem::path& control_socket);
    ~DrillLock();
    DrillLock(const DrillLock&) = delete;
    DrillLock& operator=(const DrillLock&) = delete;

    [[nodiscard]] State state() const { return state_; }

private:
    int fd_;
    State state_;
};

}  // namespace anju::sim
