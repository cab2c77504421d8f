#include "drivers/topic.hpp"

namespace anju::drivers {
namespace {

/// Cuts the first level off `rest`. False when there is none left.
bool next_level(std::optional<std::string_view>& rest, std::string_view& level) {
    if (!rest) return false;
    const auto slash = rest->find('/');
    level = rest->substr(0, slash);
    if (slash == std::string_view::npos) {
        rest.reset();
    } else {
        rest = rest->substr(slash + 1);
    }
    return true;
}

bool well_formed(std::string_view filter) {
    std::optional<std::string_view> rest = filter;
    for (std::string_view level; next_level(rest, level);) {
        const bool wild = level.find_first_of("+#") != std::string_view::npos;
        if (wild && level.size() != 1) return false;
        if (level == "#" && rest) return false;
    }
    return !filter.empty();
}

}  // namespace

bool topic_matches(std::string_view filter, std::string_view topic) {
    if (topic.empty() || !well_formed(filter)) return false;
    if (topic.front() == '$' && (filter.front() == '+' || filter.front() == '#')) return false;
    std::optional<std::string_view> filters = filter;
    std::optional<std::string_view> topics = topic;
    std::string_view wanted;
    std::string_view level;
    while (next_level(filters, wanted)) {
        if (wanted == "#") return true;
        if (!next_level(topics, level)) return false;
        if (wanted != "+" && wanted != level) return false;
        if (!topics && filters == "#") return true;  // "a/#" takes "a"
    }
    return !topics;
}

std::optional<std::string_view> below(std::string_view base, std::string_view topic) {
    if (topic.size() <= base.size() || !topic.starts_with(base) || topic[base.size()] != '/') {
        return std::nullopt;
    }
    return topic.substr(base.size() + 1);
}

}  // namespace anju::drivers
