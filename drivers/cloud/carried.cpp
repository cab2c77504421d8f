#include "drivers/cloud/carried.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "drivers/content.hpp"

namespace anju::drivers::cloud {
namespace {

namespace json = boost::json;

constexpr int most_levels = 5;
constexpr int most_values = 256;
constexpr std::size_t most_frames = 64;
constexpr std::size_t least_frame_text = 12;  // "AAAAAAAAAAAA": nothing shorter has a checksum

bool is_printable(Bytes bytes) {
    return std::ranges::all_of(bytes, [](std::uint8_t b) { return b >= 0x20 && b < 0x7F; });
}

/// Digits that were sent as text inside of bytes.
bool unwrap(std::vector<std::uint8_t>& bytes) {
    if (bytes.size() < least_frame_text || !is_printable(bytes)) return false;
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    std::vector<std::uint8_t> inner;
    if (!from_hex(text, inner) || !is_recognised(inner)) return false;
    bytes = std::move(inner);
    return true;
}

class Search {
public:
    std::vector<std::vector<std::uint8_t>> found;

    void look(const json::value& value, int level) {
        if (++looked_ > most_values || level > most_levels || found.size() >= most_frames) return;
        if (value.is_string()) {
            look_at_text(value.get_string());
        } else if (value.is_object()) {
            for (const auto& member : value.get_object()) look(member.value(), level + 1);
        } else if (value.is_array()) {
            for (const json::value& item : value.get_array()) look(item, level + 1);
        }
    }

private:
    void look_at_text(std::string_view text) {
        if (text.size() < least_frame_text) return;
        if (bytes_in_text(text, TextForm::unknown, bytes_) && is_recognised(bytes_)) {
            found.push_back(bytes_);
        }
    }

    std::vector<std::uint8_t> bytes_;
    int looked_ = 0;
};

}  // namespace

bool is_recognised(Bytes bytes) {
    return std::ranges::any_of(payload_codecs(),
                               [&](const PayloadCodec& codec) { return codec.recognises(bytes); });
}

bool bytes_in_text(std::string_view text, TextForm form, std::vector<std::uint8_t>& out) {
    std::vector<std::uint8_t> digits;
    const bool is_hex = !text.empty() && from_hex(text, digits) && !digits.empty();
    if (is_hex && is_recognised(digits)) {
        out = std::move(digits);
        return true;
    }
    const bool is_base64 = from_base64(text, out) && !out.empty();
    if (is_base64 && (is_recognised(out) || unwrap(out))) return true;
    if (form == TextForm::base64) return is_base64;
    if (is_hex) out = std::move(digits);
    return is_hex || is_base64;
}

std::vector<std::vector<std::uint8_t>> find_frames(const json::value& value) {
    Search search;
    search.look(value, 0);
    return std::move(search.found);
}

std::vector<std::uint8_t> longest_bytes(const json::value& value) {
    std::vector<std::uint8_t> longest;
    if (!value.is_object()) return longest;
    std::vector<std::uint8_t> bytes;
    int looked = 0;
    for (const auto& member : value.get_object()) {
        if (++looked > most_values) break;
        if (!member.value().is_string()) continue;
        if (!bytes_in_text(member.value().get_string(), TextForm::unknown, bytes)) continue;
        if (bytes.size() > longest.size()) longest = bytes;
    }
    return longest;
}

}  // namespace anju::drivers::cloud
