// What the simulated sensors sent and when it was acknowledged: JSON lines, one a fact. Written
// by `home` and `load`, read by `platform` and `platform-report` to know how long an alarm took.
//
//   {"type":"publish","device":…,"boot":…,"seq":…,"attempt":…,"topic":"alarm","kinds":["smoke"],
//    "real_ns":…,"steady_ns":…,"sim_ms":…}
//   {"type":"ack","device":…,"boot":…,"seq":…,"refused":false,"real_ns":…,"steady_ns":…}
//
// boot and seq are 0 for a Zigbee2MQTT message. real_ns is CLOCK_REALTIME, steady_ns
// CLOCK_MONOTONIC, both of the moment the message was handed to the MQTT client.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "core/model/instant.hpp"
#include "core/model/reading.hpp"

namespace anju::sim {

struct PublishFact {
    std::string_view device;
    std::uint64_t boot{};
    std::uint64_t seq{};
    unsigned attempt = 1;
    std::string_view topic;
    std::string_view kinds;  ///< JSON array
    Instant simulated{};
    std::int64_t real_ns{};
    std::int64_t steady_ns{};
};

/// "[\"smoke\",\"battery_pct\"]"; a kind whose value is 0 is written "smoke=0".
[[nodiscard]] std::string kinds_json(const std::vector<Reading>& readings);

[[nodiscard]] std::int64_t real_now_ns();
[[nodiscard]] std::int64_t steady_now_ns();

/// Every line is handed to the system at once, so that a reader can follow. Does nothing until
/// opened. Not thread-safe.
class ReportWriter {
public:
    [[nodiscard]] result<void> open(const std::filesystem::path& file);
    [[nodiscard]] bool enabled() const { return out_.is_open(); }
    void publish(const PublishFact& fact);
    void ack(std::string_view device, std::uint64_t boot, std::uint64_t seq, bool refused);

private:
    std::ofstream out_;
};

/// Follows a report and answers when a device first said something.
class ReportReader {
public:
    explicit ReportReader(std::filesystem::path file) : file_(std::move(file)) {}

    void refresh();  ///< reads what has been written since; a file that is not there yet is empty

    /// CLOCK_REALTIME ns of the newest first sending with a non-zero reading of `kind` by
    /// `device` that is not later than `before_ns`.
    [[nodiscard]] std::optional<std::int64_t> sent_ns(std::string_view device, ReadingKind kind,
                                                      std::int64_t before_ns) const;

private:
    void read_line(std::string_view line);

    std::filesystem::path file_;
    std::streamoff read_ = 0;
    /// (device, kind) to sending times, ascending; only kinds that raise alerts at once.
    std::map<std::pair<std::string, std::string>, std::vector<std::int64_t>> sent_;
};

}  // namespace anju::sim
