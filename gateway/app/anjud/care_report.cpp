#include "app/anjud/care_report.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/care/uptime.hpp"
#include "core/model/community.hpp"

namespace anju {
namespace {

constexpr int days_a_week = 7;

class Builder {
public:
    Builder(const Engine& engine, care::Period period, Duration utc_offset, Instant now)
        : engine_(engine),
          period_(period),
          from_(instant_at(period.first, Duration::zero(), utc_offset)),
          to_(std::min(now, instant_at(period.last, Duration::zero(), utc_offset))),
          today_(date_of(now, utc_offset)) {
        for (const CommunityId& id : engine.communities()) {
            const auto view = engine.view(id);
            if (!view) continue;
            places_[id] = {ReportRow::Level::community, id.value,
                           view->community.name,        view->community.street,
                           view->community.district,    {}};
        }
        for (const HouseholdId& id : engine.households()) add_home(id);
    }

    void take(const Decision& decision) {
        if (const auto* closed = std::get_if<WeekClosed>(&decision.what)) {
            if (closed->week < period_.first || closed->week >= period_.last) return;
            const auto community = community_of(decision.household);
            if (!community) return;
            closed_[closed->week].insert(*community);
            for (const care::ResidentWeek& week : closed->residents) {
                place(*community).tally.add(week);
            }
        } else if (const auto* health = std::get_if<DeviceHealthChanged>(&decision.what)) {
            const auto device = devices_.find(health->device);
            if (device != devices_.end())
                device->second.uptime.changed(decision.at, health->health);
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
            if (to_ <= from_) break;
            const auto up = std::chrono::floor<std::chrono::seconds>(device.uptime.up(device.now));
            const auto all = std::chrono::floor<std::chrono::seconds>(to_ - from_);
            place(device.community)
                .tally.uptime_s.add(static_cast<std::uint64_t>(up.count()),
                                    static_cast<std::uint64_t>(all.count()));
        }
        CareReport out{period_, open_weeks(), {}};
        std::map<std::string, ReportRow> districts;
        std::map<std::pair<std::string, std::string>, ReportRow> streets;
        ReportRow all;
        for (const auto& [id, row] : places_) {
            all.tally.add(row.tally);
            ReportRow& district = districts[row.district];
            district.level = ReportRow::Level::district;
            district.name = district.district = row.district;
            district.tally.add(row.tally);
            ReportRow& street = streets[{row.district, row.street}];
            street.level = ReportRow::Level::street;
            street.name = street.street = row.street;
            street.district = row.district;
            street.tally.add(row.tally);
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
        care::Uptime uptime;
    };

    void add_home(const HouseholdId& id) {
        const auto view = engine_.view(id);
        if (!view) return;
        const CommunityId community{view->household.community};
        homes_[id] = community;
        for (const DeviceView& device : view->devices) {
            devices_.insert_or_assign(device.device.id,
                                      OfDevice{community, device.health, care::Uptime(from_, to_)});
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

    [[nodiscard]] std::vector<Date> open_weeks() const {
        std::vector<Date> open;
        for (Date week = period_.first; week < period_.last; week = week + days_a_week) {
            const auto closed = closed_.find(week);
            const bool begun = week <= today_;
            if (begun && (closed == closed_.end() || closed->second.empty())) open.push_back(week);
        }
        return open;
    }

    const Engine& engine_;
    care::Period period_;
    Instant from_;
    Instant to_;
    Date today_;
    std::map<CommunityId, ReportRow> places_;
    std::map<HouseholdId, CommunityId> homes_;
    std::map<DeviceId, OfDevice> devices_;
    std::map<Date, std::set<CommunityId>> closed_;
};

}  // namespace

result<CareReport> care_report(store::StoreReader& reader, const Engine& engine,
                               care::Period period, Duration utc_offset, Instant now) {
    Builder builder(engine, period, utc_offset, now);
    const Instant from = instant_at(period.first, Duration::zero(), utc_offset);
    const Instant to = instant_at(period.last, Duration::zero(), utc_offset);
    // The books of the last week are closed some days after its end, and the health of a device
    // shows in its next change.
    const auto decisions =
        reader.decisions_between(from, now + std::chrono::milliseconds{1}, [&](const Decision& d) {
            builder.take(d);
            return true;
        });
    if (!decisions) return decisions.error();
    const auto alerts = reader.alerts_between(from, to, [&](const Alert& alert) {
        builder.take(alert);
        return true;
    });
    if (!alerts) return alerts.error();
    return std::move(builder).report();
}

}  // namespace anju
