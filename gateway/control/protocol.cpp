#include "control/protocol.hpp"

#include <optional>

namespace anju::control {
namespace {

namespace json = boost::json;

constexpr std::size_t deepest = 16;

result<json::object> parse_object(std::string_view line) {
    json::parse_options options;
    options.max_depth = deepest;
    boost::system::error_code error;
    json::value value =
        json::parse(json::string_view(line.data(), line.size()), error, {}, options);
    if (error) {
        return Error{"not JSON: " + error.message(), "", "send one JSON object on one line"};
    }
    json::object* const object = value.if_object();
    if (object == nullptr) {
        return Error{"not a JSON object", "", "send one JSON object on one line"};
    }
    return std::move(*object);
}

std::string string_of(const json::object& object, std::string_view key) {
    const json::value* const value = object.if_contains(key);
    if (value == nullptr || !value->is_string()) return {};
    return std::string(value->get_string());
}

Error error_of(const json::value& value) {
    const json::object* const object = value.if_object();
    if (object == nullptr) return {"the daemon gave no reason", "", ""};
    return {string_of(*object, "what"), string_of(*object, "where"), string_of(*object, "remedy")};
}

json::object json_of(const Error& error) {
    return {{"what", error.what}, {"where", error.where}, {"remedy", error.remedy}};
}

Error wrong_param(std::string_view key, std::string_view wanted) {
    const std::string name(key);
    return {"parameter '" + name + "' must be " + std::string(wanted), "params." + name,
            "see docs/operations/control.md"};
}

/// nullptr: absent or null.
const json::value* param(const json::object& params, std::string_view key) {
    const json::value* const value = params.if_contains(key);
    return value != nullptr && value->is_null() ? nullptr : value;
}

}  // namespace

Reply Reply::too_busy() {
    Reply out = failed({"too many questions wait that take long to answer", "", "ask again later"});
    out.busy = true;
    return out;
}

result<Request> parse_request(std::string_view line) {
    auto object = parse_object(line);
    if (!object) return object.error();
    Request request;
    request.method = string_of(*object, "method");
    if (request.method.empty()) {
        return Error{"the request names no method", "method", R"(send {"method":"status"})"};
    }
    if (json::value* const params = object->if_contains("params")) {
        if (!params->is_object()) {
            return Error{"params is not an object", "params", R"(send "params":{})"};
        }
        request.params = std::move(params->get_object());
    }
    return request;
}

std::string to_line(const Request& request) {
    const json::value value = {{"method", request.method}, {"params", request.params}};
    return json::serialize(value) + "\n";
}

result<Reply> parse_reply(std::string_view line) {
    auto object = parse_object(line);
    if (!object) return object.error();
    Reply reply;
    const json::value* const ok = object->if_contains("ok");
    if (ok == nullptr || !ok->is_bool()) {
        return Error{"the answer says neither ok nor not", "ok",
                     "is this the control socket of anjud?"};
    }
    if (ok->get_bool()) {
        if (json::value* const value = object->if_contains("result")) {
            reply.result = std::move(*value);
        }
        return reply;
    }
    if (const json::value* const errors = object->if_contains("errors");
        errors != nullptr && errors->is_array()) {
        for (const json::value& error : errors->get_array()) {
            reply.errors.push_back(error_of(error));
        }
    }
    if (reply.errors.empty()) {
        const json::value* const error = object->if_contains("error");
        reply.errors.push_back(error_of(error == nullptr ? json::value{} : *error));
    }
    return reply;
}

std::string to_line(const Reply& reply) {
    json::object out{{"ok", reply.ok()}};
    if (reply.ok()) {
        out["result"] = reply.result;
    } else {
        out["error"] = json_of(reply.errors.front());
        json::array& all = out["errors"].emplace_array();
        for (const Error& error : reply.errors) all.push_back(json_of(error));
    }
    return json::serialize(out) + "\n";
}

result<std::string> text_param(const json::object& params, std::string_view key) {
    const json::value* const value = param(params, key);
    if (value == nullptr || !value->is_string()) return wrong_param(key, "a string");
    return result<std::string>{boost::system::in_place_value, value->get_string()};
}

result<std::string> text_param(const json::object& params, std::string_view key,
                               std::string_view otherwise) {
    if (param(params, key) != nullptr) return text_param(params, key);
    return result<std::string>{boost::system::in_place_value, otherwise};
}

result<bool> bool_param(const json::object& params, std::string_view key, bool otherwise) {
    const json::value* const value = param(params, key);
    if (value == nullptr) return otherwise;
    if (!value->is_bool()) return wrong_param(key, "true or false");
    return value->get_bool();
}

result<std::uint64_t> count_param(const json::object& params, std::string_view key,
                                  std::uint64_t otherwise, std::uint64_t max) {
    const json::value* const value = param(params, key);
    if (value == nullptr) return otherwise;
    boost::system::error_code error;
    const auto number = value->to_number<std::uint64_t>(error);
    if (error || !value->is_number() || number == 0 || number > max) {
        return wrong_param(key, "a whole number from 1 to " + std::to_string(max));
    }
    return number;
}

}  // namespace anju::control
