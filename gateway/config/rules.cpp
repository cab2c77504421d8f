#include "config/rules.hpp"

#include <algorithm>

#include "config/policy_fields.hpp"
#include "config/suggest.hpp"
#include "config/units.hpp"
#include "core/model/names.hpp"

namespace anju::config {
namespace {

std::optional<std::vector<Preset>> read_presets(Section& section, std::string_view key) {
    const auto names = section.texts(key);
    if (!names) return std::nullopt;
    std::vector<Preset> presets;
    for (std::size_t i = 0; i < names->size(); ++i) {
        const std::string& text = (*names)[i];
        const auto preset = parse_preset(text);
        if (!preset) {
            section.wrong_element(key, i, "names no preset '" + text + "'",
                                  suggestion(text, preset_names()));
        } else if (std::ranges::find(presets, *preset) != presets.end()) {
            section.wrong_element(key, i, "names '" + text + "' twice", "remove one of them");
        } else {
            presets.push_back(*preset);
        }
    }
    return presets;
}

/// Takes over what a section says, and notes who said it.
class Reading {
public:
    Reading(Section& section, std::vector<PolicyOrigin>& origins, PolicyLayer layer,
            std::string prefix)
        : section_(section), origins_(origins), layer_(layer), prefix_(std::move(prefix)) {}

    void duration(std::string_view key, Duration& into, Duration min, Duration max) {
        take(key, into, section_.duration(key, min, max));
    }
    template <class N>
    void count(std::string_view key, N& into, std::int64_t min, std::int64_t max) {
        take(key, into, section_.integer(key, min, max));
    }
    void percent(std::string_view key, int& into, std::int64_t min, std::int64_t max) {
        take(key, into, section_.integer(key, min, max));
    }
    void per_month(std::string_view key, std::uint32_t& into, std::int64_t min, std::int64_t max) {
        take(key, into, section_.thousandths(key, min, max));
    }
    void presets(std::string_view key, std::vector<Preset>& into) {
        take(key, into, read_presets(section_, key));
    }
    void windows(std::string_view key, std::vector<Window>& into) {
        take(key, into, read_windows(section_, key));
    }
    void span(std::string_view key, WorkingHours& into) {
        const auto text = section_.text(key);
        if (!text) return;
        const auto window = parse_window(*text);
        if (!window || window->from >= window->to) {
            section_.wrong(key, "'" + *text + "' is not a span of the day",
                           R"(write it like "09:00-18:00", the earlier time first)");
            return;
        }
        into = {window->from, window->to};
        set_origin(origins_, prefix_ + std::string(key), layer_);
    }

private:
    template <class T, class V>
    void take(std::string_view key, T& into, std::optional<V> value) {
        if (!value) return;
        into = static_cast<T>(std::move(*value));
        set_origin(origins_, prefix_ + std::string(key), layer_);
    }

    Section& section_;
    std::vector<PolicyOrigin>& origins_;
    PolicyLayer layer_;
    std::string prefix_;
};

/// Of two values of which the first must not be the larger one. Said only to the layer that wrote
/// one of them.
template <class T>
void in_order(Section& section, std::string_view first, T a, std::string_view second, T b) {
    const bool second_said = section.has(second);
    if (a <= b || (!second_said && !section.has(first))) return;
    if (second_said) {
        section.wrong(second, "is less than " + std::string(first),
                      "raise it, or lower " + std::string(first));
    } else {
        section.wrong(first, "is more than " + std::string(second),
                      "lower it, or raise " + std::string(second));
    }
}

}  // namespace

void read_rules(Section& section, Policy& policy, PolicyLayer layer) {
    Reading reading(section, policy.origins, layer, "");
    rule_fields(reading, policy.rules);
    if (auto ladder = section.table("ladder")) read_ladder(*ladder, policy, layer);
    section.finish();
}

void read_ladder(Section& section, Policy& policy, PolicyLayer layer) {
    LadderRules& ladder = policy.rules.ladder;
    Reading reading(section, policy.origins, layer, "ladder.");
    ladder_fields(reading, ladder);
    in_order(section, "p1_second_worker", ladder.p1_second_worker, "p1_street_again",
             ladder.p1_street_again);
    in_order(section, "p1_street_again", ladder.p1_street_again, "p1_ask_119", ladder.p1_ask_119);
    in_order(section, "p1_arrival_aim", ladder.p1_arrival_aim, "p1_arrival", ladder.p1_arrival);
    in_order(section, "p2_second_worker", ladder.p2_second_worker, "p2_lead", ladder.p2_lead);
    in_order(section, "p2_lead", ladder.p2_lead, "p2_street", ladder.p2_street);
    in_order(section, "p4_repair_blind", ladder.p4_repair_blind, "p4_repair", ladder.p4_repair);
    in_order(section, "write_up", ladder.write_up, "write_up_lead", ladder.write_up_lead);
    section.finish();
}

void read_care(Section& section, Policy& policy, PolicyLayer layer) {
    CareRules& care = policy.care;
    Reading reading(section, policy.origins, layer, "care.");
    care_fields(reading, care);
    in_order(section, "preferred_gap_days", care.preferred_gap_days, "max_gap_days",
             care.max_gap_days);
    in_order(section, "worker_residents", care.worker_residents, "worker_residents_cap",
             care.worker_residents_cap);
    in_order(section, "call_again", care.call_again, "call_third", care.call_third);
    check_contacts(section, care.visits, care.calls);
    section.finish();
}

void check_contacts(Section& section, unsigned visits, unsigned calls) {
    if (visits + calls <= 7 || (!section.has("visits") && !section.has("calls"))) return;
    section.wrong(section.has("calls") ? "calls" : "visits",
                  "makes " + std::to_string(visits + calls) + " contacts a week",
                  "choose visits and calls so that they are 7 together at most: each has a day of "
                  "its own");
}

}  // namespace anju::config
