// See audit.hpp.
#include "tests/e2e/audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <set>
#include <stdexcept>
#include <thread>
#include <tuple>

#include "anju/v1/event.pb.h"
#include "core/codec/codec.hpp"
#include "firmware-sim/platform/store.hpp"
#include "store/rows.hpp"
#include "store/store_reader.hpp"

namespace anju::test {
namespace {

template <class T>
T value(result<T> outcome) {
    if (!outcome) throw std::runtime_error(outcome.error().text());
    return std::move(*outcome);
}

using DecisionKey = std::pair<std::string, std::uint64_t>;  ///< household and number

struct Stored {
    /// By device, boot and number: after a restart a sensor counts from 1 again.
    std::map<std::tuple<std::string, std::uint64_t, std::uint64_t>, unsigned> messages;
    std::set<std::string> smoke_homes;  ///< homes with a smoke alert
    std::set<DecisionKey> alerts;
    std::map<v1::Lane, std::uint64_t> heads;
};

Stored read_store(const AuditFiles& files) {
    Stored out;
    const auto reader = value(store::StoreReader::open(files.data_dir, files.keys));
    std::set<std::string> households;
    const auto read = reader->inputs_after(0, [&](const JournalEntry& entry) {
        households.insert(entry.household.value);
        const auto input = decode_input(entry.bytes);
        if (!input) throw std::runtime_error("an input cannot be decoded");
        if (const auto* message = std::get_if<Observation>(&*input)) {
            const Sequence& sequence = *message->sequence;
            ++out.messages[{message->device.value, sequence.boot, sequence.number}];
        }
        return true;
    });
    if (!read) throw std::runtime_error(read.error().text());
    for (const std::string& household : households) {
        const auto visited =
            reader->decisions(HouseholdId{household}, 0, [&](const store::StoredDecision& stored) {
                const auto decision = decode_decision(stored.bytes);
                if (!decision) throw std::runtime_error("a decision cannot be decoded");
                if (const auto* change = std::get_if<AlertChanged>(&decision->what)) {
                    out.alerts.insert({household, decision->number});
                    if (change->alert.kind == AlertKind::smoke) out.smoke_homes.insert(household);
                }
                return true;
            });
        if (!visited) throw std::runtime_error(visited.error().text());
    }
    return out;
}

void read_platform(const std::filesystem::path& file, const Stored& stored, Audit& audit) {
    const auto store = value(sim::PlatformStore::open(file, sim::PlatformStore::Mode::read));
    std::map<DecisionKey, unsigned> arrived;
    std::map<sim::StreamKey, std::set<std::uint64_t>> numbers;
    const auto read = store.events([&](const sim::StoredEvent& row) {
        v1::DistrictEvent event;
        if (!event.ParseFromString(row.bytes)) throw std::runtime_error("an event is not protobuf");
        numbers[row.stream].insert(row.seq);
        if (event.has_alert()) {
            ++arrived[{event.alert().household_id(), event.alert().decision()}];
        }
        return true;
    });
    if (!read) throw std::runtime_error(read.error().text());
    audit.delivered = arrived.size();
    for (const auto& [key, times] : arrived) audit.numbered_twice += times > 1 ? 1 : 0;
    for (const DecisionKey& key : stored.alerts) {
        audit.missing_upstream += arrived.contains(key) ? 0 : 1;
    }
    std::map<v1::Lane, std::uint64_t> epochs;
    for (const auto& [stream, seqs] : numbers) {
        audit.holes += *seqs.rbegin() - seqs.size();
        audit.epochs = std::max(audit.epochs, ++epochs[stream.lane]);
    }
    for (const sim::StreamCount& count : value(store.counts())) audit.repeated += count.duplicates;
}

}  // namespace

Audit audit_files(const AuditFiles& files, const Acknowledged& acknowledged,
                  const std::function<std::string(const std::string& device)>& smoke_home) {
    const Stored stored = read_store(files);
    Audit audit;
    audit.stored = stored.messages.size();
    audit.decided = stored.alerts.size();
    for (const auto& [message, times] : stored.messages) audit.stored_twice += times > 1 ? 1 : 0;
    for (const auto& [device, messages] : acknowledged) {
        audit.acknowledged += messages.size();
        for (const auto& [boot, number] : messages) {
            audit.lost += stored.messages.contains({device, boot, number}) ? 0 : 1;
        }
        const std::string home = messages.empty() ? std::string() : smoke_home(device);
        if (!home.empty()) {
            audit.alarms_without_alert += stored.smoke_homes.contains(home) ? 0 : 1;
        }
    }
    if (!files.platform.empty()) read_platform(files.platform, stored, audit);
    return audit;
}

Audit audit_street(const Rig& rig, const Acknowledged& acknowledged) {
    return audit_files({.data_dir = rig.data_dir(), .platform = rig.platform_file()}, acknowledged,
                       [](const std::string& device) {
                           const std::size_t dash = device.rfind("-smoke");
                           return dash == std::string::npos ? std::string()
                                                            : device.substr(0, dash);
                       });
}

void print(const Audit& audit) {
    const auto row = [](const char* what, std::uint64_t number) {
        fmt::print("{:<46}{:>10}\n", what, number);
    };
    row("messages acknowledged to sensors", audit.acknowledged);
    row("messages in the journal", audit.stored);
    row("  acknowledged but not there", audit.lost);
    row("  there twice", audit.stored_twice);
    row("alarms acknowledged without an alert", audit.alarms_without_alert);
    row("alert decisions in the store", audit.decided);
    row("alert decisions at the platform", audit.delivered);
    row("  missing there", audit.missing_upstream);
    row("  there under two numbers", audit.numbered_twice);
    row("holes in the platform's numbering", audit.holes);
    row("repeated deliveries recognised by the platform", audit.repeated);
}

bool outbox_empty(Rig& rig, std::chrono::seconds limit) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (std::chrono::steady_clock::now() < until) {
        int code = 0;
        const std::string said = rig.ctl({"status"}, &code);
        if (code == 0) {
            std::uint64_t waiting = 0;
            const boost::json::value status = boost::json::parse(said);
            for (const auto& lane : status.at("lanes").as_array()) {
                waiting += lane.at("unacknowledged").to_number<std::uint64_t>();
            }
            if (waiting == 0) return true;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
    return false;
}

}  // namespace anju::test
