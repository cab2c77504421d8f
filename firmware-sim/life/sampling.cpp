#include "firmware-sim/life/sampling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace anju::sim::life {

namespace {

using namespace std::chrono_literals;

constexpr auto movement_lasts = 30s;
constexpr auto door_open_for = 8s;
constexpr int bundle = 4;

struct Line {
    Instant at;
    std::string_view sensor;
    std::string_view kind;
    int value;
};

}  // namespace

Instant midnight(Date date) {
    return std::chrono::time_point_cast<Duration>(date);
}

Meter::Meter(const Sampling& sampling, Date first)
    : sampling_(sampling),
      next_(midnight(first) + sampling.offset),
      random_(derive_seed(sampling.seed, "lost")) {}

void Meter::read_until(Instant until) {
    for (; next_ <= until; next_ += sampling_.every) {
        if (left_of_bundle_ == 0) {
            left_of_bundle_ = bundle;
            lost_ = random_.chance(sampling_.lost_pm);
        }
        --left_of_bundle_;
        if (lost_) continue;
        const auto shown = total_ml_ / sampling_.pulse_ml * sampling_.pulse_ml;
        rows_.push_back({next_, shown - told_ml_});
        told_ml_ = shown;
    }
}

void Meter::add(const Day& day) {
    const auto begin = midnight(day.date);
    for (const Act& act : day.acts) {
        if (act.water_ml <= 0) continue;
        const auto at = begin + act.at;
        read_until(at);
        // What runs past a reading counts for the next one.
        if (act.runs > Duration{0} && at + act.runs > next_) {
            const auto before = act.water_ml * (next_ - at).count() / act.runs.count();
            total_ml_ += before;
            read_until(next_);
            total_ml_ += act.water_ml - before;
        } else {
            total_ml_ += act.water_ml;
        }
    }
}

std::string iso_text(Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(at - day)};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", int{date.year()},
                       unsigned{date.month()}, unsigned{date.day()}, time.hours().count(),
                       time.minutes().count(), time.seconds().count());
}

std::string event_rows(const Day& day, const EventSensors& sensors) {
    std::vector<Line> lines;
    const auto begin = midnight(day.date);
    std::array<Instant, 5> still_at{};
    const auto moves = [&](Room room, Instant at) {
        auto& still = still_at[static_cast<std::size_t>(room)];
        if (at >= still) {
            lines.push_back({at, name_of(room), "motion", 1});
            lines.push_back({at + movement_lasts, name_of(room), "motion", 0});
            still = at + movement_lasts;
        }
    };
    for (const Act& act : day.acts) {
        const auto at = begin + act.at;
        const auto& text = describe(act.deed);
        if (sensors.motion && text.moves) moves(act.room, at);
        if (sensors.door && text.uses_door) {
            lines.push_back({at, "entrance", "door", 1});
            lines.push_back({at + door_open_for, "entrance", "door", 0});
        }
        if (!sensors.bed) continue;
        const bool rises = act.deed == Deed::get_up || act.deed == Deed::nap_ends;
        const bool lies = act.deed == Deed::go_to_bed || act.deed == Deed::nap;
        const bool up_for_a_while = act.deed == Deed::night_toilet;
        if (rises || up_for_a_while) lines.push_back({at - 20s, "bed", "pressure", 0});
        if (lies || up_for_a_while) lines.push_back({at + 4min, "bed", "pressure", 1});
    }
    std::stable_sort(lines.begin(), lines.end(),
                     [](const Line& left, const Line& right) { return left.at < right.at; });
    std::string out;
    for (const Line& line : lines) {
        out += fmt::format("{},{},{},{}\n", iso_text(line.at), line.sensor, line.kind, line.value);
    }
    return out;
}

}  // namespace anju::sim::life
