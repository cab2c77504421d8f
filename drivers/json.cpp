#include "drivers/json.hpp"

#include <boost/json/parser.hpp>

namespace anju::drivers {

namespace json = boost::json;

boost::system::result<json::value, DecodeError> parse_json(std::string_view text,
                                                           std::size_t max_depth,
                                                           json::storage_ptr storage) {
    json::parse_options options;
    options.max_depth = max_depth;
    unsigned char scratch[1024];
    json::parser parser(json::storage_ptr{}, options, scratch);
    parser.reset(std::move(storage));
    json::error_code failure;
    std::size_t used = 0;
    if (text.empty()) {
        failure = json::error::incomplete;
    } else {
        used = parser.write_some(text.data(), text.size(), failure);
        if (!failure && used < text.size()) failure = json::error::extra_data;
    }
    if (!failure) return parser.release();
    DecodeError error;
    error.code = "not_json";
    error.at = used;
    error.text = "byte " + std::to_string(used) + ": " + failure.message();
    return error;
}

Scalar scalar(const json::value& value) {
    switch (value.kind()) {
        case json::kind::bool_:
            return value.get_bool();
        case json::kind::int64:
            return static_cast<double>(value.get_int64());
        case json::kind::uint64:
            return static_cast<double>(value.get_uint64());
        case json::kind::double_:
            return value.get_double();
        case json::kind::string:
            return std::string_view(value.get_string());
        default:
            return std::monostate{};
    }
}

std::string_view text_member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    if (value == nullptr || !value->is_string()) return {};
    return value->get_string();
}

}  // namespace anju::drivers
