// What the operator has set for single devices: keys and the meaning of their payloads. Comes from
// the homes that are registered; a driver only reads it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace anju::drivers {

/// AES-128, most significant byte first.
using Key = std::array<std::uint8_t, 16>;

struct DeviceSettings {
    std::optional<Key> key;
    std::string profile;  ///< name in drivers/profile; empty: none was set
};

class Settings {
public:
    void clear() { devices_.clear(); }
    void set(std::string_view driver, std::string_view address, DeviceSettings settings);
    /// For devices that nobody has registered; only tools that decode without homes set it.
    void set_fallback(std::optional<DeviceSettings> settings) { fallback_ = std::move(settings); }

    /// Allocates nothing. nullptr: nothing is set. Valid until the next change.
    [[nodiscard]] const DeviceSettings* find(std::string_view driver,
                                             std::string_view address) const;

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };
    using Devices = std::unordered_map<std::string, DeviceSettings, Hash, std::equal_to<>>;

    std::map<std::string, Devices, std::less<>> devices_;  // by driver
    std::optional<DeviceSettings> fallback_;
};

/// 32 hexadecimal digits; nullopt for anything else.
[[nodiscard]] std::optional<Key> parse_key(std::string_view hex);

}  // namespace anju::drivers
