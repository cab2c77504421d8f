#include "app/anjud/care_report.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "core/care/uptime.hpp"
#include "core/model/community.hpp"

namespace anju {
namespace {

class Builder {
public:
    Builder(const Engine& engine, care::Period period, Duration utc_offset, Instant now)
        : period_(period),
          from_(instant_at(period.first_day, Duration::zero(), utc_offset)),
          to_(std::min(now, instant_at(period.last_day, Duration::zero(), utc_offset))),
          offset_(utc_offset) {
        for (const CommunityId& id : engine.communities()) {
            const auto view = engine.view(id);
            if (!view) continue;
            places_[id] = {ReportRow::Level::community,
                           id.value,
                           view->community.name,
                           view->community.street,
                           view->community.district,
                           false,
                           {}};
            if (period_.is_day()) {
                for (const CareTask& task : view->tasks) tasks_[task.id] = {id, task};
            } else {
                add_open_weeks(*view);
            }
        }
        for (const HouseholdId& id : engine.households()) add_home(engine, id);
    }

    void take(const Decision& decision) {
        if (const auto* closed = std::get_if<WeekClosed>(&decision.what)) {
            const auto community = community_of(decision.household);
            if (!covers(closed->week) || !community) return;
            for (const care::ResidentWeek& week : closed->residents) {
                place(*community).tally.add(week);
            }
        } else if (const auto* health = std::get_if<DeviceHealthChanged>(&decision.what)) {
            take(decision, *health);
        } else if (period_.is_day()) {
            take_of_day(decision);
        }
    }

    void take(const Alert& alert) {
        const auto unit = community_of(alert.household);
        const auto home = homes_.find(alert.household);
        const CommunityId community = unit                   ? *unit
                                      : home != homes_.end() ? home->second
                                                             : CommunityId{};
        place(community).tally.add(alert);
    }

    [[nodiscard]] CareReport report() && {
        for (auto& [id, device] : devices_) {
            if (device.to <= device.from) continue;
            device.uptime.until(device.to);
            const auto up = std::chrono::floor<std::chrono::seconds>(device.uptime.up(device.now));
            const auto all = std::chrono::floor<std::chrono::seconds>(device.to - device.from);
            place(device.community)
                .tally.uptime_s.add(static_cast<std::uint64_t>(up.count()),
                                    static_cast<std::uint64_t>(all.count()));
        }
        add_day();
        CareReport out{period_, std::move(open_), {}};
        std::map<std::string, ReportRow> districts;
        std::map<std::pair<std::string, std::string>, ReportRow> streets;
        ReportRow all;
        for (const auto& [id, row] : places_) {
            all.tally.add(row.tally);
            all.provisional = all.provisional || row.provisional;
            ReportRow& district = districts[row.district];
            district.level = ReportRow::Level::district;
            district.name = district.district = row.district;
            district.tally.add(row.tally);
            district.provisional = district.provisional || row.provisional;
            ReportRow& street = streets[{row.district, row.street}];
            street.level = ReportRow::Level::street;
            street.name = street.street = row.street;
            street.district = row.district;
            street.tally.add(row.tally);
            street.provisional = street.provisional || row.provisional;
        }
        out.rows.push_back(std::move(all));
        for (auto& [name, row] : districts) out.rows.push_back(std::move(row));
        for (auto& [name, row] : streets) out.rows.push_back(std::move(row));
        for (auto& [id, row] : places_) out.rows.push_back(std::move(row));
        return out;
    }

private:
    struct OfDevice {
        CommunityId community;
        DeviceHealth now = DeviceHealth::ok;
        Instant from{};  ///< within the period
        Instant to{};
        care::Uptime uptime;
    };
    struct OfTask {
        CommunityId community;
        CareTask task;
    };

    void add_home(const Engine& engine, const HouseholdId& id) {
        const auto view = engine.view(id);
        if (!view) return;
        if (view->household.drill != Drill::none) return;
        const CommunityId community{view->household.community};
        homes_[id] = community;
        for (const DeviceView& device : view->devices) {
            // It may have been registered within the period, and not be watched at all.
            const Instant from = std::max(from_, device.watched_since);
            if (!device.collected) continue;
            devices_.insert_or_assign(device.device.id, OfDevice{community, device.health, from,
                                                                 to_, care::Uptime(from, to_)});
        }
    }

    void take(const Decision& decision, const DeviceHealthChanged& health) {
        if (health.drill) return;
        auto device = devices_.find(health.device);
        if (device == devices_.end()) {
            // Taken off the gateway since: it counts up to when it was last heard of.
            const auto home = homes_.find(decision.household);
            const CommunityId community = home == homes_.end() ? CommunityId{} : home->second;
            device = devices_
                         .emplace(health.device, OfDevice{community, health.health, from_, from_,
                                                          care::Uptime(from_, to_)})
                         .first;
            removed_.insert(health.device);
        }
        OfDevice& one = device->second;
        if (removed_.contains(health.device)) {
            one.to = std::clamp(decision.at, from_, to_);
        } else if (decision.at < one.from) {
            // What changed then was there before it was listened to anew.
            one.uptime = care::Uptime(from_, to_);
            one.from = from_;
        }
        one.uptime.changed(decision.at, health.health);
        one.now = removed_.contains(health.device) ? health.health : one.now;
    }

    [[nodiscard]] bool covers(Date week) const {
        return !period_.is_day() && week >= period_.first && week < period_.last;
    }

    void add_open_weeks(const CommunityView& view) {
        ReportRow& row = places_[view.community.id];
        for (const WeekClosed& week : view.so_far) {
            if (!covers(week.week)) continue;
            row.provisional = true;
            open_[week.week].push_back(row.name.empty() ? row.code : row.name);
            for (const care::ResidentWeek& one : week.residents) row.tally.add(one);
        }
    }

    // A day has its tasks as they ended, and the contacts that were had on it.
    void take_of_day(const Decision& decision) {
        const auto community = community_of(decision.household);
        if (!community) return;
        if (const auto* changed = std::get_if<TaskChanged>(&decision.what)) {
            tasks_[changed->task.id] = {*community, changed->task};
        } else if (const auto* logged = std::get_if<ContactLogged>(&decision.what)) {
            const ContactRecord& record = logged->record;
            if (date_of(record.start, offset_) != period_.first) return;
            place(*community).tally.add(record);
        }
    }

    void add_day() {
        for (const auto& [id, one] : tasks_) {
            if (one.task.date == period_.first) place(one.community).tally.add(one.task);
        }
    }

    /// Homes of a community that nobody described still count, under its code alone.
    ReportRow& place(const CommunityId& community) {
        const auto [found, is_new] = places_.try_emplace(community);
        if (is_new) {
            found->second.level = ReportRow::Level::community;
            found->second.code = found->second.name = community.value;
        }
        return found->second;
    }

    care::Period period_;
    Instant from_;
    Instant to_;
    Duration offset_;
    std::map<CommunityId, ReportRow> places_;
    std::map<HouseholdId, CommunityId> homes_;
    std::map<DeviceId, OfDevice> devices_;
    std::set<DeviceId> removed_;
    std::map<Date, std::vector<std::string>> open_;
    std::map<TaskId, OfTask> tasks_;
};

}  // namespace

std::function<result<CareReport>(store::StoreReader&)> begin_care_report(const Engine& engine,
                                                                         care::Period period,
                                                                         Duration utc_offset,
                                                                         Instant now,
                                                                         std::uint64_t last) {
    const auto builder = std::make_shared<Builder>(engine, period, utc_offset, now);
    const Instant from = instant_at(period.first_day, Duration::zero(), utc_offset);
    const Instant to = instant_at(period.last_day, Duration::zero(), utc_offset);
    const Instant books = instant_at(period.first, Duration::zero(), utc_offset);
    return [=](store::StoreReader& reader) -> result<CareReport> {
        // The books of the last week are closed some days after its end, and the health of a
        // device shows in its next change.
        const auto decisions = reader.decisions_between(
            std::min(from, books), now + std::chrono::milliseconds{1},
            [&](const Decision& decision) {
                builder->take(decision);
                return true;
            },
            last);
        if (!decisions) return decisions.error();
        const auto alerts = reader.alerts_between(from, to, [&](const Alert& alert) {
            builder->take(alert);
            return true;
        });
        if (!alerts) return alerts.error();
        return std::move(*builder).report();
    };
}

}  // namespace anju
