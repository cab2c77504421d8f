// The configuration of anjud: read once from TOML, checked completely, then a plain value.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "config/console.hpp"
#include "config/http.hpp"
#include "config/notify.hpp"
#include "config/policy.hpp"
#include "config/self_check.hpp"
#include "core/model/community.hpp"
#include "core/model/household.hpp"

namespace anju::config {

struct Broker {
    std::string uri;  ///< mqtt://host:port or mqtts://host:port
    std::string username;
    std::filesystem::path
        password_file;  ///< first line is the password; must not be world-readable
    std::filesystem::path ca_file;
    std::filesystem::path cert_file;
    std::filesystem::path key_file;
    bool allow_plaintext{};  ///< [home] only: mqtt:// to a broker that is not on loopback is meant
};

struct Config {
    std::filesystem::path source;  ///< the file it came from

    // [gateway]
    std::string gateway_id;  ///< 1..64 of [A-Za-z0-9_.-]
    std::filesystem::path data_dir = "/var/lib/anju";
    std::filesystem::path control_socket;  ///< default data_dir/"control.sock"
    std::chrono::minutes utc_offset{8 * 60};
    std::filesystem::path holidays_file;  ///< default: "holidays-cn.toml" beside `source`

    // [home]
    Broker home;
    std::vector<std::string> zigbee2mqtt_bases{"zigbee2mqtt"};  ///< topic prefixes; may be empty
    std::vector<std::string> drivers;  ///< switched on besides those that always are
    /// By driver: the MQTT filters it listens to instead of its own.
    std::map<std::string, std::vector<std::string>> topics;
    std::filesystem::path profiles_dir;  ///< default: "profiles" beside `source`; may be absent

    // [district], absent: no uplink
    std::optional<Broker> district;
    std::chrono::milliseconds spread_reconnect{
        30'000};  ///< first try after an outage, uniform over this
    std::chrono::seconds heartbeat_every{60};

    // [store]
    std::uint64_t max_bytes = 2'000'000'000;  ///< database and WAL together
    std::uint64_t ballast_bytes = 16'000'000;
    std::chrono::hours keep_readings{24 * 30};
    std::chrono::hours keep_alerts{24 * 365 * 3};
    std::chrono::hours keep_acknowledged{24 * 7};
    std::chrono::seconds checkpoint_every{300};
    /// Measurements of own sensors that follow another sooner wait until then, to be committed in
    /// one; alarms and foreign devices never wait. Below 16 s, when a sensor repeats itself. 0 = no
    /// wait.
    std::chrono::milliseconds measurements_every{10'000};
    /// Key of sealed names and addresses; empty: they lie open. Not looked at here: what is missing
    /// is said by whoever opens the store, who knows which key it was.
    std::filesystem::path seal_key_file;

    // [rules] with [rules.ladder], [care]: the district's layer of the policy
    Policy policy;

    // [notify] and [[notify.channel]]
    Notify notify;

    std::optional<Http> http;             ///< [http], absent: no web server
    std::optional<Console> console;       ///< [console], absent: no console
    std::optional<SelfCheck> self_check;  ///< [self_check], absent: the box does not ask

    // [clock]
    bool driven_clock = false;  ///< time comes over MQTT: for demos and tests only

    // [drill]
    bool drills_allowed = false;  ///< homes may be registered that were made up to practise with

    // [log]
    std::string log_level = "info";  ///< trace debug info warn error
    bool log_json = false;
};

/// Every mistake in the file at once, each with file:line:column, key and remedy.
using Errors = std::vector<Error>;

/// Reads and checks `path`. Unknown keys are mistakes (with the nearest known key as remedy), so
/// is a driven clock together with a district broker that is not on loopback. `drivers`: the
/// names that [home] drivers may hold; empty: not checked.
[[nodiscard]] boost::system::result<Config, Errors> load(
    const std::filesystem::path& path, std::span<const std::string_view> drivers = {});

/// The names a device may give; nullopt: not checked.
struct DirectoryNames {
    std::optional<std::vector<std::string_view>> drivers = {};
    std::optional<std::vector<std::string_view>> profiles = {};
};

/// What a directory file says.
struct Directory {
    std::vector<Household> homes;
    std::vector<Community> communities;
};

/// What a directory file builds upon.
struct DirectoryBase {
    Policy district = {};
    /// The communities there are already; the file may change or, with `replace`, drop them.
    std::vector<Community> registered = {};
    bool replace = false;
    WorkCalendar calendar = {};   ///< goes into every home and community
    bool drills_allowed = false;  ///< a home may say `drill`
};

/// A directory file (TOML: [[household]] with [[household.resident]] and [[household.device]],
/// [[community]] with [[community.worker]] and [[community.duty]]), checked as a whole: ids unique
/// over the file, addresses unique per driver, workers known, rhythms filled from
/// default_rhythm(), policies resolved over those of the community and the district, keys in lower
/// case. No error repeats a key.
[[nodiscard]] boost::system::result<Directory, Errors> parse_directory(
    std::string_view toml, std::string_view file_name, const DirectoryBase& base,
    const DirectoryNames& names = {});

/// `directory` as a file from which parse_directory() gives an equal one, with the same district,
/// the same calendar and no other communities. A value of a policy is written where it was said or
/// where it differs from the layer below. Without `with_keys`, in the place of every key stands a
/// text that is refused: a file without the keys must not take them off the devices by an import.
[[nodiscard]] std::string directory_text(const Directory& directory, const Policy& district,
                                         bool with_keys);
/// The [[household.device]] of one device, as in directory_text().
[[nodiscard]] std::string device_text(const Device& device, bool with_key);

/// The data folder of a configuration that is `toml`, once it lies in `folder`; what else it says
/// is not looked at. The default where it says none.
[[nodiscard]] result<std::filesystem::path> data_dir_in(std::string_view toml,
                                                        const std::filesystem::path& folder);

/// Only where the control socket is, for tools that need nothing else of the file and may not be
/// allowed to read the secrets it names.
[[nodiscard]] result<std::filesystem::path> control_socket(const std::filesystem::path& path);

/// The effective configuration as TOML that load() would take, defaults included. Names the
/// files of secrets, holds none.
[[nodiscard]] std::string masked(const Config& config);

[[noreturn]] void throw_exception_from_error(const Errors& errors, const boost::source_location&);

}  // namespace anju::config
