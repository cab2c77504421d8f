// A recorded home: gzip CSV "timestamp_iso_local,sensor_id,kind,value", sorted by time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "core/model/instant.hpp"

namespace anju::recorded {

/// What a sensor of a recording is.
enum class Source : std::uint8_t {
    motion,
    door,  ///< of the entrance
    contact,
    flush,
    faucet,
    pressure,
    appliance,
    water,   ///< litres since the row before of the same meter, or of one use
    status,  ///< of the whole home: "offline", "online"
};

struct Sensor {
    std::string id;
    Source source{};
};

struct Row {
    Instant at{};
    std::uint32_t sensor{};  ///< index of Recording::sensors
    Source source{};
    std::int64_t milli{};  ///< thousandths of the value; offline = 0, online = 1000

    [[nodiscard]] bool on() const { return milli != 0; }
    /// Somebody in the home did this. Of a movement the end is none, of water a zero.
    [[nodiscard]] bool is_use() const {
        if (source == Source::status) return false;
        return on() || (source != Source::motion && source != Source::water);
    }
};

struct Recording {
    std::string home;  ///< the file's name without .csv.gz
    std::vector<Sensor> sensors;
    std::vector<Row> rows;  ///< at least one

    [[nodiscard]] Instant begin() const { return rows.front().at; }
    [[nodiscard]] Instant end() const { return rows.back().at; }
};

[[nodiscard]] bool has_sensor(const Recording& recording, const std::string& id);

/// The first line that cannot be read is the error.
[[nodiscard]] result<Recording> read_recording(const std::string& path);

/// Lines that cannot be read, each with file, line and remedy.
struct BadLines {
    static constexpr std::size_t most_kept = 20;

    std::uint64_t count{};
    std::vector<Error> first;  ///< at most `most_kept`
};
/// The same, but lines that cannot be read are left out and added to `bad`. Still an error: a file
/// that cannot be opened or unpacked, that is no recording, or that has no other lines.
[[nodiscard]] result<Recording> read_recording(const std::string& path, BadLines& bad);

/// The local times of a list, one a line; empty lines and lines that begin with # are skipped.
[[nodiscard]] result<std::vector<Instant>> read_times(const std::string& path);

}  // namespace anju::recorded
