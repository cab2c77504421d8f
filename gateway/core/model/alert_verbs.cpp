#include "core/model/alert_verbs.hpp"

#include <array>
#include <cstddef>

namespace anju {
namespace {

// The spelling of number n stands at index n - 1.
constexpr std::array<std::string_view, 9> verbs{"acknowledge", "resolve",   "close",
                                                "en_route",    "on_site",   "reopen",
                                                "review",      "hand_over", "i_am_well"};

}  // namespace

std::string_view name(AlertVerb verb) {
    const auto number = static_cast<std::size_t>(verb);
    return number >= 1 && number <= verbs.size() ? verbs[number - 1] : std::string_view{};
}

std::optional<AlertVerb> parse_alert_verb(std::string_view text) {
    for (std::size_t i = 0; i < verbs.size(); ++i) {
        if (verbs[i] == text) return static_cast<AlertVerb>(i + 1);
    }
    return std::nullopt;
}

std::span<const std::string_view> alert_verb_names() {
    return verbs;
}

}  // namespace anju
