// A file that is only there to be given up. On a full disk even DELETE fails, because it has to
// write; removing the ballast first gives alarms room to be stored.
#pragma once

#include <cstdint>
#include <filesystem>

namespace anju::store {

class Ballast {
public:
    Ballast(std::filesystem::path file, std::uint64_t bytes);

    /// Reserves the blocks. False, and no file left, when there is no room.
    bool restore();
    void give_up();
    [[nodiscard]] bool present() const { return present_; }
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

private:
    std::filesystem::path file_;
    std::uint64_t bytes_;
    bool present_;
};

}  // namespace anju::store
