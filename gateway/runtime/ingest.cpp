// See ingest.hpp. Decoding itself is in drivers/.
#include "runtime/ingest.hpp"

#include <chrono>
#include <utility>

namespace anju {
namespace {

constexpr std::uint64_t hash_start = 14695981039346656037ULL;

/// FNV-1a.
std::uint64_t hash(std::uint64_t from, std::string_view text) {
    for (const char c : text) from = (from ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return (from ^ 0xffU) * 1099511628211ULL;
}

/// Tells a broker's redelivery from a second message.
std::uint64_t fingerprint(const Inbound& message) {
    const char id[] = {static_cast<char>(message.packet_id & 0xff),
                       static_cast<char>(message.packet_id >> 8)};
    return hash(hash(hash(hash_start, message.topic), message.payload), {id, sizeof id});
}

/// What the same device said in one message is one observation.
void add(Understood::Item item, std::vector<Understood::Item>& items) {
    constexpr std::size_t most_readings = 64;
    Observation& added = item.observation;
    for (Understood::Item& known : items) {
        Observation& one = known.observation;
        if (one.device != added.device || one.sequence != added.sequence ||
            one.fingerprint != added.fingerprint ||
            one.readings.size() + added.readings.size() > most_readings) {
            continue;
        }
        one.readings.insert(one.readings.end(), added.readings.begin(), added.readings.end());
        return;
    }
    items.push_back(std::move(item));
}

}  // namespace

Ingest::Ingest(Options options, const drivers::Catalog& catalog, const AddressBook& book,
               Proposals& proposals, Counters& counters, MessageTap& tap)
    : options_(options),
      catalog_(catalog),
      book_(book),
      proposals_(proposals),
      counters_(counters),
      tap_(tap),
      heard_(catalog.routes().size()) {}

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
        unfit(message, now, {}, "no_driver", "no driver listens to this topic", out);
        return out;
    }
    ++heard_[static_cast<std::size_t>(route - catalog_.routes().data())];
    const std::size_t limit = route->max_payload(message.topic);
    if (message.payload.size() > limit) {
        counters_.add(Counter::oversize);
        unfit(message, now, route->driver->name, "oversize",
              "message of " + std::to_string(message.payload.size()) + " bytes, at most " +
                  std::to_string(limit) + " are taken",
              out);
        return out;
    }
    auto result = route->decode(message.topic, message.payload, message.retained, state_);
    if (result) {
        decoded(*route->driver, message, now, *result, out);
    } else {
        failed(*route->driver, message, now, result.error(), out);
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
        const std::string_view name = one.driver.empty() ? driver.name : one.driver;
        if (one.readings.empty() && !tap_.open()) continue;
        const DeviceId* device = registered(name, one.address, one.alias);
        if (tap_.open()) tap_.said(device, name, one);
        if (one.readings.empty()) continue;
        if (device == nullptr) {
            stranger({.driver = name,
                      .address = one.address,
                      .alias = one.alias,
                      .model = one.model,
                      .readings = one.readings,
                      .topic = message.topic,
                      .payload = message.payload,
                      .rssi_dbm = one.rssi_dbm,
                      .lqi = one.lqi},
                     message, now, out);
            continue;
        }
        Observation observation{*device, one.sequence, 0, message.redelivered,
                                std::move(one.readings)};
        if (!one.sequence && !one.message_id.empty()) {
            // The protocol itself names its messages: an equal name is a repetition for certain.
            observation.fingerprint = hash(hash_start, one.message_id);
            observation.redelivered = true;
        } else if (!one.sequence) {
            observation.fingerprint = fingerprint(message);
        }
        add({std::move(one.address), std::move(observation)}, out.items);
    }
}

const DeviceId* Ingest::registered(std::string_view driver, std::string_view address,
                                   std::string_view alias) const {
    const DeviceId* device = address.empty() ? nullptr : book_.find(driver, address);
    return device == nullptr && !alias.empty() ? book_.find(driver, alias) : device;
}

void Ingest::stranger(const Stranger& who, const Inbound& message, Instant now, Understood& out) {
    if (proposals_.hear(who, now) == Proposals::Heard::ignored) {
        counters_.add(Counter::ignored_device);
        return;
    }
    counters_.add(Counter::unknown_device);
    const std::string named = std::string(who.driver) + " " + std::string(who.address);
    if (strangers_.size() >= options_.strangers_remembered ||
        !strangers_.emplace(named, now).second) {
        return;
    }
    sample(message, now, "unknown_device",
           "no home has the device " + named + "; anjuctl devices discover shows what it says",
           out);
}

void Ingest::failed(const drivers::Driver& driver, const Inbound& message, Instant now,
                    drivers::DecodeError error, Understood& out) {
    const std::string_view name = error.driver.empty() ? driver.name : error.driver;
    const DeviceId* device = registered(name, error.address, error.alias);
    if (tap_.open()) tap_.failed(device, name, error);
    // A neighbour's encrypted meter is a stranger and no mistake of anybody.
    if (!error.address.empty() && !error.sequence && device == nullptr) {
        return stranger({.driver = name,
                         .address = error.address,
                         .alias = error.alias,
                         .model = error.model,
                         .error = error.code,
                         .error_text = error.text,
                         .topic = message.topic,
                         .payload = message.payload},
                        message, now, out);
    }
    counters_.add(Counter::malformed);
    sample(message, now, error.code, "byte " + std::to_string(error.at) + ": " + error.text, out);
    if (error.sequence && !error.address.empty()) {
        counters_.add(Counter::refused);
        out.refusal = Understood::Refusal{std::move(error.address), *error.sequence,
                                          std::move(error.code), std::move(error.text)};
    }
}

drivers::DecodeResult Ingest::attempt(const Proposal& proposal, drivers::DeviceSettings settings) {
    const drivers::Route* route = catalog_.find(proposal.topic);
    if (route == nullptr) return std::vector<drivers::Decoded>{};
    state_.settings().set(proposal.driver, proposal.address, std::move(settings));
    return route->decode(proposal.topic, proposal.payload, false, state_);
}

/// No driver has looked into it: only the topic may tell whose it is.
void Ingest::unfit(const Inbound& message, Instant now, std::string_view driver, std::string code,
                   std::string text, Understood& out) {
    if (tap_.open()) {
        drivers::DecodeError error;
        error.code = code;
        error.text = text;
        tap_.failed(nullptr, driver, error);
    }
    sample(message, now, std::move(code), std::move(text), out);
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
