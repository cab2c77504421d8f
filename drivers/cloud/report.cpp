#include "drivers/cloud/report.hpp"

#include <algorithm>
#include <utility>

#include "drivers/cloud/carried.hpp"
#include "drivers/cloud/members.hpp"

namespace anju::drivers::cloud {
namespace {

constexpr std::size_t most_devices = 64;
constexpr std::size_t most_readings = 64;
constexpr std::size_t most_problems = 16;
constexpr std::size_t most_gathered = 1024;

void add_problem(Decoded& decoded, Problem problem) {
    if (decoded.problems.size() < most_problems) decoded.problems.push_back(std::move(problem));
}

/// Another total at the same time, by a frame that came in the same message.
bool has_another_total(const std::vector<Reading>& readings, const Measured& measured,
                       const EventTime& time) {
    const auto differ = [&time](const Reading& had, const Reading& has) {
        const Instant at = has.event_time == Instant{} ? time.at : has.event_time;
        return had.kind == ReadingKind::water_total_ml && has.kind == had.kind &&
               had.event_time == at && had.value != has.value;
    };
    return std::ranges::any_of(measured.readings, [&](const Reading& has) {
        return std::ranges::any_of(readings, [&](const Reading& had) { return differ(had, has); });
    });
}

}  // namespace

Report::Entry& Report::entry(const Sender& sender) {
    for (Entry& one : entries_) {
        if (one.decoded.address == sender.address) return one;
    }
    if (entries_.size() >= most_devices) {
        too_many_ = true;
        nobody_ = {};
        return nobody_;
    }
    Entry& added = entries_.emplace_back();
    added.decoded.address = sender.address;
    added.decoded.alias = sender.alias;
    added.decoded.model = sender.model;
    return added;
}

Decoded& Report::device(const Sender& sender) {
    return entry(sender).decoded;
}

void Report::add(const Sender& sender, Reading reading, const EventTime& time) {
    Decoded& decoded = device(sender);
    if (decoded.address != sender.address || decoded.readings.size() >= most_gathered) return;
    if (reading.event_time == Instant{}) reading.event_time = time.at;
    reading.quality |= time.quality;
    decoded.readings.push_back(reading);
}

void Report::refused(Entry& entry, std::string_view name, DecodeError error) {
    add_problem(entry.decoded, {error.code, std::string(name), 0, error.text});
    if (!entry.error) entry.error = std::move(error);
}

void Report::refuse(DecodeError error) {
    if (error.address.empty()) {
        if (!stray_) stray_ = std::move(error);
        return;
    }
    Entry& one = entry({error.address, error.alias, error.model});
    if (one.decoded.address == error.address) refused(one, {}, std::move(error));
}

void Report::add(const Sender& sender, const Point& point) {
    Entry& one = entry(sender);
    if (one.decoded.address != sender.address) return;
    Content content;
    content.driver = driver_;
    content.address = sender.address;
    content.alias = sender.alias;
    content.model = sender.model;
    content.bytes = point.bytes;
    content.fields = point.fields;
    content.port = point.port;
    auto measured = read_content(content, state_);
    if (!measured) return refused(one, point.name, measured.error());
    if (!measured->device.empty()) {
        const bool another = !one.meter.empty() && one.meter != measured->device;
        if (one.several || another ||
            has_another_total(one.decoded.readings, *measured, point.time)) {
            return refuse_several(one, point, *measured);
        }
        one.meter = measured->device;
    }
    if (!measured->model.empty()) one.decoded.model = std::move(measured->model);
    for (const Reading& reading : measured->readings) add(sender, reading, point.time);
    for (Problem& problem : measured->problems) add_problem(one.decoded, std::move(problem));
}

void Report::refuse_several(Entry& entry, const Point& point, const Measured& measured) {
    if (entry.several) return;
    entry.several = true;
    std::erase_if(entry.decoded.readings,
                  [](const Reading& one) { return one.kind != ReadingKind::online; });
    DecodeError error;
    error.code = "several_meters";
    error.text = entry.meter == measured.device
                     ? "meter " + entry.meter + " has several totals at one time in this message"
                     : "registers of meters " + entry.meter + " and " + measured.device +
                           " in one message of one device; expected one meter a device";
    refused(entry, point.name, std::move(error));
}

void Report::add_fields(const Sender& sender, std::string_view name,
                        const boost::json::value& fields, const EventTime& time) {
    Point point{.name = name, .fields = &fields, .time = time};
    const auto frames = find_frames(fields);
    for (const auto& frame : frames) {
        point.bytes = frame;
        add(sender, point);
    }
    if (!frames.empty()) return;
    const auto bytes = longest_bytes(fields);
    point.bytes = bytes;
    add(sender, point);
}

void Report::finish(Entry& entry) const {
    std::vector<Reading>& readings = entry.decoded.readings;
    const auto is_alive = [](const Reading& one) { return one.kind == ReadingKind::alive; };
    const bool said = !std::ranges::all_of(readings, is_alive);
    if (said || message_.retained) std::erase_if(readings, is_alive);
    if (!said && readings.size() > 1) readings.resize(1);
    for (Reading& reading : readings) {
        if (is_alive(reading)) reading.value = 1;
        if (message_.retained) reading.quality |= quality::retained;
    }
    // Networks pass on what they have kept in any order; the newest is what counts.
    std::ranges::stable_sort(readings, {}, &Reading::event_time);
    if (readings.size() > most_readings) {
        const auto dropped = readings.size() - most_readings;
        readings.erase(readings.begin(), readings.begin() + static_cast<std::ptrdiff_t>(dropped));
        add_problem(entry.decoded, {"too_many", "", 0,
                                    "the " + std::to_string(dropped) +
                                        " oldest readings left out; at most 64 are taken"});
    }
}

DecodeResult Report::finish() {
    for (Entry& one : entries_) finish(one);
    if (entries_.empty() && stray_) return std::move(*stray_);
    if (entries_.size() == 1 && !stray_ && entries_[0].error &&
        entries_[0].decoded.readings.empty()) {
        Decoded& decoded = entries_[0].decoded;
        DecodeError error = std::move(*entries_[0].error);
        error.address = std::move(decoded.address);
        error.alias = std::move(decoded.alias);
        if (error.model.empty()) error.model = std::move(decoded.model);
        return error;
    }
    if (too_many_) {
        add_problem(entries_.back().decoded,
                    {"too_many", "", 0, "further devices left out; at most 64 are taken"});
    }
    std::vector<Decoded> out;
    for (Entry& one : entries_) {
        Decoded& decoded = one.decoded;
        const bool empty = decoded.readings.empty() && decoded.problems.empty();
        if (empty && message_.retained) continue;
        if (empty) decoded.readings.push_back({ReadingKind::alive, 0, 1, {}});
        out.push_back(std::move(decoded));
    }
    if (stray_) {
        out.emplace_back().problems.push_back(
            {std::move(stray_->code), "", stray_->at, std::move(stray_->text)});
    }
    return out;
}

}  // namespace anju::drivers::cloud
