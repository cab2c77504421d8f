#include "notify/link.hpp"

#include "core/check.hpp"
#include "notify/bytes.hpp"

namespace anju::notify {
namespace {

constexpr std::string_view purpose = "anju/alert-link/1\n";
constexpr std::size_t seal_bytes = 16;
constexpr std::size_t longest_token = 1024;
constexpr std::size_t head_bytes = 6;  // verb, five of the expiry

void put_text(std::string& out, std::string_view text) {
    ANJU_CHECK(text.size() <= 255, "an alert's id and a person's name fit a byte of length");
    out += static_cast<char>(text.size());
    out += text;
}

std::optional<std::string> take_text(std::string_view& rest) {
    if (rest.empty()) return std::nullopt;
    const std::size_t size = static_cast<unsigned char>(rest.front());
    if (rest.size() - 1 < size) return std::nullopt;
    std::string out(rest.substr(1, size));
    rest.remove_prefix(1 + size);
    return out;
}

std::string pack(const LinkClaims& claims) {
    const auto seconds =
        std::chrono::floor<std::chrono::seconds>(claims.expires).time_since_epoch().count();
    std::string out(1, static_cast<char>(claims.verb));
    for (int shift = 32; shift >= 0; shift -= 8) {
        out += static_cast<char>(static_cast<std::uint64_t>(seconds) >> shift & 0xffU);
    }
    put_text(out, claims.alert.value);
    put_text(out, claims.person);
    return out;
}

std::optional<LinkClaims> unpack(std::string_view bytes) {
    if (bytes.size() < head_bytes) return std::nullopt;
    LinkClaims claims;
    claims.verb = static_cast<AlertVerb>(static_cast<unsigned char>(bytes[0]));
    if (claims.verb < AlertVerb::acknowledge || claims.verb > AlertVerb::i_am_well) {
        return std::nullopt;
    }
    std::int64_t seconds = 0;
    for (std::size_t at = 1; at < head_bytes; ++at) {
        seconds = seconds << 8 | static_cast<unsigned char>(bytes[at]);
    }
    claims.expires = Instant{std::chrono::seconds{seconds}};
    bytes.remove_prefix(head_bytes);
    const auto alert = take_text(bytes);
    const auto person = alert ? take_text(bytes) : std::nullopt;
    if (!person || !bytes.empty()) return std::nullopt;
    claims.alert = AlertId{*alert};
    claims.person = *person;
    return claims;
}

}  // namespace

LinkSigner::LinkSigner(std::string key, std::string base_url)
    : key_(std::move(key)), base_url_(std::move(base_url)) {
    ANJU_CHECK(key_.size() >= 32, "a key that can be guessed signs nothing");
}

std::string LinkSigner::seal(std::string_view claims) const {
    return hmac_sha256(key_, std::string(purpose) + std::string(claims)).substr(0, seal_bytes);
}

std::string LinkSigner::token(const LinkClaims& claims) const {
    const std::string bytes = pack(claims);
    return base64url(bytes) + "." + base64url(seal(bytes));
}

std::string LinkSigner::url(const LinkClaims& claims) const {
    return base_url_.empty() ? std::string{} : base_url_ + "/a/" + token(claims);
}

std::optional<LinkClaims> LinkSigner::verify(std::string_view token, Instant now) const {
    if (token.size() > longest_token) return std::nullopt;
    const auto dot = token.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const auto bytes = parse_base64url(token.substr(0, dot));
    const auto given = parse_base64url(token.substr(dot + 1));
    if (!bytes || !given || !equal_in_constant_time(seal(*bytes), *given)) return std::nullopt;
    auto claims = unpack(*bytes);
    if (!claims || now >= claims->expires) return std::nullopt;
    return claims;
}

}  // namespace anju::notify
