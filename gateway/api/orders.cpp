#include "api/orders.hpp"

#include <algorithm>
#include <vector>

#include "api/answers.hpp"
#include "http/digest.hpp"

namespace anju::api {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_id = 64;
constexpr std::string_view reused = "command_id_reused";

void write(const json::value& value, std::string& out);

/// Members by name: what is the same to a reader is written the same.
void write(const json::object& object, std::string& out, std::string_view without = {}) {
    std::vector<const json::key_value_pair*> members;
    for (const json::key_value_pair& member : object) {
        if (without.empty() || std::string_view(member.key()) != without) {
            members.push_back(&member);
        }
    }
    std::ranges::sort(members, {}, [](const auto* member) { return member->key(); });
    out += '{';
    for (const json::key_value_pair* const member : members) {
        out += json::serialize(member->key());
        out += ':';
        write(member->value(), out);
        out += ',';
    }
    out += '}';
}

void write(const json::value& value, std::string& out) {
    if (const json::object* const object = value.if_object()) return write(*object, out);
    const json::array* const array = value.if_array();
    if (array == nullptr) {
        out += json::serialize(value);
        return;
    }
    out += '[';
    for (const json::value& one : *array) {
        write(one, out);
        out += ',';
    }
    out += ']';
}

std::string hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        out += digits[value >> 4U];
        out += digits[value & 15U];
    }
    return out;
}

std::string text(const json::object& object, std::string_view key) {
    const json::value* const found = object.if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->get_string())
                                                  : std::string();
}

}  // namespace

bool is_command_id(std::string_view id) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("._:-").find(c) != std::string_view::npos;
    };
    return !id.empty() && id.size() <= longest_id && std::ranges::all_of(id, fits);
}

std::string digest_of(std::string_view path, const json::object& said) {
    std::string all(path);
    all += '\n';
    write(said, all, "command_id");
    return hex(http::sha256(all));
}

std::optional<Order> once(const Caller& caller, const json::object& said, http::Response& refused) {
    const std::string id = text(said, "command_id");
    if (!is_command_id(id)) {
        refused = bad_request("bad_command_id", {"操作编号无效", "the command_id is none"},
                              {{"is no identifier", "command_id",
                                "send 1 to 64 of A-Z a-z 0-9 . _ : -, such as a UUID"}});
        return std::nullopt;
    }
    return Order{caller.own(id), digest_of(caller.request.path, said)};
}

std::string outcome(const json::object& answer) {
    const json::value* const again = answer.if_contains("repeated");
    const bool repeated = again != nullptr && again->is_bool() && again->get_bool();
    return (repeated ? "repeated: " : "") + text(answer, "status");
}

http::Response done_command(json::object answer) {
    if (text(answer, "code") == reused) {
        return http::problem(
            {.status = 409,
             .code = reused,
             .title = {"这个操作编号已用于另一项操作",
                       "this command_id was used for something else"},
             .detail = {"本次未执行，请重新操作。", "Nothing was done: send it with a new one."}});
    }
    answer["text_en"] = answer["text"];
    answer.erase("text");
    return done(answer);
}

}  // namespace anju::api
