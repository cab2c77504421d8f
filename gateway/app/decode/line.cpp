#include "app/decode/line.hpp"

#include <boost/json/serialize.hpp>
#include <vector>

#include "drivers/bytes.hpp"
#include "drivers/event_time.hpp"
#include "drivers/json.hpp"

namespace anju::decode {
namespace {

namespace json = boost::json;
using drivers::DecodeError;

DecodeError mistake(std::string code, std::string text) {
    DecodeError error;
    error.stage = drivers::DecodeStage::envelope;
    error.code = std::move(code);
    error.text = std::move(text);
    return error;
}

/// Reads the members of one object; remembers the first that is not what it has to be.
class Members {
public:
    explicit Members(const json::object& all) : all_(all) {}

    /// nullptr: absent, null, or not text (which is a mistake).
    const json::string* text(std::string_view name) {
        const json::value* value = all_.if_contains(name);
        if (value == nullptr || value->is_null()) return nullptr;
        if (!value->is_string()) {
            wrong(name, "must be text");
            return nullptr;
        }
        return &value->get_string();
    }

    void wrong(std::string_view name, std::string_view what) {
        if (error_.code.empty()) {
            error_ = mistake("member_wrong", "\"" + std::string(name) + "\" " + std::string(what));
        }
    }

    [[nodiscard]] const json::value* find(std::string_view name) const {
        return all_.if_contains(name);
    }
    [[nodiscard]] const DecodeError& error() const { return error_; }

private:
    const json::object& all_;
    DecodeError error_;
};

void read_payload(Members& members, Given& given) {
    if (const json::string* hex = members.text("payload_hex")) {
        std::vector<std::uint8_t> bytes;
        if (!drivers::from_hex(std::string_view(*hex), bytes)) {
            members.wrong("payload_hex", "must be pairs of hexadecimal digits");
            return;
        }
        given.payload.assign(bytes.begin(), bytes.end());
        return;
    }
    const json::value* payload = members.find("payload");
    if (payload == nullptr) return;
    given.payload = payload->is_string() ? std::string(std::string_view(payload->get_string()))
                                         : json::serialize(*payload);
}

void read_flag(Members& members, Given& given) {
    for (const std::string_view name : {"retained", "retain"}) {
        const json::value* value = members.find(name);
        if (value == nullptr || value->is_null()) continue;
        if (!value->is_bool()) return members.wrong(name, "must be true or false");
        given.retained = value->get_bool();
        return;
    }
}

void read_key(Members& members, Given& given) {
    const json::string* key = members.text("key");
    if (key == nullptr || key->empty()) return;
    given.key = drivers::parse_key(std::string_view(*key));
    if (!given.key) members.wrong("key", "must be 32 hexadecimal digits");
}

void read_time(Members& members, Given& given) {
    const json::string* time = members.text("time");
    if (time == nullptr || time->empty()) return;
    const auto ms = drivers::parse_iso8601(std::string_view(*time));
    if (!ms) return members.wrong("time", "must be like 2026-03-01T08:14:22+08:00");
    given.received = from_unix_ms(*ms);
}

}  // namespace

boost::system::result<Given, DecodeError> read_line(std::string_view line) {
    if (line.size() > max_line_bytes) {
        return mistake("too_long", "a line may have " + std::to_string(max_line_bytes) + " bytes");
    }
    const auto parsed = drivers::parse_json(line, 32, {});
    if (!parsed) {
        DecodeError error = parsed.error();
        error.stage = drivers::DecodeStage::envelope;
        return error;
    }
    if (!parsed->is_object()) {
        return mistake("not_an_object", R"(a line is an object: {"topic": …, "payload": …})");
    }
    Members members(parsed->get_object());
    if (members.find("payload") == nullptr && members.find("payload_hex") == nullptr) {
        return mistake("no_payload", R"(give the message as "payload" or "payload_hex")");
    }
    Given given;
    if (const auto* topic = members.text("topic")) given.topic = std::string_view(*topic);
    if (const auto* driver = members.text("driver")) given.driver = std::string_view(*driver);
    if (const auto* profile = members.text("profile")) given.profile = std::string_view(*profile);
    read_payload(members, given);
    read_flag(members, given);
    read_key(members, given);
    read_time(members, given);
    if (!members.error().code.empty()) return members.error();
    return given;
}

}  // namespace anju::decode
