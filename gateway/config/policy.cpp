// See policy.hpp; what the keys are says policy_fields.hpp.
#include "config/policy.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "config/policy_fields.hpp"
#include "config/toml_text.hpp"
#include "config/units.hpp"
#include "core/model/names.hpp"

namespace anju::config {
namespace {

/// Collects every value it is shown, as text.
class Listing {
public:
    explicit Listing(std::string prefix) : prefix_(std::move(prefix)) {}

    void duration(std::string_view key, Duration value, Duration = {}, Duration = {}) {
        add(key, PolicyUnit::duration, format_duration(value), true);
    }
    template <class N>
    void count(std::string_view key, N value, std::int64_t = 0, std::int64_t = 0) {
        add(key, PolicyUnit::count, std::to_string(value), false);
    }
    void percent(std::string_view key, int value, std::int64_t = 0, std::int64_t = 0) {
        add(key, PolicyUnit::percent, std::to_string(value), false);
    }
    void per_month(std::string_view key, std::uint32_t milli, std::int64_t = 0, std::int64_t = 0) {
        add(key, PolicyUnit::per_month, decimal_of(milli), false);
    }
    void span(std::string_view key, WorkingHours hours) {
        add(key, PolicyUnit::span, format_window({hours.from, hours.to}), true);
    }
    void windows(std::string_view key, const std::vector<Window>& windows) {
        std::vector<std::string> all;
        for (const Window window : windows) all.push_back(format_window(window));
        list(key, PolicyUnit::windows, all);
    }
    void presets(std::string_view key, const std::vector<Preset>& presets) {
        std::vector<std::string> all;
        for (const Preset preset : presets) all.emplace_back(anju::name(preset));
        list(key, PolicyUnit::names, all);
    }
    void weekdays(std::string_view key, std::uint8_t days) {
        std::vector<std::string> all;
        for (int day = 0; day < 7; ++day) {
            if ((days >> day & 1) != 0) all.emplace_back(weekday_name(day));
        }
        list(key, PolicyUnit::names, all);
    }
    void boolean(std::string_view key, bool value) {
        add(key, PolicyUnit::text, value ? "true" : "false", false);
    }
    void text(std::string_view key, const std::string& value) {
        add(key, PolicyUnit::text, value, true);
    }

    [[nodiscard]] std::vector<PolicyValue> take() { return std::move(values_); }

private:
    void add(std::string_view key, PolicyUnit unit, const std::string& text, bool quoted) {
        values_.push_back(
            {prefix_ + std::string(key), unit, text, quoted ? in_quotes(text) : text});
    }
    void list(std::string_view key, PolicyUnit unit, const std::vector<std::string>& all) {
        std::string text;
        std::string toml;
        for (const std::string& one : all) {
            text += (text.empty() ? "" : ", ") + one;
            toml += (toml.empty() ? "" : ", ") + in_quotes(one);
        }
        values_.push_back({prefix_ + std::string(key), unit, text, "[" + toml + "]"});
    }

    std::string prefix_;
    std::vector<PolicyValue> values_;
};

}  // namespace

std::string_view name(PolicyUnit unit) {
    switch (unit) {
        case PolicyUnit::duration:
            return "duration";
        case PolicyUnit::count:
            return "count";
        case PolicyUnit::percent:
            return "percent";
        case PolicyUnit::per_month:
            return "per_month";
        case PolicyUnit::span:
            return "span";
        case PolicyUnit::windows:
            return "windows";
        case PolicyUnit::names:
            return "names";
        case PolicyUnit::text:
            break;
    }
    return "text";
}

std::vector<PolicyValue> values_of(const Rules& rules) {
    Listing own("");
    rule_fields(own, rules);
    auto out = own.take();
    Listing ladder("ladder.");
    ladder_fields(ladder, rules.ladder);
    for (PolicyValue& value : ladder.take()) out.push_back(std::move(value));
    return out;
}

std::vector<PolicyValue> values_of(const CareRules& care) {
    Listing out("care.");
    care_fields(out, care);
    return out.take();
}

std::vector<PolicyValue> values_of(const CareProfile& profile) {
    Listing out("care.");
    if (profile.visits) out.count("visits", *profile.visits);
    if (profile.calls) out.count("calls", *profile.calls);
    if (!profile.call_windows.empty()) out.windows("call_windows", profile.call_windows);
    if (!profile.visit_windows.empty()) out.windows("visit_windows", profile.visit_windows);
    if (profile.by_message) {
        out.boolean("by_message", true);
        out.text("variant_approved_by", profile.variant_approved_by);
    }
    if (profile.weekdays != CareProfile{}.weekdays) out.weekdays("weekdays", profile.weekdays);
    if (!profile.worker.empty()) out.text("worker", profile.worker.value);
    return out.take();
}

PolicyLayer layer_of(const std::vector<PolicyOrigin>& origins, std::string_view key) {
    const auto found = std::ranges::lower_bound(
        origins, key, {}, [](const PolicyOrigin& one) { return std::string_view(one.key); });
    return found != origins.end() && found->key == key ? found->layer : PolicyLayer::product;
}

void set_origin(std::vector<PolicyOrigin>& origins, std::string_view key, PolicyLayer layer) {
    const auto found = std::ranges::lower_bound(
        origins, key, {}, [](const PolicyOrigin& one) { return std::string_view(one.key); });
    if (found != origins.end() && found->key == key) {
        found->layer = layer;
    } else {
        origins.insert(found, {std::string(key), layer});
    }
}

std::string format_window(Window window) {
    const auto minutes = [](Duration time) {
        return static_cast<int>(std::chrono::floor<std::chrono::minutes>(time).count());
    };
    const int from = minutes(window.from);
    const int to = minutes(window.to);
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%02d:%02d-%02d:%02d", from / 60, from % 60, to / 60,
                  to % 60);
    return text.data();
}

std::string_view weekday_name(int weekday) {
    constexpr std::array<std::string_view, 7> names{"mon", "tue", "wed", "thu",
                                                    "fri", "sat", "sun"};
    return names[static_cast<std::size_t>(weekday)];
}

}  // namespace anju::config
