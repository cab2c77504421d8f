#include "drivers/wmbus/meaning.hpp"

#include "drivers/wmbus/alarm.hpp"
#include "drivers/wmbus/compact.hpp"
#include "drivers/wmbus/found.hpp"
#include "drivers/wmbus/meters.hpp"
#include "drivers/wmbus/records.hpp"
#include "drivers/wmbus/transport.hpp"
#include "drivers/wmbus/water.hpp"

namespace anju::drivers::wmbus {
namespace {

// Bits of the status byte, EN 13757-7, 7.5.6.
constexpr std::uint8_t power_low = 0x04;
constexpr std::uint8_t permanent_error = 0x08;
constexpr std::uint8_t maker_bit_6 = 0x40;

constexpr std::uint8_t enhanced_identification = 0x79;

/// What the device is, and the row of the table for it.
struct Subject {
    Identity identity;
    const Meter* meter;
    Trade trade;
};

DecodeError failure(const Subject& subject, const char* code, std::size_t at, std::string text) {
    DecodeError out;
    out.code = code;
    out.at = at;
    out.text = std::move(text);
    out.model =
        subject.meter != nullptr ? std::string(subject.meter->model) : model_of(subject.identity);
    return out;
}

bool is_converter(std::uint8_t type) {
    return type == 0x36 || type == 0x37 || type == 0x38;
}

/// A radio converter without a transport header says in a record whose meter it passes on.
void look_behind_converter(Bytes body, Identity& identity) {
    Records records(body);
    while (const auto record = records.next()) {
        if (record->is_present_value() && record->is(VifTable::primary, enhanced_identification) &&
            record->extensions.empty() && record->value.size() == 8) {
            identity.version = record->value[6];
            identity.type = record->value[7];
            return;
        }
    }
}

Subject subject_of(const Telegram& telegram) {
    Subject out{telegram.meter, nullptr, Trade::other};
    if (is_converter(out.identity.type) && telegram.ci == 0x78) {
        look_behind_converter(telegram.body, out.identity);
    }
    out.meter = find_meter(out.identity, telegram.ci);
    out.trade = out.meter != nullptr ? out.meter->trade : trade_of(out.identity.type);
    return out;
}

void take_status(const Telegram& telegram, const Subject& subject, Found& found) {
    if (!has_status(telegram)) return;
    found.battery_low = (telegram.status & power_low) != 0;
    found.fault = (telegram.status & permanent_error) != 0;
    if (subject.meter != nullptr && (subject.meter->quirks & quirk::status_tamper) != 0) {
        found.tamper = (telegram.status & maker_bit_6) != 0;
    }
}

PayloadResult finished(const Telegram& telegram, const Subject& subject, Found&& found) {
    take_status(telegram, subject, found);
    Measured out = measured(std::move(found));
    if (subject.meter != nullptr) {
        out.model.assign(subject.meter->model);
    } else {
        out.model = model_of(subject.identity);
    }
    return out;
}

/// `formats` is taught the layout; null: it is known already.
PayloadResult read_records(const Telegram& telegram, const Subject& subject, Bytes body,
                           Formats* formats) {
    Found found;
    WaterReader water(subject.meter != nullptr ? subject.meter->quirks : 0, found);
    Records records(body);
    Headers headers;
    std::size_t count = 0;
    for (; const auto record = records.next(); ++count) {
        if (formats != nullptr) headers.take(*record);
        if (subject.trade == Trade::water) water.take(*record);
        if (subject.trade == Trade::smoke) take_smoke(telegram, *record, found);
        if (subject.trade == Trade::door) take_door(*record, found);
    }
    if (records.broken()) {
        return failure(subject, "record_truncated", records.at(),
                       "no whole data record; expected DIF, VIF and value (EN 13757-3)");
    }
    if (count == 0 && records.has_maker_data()) {
        return failure(subject, "layout_unknown", records.at(),
                       "nothing but data of the maker's own, in a layout that is not known");
    }
    if (formats != nullptr && !records.has_maker_data()) headers.teach(*formats);
    return finished(telegram, subject, std::move(found));
}

DecodeError unknown_layout(const Subject& subject) {
    return failure(subject, "layout_unknown", 0,
                   "a layout of the maker's own (" + model_of(subject.identity) +
                       ") that is not known, or fails its checks");
}

PayloadResult read_frame(const Telegram& telegram, const Subject& subject, Formats& formats) {
    if (is_format(telegram.ci)) {
        if (!learn_format(telegram.body, formats)) {
            return failure(subject, "value_invalid", 0,
                           "the signature of a format frame does not fit its headers");
        }
        return finished(telegram, subject, {});
    }
    if (is_compact(telegram.ci)) {
        FullFrame room;
        const auto full = expand_compact(telegram.body, formats, room);
        if (full) return read_records(telegram, subject, *full, nullptr);
        return failure(subject, full.error().code.c_str(), full.error().at, full.error().text);
    }
    return read_records(telegram, subject, telegram.body, &formats);
}

}  // namespace

PayloadResult read_meaning(const Telegram& telegram, Formats& formats) {
    const Subject subject = subject_of(telegram);
    if (subject.trade == Trade::other) {
        return failure(subject, "not_supported_device", 0,
                       "a meter of " + std::string(medium_of(subject.identity.type)) +
                           "; water meters, smoke detectors and door contacts are read");
    }
    if (subject.meter != nullptr && subject.meter->read != nullptr) {
        Found found;
        const Own own = subject.meter->read(telegram, found);
        if (own == Own::read) return finished(telegram, subject, std::move(found));
        if (own == Own::damaged) return unknown_layout(subject);
    }
    // CI 73h of wired M-Bus is the fixed data structure of old, not a compact frame.
    const bool fixed_structure = telegram.wired && telegram.ci == 0x73;
    if (is_own_frame(telegram.ci) || fixed_structure) return unknown_layout(subject);
    return read_frame(telegram, subject, formats);
}

}  // namespace anju::drivers::wmbus
