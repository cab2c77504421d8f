// Homes as a directory file, the other way round than directory.cpp. What equals the defaults is
// left out, so that a file that was exported says as little as one that was written by hand.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "config/toml_text.hpp"
#include "core/model/care_names.hpp"
#include "core/model/names.hpp"

namespace anju::config {
namespace {

constexpr std::string_view ladder_prefix = "ladder.";
constexpr std::string_view care_prefix = "care.";

/// What `layer` says itself, or what differs from the layers below, under `heading`.
class LayerText {
public:
    LayerText(Writer& out, PolicyLayer layer, const std::vector<PolicyOrigin>& origins)
        : out_(out), layer_(layer), origins_(origins) {}

    void write(const std::vector<PolicyValue>& values, const std::vector<PolicyValue>& below,
               std::string_view prefix, const std::string& heading) {
        bool begun = false;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const PolicyValue& value = values[i];
            const bool nested = value.key.starts_with(ladder_prefix);
            if (nested != (prefix == ladder_prefix)) continue;
            if (value == below[i] && layer_of(origins_, value.key) != layer_) continue;
            if (!begun) out_.section(heading);
            begun = true;
            out_.raw(std::string_view(value.key).substr(prefix.size()), value.toml);
        }
    }

private:
    Writer& out_;
    PolicyLayer layer_;
    const std::vector<PolicyOrigin>& origins_;
};

void write_home_rules(Writer& out, const Household& home, const Rules& below) {
    LayerText text(out, PolicyLayer::resident, home.origins);
    const auto values = values_of(home.rules);
    const auto lower = values_of(below);
    text.write(values, lower, "", "[household.rules]");
    text.write(values, lower, ladder_prefix, "[household.rules.ladder]");
}

void write_profile(Writer& out, const CareProfile& care) {
    const auto values = values_of(care);
    if (!values.empty()) out.section("[household.resident.care]");
    for (const PolicyValue& value : values) {
        out.raw(std::string_view(value.key).substr(care_prefix.size()), value.toml);
    }
}

void write_resident(Writer& out, const Resident& resident) {
    out.section("[[household.resident]]");
    out.raw("id", in_quotes(resident.id.value));
    out.text("name", resident.name);
    if (resident.status != ResidentStatus::active) {
        out.raw("status", in_quotes(name(resident.status)));
    }
    out.text("phone", resident.phone);
    write_profile(out, resident.care);
    for (const ContactPerson& contact : resident.contacts) {
        out.section("[[household.resident.contact]]");
        out.raw("name", in_quotes(contact.name));
        out.raw("phone", in_quotes(contact.phone));
        out.text("relation", contact.relation);
        if (contact.role != Role::emergency_contact) {
            out.raw("role", in_quotes(name(contact.role)));
        }
    }
}

void write_worker(Writer& out, const Worker& worker) {
    out.section("[[community.worker]]");
    out.raw("id", in_quotes(worker.id.value));
    out.text("name", worker.name);
    if (worker.role != Role::grid_worker) out.raw("role", in_quotes(name(worker.role)));
    out.text("phone", worker.phone);
    out.text("email", worker.email);
    out.text("handle", worker.handle);
    if (worker.weekdays == Worker{}.weekdays) return;
    std::vector<std::string_view> days;
    for (int day = 0; day < 7; ++day) {
        if ((worker.weekdays >> day & 1) != 0) days.push_back(weekday_name(day));
    }
    out.list("weekdays", days, [](std::string_view day) { return day; });
}

/// Days with the same people stand together.
void write_duty(Writer& out, const std::vector<DutyDay>& duty) {
    for (std::size_t i = 0; i < duty.size();) {
        std::size_t end = i + 1;
        while (end < duty.size() && duty[end].workers == duty[i].workers) ++end;
        out.section("[[community.duty]]");
        std::vector<std::string> days;
        for (; i < end; ++i) days.push_back(to_text(duty[i].date));
        out.list("dates", days, [](const std::string& day) { return day; });
        out.list("workers", duty[end - 1].workers, [](const WorkerId& id) { return id.value; });
    }
}

void write_community(Writer& out, const Community& community, const Policy& district) {
    out.section("[[community]]");
    out.raw("id", in_quotes(community.id.value));
    out.text("name", community.name);
    out.text("street", community.street);
    out.text("district", community.district);
    LayerText text(out, PolicyLayer::community, community.origins);
    const auto rules = values_of(community.rules);
    const auto lower = values_of(district.rules);
    text.write(rules, lower, "", "[community.rules]");
    text.write(rules, lower, ladder_prefix, "[community.ladder]");
    text.write(values_of(community.care), values_of(district.care), care_prefix,
               "[community.care]");
    for (const Worker& worker : community.workers) write_worker(out, worker);
    write_duty(out, community.duty);
}

void write_device(Writer& out, const Device& device, bool with_key) {
    out.section("[[household.device]]");
    out.raw("id", in_quotes(device.id.value));
    out.raw("kind", in_quotes(name(device.kind)));
    out.text("label", device.label);
    if (!device.entrance) out.boolean("entrance", false);
    if (device.driver != "native") {
        out.text("driver", device.driver);
        out.text("address", device.address);
    }
    out.text("profile", device.profile);
    if (!device.key.empty()) {
        out.raw("key", in_quotes(with_key ? std::string_view(device.key) : key_left_out));
    }
    const Rhythm usual = default_rhythm(device.kind);
    if (device.sample_every != usual.sample_every || device.deliver_every != usual.deliver_every) {
        out.duration("sample_every", device.sample_every);
        out.duration("deliver_every", device.deliver_every);
    }
}

}  // namespace

std::string directory_text(const Directory& directory, const Policy& district, bool with_keys) {
    Writer out;
    for (const Community& community : directory.communities) {
        write_community(out, community, district);
    }
    for (const Household& home : directory.homes) {
        out.section("[[household]]");
        out.raw("id", in_quotes(home.id.value));
        out.text("community", home.community);
        out.text("address", home.address);
        if (home.drill != Drill::none) out.raw("drill", in_quotes(name(home.drill)));
        const auto community = std::ranges::find_if(
            directory.communities,
            [&](const Community& one) { return one.id.value == home.community; });
        write_home_rules(
            out, home,
            community != directory.communities.end() ? community->rules : district.rules);
        for (const Resident& resident : home.residents) write_resident(out, resident);
        for (const Device& device : home.devices) write_device(out, device, with_keys);
    }
    return out.take();
}

std::string device_text(const Device& device, bool with_key) {
    Writer out;
    write_device(out, device, with_key);
    return out.take();
}

}  // namespace anju::config
