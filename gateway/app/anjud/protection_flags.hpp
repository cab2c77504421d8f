// Whether the box protects, as files of the service's runtime folder (/run/anju), which units of
// systemd wait for: "protected" or "not-protected", never both, and "aloud" beside the latter by
// day. The daemon itself needs no right to any lamp or program for that.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "runtime/protection.hpp"

namespace anju {

class ProtectionFlags {
public:
    /// Empty: there are no such files, and nothing is done.
    explicit ProtectionFlags(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// What systemd has made for the service ($RUNTIME_DIRECTORY); empty without it.
    [[nodiscard]] static std::filesystem::path folder_of_service();
    /// "home_broker no_sensor"
    [[nodiscard]] static std::string text_of(const std::set<Unprotected>& reasons);

    /// Writes where something has changed. A folder that cannot be written is logged once.
    void show(const Protection& protection);

private:
    void show(const std::string& reasons, bool aloud);
    void write(const char* name, const std::string& content);

    std::filesystem::path folder_;
    std::optional<std::string> shown_;  ///< reasons; empty: it protects
    std::optional<bool> aloud_;         ///< nullopt: an earlier process may have left the file
    bool complained_ = false;
};

}  // namespace anju
