#include "firmware-sim/json_text.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

namespace anju::sim {

namespace {

void append(std::string& out, const boost::json::value& value) {
    if (const auto* number = value.if_double()) {
        fmt::format_to(std::back_inserter(out), "{:.3f}", *number);
    } else if (const auto* object = value.if_object()) {
        out += '{';
        for (const auto& [key, each] : *object) {
            if (out.back() != '{') out += ',';
            out += boost::json::serialize(boost::json::string(key)) + ":";
            append(out, each);
        }
        out += '}';
    } else if (const auto* array = value.if_array()) {
        out += '[';
        for (const auto& each : *array) {
            if (out.back() != '[') out += ',';
            append(out, each);
        }
        out += ']';
    } else {
        out += boost::json::serialize(value);
    }
}

}  // namespace

std::string json_text(const boost::json::value& value) {
    std::string out;
    append(out, value);
    return out;
}

}  // namespace anju::sim
