#include "recorded/recording.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>

#include "recorded/gzip_lines.hpp"
#include "recorded/local_time.hpp"

namespace anju::recorded {
namespace {

constexpr std::string_view header = "timestamp_iso_local,sensor_id,kind,value";
constexpr std::array<std::string_view, 9> sources{
    "motion", "door", "contact", "flush", "faucet", "pressure", "appliance", "water", "status"};
constexpr double largest_value = 1e9;
constexpr std::size_t longest_id = 64;  // of a DeviceId

std::string home_name(const std::string& path) {
    std::string name = std::filesystem::path(path).filename().string();
    for (const std::string_view ending : {".gz", ".csv"}) {
        if (name.ends_with(ending)) name.resize(name.size() - ending.size());
    }
    return name;
}

std::optional<std::int64_t> value_of(Source source, std::string_view text) {
    if (source == Source::status) {
        if (text == "offline") return 0;
        return text == "online" ? std::optional<std::int64_t>(1000) : std::nullopt;
    }
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    if (!whole || !(value >= 0 && value <= largest_value)) return std::nullopt;
    return std::llround(value * 1000);
}

class Reader {
public:
    explicit Reader(const std::string& path) { recording_.home = home_name(path); }

    result<void> take(std::string_view line, const std::string& where) {
        std::array<std::string_view, 4> fields;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const auto comma = line.find(',');
            if ((comma == std::string_view::npos) != (i + 1 == fields.size())) {
                return Error{"a row has four fields", where, "write " + std::string(header)};
            }
            fields[i] = line.substr(0, comma);
            line.remove_prefix(comma == std::string_view::npos ? line.size() : comma + 1);
        }
        const auto& [time, id, kind, value] = fields;
        Row row;
        const auto at = parse_time(time);
        if (!at) {
            return Error{"\"" + std::string(time) + "\" is no time", where,
                         "write it like 2017-03-01T09:00:00"};
        }
        row.at = *at;
        if (!recording_.rows.empty() && row.at < recording_.rows.back().at) {
            return Error{"earlier than the row before", where, "sort the rows by time"};
        }
        const auto source = std::ranges::find(sources, kind);
        if (source == sources.end()) {
            std::string known;
            for (const auto one : sources) known += " " + std::string(one);
            return Error{"\"" + std::string(kind) + "\" is no kind", where, "one of" + known};
        }
        row.source = static_cast<Source>(source - sources.begin());
        const auto milli = value_of(row.source, value);
        if (!milli) {
            return Error{"\"" + std::string(value) + "\" is no value of " + std::string(kind),
                         where,
                         row.source == Source::status ? "write offline or online"
                                                      : "write a number of at least 0"};
        }
        row.milli = *milli;
        if (id.empty() || id.size() > longest_id) {
            return Error{"a sensor's name has 1 to 64 bytes", where, "shorten it, or give it one"};
        }
        const auto known = index_.find(id);
        if (known == index_.end()) {
            row.sensor = static_cast<std::uint32_t>(recording_.sensors.size());
            recording_.sensors.push_back({std::string(id), row.source});
            index_.emplace(id, row.sensor);
        } else {
            row.sensor = known->second;
            if (recording_.sensors[row.sensor].source != row.source) {
                return Error{"sensor \"" + std::string(id) + "\" was of another kind before", where,
                             "give every sensor one kind"};
            }
        }
        recording_.rows.push_back(row);
        return {};
    }

    Recording recording_;

private:
    std::map<std::string, std::uint32_t, std::less<>> index_;
};

result<Recording> read(const std::string& path, BadLines* bad) {
    auto lines = GzipLines::open(path);
    if (!lines) return lines.error();
    std::string line;
    Reader reader(path);
    auto more = lines->next(line);
    if (!more) return more.error();
    if (line != header) {
        return Error{"this is no recording", lines->where(),
                     "its first line is " + std::string(header)};
    }
    while ((more = lines->next(line)) && *more) {
        if (line.empty()) continue;
        const auto done = reader.take(line, lines->where());
        if (done) continue;
        if (bad == nullptr) return done.error();
        if (++bad->count <= BadLines::most_kept) bad->first.push_back(done.error());
    }
    if (!more) return more.error();
    if (reader.recording_.rows.empty()) {
        return Error{"there is no row", lines->where(), "a recording has at least one"};
    }
    return std::move(reader.recording_);
}

}  // namespace

result<Recording> read_recording(const std::string& path) {
    return read(path, nullptr);
}

result<Recording> read_recording(const std::string& path, BadLines& bad) {
    return read(path, &bad);
}

bool has_sensor(const Recording& recording, const std::string& id) {
    return std::ranges::find(recording.sensors, id, &Sensor::id) != recording.sensors.end();
}

result<std::vector<Instant>> read_times(const std::string& path) {
    auto lines = GzipLines::open(path);
    if (!lines) return lines.error();
    std::vector<Instant> times;
    std::string line;
    result<bool> more = true;
    while ((more = lines->next(line)) && *more) {
        while (line.ends_with(' ') || line.ends_with('\t')) line.pop_back();
        if (line.empty() || line.starts_with('#')) continue;
        const auto at = parse_time(line);
        if (!at) {
            return Error{"\"" + line + "\" is no time", lines->where(),
                         "write it like 2017-03-01T09:00:00"};
        }
        times.push_back(*at);
    }
    if (!more) return more.error();
    return times;
}

}  // namespace anju::recorded
