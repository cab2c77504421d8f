#include "http/content.hpp"

#include <zlib.h>

#include <algorithm>
#include <utility>

#include "core/check.hpp"
#include "http/digest.hpp"
#include "http/fields.hpp"
#include "notify/bytes.hpp"

namespace anju::http {
namespace {

constexpr std::size_t worth_it = 1024;
constexpr int level = 4;              // half the time of the default, a few percent larger
constexpr int gzip_window = 15 + 16;  // zlib.h: 16 more asks for the gzip wrapper
constexpr int memory_level = 8;
constexpr std::string_view codings[] = {"gzip", "br"};

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
    while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
    return text;
}

std::string_view cut_part(std::string_view& rest, char mark) {
    const std::size_t at = rest.find(mark);
    const std::string_view part = trimmed(rest.substr(0, at));
    rest = at == rest.npos ? std::string_view{} : rest.substr(at + 1);
    return part;
}

/// `"abc-gzip"` as `"abc"`.
std::string without_coding(std::string_view tag) {
    for (const std::string_view coding : codings) {
        const std::string end = "-" + std::string(coding) + "\"";
        if (tag.ends_with(end)) return std::string(tag.substr(0, tag.size() - end.size())) + "\"";
    }
    return std::string(tag);
}

bool is_zero(std::string_view weight) {
    return weight.starts_with('0') && weight.find_first_of("123456789") == weight.npos;
}

std::string gzip(std::string_view bytes) {
    z_stream stream{};
    const int begun =
        deflateInit2(&stream, level, Z_DEFLATED, gzip_window, memory_level, Z_DEFAULT_STRATEGY);
    ANJU_CHECK(begun == Z_OK, "memory for a gzip");
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    std::string in(bytes);  // zlib takes no const
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int done = deflate(&stream, Z_FINISH);
    ANJU_CHECK(done == Z_STREAM_END, "deflateBound is enough");
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string* field_of(Response& response, std::string_view name) {
    for (auto& [key, value] : response.fields) {
        if (same_field(key, name)) return &value;
    }
    return nullptr;
}

}  // namespace

std::string entity_tag(std::string_view bytes, std::string_view coding) {
    std::string out = "\"" + notify::base64url(sha256(bytes).substr(0, 16));
    if (!coding.empty()) out.append("-").append(coding);
    return out + "\"";
}

std::optional<std::string> named_tag(std::string_view field, std::string_view tag) {
    if (trimmed(field) == "*") return std::string(tag);
    const std::string wanted = without_coding(tag);
    while (!field.empty()) {
        std::string_view one = cut_part(field, ',');
        if (one.starts_with("W/")) one.remove_prefix(2);
        if (without_coding(one) == wanted) return std::string(one);
    }
    return std::nullopt;
}

Response with_etag(const Request& request, Response response) {
    if (response.status != 200) return response;
    const std::string tag = entity_tag(response.body);
    std::erase_if(response.fields,
                  [](const auto& field) { return same_field(field.first, "Cache-Control"); });
    response.fields.emplace_back("Cache-Control", "no-cache, private");
    const auto named = named_tag(request.if_none_match, tag);
    response.fields.emplace_back("ETag", named.value_or(tag));
    if (named) {
        response.status = 304;
        response.body.clear();
    }
    return response;
}

Response json_answer(std::string body, unsigned status) {
    Response out{status, "application/json", std::move(body)};
    out.compress = true;
    return out;
}

bool accepts(std::string_view field, std::string_view coding) {
    bool any = false;
    while (!field.empty()) {
        std::string_view one = cut_part(field, ',');
        const std::string_view name = cut_part(one, ';');
        std::string_view weight = one;
        const bool refused = same_field(cut_part(weight, '='), "q") && is_zero(trimmed(weight));
        if (same_field(name, coding)) return !refused;
        if (name == "*") any = !refused;
    }
    return any;
}

Response compressed(std::string_view accept_encoding, Response response) {
    response.fields.emplace_back("Vary", "Accept-Encoding");
    if (response.body.size() <= worth_it || !accepts(accept_encoding, "gzip")) return response;
    response.body = gzip(response.body);
    response.fields.emplace_back("Content-Encoding", "gzip");
    if (std::string* const tag = field_of(response, "ETag"); tag != nullptr) {
        tag->insert(tag->size() - 1, "-gzip");
    }
    return response;
}

}  // namespace anju::http
