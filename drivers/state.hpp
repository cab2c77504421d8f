// What the codecs of one gateway remember between messages. Bounded in count and in bytes, so
// that no sender can make the gateway grow: what does not fit is refused, not exchanged for
// something older, because the one pushed out might be a smoke alarm's description.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace anju::drivers {

class Settings;
class Profiles;

namespace native {
struct Scratch;
}
namespace zigbee2mqtt {
class Directory;
}
namespace wmbus {
class Formats;
struct Scratch;
}  // namespace wmbus
namespace sparkplug {
class Aliases;
}

/// Not thread-safe. Movable.
class DriverState {
public:
    struct Limits {
        std::size_t devices = 4096;            ///< described Zigbee devices, all bases together
        std::size_t bytes = 2 * 1024 * 1024;   ///< their names and exceptions, all bases together
        std::size_t pressed = 1024;            ///< help buttons that are held down at one time
        std::size_t wmbus_formats = 512;       ///< layouts of compact frames
        std::size_t sparkplug_metrics = 8192;  ///< aliases of all edge nodes together
    };

    DriverState();
    explicit DriverState(const Limits& limits);
    ~DriverState();
    DriverState(DriverState&&) noexcept;
    DriverState& operator=(DriverState&&) noexcept;

    /// Everything remembered, as versioned text. A message that the broker kept while the
    /// gateway was away comes before the retained descriptions do; with the state of the last
    /// run loaded it is understood all the same.
    [[nodiscard]] std::string save() const;
    /// Replaces everything by what save() gave. False, and nothing changed, when `text` is
    /// damaged or of an unknown version.
    [[nodiscard]] bool load(std::string_view text);
    /// Grows whenever save() would give something else.
    [[nodiscard]] std::uint64_t revision() const;

    [[nodiscard]] zigbee2mqtt::Directory& zigbee2mqtt() { return *zigbee2mqtt_; }
    [[nodiscard]] const zigbee2mqtt::Directory& zigbee2mqtt() const { return *zigbee2mqtt_; }
    [[nodiscard]] native::Scratch& native() { return *native_; }
    [[nodiscard]] wmbus::Formats& wmbus() { return *wmbus_; }
    [[nodiscard]] wmbus::Scratch& wmbus_scratch() { return *wmbus_scratch_; }
    [[nodiscard]] sparkplug::Aliases& sparkplug() { return *sparkplug_; }

    /// Set from outside, not remembered: save() leaves them out.
    [[nodiscard]] Settings& settings() { return *settings_; }
    [[nodiscard]] const Settings& settings() const { return *settings_; }
    [[nodiscard]] Profiles& profiles() { return *profiles_; }
    [[nodiscard]] const Profiles& profiles() const { return *profiles_; }

private:
    Limits limits_;
    std::uint64_t earlier_ = 0;  // added, so that the revision never goes back
    std::unique_ptr<zigbee2mqtt::Directory> zigbee2mqtt_;
    std::unique_ptr<native::Scratch> native_;
    std::unique_ptr<wmbus::Formats> wmbus_;
    std::unique_ptr<wmbus::Scratch> wmbus_scratch_;
    std::unique_ptr<sparkplug::Aliases> sparkplug_;
    std::unique_ptr<Settings> settings_;
    std::unique_ptr<Profiles> profiles_;
};

}  // namespace anju::drivers
