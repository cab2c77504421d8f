// The first account needs no account, so it needs to be somebody with a foot in the box: a code in
// a file that the gateway's user may read, data_dir/console-setup.code, and that `anjuctl` shows.
// It is made when there is no account and removed as soon as there is one.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace anju::access {

/// Loop thread.
class SetupCode {
public:
    explicit SetupCode(std::filesystem::path data_dir);

    /// The code, "ABCD-EFGH-JKLM", 60 bits; made and written (0600, whole or not at all) when there
    /// is none that can be read.
    [[nodiscard]] result<std::string> code();
    /// Whether `said` is it, in whatever case and grouping; false while there is none. Who tries is
    /// to be slowed down by a BackOff of its own, by address.
    [[nodiscard]] bool is_code(std::string_view said);
    /// It was used. An Error when the file stays; it is worth nothing once there are accounts.
    [[nodiscard]] result<void> remove();

    [[nodiscard]] const std::filesystem::path& file() const { return file_; }

private:
    std::filesystem::path file_;
    std::string code_;  ///< as in the file; empty: not looked yet, or removed
};

}  // namespace anju::access
