// What a gateway shows after an update, and what of it the new version answers for.
#include <algorithm>
#include <array>

#include "update/plan.hpp"

namespace anju::update {
namespace {

/// The sessions with the broker that is on the box itself. All others lead to machines of others,
/// which go when they like.
constexpr std::array<std::string_view, 3> of_the_box{"home", "alarms", "sensors"};

bool has(const std::vector<std::string>& links, std::string_view link) {
    return std::ranges::find(links, link) != links.end();
}

bool is_of_the_box(std::string_view link) {
    return std::ranges::find(of_the_box, link) != of_the_box.end();
}

/// Whether a program that says `program` comes from the package `package`.
bool is_of(std::string_view program, std::string_view package) {
    // "1:2.0": the epoch is for comparing packages, and no program says it.
    if (const std::size_t epoch = package.find(':'); epoch != package.npos) {
        package.remove_prefix(epoch + 1);
    }
    if (!package.starts_with(program) || program.empty()) return false;
    package.remove_prefix(program.size());
    return package.empty() || package.front() == '-' || package.front() == '+' ||
           package.front() == '~';
}

}  // namespace

std::string lacks(const Health& before, const Health& now, std::string_view version) {
    if (now.opening) return std::string(still_opening);
    // One that did not run had nothing to do (not set up) or was what the update is to cure.
    if (!before.active && !before.answers && !now.active) return "";
    if (!now.active) return "not_active";
    if (!now.answers) return "no_answer";
    if (!is_of(now.version, version)) return "other_version";
    if (!before.answers) return "";
    if (now.epoch != before.epoch) return "store_began_anew";
    for (const std::string& link : before.links) {
        if (is_of_the_box(link) && !has(now.links, link)) return "link:" + link;
    }
    return "";
}

std::string noticed(const Health& before, const Health& now) {
    if (!before.answers || !now.answers) return "";
    std::string out;
    const auto add = [&out](const std::string& code) { out += (out.empty() ? "" : ",") + code; };
    for (const std::string& link : before.links) {
        if (!is_of_the_box(link) && !has(now.links, link)) add("link:" + link);
    }
    if (now.store_low && !before.store_low) add("store_low");
    return out;
}

bool is_verdict(std::string_view why) {
    constexpr std::string_view link = "link:";
    if (why == not_installed || why == cut_short || why == broker_down || why == "store_low") {
        return false;
    }
    return !why.starts_with(link) || is_of_the_box(why.substr(link.size()));
}

bool lacks_the_broker(std::string_view lacking) {
    constexpr std::string_view link = "link:";
    return lacking.starts_with(link) && is_of_the_box(lacking.substr(link.size()));
}

}  // namespace anju::update
