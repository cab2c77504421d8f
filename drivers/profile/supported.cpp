#include "drivers/profile/supported.hpp"

#include <set>
#include <string_view>

#include "core/model/names.hpp"
#include "drivers/catalog.hpp"
#include "drivers/profile/profile.hpp"

namespace anju::drivers {
namespace {

constexpr std::string_view head =
    R"(# 支持的设备 · Supported devices

<!-- Written by script/supported-devices; do not edit. -->

Two ways lead to a reading. A driver understands a message by itself; what each of them reads is in
the first tables. Where a message does not say what its bytes or fields mean, a
[profile](profiles.md) does: it is picked by the model that the network names, or set for a device
with `profile = "…"`. A device that is not here often needs no more than a profile of its own.

## 驱动 · Drivers
)";

constexpr std::string_view profile_head = R"(
## 设备描述 · Profiles

"By itself" is how a device's model must begin for the profile to be picked without being set; the
maker's name may stand before it.

| Profile | 设备 Device | 读数 Readings | By itself | 备注 Note |
|---|---|---|---|---|
)";

/// Text for a cell of a table.
std::string cell(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '|') out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

std::string code(std::string_view text) {
    return "`" + cell(text) + "`";
}

void append_driver(const Driver& driver, std::string& out) {
    out += "\n### " + std::string(driver.title) + "\n\n`driver = \"" + std::string(driver.name) +
           "\"`, " + (driver.by_default ? "always on" : "switched on in the configuration") +
           "; topics";
    for (const std::string_view filter : driver.filters) out += " " + code(filter);
    out += "\n";
    const auto devices = driver.supported();
    if (devices.empty()) return;
    out += "\n| 厂家 Maker | 型号 Model | 读数 Readings | 备注 Note |\n|---|---|---|---|\n";
    for (const SupportedDevice& device : devices) {
        out += "| " + (device.maker.empty() ? std::string("–") : cell(device.maker)) + " | " +
               cell(device.model) + " | " + cell(device.says) + " | " + cell(device.note) + " |\n";
    }
}

std::string readings_of(const Profile& profile) {
    std::set<ReadingKind> kinds;
    const auto add = [&](const Meaning& meaning) {
        if (meaning.kind) kinds.insert(*meaning.kind);
    };
    for (const FieldRule& rule : profile.fields) add(rule.meaning);
    for (const Layout& layout : profile.layouts) {
        for (const ByteRule& rule : layout.bytes) add(rule.meaning);
        for (const TagRule& rule : layout.tags) {
            if (rule.rule) add(rule.rule->meaning);
        }
    }
    std::string out;
    for (const ReadingKind kind : kinds) {
        if (!out.empty()) out += ", ";
        out += name(kind);
    }
    return out.empty() ? "as codec " + profile.codec : out;
}

std::string claims_of(const Profile& profile) {
    std::string out;
    for (const std::string& pattern : profile.match) {
        if (!out.empty()) out += ", ";
        out += code(pattern.ends_with('*') ? pattern.substr(0, pattern.size() - 1) + "…" : pattern);
    }
    if (out.empty()) return "no: to be set";
    out += " (";
    for (std::size_t i = 0; i < profile.drivers.size(); ++i) {
        out += (i == 0 ? "" : ", ") + profile.drivers[i];
    }
    return out + ")";
}

void append_profile(const Profile& profile, std::string& out) {
    const std::string device =
        profile.maker.empty() ? profile.model : profile.maker + " " + profile.model;
    out += "| " + code(profile.name) + " | " + cell(device) + ": " + cell(profile.about) + " | " +
           readings_of(profile) + " | " + claims_of(profile) + " | " + cell(profile.note) + " |\n";
}

}  // namespace

std::string supported_markdown() {
    std::string out(head);
    for (const Driver& driver : all_drivers()) append_driver(driver, out);
    out += profile_head;
    for (const Profile* const profile : Profiles().all()) append_profile(*profile, out);
    return out;
}

}  // namespace anju::drivers
