// See ingest.hpp. Decoding itself is in drivers/.
#include "runtime/ingest.hpp"

#include <chrono>
#include <utility>

namespace anju {
namespace {

/// FNV-1a over topic and payload: tells a broker's redelivery from a second message.
std::uint64_t fingerprint(const Inbound& message) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const std::string* part : {&message.topic, &message.payload}) {
        for (const char c : *part) {
            hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
        }
        hash = (hash ^ 0xffU) * 1099511628211ULL;
    }
    return hash;
}

}  // namespace

Ingest::Ingest(Options options, const drivers::Catalog& catalog, const AddressBook& book,
               Counters& counters)
    : options_(options), catalog_(catalog), book_(book), counters_(counters) {}

std::string Ingest::save_state() {
    saved_revision_ = state_.revision();
    return state_.save();
}

void Ingest::load_state(const std::string& text) {
    // Without it, or with it damaged, descriptions come again with the bridge's retained message.
    if (!text.empty()) (void)state_.load(text);
    saved_revision_ = state_.revision();
}

Understood Ingest::understand(const Inbound& message, Instant now) {
    Understood out;
    counters_.add(Counter::messages);
    const drivers::Route* route = catalog_.find(message.topic);
    if (route == nullptr) {
        counters_.add(Counter::no_driver);
        sample(message, now, "no_driver", "no driver listens to this topic", out);
        return out;
    }
    const std::size_t limit = route->max_payload(message.topic);
    if (message.payload.size() > limit) {
        counters_.add(Counter::oversize);
        sample(message, now, "oversize",
               "message of " + std::to_string(message.payload.size()) + " bytes, at most " +
                   std::to_string(limit) + " are taken",
               out);
        return out;
    }
    auto result = route->decode(message.topic, message.payload, message.retained, state_);
    if (result) {
        decoded(*route->driver, message, now, *result, out);
    } else {
        failed(message, now, result.error(), out);
    }
    return out;
}

void Ingest::decoded(const drivers::Driver& driver, const Inbound& message, Instant now,
                     std::vector<drivers::Decoded>& all, Understood& out) {
    for (drivers::Decoded& one : all) {
        for (const drivers::Problem& problem : one.problems) {
            counters_.add(Counter::bad_property);
            sample(message, now, problem.code, problem.property + ": " + problem.text, out);
        }
        if (one.readings.empty()) continue;
        const DeviceId* device = book_.find(driver.name, one.address);
        if (device == nullptr && !one.alias.empty()) device = book_.find(driver.name, one.alias);
        if (device == nullptr) {
            counters_.add(Counter::unknown_device);
            const std::string stranger = std::string(driver.name) + " " + one.address;
            if (strangers_.size() < options_.strangers_remembered &&
                strangers_.emplace(stranger, now).second) {
                sample(message, now, "unknown_device",
                       "no home has the device " + stranger + "; register it to take its messages",
                       out);
            }
            continue;
        }
        Observation observation{*device, one.sequence, 0, message.redelivered,
                                std::move(one.readings)};
        if (!one.sequence) observation.fingerprint = fingerprint(message);
        out.items.push_back({std::move(one.address), std::move(observation)});
    }
}

void Ingest::failed(const Inbound& message, Instant now, drivers::DecodeError error,
                    Understood& out) {
    counters_.add(Counter::malformed);
    sample(message, now, error.code, "byte " + std::to_string(error.at) + ": " + error.text, out);
    if (error.sequence && !error.address.empty()) {
        counters_.add(Counter::refused);
        out.refusal = Understood::Refusal{std::move(error.address), *error.sequence,
                                          std::move(error.code), std::move(error.text)};
    }
}

void Ingest::sample(const Inbound& message, Instant now, std::string code, std::string text,
                    Understood& out) {
    const Instant hour = std::chrono::floor<std::chrono::hours>(now);
    if (hour != sample_hour_) {
        sample_hour_ = hour;
        samples_ = 0;
    }
    if (out.rejected || samples_ >= options_.samples_per_hour) return;
    ++samples_;
    out.rejected = RejectedMessage{now, message.topic.substr(0, 512),
                                   message.payload.substr(0, drivers::max_payload_bytes),
                                   std::move(code), std::move(text)};
}

}  // namespace anju
