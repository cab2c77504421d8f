#include "config/units.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <utility>

namespace anju::config {
namespace {

struct Number {
    std::uint64_t value{};
    std::string_view unit;
};

std::optional<Number> split(std::string_view text) {
    Number number;
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number.value);
    if (error != std::errc{}) return std::nullopt;
    number.unit = text.substr(static_cast<std::size_t>(rest - text.data()));
    return number;
}

struct Unit {
    std::string_view name;
    std::uint64_t factor;
};

constexpr std::array<Unit, 5> durations{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"min", 60'000}, {"s", 1'000}, {"ms", 1}}};
constexpr std::array<Unit, 8> sizes{{{"", 1},
                                     {"B", 1},
                                     {"KB", 1'000},
                                     {"MB", 1'000'000},
                                     {"GB", 1'000'000'000},
                                     {"KiB", 1ULL << 10U},
                                     {"MiB", 1ULL << 20U},
                                     {"GiB", 1ULL << 30U}}};
constexpr std::uint64_t longest_ms = 100ULL * 366 * 86'400'000;

template <std::size_t N>
std::optional<std::uint64_t> scaled(std::string_view text, const std::array<Unit, N>& units,
                                    std::uint64_t limit) {
    const auto number = split(text);
    if (!number) return std::nullopt;
    for (const Unit& unit : units) {
        if (unit.name != number->unit) continue;
        if (number->value > limit / unit.factor) return std::nullopt;
        return number->value * unit.factor;
    }
    return std::nullopt;
}

bool host_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
}

std::optional<std::uint8_t> two_digits(std::string_view text) {
    std::uint8_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || rest != end || text.size() != 2) return std::nullopt;
    return value;
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
    const auto ms = scaled(text, durations, longest_ms);
    if (!ms) return std::nullopt;
    return Duration{static_cast<std::int64_t>(*ms)};
}

std::string format_duration(Duration duration) {
    const auto ms = static_cast<std::uint64_t>(duration.count());
    for (const Unit& unit : durations) {
        if (ms != 0 && ms % unit.factor == 0) {
            return std::to_string(ms / unit.factor) + std::string(unit.name);
        }
    }
    return "0s";
}

std::string decimal_of(std::int64_t thousandths) {
    std::string digits = std::to_string(1000 + thousandths % 1000).substr(1);
    while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
    return std::to_string(thousandths / 1000) + "." + digits;
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
    return scaled(text, sizes, std::numeric_limits<std::int64_t>::max());
}

std::optional<std::chrono::minutes> parse_utc_offset(std::string_view text) {
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return {};
    const auto hours = two_digits(text.substr(1, 2));
    const auto minutes = two_digits(text.substr(4, 2));
    if (!hours || !minutes || *minutes > 59) return std::nullopt;
    const std::chrono::minutes offset{*hours * 60 + *minutes};
    if (offset > std::chrono::hours{14}) return std::nullopt;
    return text[0] == '-' ? -offset : offset;
}

std::string format_utc_offset(std::chrono::minutes offset) {
    const auto total = std::abs(offset.count());
    const auto pad = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return (offset.count() < 0 ? "-" : "+") + pad(total / 60) + ":" + pad(total % 60);
}

bool BrokerUri::loopback() const {
    if (host == "localhost" || host == "::1") return true;
    if (!host.starts_with("127.")) return false;
    return std::ranges::all_of(host, [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
}

std::optional<Window> parse_window(std::string_view text) {
    if (text.size() != 11 || text[5] != '-') return std::nullopt;
    const auto time = [](std::string_view hh_mm) -> std::optional<Duration> {
        int digits[4] = {};
        for (std::size_t i = 0, d = 0; i < hh_mm.size(); ++i) {
            if (i == 2) {
                if (hh_mm[i] != ':') return std::nullopt;
                continue;
            }
            if (hh_mm[i] < '0' || hh_mm[i] > '9') return std::nullopt;
            digits[d++] = hh_mm[i] - '0';
        }
        const int hour = digits[0] * 10 + digits[1];
        const int minute = digits[2] * 10 + digits[3];
        if (minute > 59 || hour * 60 + minute > 24 * 60) return std::nullopt;
        return std::chrono::minutes{hour * 60 + minute};
    };
    const auto from = time(text.substr(0, 5));
    const auto to = time(text.substr(6));
    if (!from || !to) return std::nullopt;
    return Window{*from, *to};
}

std::optional<BrokerUri> parse_broker_uri(std::string_view text) {
    BrokerUri uri;
    if (text.starts_with("mqtts://")) {
        uri.tls = true;
        text.remove_prefix(8);
    } else if (text.starts_with("mqtt://")) {
        text.remove_prefix(7);
    } else {
        return std::nullopt;
    }
    uri.port = uri.tls ? 8883 : 1883;
    std::string_view port;
    bool has_port = false;
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == text.npos) return std::nullopt;
        uri.host = text.substr(1, close - 1);
        const bool address = std::ranges::all_of(uri.host, [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') ||
                   c == ':' || c == '.';
        });
        const std::string_view rest = text.substr(close + 1);
        has_port = rest.starts_with(':');
        if (!address || (!rest.empty() && !has_port)) return std::nullopt;
        if (has_port) port = rest.substr(1);
    } else {
        const auto colon = text.find(':');
        uri.host = text.substr(0, colon);
        has_port = colon != text.npos;
        if (has_port) port = text.substr(colon + 1);
        if (!std::ranges::all_of(uri.host, host_char)) return std::nullopt;
    }
    if (uri.host.empty()) return std::nullopt;
    if (has_port) {
        const char* const end = port.data() + port.size();
        const auto [rest, error] = std::from_chars(port.data(), end, uri.port);
        if (error != std::errc{} || rest != end || uri.port == 0) return std::nullopt;
    }
    return uri;
}

}  // namespace anju::config
