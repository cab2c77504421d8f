// Proposals over a restart: when they are worth a write, and their text (JSON, version 1). The
// bytes of a payload are hexadecimal digits; names are whatever bytes a stranger chose.
#include <algorithm>
#include <boost/json.hpp>
#include <chrono>

#include "core/model/names.hpp"
#include "drivers/bytes.hpp"
#include "runtime/proposals.hpp"

namespace anju {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr std::int64_t most_credit = 10;
constexpr Duration credit_every = 10min;
constexpr Duration heard_every = 1h;

json::value number_or_null(const std::optional<int>& number) {
    return number ? json::value(*number) : json::value(nullptr);
}

json::value kind_or_null(const std::optional<SensorKind>& kind) {
    return kind ? json::value(json::string(name(*kind))) : json::value(nullptr);
}

json::object to_json(const Proposal& proposal) {
    json::array readings;
    for (const Reading& one : proposal.readings) {
        readings.push_back(json::array{static_cast<int>(one.kind), one.quality, one.value,
                                       to_unix_ms(one.event_time)});
    }
    return {{"driver", proposal.driver},
            {"address", proposal.address},
            {"alias", proposal.alias},
            {"model", proposal.model},
            {"first", to_unix_ms(proposal.first_heard)},
            {"last", to_unix_ms(proposal.last_heard)},
            {"messages", proposal.messages},
            {"readings", std::move(readings)},
            {"error", proposal.error},
            {"error_text", proposal.error_text},
            {"topic", proposal.topic},
            {"payload", drivers::to_hex(drivers::bytes_of(proposal.payload))},
            {"whole", proposal.whole},
            {"rssi", number_or_null(proposal.rssi_dbm)},
            {"lqi", number_or_null(proposal.lqi)}};
}

std::string text_of(const json::object& object, std::string_view key) {
    return std::string(object.at(json::string_view(key)).as_string());
}

Instant time_of(const json::object& object, std::string_view key) {
    return from_unix_ms(object.at(json::string_view(key)).to_number<std::int64_t>());
}

std::optional<int> number_of(const json::object& object, std::string_view key) {
    const json::value& value = object.at(json::string_view(key));
    return value.is_null() ? std::nullopt : std::optional<int>{value.to_number<int>()};
}

/// Throws what Boost.JSON throws when a member is missing or of another type.
Proposal from_json(const json::object& object) {
    Proposal out;
    out.driver = text_of(object, "driver");
    out.address = text_of(object, "address");
    out.alias = text_of(object, "alias");
    out.model = text_of(object, "model");
    out.first_heard = time_of(object, "first");
    out.last_heard = time_of(object, "last");
    out.messages = object.at("messages").to_number<std::uint64_t>();
    for (const json::value& value : object.at("readings").as_array()) {
        const json::array& one = value.as_array();
        out.readings.push_back({static_cast<ReadingKind>(one.at(0).to_number<std::uint8_t>()),
                                one.at(1).to_number<std::uint16_t>(),
                                one.at(2).to_number<std::int64_t>(),
                                from_unix_ms(one.at(3).to_number<std::int64_t>())});
    }
    out.kind = kind_of(out.readings);
    out.error = text_of(object, "error");
    out.error_text = text_of(object, "error_text");
    out.topic = text_of(object, "topic");
    std::vector<std::uint8_t> bytes;
    if (!drivers::from_hex(text_of(object, "payload"), bytes)) throw std::runtime_error("payload");
    out.payload.assign(bytes.begin(), bytes.end());
    out.whole = object.at("whole").as_bool();
    out.rssi_dbm = number_of(object, "rssi");
    out.lqi = number_of(object, "lqi");
    return out;
}

}  // namespace

std::int64_t Proposals::credit(Instant now) const {
    const std::int64_t earned = now > kept_at_ ? (now - kept_at_) / credit_every : 0;
    return std::min(most_credit, credit_ + earned);
}

bool Proposals::due(Instant now) const {
    switch (change_) {
        case Change::none:
            return false;
        case Change::heard:
            return now - kept_at_ >= heard_every;
        case Change::news:
            return credit(now) > 0;
        case Change::order:
            return true;
    }
    return true;
}

std::string Proposals::save(Instant now) {
    // A part of a credit that was earned is given up: it is a limit, not a debt.
    credit_ = credit(now);
    if (change_ == Change::news) credit_ = std::max<std::int64_t>(0, credit_ - 1);
    kept_at_ = now;
    change_ = Change::none;
    json::array all;
    for (const auto& [key, entry] : entries_) {
        json::object one = to_json(entry.proposal);
        one["span"] = to_unix_ms(entry.span);
        one["spans"] = entry.spans;
        one["proven"] = entry.proven;
        all.push_back(std::move(one));
    }
    json::array ignored;
    for (const auto& [key, device] : ignored_) {
        ignored.push_back({{"driver", device.driver},
                           {"address", device.address},
                           {"model", device.model},
                           {"kind", kind_or_null(device.kind)},
                           {"since", to_unix_ms(device.since)}});
    }
    return json::serialize(json::object{{"version", 1},
                                        {"dropped", dropped_},
                                        {"proposals", std::move(all)},
                                        {"ignored", std::move(ignored)}});
}

bool Proposals::load(std::string_view text) {
    Entries entries;
    std::map<Key, IgnoredDevice> ignored;
    std::uint64_t dropped = 0;
    try {
        json::parse_options options;
        options.allow_invalid_utf8 = true;  // it is what we wrote
        const json::value parsed = json::parse(text, {}, options);
        if (parsed.at("version").to_number<int>() != 1) return false;
        dropped = parsed.at("dropped").to_number<std::uint64_t>();
        for (const json::value& value : parsed.at("proposals").as_array()) {
            const json::object& object = value.as_object();
            Entry entry;
            entry.proposal = from_json(object);
            entry.span = time_of(object, "span");
            entry.spans = object.at("spans").to_number<int>();
            entry.proven = object.at("proven").as_bool();
            if (entries.size() >= options_.limit) break;
            Key key{entry.proposal.driver, entry.proposal.address};
            entries.emplace(std::move(key), std::move(entry));
        }
        for (const json::value& value : parsed.at("ignored").as_array()) {
            const json::object& object = value.as_object();
            IgnoredDevice one{text_of(object, "driver"), text_of(object, "address"),
                              text_of(object, "model"), std::nullopt, time_of(object, "since")};
            if (!object.at("kind").is_null()) one.kind = parse_sensor_kind(text_of(object, "kind"));
            ignored.emplace(Key{one.driver, one.address}, std::move(one));
        }
    } catch (const std::exception&) {
        return false;
    }
    entries_ = std::move(entries);
    ignored_ = std::move(ignored);
    dropped_ = dropped;
    change_ = Change::none;
    return true;
}

}  // namespace anju
