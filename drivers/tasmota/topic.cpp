#include "drivers/tasmota/topic.hpp"

#include <algorithm>
#include <vector>

namespace anju::drivers::tasmota {
namespace {

constexpr std::size_t max_levels = 16;

bool is_prefix(std::string_view level) {
    return level == "tele" || level == "stat" || level == "cmnd";
}

std::vector<std::string_view> levels_of(std::string_view topic) {
    std::vector<std::string_view> out;
    for (std::size_t begin = 0; begin <= topic.size() && out.size() <= max_levels;) {
        const std::size_t end = std::min(topic.find('/', begin), topic.size());
        out.push_back(topic.substr(begin, end - begin));
        begin = end + 1;
    }
    return out;
}

/// In the order of likelihood: first, last but one, anywhere.
std::optional<std::size_t> find_prefix(const std::vector<std::string_view>& levels) {
    if (is_prefix(levels.front())) return 0;
    if (is_prefix(levels[levels.size() - 2])) return levels.size() - 2;
    const auto at = std::find_if(levels.begin(), levels.end() - 1, is_prefix);
    if (at == levels.end() - 1) return std::nullopt;
    return static_cast<std::size_t>(at - levels.begin());
}

}  // namespace

std::optional<Topic> parse_topic(std::string_view topic) {
    const auto levels = levels_of(topic);
    if (levels.size() < 3 || levels.size() > max_levels) return std::nullopt;
    const auto prefix = find_prefix(levels);
    if (!prefix) return std::nullopt;
    Topic out;
    out.what = levels.back();
    out.command = levels[*prefix] == "cmnd";
    for (std::size_t i = 0; i + 1 < levels.size(); ++i) {
        if (i == *prefix) continue;
        if (!out.device.empty()) out.device += '/';
        out.device += levels[i];
    }
    if (out.device.empty() || out.what.empty()) return std::nullopt;
    return out;
}

}  // namespace anju::drivers::tasmota
