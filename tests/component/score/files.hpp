// Recordings that a test makes, as text and as files.
#pragma once

#include <zlib.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include "recorded/local_time.hpp"
#include "recorded/recording.hpp"
#include "tests/support/broker.hpp"

namespace anju::score {

using namespace std::chrono_literals;
using namespace recorded;

inline const std::string header = "timestamp_iso_local,sensor_id,kind,value\n";

inline Instant time(std::string_view text) {
    return parse_time(text).value();
}

inline std::string row(Instant at, const std::string& sensor, const std::string& kind,
                       const std::string& value) {
    return format_time(at) + "," + sensor + "," + kind + "," + value + "\n";
}

class Files {
public:
    std::string plain(const std::string& name, const std::string& text) const {
        const std::string path = (dir_.path() / name).string();
        std::ofstream(path) << text;
        return path;
    }
    std::string gzip(const std::string& name, const std::string& text) const {
        const std::string path = (dir_.path() / name).string();
        gzFile_s* file = gzopen(path.c_str(), "wb");
        gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
        gzclose(file);
        return path;
    }
    Recording recording(const std::string& rows) const {
        return read_recording(gzip("home.csv.gz", header + rows)).value();
    }
    std::filesystem::path path() const { return dir_.path(); }

private:
    test::TempDir dir_;
};

/// A meter that reads every hour from midnight of the first of March 2020: five litres in each hour
/// from 6 to 22.
inline std::string hourly_meter(int days, int litres = 5) {
    std::string rows;
    for (int hour = 0; hour < days * 24; ++hour) {
        const bool awake = hour % 24 >= 6 && hour % 24 <= 22;
        rows += row(time("2020-03-01") + std::chrono::hours{hour}, "meter", "water",
                    std::to_string(awake ? litres : 0));
    }
    return rows;
}

}  // namespace anju::score
