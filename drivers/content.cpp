#include "drivers/content.hpp"

#include <algorithm>

#include "drivers/cjt188/cjt188.hpp"
#include "drivers/profile/profile.hpp"
#include "drivers/state.hpp"
#include "drivers/wmbus/frame.hpp"
#include "drivers/wmbus/meaning.hpp"

namespace anju::drivers {
namespace {

/// Only what is framed with checksums: a bare telegram could be anything.
bool is_telegram(Bytes bytes) {
    std::vector<std::uint8_t> buffer;
    const auto frame = wmbus::read_frame(bytes, buffer);
    return frame && frame->form != wmbus::FrameForm::bare;
}

/// The key of the device that carries the telegram goes before that of the meter itself.
PayloadResult read_telegram(Bytes bytes, const DeviceSettings* settings, DriverState& state) {
    Settings own;
    const bool has_key = settings != nullptr && settings->key;
    if (has_key) own.set_fallback(*settings);
    const wmbus::KeySource keys{has_key ? own : state.settings()};
    const auto telegram = wmbus::parse_telegram(bytes, keys, state.wmbus_scratch());
    if (!telegram) return telegram.error();
    if (telegram->body.empty()) return Measured{};  // a header alone: the meter lives
    auto measured = wmbus::read_meaning(*telegram, state.wmbus());
    if (measured) measured->device = telegram->meter.address();
    return measured;
}

constexpr PayloadCodec codecs[] = {
    {"cjt188", &cjt188::recognises, &cjt188::decode_payload},
    {"wmbus", &is_telegram, &read_telegram},
};

constexpr std::size_t shown_bytes = 24;
constexpr std::size_t shown_fields = 8;

const PayloadCodec* find_codec(std::string_view name) {
    const auto* const codec = std::ranges::find(codecs, name, &PayloadCodec::name);
    return codec == std::end(codecs) ? nullptr : codec;
}

bool has_fields(const Content& content) {
    return content.fields != nullptr && content.fields->is_object() &&
           !content.fields->get_object().empty();
}

/// "12 bytes on port 85 (017564…) and the fields temperature, door".
std::string what_came(const Content& content) {
    std::string out;
    if (!content.bytes.empty()) {
        out = std::to_string(content.bytes.size()) + " bytes";
        if (content.port != 0) out += " on port " + std::to_string(content.port);
        out += " (" + to_hex(content.bytes.first(std::min(content.bytes.size(), shown_bytes)));
        out += content.bytes.size() > shown_bytes ? "…)" : ")";
    }
    if (!has_fields(content)) return out;
    out += out.empty() ? "the fields " : " and the fields ";
    std::size_t count = 0;
    for (const auto& field : content.fields->get_object()) {
        if (count != 0) out += ", ";
        if (count++ == shown_fields) return out + "…";
        out += std::string_view(field.key()).substr(0, 40);
    }
    return out;
}

DecodeError refusal(std::string code, std::string text) {
    DecodeError error;
    error.code = std::move(code);
    error.text = std::move(text);
    return error;
}

DecodeError profile_missing(const Content& content) {
    std::string text = "nothing says what " + what_came(content) + " mean";
    if (!content.model.empty()) {
        text += "; no profile claims model \"" + std::string(content.model.substr(0, 60)) + "\"";
    }
    return refusal("profile_missing",
                   text + ": register " + std::string(content.driver) + " device " +
                       std::string(content.address) +
                       R"( with profile = "…"; docs/drivers/supported.md lists the profiles, )"
                       "docs/drivers/profiles.md says how to write one");
}

const DeviceSettings* find_settings(const Content& content, const DriverState& state) {
    const DeviceSettings* settings = state.settings().find(content.driver, content.address);
    if (settings != nullptr || content.alias.empty()) return settings;
    return state.settings().find(content.driver, content.alias);
}

/// nullopt: the profile has nothing to say about this form of content.
std::optional<PayloadResult> read_by(const Profile& profile, const Content& content,
                                     const DeviceSettings* settings, DriverState& state) {
    if (!content.bytes.empty() && reads_bytes(profile)) {
        return read_bytes(profile, content.bytes, content.port);
    }
    if (!content.bytes.empty() && !profile.codec.empty()) {
        return find_codec(profile.codec)->decode(content.bytes, settings, state);
    }
    if (has_fields(content) && reads_fields(profile)) {
        return read_fields(profile, *content.fields);
    }
    return std::nullopt;
}

std::optional<PayloadResult> read_by_settings(const Content& content,
                                              const DeviceSettings& settings, DriverState& state) {
    const std::string& name = settings.profile;
    if (const Profile* const profile = state.profiles().find(name)) {
        auto result = read_by(*profile, content, &settings, state);
        if (result) return result;
        return refusal("layout_mismatch", "the profile \"" + name +
                                              "\" of this device says nothing "
                                              "about " +
                                              what_came(content) + ": set another one");
    }
    return refusal("profile_unknown", "the device is registered with profile = \"" + name +
                                          "\", and there is none of that name; "
                                          "docs/drivers/supported.md lists them");
}

std::optional<PayloadResult> read_as_it_is(const Content& content, const DeviceSettings* settings,
                                           DriverState& state) {
    if (const Profile* const profile = state.profiles().match(content.driver, content.model)) {
        auto result = read_by(*profile, content, settings, state);
        if (result) return result;
    }
    if (content.bytes.empty()) return std::nullopt;
    for (const PayloadCodec& codec : codecs) {
        if (codec.recognises(content.bytes)) return codec.decode(content.bytes, settings, state);
    }
    return std::nullopt;
}

}  // namespace

std::span<const PayloadCodec> payload_codecs() {
    return codecs;
}

PayloadResult read_content(const Content& content, DriverState& state) {
    Measured spoke;
    spoke.readings.push_back(
        {.kind = ReadingKind::alive, .quality = 0, .value = 1, .event_time = {}});
    if (content.bytes.empty() && !has_fields(content)) return spoke;
    const DeviceSettings* const settings = find_settings(content, state);
    auto result = settings != nullptr && !settings->profile.empty()
                      ? read_by_settings(content, *settings, state)
                      : read_as_it_is(content, settings, state);
    if (!result) return profile_missing(content);
    if (*result && (*result)->readings.empty() && (*result)->problems.empty()) return spoke;
    return std::move(*result);
}

}  // namespace anju::drivers
