#include "firmware-sim/homes/care_link.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "control/client.hpp"
#include "core/model/care_names.hpp"
#include "core/model/names.hpp"
#include "firmware-sim/local_time.hpp"

namespace anju::sim {
namespace {

using namespace std::chrono_literals;

bool is_visit(const Errand& errand) {
    return errand.kind == TaskKind::home_visit;
}

BothLanguages errand_text(const Errand& errand, const std::string& worker,
                          const BothLanguages& whom) {
    const bool reached = errand.outcome != Outcome::unreached;
    if (is_visit(errand)) {
        if (reached) return {worker + " 上门探访" + whom.zh, worker + " visits " + whom.en};
        return {worker + " 上门探访" + whom.zh + "，无人应门",
                worker + " visits " + whom.en + ": nobody opens"};
    }
    if (reached) return {worker + " 致电" + whom.zh + "，平安", worker + " phones " + whom.en};
    return {worker + " 致电" + whom.zh + "，无人接听",
            worker + " phones " + whom.en + ": nobody answers"};
}

BothLanguages name_of(const ResidentId& resident, const std::vector<SimHome>& homes) {
    for (const SimHome& home : homes) {
        if (home.resident.id == resident) return {home.resident.name, home.person_en};
    }
    return {resident.value, resident.value};
}

}  // namespace

CareLink::CareLink(std::filesystem::path socket, const std::vector<SimCommunity>& communities,
                   const std::vector<SimHome>& homes, Instant midnight, SetStatus set_status)
    : socket_(std::move(socket)), set_status_(std::move(set_status)) {
    for (const SimCommunity& community : communities) {
        for (const Errand& errand : community.errands) {
            const auto worker = std::ranges::find(community.workers, errand.worker, &Worker::id);
            entries_.push_back(
                {midnight + errand.at, errand, worker->name, name_of(errand.resident, homes)});
        }
    }
    std::ranges::stable_sort(entries_, {}, &Entry::at);
}

std::optional<Instant> CareLink::next() const {
    if (done_ == entries_.size()) return std::nullopt;
    return entries_[done_].at;
}

CareLink::Done CareLink::do_next() {
    const Entry& entry = entries_[done_++];
    const Errand& errand = entry.errand;
    if (errand.suspends) return suspend(entry);
    control::Request request{
        "contacts.record",
        {{"resident", errand.resident.value},
         {"worker", errand.worker.value},
         {"kind", is_visit(errand) ? "visit" : "call"},
         {"outcome", boost::json::string(name(errand.outcome))},
         {"seconds", std::chrono::ceil<std::chrono::seconds>(errand.lasts).count()},
         {"actor", "sim:" + errand.worker.value}}};
    if (is_visit(errand) && errand.outcome != Outcome::unreached)
        request.params["form"] = "1,1,1,1,1,1";
    return enter(request, {entry.at, errand_text(errand, entry.worker_name, entry.resident_name)});
}

CareLink::Done CareLink::suspend(const Entry& entry) {
    const Errand& errand = entry.errand;
    const bool home_again = *errand.suspends == ResidentStatus::active;
    Done done{
        entry.at,
        {entry.worker_name + " 登记" + entry.resident_name.zh + (home_again ? "已回家" : "不在家"),
         entry.worker_name + " enters that " + entry.resident_name.en +
             (home_again ? " is back" : " is away")}};
    if (set_status_) {
        const auto set = set_status_(errand.resident, *errand.suspends);
        if (!set) done.answer = set.error().text();
        return done;
    }
    const auto date = [](Instant at) {  // "2026-03-02"
        const std::chrono::year_month_day day{
            std::chrono::floor<std::chrono::days>(at + utc_offset)};
        return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                           static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    };
    const control::Request request{"suspensions.set",
                                   {{"resident", errand.resident.value},
                                    {"reason", boost::json::string(name(*errand.suspends))},
                                    {"from", date(entry.at)},
                                    {"to", date(entry.at + errand.lasts)},
                                    {"said_by", entry.resident_name.zh},
                                    {"approver", errand.approver.value},
                                    {"actor", "sim:" + errand.worker.value}}};
    return enter(request, std::move(done));
}

CareLink::Done CareLink::enter(const control::Request& request, Done done) {
    const control::Outcome outcome = control::call(socket_, request, 5s);
    if (outcome.kind != control::Outcome::Kind::ok) {
        done.answer = outcome.errors.front().text();
    } else if (const auto* status = outcome.result.as_object().if_contains("status");
               status != nullptr && *status == "refused") {
        done.answer = boost::json::serialize(outcome.result.as_object().at("text"));
    }
    return done;
}

}  // namespace anju::sim
