// An SMS service over HTTP, described by a template; see channel.hpp.
#include <boost/json.hpp>

#include "notify/bytes.hpp"
#include "notify/channel.hpp"
#include "notify/utf8.hpp"

namespace anju::notify {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;
using Fields = std::vector<std::pair<std::string_view, std::string>>;
using Encode = std::string (*)(std::string_view);

std::string as_it_is(std::string_view text) {
    return std::string(text);
}

std::string inside_json(std::string_view text) {
    const std::string quoted = json::serialize(json::value(json::string(text)));
    return quoted.substr(1, quoted.size() - 2);
}

/// A header is one line, whatever a field holds.
std::string inside_header(std::string_view text) {
    std::string out;
    for (const char byte : text) out += static_cast<unsigned char>(byte) < 0x20 ? ' ' : byte;
    return out;
}

/// Fields are filled in one pass: what a field holds is never taken for another.
std::string fill(std::string_view pattern, const Fields& fields, Encode encode) {
    std::string out;
    while (!pattern.empty()) {
        bool filled = false;
        for (const auto& [name, value] : fields) {
            if (!pattern.starts_with(name)) continue;
            out += encode(value);
            pattern.remove_prefix(name.size());
            filled = true;
            break;
        }
        if (filled) continue;
        out += pattern.front();
        pattern.remove_prefix(1);
    }
    return out;
}

class SmsApi final : public Channel {
public:
    explicit SmsApi(SmsApiOptions options) : options_(std::move(options)) {}

    [[nodiscard]] Request prepare(const Message& message, Instant now) const override {
        const Fields fields{
            {"{phone}", message.address}, {"{text}", fitted(message, options_.longest_text)},
            {"{title}", message.title},   {"{link}", message.link},
            {"{id}", message.id},         {"{time}", std::to_string(to_unix_ms(now) / 1000)},
            {"{secret}", options_.secret}};
        using Kind = SmsApiOptions::BodyKind;
        const Kind kind = options_.body_kind;
        HttpRequest out;
        out.method = options_.method;
        out.url = fill(options_.url, fields, &url_encode);
        for (const std::string& header : options_.headers) {
            out.headers.push_back(fill(header, fields, &inside_header));
        }
        out.body = fill(options_.body, fields,
                        kind == Kind::json   ? &inside_json
                        : kind == Kind::form ? &url_encode
                                             : &as_it_is);
        out.ca_file = options_.ca_file;
        out.plaintext = options_.plaintext;
        return out;
    }

    [[nodiscard]] Answer judge(const Reply& reply) const override {
        const auto said = at_pointer(reply.body);
        for (const std::string& limit : options_.limit_values) {
            if (said == limit) return {Verdict::limited, shortened(reply.body, 200), 1min};
        }
        if (auto answer = judge_http(reply)) return *answer;
        if (options_.success_pointer.empty() || said == options_.success_value) {
            return {Verdict::accepted, said.value_or("HTTP " + std::to_string(reply.status))};
        }
        return {Verdict::failed, "not accepted: " + shortened(reply.body, 160)};
    }

    [[nodiscard]] std::vector<Quota> quotas() const override {
        if (options_.per_minute == 0) return {};
        return {{options_.per_minute, 1min}};
    }

private:
    [[nodiscard]] std::optional<std::string> at_pointer(std::string_view body) const {
        if (options_.success_pointer.empty()) return std::nullopt;
        boost::system::error_code failed;
        const json::value value = json::parse(body, failed);
        if (failed) return std::nullopt;
        const json::value* const found = value.find_pointer(options_.success_pointer, failed);
        if (found == nullptr) return std::nullopt;
        if (found->is_string()) return std::string(found->get_string());
        return json::serialize(*found);
    }

    SmsApiOptions options_;
};

}  // namespace

std::unique_ptr<Channel> make_sms_api(SmsApiOptions options) {
    return std::make_unique<SmsApi>(std::move(options));
}

}  // namespace anju::notify
