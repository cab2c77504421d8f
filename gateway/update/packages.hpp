// Anju's packages by dpkg and apt: which are installed, which the source has, how they are fetched,
// kept and put on the box.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "update/plan.hpp"

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

/// Fetches them from `source`, which apt verifies, into `folder` with their sums. Whole and on the
/// disk, or not there. Nothing is fetched when they are there already.
[[nodiscard]] result<void> keep_packages(const std::filesystem::path& source,
                                         const std::filesystem::path& folder,
                                         const std::string& version,
                                         const std::vector<std::string>& packages);
/// An Error when they are not there, or not as they were fetched.
[[nodiscard]] result<void> packages_hold(const std::filesystem::path& folder);
/// Anju-Store-Formats of the gateway that is kept in `folder`.
[[nodiscard]] result<std::string> formats_in(const std::filesystem::path& folder);

/// Installs all packages in `folder`, whatever is installed. `back`: with dpkg alone if apt
/// refuses.
[[nodiscard]] result<void> put_packages(const std::filesystem::path& folder, bool back);

/// One paragraph of a control file or of apt's lists: the value of `field`, of its first line;
/// empty when there is none. Names of fields are compared without case.
[[nodiscard]] std::string field_of(const std::string& paragraph, const std::string& field);

/// So that a file, or what is in a folder, survives a power cut.
void sync_path(const std::filesystem::path& path);

}  // namespace anju::update
