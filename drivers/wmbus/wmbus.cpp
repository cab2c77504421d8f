#include "drivers/wmbus/wmbus.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "drivers/state.hpp"
#include "drivers/wmbus/forms.hpp"
#include "drivers/wmbus/meaning.hpp"
#include "drivers/wmbus/meters.hpp"
#include "drivers/wmbus/settle.hpp"
#include "drivers/wmbus/transport.hpp"

namespace anju::drivers::wmbus {
namespace {

constexpr std::string_view driver_name = "wmbus";
constexpr std::size_t maker_letters = 4;  // "KAM-"

/// A transport header with nothing behind it: the meter shows that it lives.
bool is_sign_of_life(const Telegram& telegram) {
    return telegram.ci == 0x8A || telegram.ci == 0x8B;
}

PayloadResult meaning_of(const Telegram& telegram, Formats& formats) {
    if (!is_sign_of_life(telegram)) return read_meaning(telegram, formats);
    Measured out;
    out.readings.push_back({ReadingKind::alive, 0, 1, {}});
    return out;
}

/// Name of the meter in Decoded and in DecodeError alike.
template <class Named>
void name(Named& out, const Identity& meter, const std::string& own_address) {
    out.driver = driver_name;
    out.address = own_address.empty() ? meter.address() : own_address;
    out.alias = out.address.substr(maker_letters);
    if (out.model.empty()) out.model = model_of(meter);
}

Decoded decoded(const Telegram& telegram, Measured&& measured, std::optional<int> rssi_dbm) {
    Decoded out;
    out.readings = std::move(measured.readings);
    if (out.readings.empty()) out.readings.push_back({ReadingKind::alive, 0, 1, {}});
    out.problems = std::move(measured.problems);
    out.model = std::move(measured.model);
    out.rssi_dbm = rssi_dbm;
    name(out, telegram.meter, measured.device);
    return out;
}

bool same(const Measured& a, const Measured& b) {
    return a.readings == b.readings && a.device == b.device;
}

struct Rival {
    Identity meter;
    Measured measured;
};

}  // namespace

DecodeResult decode_telegram(Bytes bytes, DriverState& state, std::optional<int> rssi_dbm) {
    std::vector<Rival> rivals;
    const auto telegram =
        settle_telegram(bytes, KeySource{state.settings()}, state.wmbus_scratch(),
                        [&rivals, &state](const Telegram& rival) {
                            Formats formats = state.wmbus();  // what is in doubt teaches nothing
                            auto measured = meaning_of(rival, formats);
                            if (measured) rivals.push_back({rival.meter, std::move(*measured)});
                        });
    if (!telegram) return telegram.error();
    Formats unlearnt(0);
    if (!rivals.empty()) unlearnt = state.wmbus();
    auto measured = meaning_of(*telegram, rivals.empty() ? state.wmbus() : unlearnt);
    if (!measured) {
        DecodeError error = std::move(measured.error());
        name(error, telegram->meter, error.address);
        return error;
    }
    for (const Rival& rival : rivals) {
        if (rival.meter != telegram->meter || !same(rival.measured, *measured)) {
            return damaged_frame();
        }
    }
    std::vector<Decoded> out;
    out.push_back(decoded(*telegram, std::move(*measured), rssi_dbm));
    return out;
}

DecodeResult decode(const Message& message, DriverState& state) {
    if (message.payload.empty()) return std::vector<Decoded>{};  // clears a retained message
    if (message.payload.size() > max_payload_bytes) {
        DecodeError error;
        error.stage = DecodeStage::envelope;
        error.code = "payload_too_large";
        error.text = std::to_string(message.payload.size()) + " bytes; expected at most " +
                     std::to_string(max_payload_bytes) + ".";
        return error;
    }
    const auto form = read_form(message.payload, state.wmbus_scratch().text);
    if (!form) return form.error();
    auto result = decode_telegram(form->telegram, state, form->rssi_dbm);
    if (!result) {
        DecodeError error = result.error();
        error.at = std::min(form->offset + error.at * form->width, message.payload.size());
        return error;
    }
    if (!message.retained) return result;
    std::vector<Reading>& readings = result->front().readings;
    std::erase_if(readings,
                  [](const Reading& reading) { return reading.kind == ReadingKind::alive; });
    for (Reading& reading : readings) reading.quality |= quality::retained;
    return result;
}

std::size_t max_payload(const Message&) {
    return max_payload_bytes;
}

std::vector<SupportedDevice> supported() {
    return supported_meters();
}

}  // namespace anju::drivers::wmbus
