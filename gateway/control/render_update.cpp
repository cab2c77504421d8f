// How updates of the box go, as JSON.
#include <boost/json.hpp>
#include <string_view>

#include "control/render.hpp"

namespace anju::control {
namespace {

namespace json = boost::json;

json::value text_or_null(std::string_view text) {
    return text.empty() ? json::value(nullptr) : json::value(json::string(text));
}

std::string_view name(BoxUpdate::Outcome outcome) {
    switch (outcome) {
        case BoxUpdate::Outcome::updated:
            return "updated";
        case BoxUpdate::Outcome::rolled_back:
            return "rolled_back";
        case BoxUpdate::Outcome::failed:
            return "failed";
        case BoxUpdate::Outcome::abandoned:
            return "abandoned";
        case BoxUpdate::Outcome::none:
            break;
    }
    return "none";
}

}  // namespace

json::object Render::update(const BoxUpdate& update) const {
    json::array noticed;
    std::string_view codes = update.noticed;
    while (!codes.empty()) {
        const std::string_view one = codes.substr(0, codes.find(','));
        noticed.emplace_back(json::string(one));
        codes.remove_prefix(std::min(one.size() + 1, codes.size()));
    }
    json::array refused;
    for (const std::string& version : update.refused) refused.emplace_back(version);
    json::value failed;
    if (!update.failed_version.empty()) {
        failed = {{"version", update.failed_version},
                  {"failures", update.failures},
                  {"reason", text_or_null(update.failed_why)},
                  {"again_at", time(update.again_at)}};
    }
    return {{"step", text_or_null(update.step)},
            {"outcome", json::string(name(update.outcome))},
            {"from", text_or_null(update.from)},
            {"to", text_or_null(update.to)},
            {"reason", text_or_null(update.why)},
            {"noticed", std::move(noticed)},
            {"ended_at", time(update.at)},
            {"waiting", text_or_null(update.waiting)},
            {"waiting_reason", text_or_null(update.waiting_why)},
            {"refused", std::move(refused)},
            {"failed", std::move(failed)}};
}

}  // namespace anju::control
