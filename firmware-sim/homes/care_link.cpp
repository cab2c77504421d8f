#include "firmware-sim/homes/care_link.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "control/client.hpp"
#include "core/model/care_names.hpp"

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
                   const std::vector<SimHome>& homes, Instant midnight)
    : socket_(std::move(socket)) {
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
    const control::Outcome outcome = control::call(socket_, request, 5s);
    Done done{entry.at, errand_text(errand, entry.worker_name, entry.resident_name), ""};
    if (outcome.kind != control::Outcome::Kind::ok) {
        done.answer = outcome.errors.front().text();
    } else if (const auto* status = outcome.result.as_object().if_contains("status");
               status != nullptr && *status == "refused") {
        done.answer = boost::json::serialize(outcome.result.as_object().at("text"));
    }
    return done;
}

}  // namespace anju::sim
