#include "homes.hpp"

#include <algorithm>

#include "recorded/local_time.hpp"
#include "recorded/recording.hpp"

namespace anju::bench {

namespace {

using namespace std::chrono_literals;
using recorded::Source;
using sim::life::Watched;

MeasuredHome by_meter(const recorded::Recording& recording) {
    std::vector<sim::life::MeterRow> rows;
    for (const recorded::Row& row : recording.rows) {
        if (row.source == Source::water) rows.push_back({row.at, row.milli});
    }
    const auto hours = (recording.end() - recording.begin()) / 1h;
    const auto lost = 1000 - 1000 * static_cast<std::int64_t>(rows.size()) / hours;
    return {recording.home, sim::life::measure_meter(rows), 0, true,
            static_cast<int>(std::max<std::int64_t>(lost, 0))};
}

/// Until its status says offline, and again from online; not after `dead_from`.
std::vector<Watched> watched(const recorded::Recording& recording, Instant dead_from) {
    std::vector<Watched> out{{recording.begin(), recording.end()}};
    for (const recorded::Row& row : recording.rows) {
        if (row.source != Source::status) continue;
        if (!row.on()) out.back().to = row.at;
        if (row.on() && row.at > recording.begin()) out.push_back({row.at, recording.end()});
    }
    for (Watched& span : out) span.to = std::min(span.to, dead_from);
    return out;
}

MeasuredHome by_signs(const recorded::Recording& recording, const std::string& entrance,
                      Instant dead_from) {
    const auto spans = watched(recording, dead_from);
    std::vector<Instant> signs;
    std::vector<Instant> door;
    for (const recorded::Row& row : recording.rows) {
        if (!row.is_use() || row.at >= dead_from) continue;
        signs.push_back(row.at);
        if (recording.sensors[row.sensor].id == entrance) door.push_back(row.at);
    }
    MeasuredHome out{recording.home, sim::life::measure_signs(signs, spans), 0, false, 0};
    out.passages = sim::life::passages_a_day(door, out.statistics.days);
    return out;
}

}  // namespace

result<std::vector<MeasuredHome>> measured_homes(const std::filesystem::path& folder) {
    std::vector<MeasuredHome> out;
    const auto read = [&](const std::string& name) {
        return recorded::read_recording((folder / (name + ".csv.gz")).string());
    };
    for (const char* name : {"daiad_p1_00248e83", "daiad_p1_1bfb53a5", "daiad_p1_1c71ebe5",
                             "daiad_p1_890930db", "daiad_p1_f7d6557e", "weusedto_hourly"}) {
        const auto recording = read(name);
        if (!recording) return recording.error();
        out.push_back(by_meter(*recording));
    }
    struct Entrance {
        const char* home;
        const char* sensor;
    };
    for (const Entrance& each :
         {Entrance{"homeassist_home1", "ContactS_E"}, Entrance{"kasteren_A", "12_Front_door"},
          Entrance{"mit_S1", "140_Foyer_Door"}, Entrance{"ordonez_B", "Maindoor_Entrance"}}) {
        const auto recording = read(each.home);
        if (!recording) return recording.error();
        // The entrance contact of the first home died on 15 July.
        const auto dead_from = recorded::parse_time("2017-07-15").value();
        out.push_back(by_signs(*recording, each.sensor, dead_from));
    }
    return out;
}

}  // namespace anju::bench
