#include "core/text/sentence.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/text/catalogue.hpp"

namespace anju::text {
namespace {

std::string_view in(Language language, const Wording& wording) {
    return language == Language::zh ? wording.zh : wording.en;
}

bool is_ascii(char c) {
    return static_cast<unsigned char>(c) < 0x80;
}

/// "厨房水表", "kitchen water meter", "水表 wm-1". A label that ends in what the thing is, is
/// not told twice.
std::string device_name(Language language, const EvidenceSource& source, const Household& home) {
    const std::string_view kind = in(language, kind_name(source.kind));
    const auto device = std::ranges::find(home.devices, source.device, &Device::id);
    if (device == home.devices.end() || device->label.empty()) {
        return std::string(kind) + " " + source.device.value;
    }
    const std::string& label = device->label;
    if (std::string_view(label).ends_with(kind)) return label;
    const bool spaced = language == Language::en || is_ascii(label.back());
    return label + (spaced ? " " : "") + std::string(kind);
}

/// The source that gave the decisive reading.
EvidenceSource decisive(const Alert& alert) {
    const auto& sources = alert.evidence.sources;
    const auto found = std::ranges::find(sources, alert.device, &EvidenceSource::device);
    return found != sources.end() ? *found : EvidenceSource{.device = alert.device};
}

/// Sensors that tell of somebody moving about: whoever reads of silence wants to know of them.
bool tells_of_life(SensorKind kind) {
    return kind == SensorKind::water_meter || kind == SensorKind::door ||
           kind == SensorKind::motion || kind == SensorKind::bed;
}

struct Others {
    std::string heard;
    std::string missing;
};

Others other_sources(Language language, const Alert& alert, const Household& home,
                     Duration utc_offset) {
    Others others;
    // Of weeks it tells nothing who spoke last.
    if (alert.kind == AlertKind::routine_change) return others;
    for (const EvidenceSource& source : alert.evidence.sources) {
        if (source.device == alert.device || !tells_of_life(source.kind)) continue;
        const std::string time =
            source.last_heard == Instant{}
                ? std::string(in(language, never))
                : local_time(language, source.last_heard, utc_offset, alert.evidence.until);
        const std::array<Fact, 2> facts{Fact{"device", device_name(language, source, home)},
                                        Fact{"time", time}};
        std::string& list = source.reliable ? others.heard : others.missing;
        if (!list.empty()) list += in(language, separator);
        list += fill(in(language, last_heard), facts);
    }
    return others;
}

std::string listed(Language language, const Wording& wording, std::string list) {
    if (list.empty()) return {};
    const std::array<Fact, 1> facts{Fact{"list", std::move(list)}};
    return fill(in(language, wording), facts);
}

/// Of a contact that failed: when the home was last known to be alive.
std::string last_sign(Language language, const Evidence& evidence, Duration utc_offset) {
    if (evidence.unit != EvidenceUnit::milliseconds) return std::string(in(language, never));
    return local_time(language, evidence.until - Duration{evidence.measured}, utc_offset,
                      evidence.since);
}

}  // namespace

std::string sentence(Language language, const Alert& alert, const Household& home,
                     Duration utc_offset) {
    const Evidence& evidence = alert.evidence;
    const std::array<Fact, 12> facts{
        Fact{"device", device_name(language, decisive(alert), home)},
        Fact{"channel", alert.device.value},
        Fact{"time", local_time(language, evidence.until, utc_offset)},
        Fact{"since", local_time(language, evidence.since, utc_offset)},
        Fact{"until", local_time(language, evidence.until, utc_offset, evidence.since)},
        Fact{"span", span(language, evidence.until - evidence.since)},
        Fact{"measured", amount(language, evidence.measured, evidence.unit)},
        Fact{"limit", amount(language, evidence.threshold, evidence.unit)},
        Fact{"rarity", often(language, evidence.once_in_days)},
        Fact{"rule", evidence.rule},
        Fact{"quiet", last_sign(language, evidence, utc_offset)},
        Fact{"count", std::to_string(evidence.measured / 1000)}};
    const Others others = other_sources(language, alert, home, utc_offset);
    return fill(in(language, reason(alert.kind, evidence.rule)), facts) +
           listed(language, heard_list, others.heard) +
           listed(language, missing_list, others.missing);
}

}  // namespace anju::text
