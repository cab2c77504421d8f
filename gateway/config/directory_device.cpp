// The devices of a directory file. See directory_reader.hpp.
#include <algorithm>

#include "config/directory_reader.hpp"
#include "config/suggest.hpp"
#include "config/toml_text.hpp"
#include "core/model/names.hpp"

namespace anju::config {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr hours longest_rhythm{24 * 7};

bool hex_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

}  // namespace

Device DeviceReader::read(Section& section) {
    Device out;
    out.id = DeviceId{devices_.read(section)};
    bool kind_known = false;
    section.require("kind", R"("water_meter")");
    if (const auto text = section.text("kind")) {
        if (const auto kind = parse_sensor_kind(*text)) {
            out.kind = *kind;
            kind_known = true;
        } else {
            section.wrong("kind", "'" + *text + "' is not a kind of sensor",
                          suggestion(*text, sensor_kind_names()));
        }
    }
    out.label = section.text("label").value_or("");
    out.driver = section.text("driver").value_or("native");
    if (names_.drivers && std::ranges::find(*names_.drivers, out.driver) == names_.drivers->end()) {
        section.wrong("driver", "'" + out.driver + "' is not a driver",
                      suggestion(out.driver, *names_.drivers));
    }
    if (const auto entrance = section.boolean("entrance")) {
        out.entrance = *entrance;
        if (kind_known && out.kind != SensorKind::door) {
            section.wrong("entrance", "is set for a device that is no door", "remove it");
        }
    }
    address(section, out);
    profile(section, out);
    key(section, out);
    rhythm(section, kind_known, out);
    section.finish();
    return out;
}

void DeviceReader::address(Section& section, Device& out) {
    const auto text = section.text("address");
    if (out.driver == "native") {
        out.address = out.id.value;
        if (text && *text != out.id.value) {
            section.wrong("address", "'" + *text + "' differs from the id",
                          "remove it: a native device is addressed by its id");
        }
    } else if (section.require("address", R"("what the driver calls this device")")) {
        out.address = text.value_or("");
        if (text && (text->empty() || text->size() > 200)) {
            section.wrong("address", "is not 1 to 200 bytes long",
                          "write what the driver calls this device");
            return;
        }
        if (std::ranges::any_of(out.address, control_character)) {
            section.wrong("address", "holds a control character",
                          "write what the driver calls this device");
            return;
        }
    }
    if (out.address.empty()) return;
    const auto [first, is_new] =
        addresses_.try_emplace({out.driver, out.address}, section.where("address"));
    if (!is_new && out.driver != "native") {
        section.wrong("address",
                      "'" + out.address + "' is used twice with driver '" + out.driver +
                          "', first at " + first->second,
                      "two devices cannot share an address");
    }
}

void DeviceReader::profile(Section& section, Device& out) const {
    const auto text = section.text("profile");
    if (!text) return;
    if (out.driver == "native") {
        section.wrong("profile", "is set for a native device",
                      "remove it: Anju's own sensors need none");
    } else if (text->empty() || text->size() > 64) {
        section.wrong("profile", "is not 1 to 64 bytes long",
                      "write the name of a profile, or remove this line");
    } else if (names_.profiles &&
               std::ranges::find(*names_.profiles, *text) == names_.profiles->end()) {
        section.wrong("profile", "'" + *text + "' is not a profile",
                      suggestion(*text, *names_.profiles) +
                          "; profiles of your own are read from profiles_dir at the start");
    }
    out.profile = *text;
}

/// A key is a secret: no error repeats it.
void DeviceReader::key(Section& section, Device& out) {
    const auto text = section.text("key");
    if (!text) return;
    if (out.driver == "native") {
        section.wrong("key", "is set for a native device",
                      "remove it: Anju's own sensors prove themselves to the broker");
    } else if (*text == key_left_out) {
        section.wrong("key", "was left out when this file was exported",
                      "export it with --with-keys, or write the key's 32 hexadecimal digits");
    } else if (text->size() != 32 || !std::ranges::all_of(*text, hex_digit)) {
        section.wrong("key", "is not 32 hexadecimal digits",
                      "write the AES-128 key of this device without blanks");
    }
    out.key = *text;
    for (char& c : out.key) c = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
}

void DeviceReader::rhythm(Section& section, bool kind_known, Device& out) {
    const auto sample = section.duration("sample_every", seconds{1}, longest_rhythm);
    const auto deliver = section.duration("deliver_every", seconds{1}, longest_rhythm);
    if (!kind_known) return;
    const Rhythm usual = default_rhythm(out.kind);
    out.sample_every = sample.value_or(usual.sample_every);
    if (!sample && deliver) out.sample_every = std::min(usual.sample_every, *deliver);
    out.deliver_every = deliver.value_or(std::max(usual.deliver_every, out.sample_every));
    if (deliver && *deliver < out.sample_every) {
        section.wrong("deliver_every", "is shorter than sample_every",
                      "a device cannot deliver more often than it measures");
    }
}

}  // namespace anju::config
