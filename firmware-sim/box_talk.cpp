#include "firmware-sim/box_talk.hpp"

#include <boost/json.hpp>
#include <cstdlib>
#include <utility>

#include "control/client.hpp"
#include "firmware-sim/local_time.hpp"

namespace anju::sim {

namespace json = boost::json;

result<json::value> ask_box(const std::filesystem::path& socket, std::string method,
                            json::object params, std::chrono::seconds limit) {
    auto answer = control::call(socket, {std::move(method), std::move(params)}, limit);
    if (answer.kind == control::Outcome::Kind::ok) return std::move(answer.result);
    return answer.errors.front();
}

std::string text_of(const json::value& object, std::string_view key) {
    const auto* value = object.as_object().if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

Instant time_of(const std::string& rfc3339) {
    if (rfc3339.size() < 24) return {};
    const auto whole = parse_instant(rfc3339.substr(0, 19) + rfc3339.substr(23));
    return whole.value_or(Instant{}) + Duration{std::atoi(rfc3339.substr(20, 3).c_str())};
}

}  // namespace anju::sim
