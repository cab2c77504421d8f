#include "backup/manifest.hpp"

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

namespace anju::backup {

namespace json = boost::json;

namespace {

std::string word(const json::object& from, std::string_view key) {
    const auto* const value = from.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string{};
}

std::int64_t number(const json::object& from, std::string_view key) {
    const auto* const value = from.if_contains(key);
    if (value == nullptr) return 0;
    boost::system::error_code wrong;
    const auto out = value->to_number<std::int64_t>(wrong);
    return wrong ? 0 : out;
}

}  // namespace

std::string manifest_text(const Manifest& manifest) {
    return json::serialize(json::object{{"format", manifest.format},
                                        {"gateway_id", manifest.gateway_id},
                                        {"version", manifest.version},
                                        {"made_at_ms", to_unix_ms(manifest.made_at)},
                                        {"engine_time_ms", to_unix_ms(manifest.engine_time)},
                                        {"epoch", manifest.epoch},
                                        {"seal_key", manifest.seal_key}});
}

result<Manifest> parse_manifest(std::string_view text) {
    boost::system::error_code wrong;
    const json::value parsed = json::parse(text, wrong);
    const auto* const said = wrong ? nullptr : parsed.if_object();
    if (said == nullptr || number(*said, "format") < 1) {
        return Error{"the backup does not say what it is", std::string(manifest_name),
                     "use another one"};
    }
    if (number(*said, "format") > Manifest{}.format) {
        return Error{"the backup is of a newer version", word(*said, "version"),
                     "install that version first"};
    }
    return Manifest{static_cast<int>(number(*said, "format")),
                    word(*said, "gateway_id"),
                    word(*said, "version"),
                    from_unix_ms(number(*said, "made_at_ms")),
                    from_unix_ms(number(*said, "engine_time_ms")),
                    static_cast<std::uint64_t>(number(*said, "epoch")),
                    word(*said, "seal_key")};
}

result<Manifest> read_manifest(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return parse_manifest(text.str());
}

}  // namespace anju::backup
