// Files in a sealed file: each with its name, mode and owners, then its content.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "backup/sealed_file.hpp"

namespace anju::backup {

struct Member {
    std::string name;   ///< "etc/anju/anju.toml": relative, without "." and ".."
    unsigned mode{};    ///< permissions, at most 07777
    std::string owner;  ///< names, for numbers differ from board to board; empty: not known
    std::string group;
};

/// Adds `file` as `name`. A file that changes meanwhile is taken as it was read.
[[nodiscard]] result<void> add_file(SealedWriter& out, const std::filesystem::path& file,
                                    const std::string& name);
/// Adds what is given, 0600, no owner.
[[nodiscard]] result<void> add_text(SealedWriter& out, const std::string& name,
                                    std::string_view text);

/// Reads the archive to its end. `place` says where the content of a member is written to (made
/// anew, 0600, its folder exists), or nullopt to pass over it. What was written must not be used
/// when an Error is returned.
using Place = std::function<result<std::optional<std::filesystem::path>>(const Member&)>;
[[nodiscard]] result<std::vector<Member>> extract(SealedReader& in, const Place& place);

}  // namespace anju::backup
