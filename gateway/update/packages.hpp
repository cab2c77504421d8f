// Anju's packages by dpkg and apt: which are installed, which the source has, how they are fetched,
// kept and put on the box.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "update/plan.hpp"
#include "update/updater.hpp"

namespace anju::update {

struct Installed {
    std::string version;  ///< of gateway, common and, where they are, tools; empty: not whole
    std::string formats;  ///< Anju-Store-Formats of the gateway
    std::vector<std::string> packages;
};

[[nodiscard]] result<Installed> installed_now();

/// apt, as it would be if `source`, a file of sources, were its only one; options come first.
[[nodiscard]] std::vector<std::string> apt(const char* program,
                                           const std::filesystem::path& source);
[[nodiscard]] std::vector<std::string> with(std::vector<std::string> argv,
                                            std::vector<std::string> more);

/// What `source` has beyond the installed version, by what apt fetched last; newest first.
[[nodiscard]] result<std::vector<Offer>> offers_beyond(const std::filesystem::path& source,
                                                       const Installed& installed,
                                                       const std::string& gateway_id);

/// Fetches them from `source`, which apt verifies, into `folder`, compares them with what the
/// signed index says of each, and keeps those sums beside them. Whole and on the disk, or not
/// there. Nothing is fetched when they are there already.
[[nodiscard]] result<void> keep_packages(const std::filesystem::path& source,
                                         const std::filesystem::path& folder,
                                         const std::string& version,
                                         const std::vector<std::string>& packages);
/// An Error when they are not there, not as they were fetched, or not alone. Asks no source.
[[nodiscard]] result<void> packages_hold(const std::filesystem::path& folder);
/// The same, and an Error when the signed index, as apt fetched it last, has other bytes or another
/// size for one of them. One that does not hold the version any more says nothing against it.
[[nodiscard]] result<void> packages_match(const std::filesystem::path& source,
                                          const std::filesystem::path& folder,
                                          const std::string& version,
                                          const std::vector<std::string>& packages);
/// Anju-Store-Formats of the gateway that is kept in `folder`.
[[nodiscard]] result<std::string> formats_in(const std::filesystem::path& folder);

/// Installs the packages in `folder`, whatever is installed; those that hold. `back`: with dpkg
/// alone if apt refuses.
[[nodiscard]] Put put_packages(const std::filesystem::path& folder, bool back);

/// So that a file, or what is in a folder, survives a power cut.
void sync_path(const std::filesystem::path& path);

}  // namespace anju::update
