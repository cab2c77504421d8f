#include "app/anjud/box_watch.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <exception>
#include <system_error>
#include <utility>

#include "anjud_version.hpp"
#include "base/log.hpp"
#include "control/render.hpp"
#include "store/files.hpp"
#include "store/schema.hpp"
#include "system/boot_count.hpp"
#include "system/system_clock.hpp"

namespace anju {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto sample_every = 60s;
// By then the sessions stand, or something is wrong.
constexpr auto first_report = 60s;
constexpr std::size_t homes_a_tick = 50;

template <class T>
json::value maybe(const std::optional<T>& value) {
    return value ? json::value(*value) : json::value(nullptr);
}

/// All three sessions: without one of them a kind of sensor is not heard.
bool hears(const HomeLink& home) {
    return home.foreign().connected() && home.alarms().connected() && home.sensors().connected();
}

}  // namespace

BoxWatch::BoxWatch(const config::Config& config, const Clock& clock, Loop& loop, Daemon& daemon,
                   store::SqliteJournal& journal, std::filesystem::path updates)
    : config_(config),
      clock_(clock),
      loop_(loop),
      daemon_(daemon),
      journal_(journal),
      updates_(std::move(updates)),
      started_(clock.read().steady),
      next_sample_(started_),
      next_report_(started_ + first_report),
      flags_(ProtectionFlags::folder_of_service()) {
    sampled_.board = system::look_at_board();
    sampled_.update = update::read_news(updates_);
    boots_ = system::count_boot(config.data_dir / "boots", sampled_.board.boot_id);
    if (const auto since = flags_.since(started_)) protection_.resume(*since);
    flags_.show(protection_, started_);
}

BoxWatch::~BoxWatch() {
    if (sampler_.joinable()) sampler_.join();
}

void BoxWatch::sample() {
    if (sampling_) return;  // a driver that hangs keeps its thread, and no second one
    sampling_ = true;
    if (sampler_.joinable()) sampler_.join();
    const auto look = [this] {
        std::string failure;
        Sample now;
        try {
            now.board = system::look_at_board();
            now.update = update::read_news(updates_);
            if (const auto disk = system::disk_space(config_.data_dir)) now.disk = *disk;
        } catch (const std::exception& error) {
            failure = error.what();
        }
        loop_.post([this, taken = std::move(now), failure = std::move(failure)] {
            sampling_ = false;
            if (!failure.empty()) return unread(failure);
            sampled_ = taken;
        });
    };
    try {
        sampler_ = std::thread(look);
    } catch (const std::system_error& error) {  // no more threads for this service
        sampling_ = false;
        unread(error.what());
    }
}

void BoxWatch::unread(const std::string& what) {
    ++unread_;
    if (std::exchange(reading_fails_, true)) return;
    log::error("box_unread", {{"error", what},
                              {"effect",
                               "what the box tells of itself is old or missing; homes are "
                               "watched over as before"}});
}

void BoxWatch::read_again() {
    if (std::exchange(reading_fails_, false)) log::info("box_read");
}

void BoxWatch::count_sensors() {
    const Engine& engine = daemon_.gateway().engine();
    for (std::size_t i = 0; i < homes_a_tick && !uncounted_.empty(); ++i) {
        const auto view = engine.view(uncounted_.back());
        uncounted_.pop_back();
        if (!view || view->household.drill != Drill::none) continue;
        for (const DeviceView& device : view->devices) {
            if (!device.collected) continue;
            if (device.health == DeviceHealth::stale) ++counting_.stale;
            if (device.health == DeviceHealth::offline) ++counting_.offline;
            if (device.health == DeviceHealth::faulty) ++counting_.faulty;
            // One that was never heard is no sensor yet.
            const bool heard = device.last_heard != Instant{};
            if (device.health == DeviceHealth::ok && heard) ++counting_.ok;
        }
    }
    if (uncounted_.empty()) sensors_ = counting_;
}

result<void> BoxWatch::tick() {
    const ClockReading now = clock_.read();
    if (now.steady >= next_sample_) {
        next_sample_ = now.steady + sample_every;
        sample();
        if (uncounted_.empty()) {
            uncounted_ = daemon_.gateway().engine().households();
            counting_ = {};
        }
    }
    count_sensors();
    const bool before = protection_.protects();
    protection_.look(protection_facts(), now.steady, now.wall + config_.utc_offset);
    flags_.show(protection_, now.steady);
    if (before != protection_.protects()) {
        log::write(before ? log::Level::error : log::Level::info,
                   before ? "not_protected" : "protected",
                   {{"reasons", ProtectionFlags::text_of(protection_.reasons())}});
    }
    if (now.steady < next_report_ || !daemon_.time_is_known()) return {};
    next_report_ = now.steady + sample_every;
    const auto state = health();
    if (!state) {
        unread(state.error().text());
        return {};
    }
    read_again();
    const auto report = reports_.look(*state, now.steady);
    if (!report) return {};
    return daemon_.gateway().report_box(*state, report->cause, report->warnings);
}

ProtectionFacts BoxWatch::protection_facts() const {
    ProtectionFacts out;
    out.home_connected = hears(daemon_.home());
    out.sensor_heard = sensors_.ok > 0;
    out.space_low = journal_.space() == Space::low;
    out.clock_trusted = daemon_.clock().read().state != ClockState::unsynchronised;
    const DistrictLink* const district = daemon_.district();
    out.somebody_reached = district != nullptr && district->session(Lane::alarm).connected();
    if (const PeopleLink* const people = daemon_.people()) {
        const auto channels = people->service().facts().channels;
        out.somebody_reached |= std::ranges::any_of(channels, [](const notify::ChannelFacts& one) {
            // The loudspeaker asks the resident; it tells nobody else.
            return !one.down && one.name != "speaker";
        });
    }
    return out;
}

void BoxWatch::put_machine(BoxHealth& out) const {
    const system::Board& board = sampled_.board;
    out.uptime_s = board.uptime_s;
    out.boots = boots_;
    out.kernel = board.kernel;
    out.debian = board.debian;
    out.model = board.model;
    out.temperature_mc = board.temperature_mc;
    out.throttled = board.throttled;
    out.undervoltage =
        board.throttled && has(*board.throttled, system::Throttled::undervoltage_now);
    if (board.memory) {
        out.memory_bytes = board.memory->total_bytes;
        out.memory_available_bytes = board.memory->available_bytes;
    }
    out.root_read_only = board.root_read_only;
    for (const system::Storage& one : board.storage) {
        BoxStorage storage{one.name, one.type, {}, {}, one.written_bytes};
        if (one.used_tenths) storage.used_tenths = *one.used_tenths;
        if (one.end_of_life) storage.end_of_life = static_cast<std::uint32_t>(*one.end_of_life);
        out.storage.push_back(std::move(storage));
    }
    if (sampled_.disk) {
        out.disk_bytes = sampled_.disk->total_bytes;
        out.disk_free_bytes = sampled_.disk->free_bytes;
    }
}

result<BoxHealth> BoxWatch::health() const {
    const auto figures = journal_.figures();
    if (!figures) return figures.error();
    BoxHealth out;
    put_machine(out);
    out.software_version = version;
    out.store_schema = static_cast<std::uint32_t>(store::schema_version());
    out.store_bytes = figures->database_bytes + figures->wal_bytes;
    out.store_max_bytes = config_.max_bytes;
    out.space_low = journal_.space() == Space::low;
    std::error_code none;  // a card that cannot say is told of by its commits
    out.ballast = std::filesystem::exists(store::Files(config_.data_dir).ballast(), none);
    const HomeLink& home = daemon_.home();
    out.home_connected = hears(home);
    out.home_connects = home.foreign().stats().connects;
    if (const DistrictLink* const district = daemon_.district()) {
        out.alarm_connected = district->session(Lane::alarm).connected();
        out.bulk_connected = district->session(Lane::bulk).connected();
        for (const Lane lane : all_lanes) {
            out.district_connects += district->session(lane).stats().connects;
        }
        out.certificate = district->certificate().facts(daemon_.clock().read());
    }
    out.sensors_ok = sensors_.ok;
    out.sensors_stale = sensors_.stale;
    out.sensors_offline = sensors_.offline;
    out.sensors_faulty = sensors_.faulty;
    out.clock = daemon_.clock().read().state;
    out.clock_error_us = system::clock_error_us();
    out.update = sampled_.update;
    return out;
}

json::object BoxWatch::figures() const {
    const system::Board& board = sampled_.board;
    json::array storage;
    for (const system::Storage& one : board.storage) {
        storage.push_back({{"name", one.name},
                           {"used_tenths", maybe(one.used_tenths)},
                           {"written_bytes", maybe(one.written_bytes)}});
    }
    json::array reasons;
    for (const Unprotected reason : protection_.reasons()) {
        reasons.push_back(json::string(name(reason)));
    }
    std::optional<bool> low;
    if (board.throttled) low = has(*board.throttled, system::Throttled::undervoltage_now);
    std::optional<std::uint64_t> free;
    if (sampled_.disk) free = sampled_.disk->free_bytes;
    return {{"protects", protection_.protects()},
            {"reasons", std::move(reasons)},
            {"uptime_s", maybe(board.uptime_s)},
            {"boots", maybe(boots_)},
            {"unread", unread_},
            {"unshown", flags_.failures()},
            {"temperature_mc", maybe(board.temperature_mc)},
            {"undervoltage", maybe(low)},
            {"storage", std::move(storage)},
            {"disk_free_bytes", maybe(free)},
            {"sensors_ok", sensors_.ok},
            {"sensors_stale", sensors_.stale},
            {"sensors_offline", sensors_.offline},
            {"sensors_faulty", sensors_.faulty}};
}

}  // namespace anju
