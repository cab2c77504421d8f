#include "firmware-sim/net/fault.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <utility>

namespace anju::sim {

namespace {

using std::chrono::milliseconds;

constexpr std::array<std::pair<std::string_view, Fault::Kind>, 7> kinds{{
    {"heal", Fault::Kind::heal},
    {"cut", Fault::Kind::cut},
    {"refuse", Fault::Kind::refuse},
    {"stall", Fault::Kind::stall},
    {"half-open", Fault::Kind::half_open},
    {"late", Fault::Kind::late},
    {"slow", Fault::Kind::slow},
}};

constexpr std::size_t step_limit = 10'000;

std::vector<std::string_view> words_of(std::string_view line) {
    constexpr std::string_view blanks = " \t\r";
    std::vector<std::string_view> out;
    while (true) {
        const auto begin = line.find_first_not_of(blanks);
        if (begin == std::string_view::npos) return out;
        const auto end = line.find_first_of(blanks, begin);
        out.push_back(line.substr(begin, end - begin));
        if (end == std::string_view::npos) return out;
        line.remove_prefix(end);
    }
}

template <class Number>
bool read_number(std::string_view text, Number& out, std::string_view& rest) {
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
    rest = text.substr(static_cast<std::size_t>(end - text.data()));
    return code == std::errc{};
}

/// The words of a line, taken from the front.
class Words {
public:
    explicit Words(std::vector<std::string_view> words) : words_(std::move(words)) {}

    [[nodiscard]] bool empty() const { return at_ == words_.size(); }
    [[nodiscard]] std::string_view next() const { return empty() ? "" : words_[at_]; }
    bool take(std::string_view word) {
        if (empty() || words_[at_] != word) return false;
        ++at_;
        return true;
    }
    std::optional<milliseconds> take_duration() {
        const auto out = parse_span(next());
        if (out) ++at_;
        return out;
    }
    bool take_rate(std::uint64_t& out) {
        std::string_view rest;
        std::uint64_t rate = 0;
        if (!read_number(next(), rate, rest) || rest != "B/s" || rate == 0) return false;
        out = rate;
        ++at_;
        return true;
    }

private:
    std::vector<std::string_view> words_;
    std::size_t at_ = 0;
};

Error not_understood(std::string_view line, std::string_view word) {
    return {word.empty() ? "something is missing at the end" : fmt::format("'{}' here", word),
            std::string(line),
            "write it like 'after 30s stall up for 2m' or 'slow 2000B/s latency 300ms'; faults "
            "are heal cut refuse stall half-open late slow"};
}

bool directed(Fault::Kind kind) {
    return kind == Fault::Kind::stall || kind == Fault::Kind::half_open ||
           kind == Fault::Kind::late || kind == Fault::Kind::slow;
}

/// What may follow the name of a fault; false: a word that does not fit.
bool read_details(Words& words, Fault& fault) {
    if (directed(fault.kind)) {
        if (words.take("up")) {
            fault.direction = Direction::up;
        } else if (words.take("down")) {
            fault.direction = Direction::down;
        }
    }
    if (fault.kind != Fault::Kind::slow) return true;
    bool any = words.take_rate(fault.bytes_per_second);
    for (const auto& [name, value] :
         {std::pair{"latency", &fault.latency}, std::pair{"jitter", &fault.jitter}}) {
        if (!words.take(name)) continue;
        const auto duration = words.take_duration();
        if (!duration) return false;
        *value = *duration;
        any = true;
    }
    return any;
}

}  // namespace

std::optional<milliseconds> parse_span(std::string_view text) {
    std::int64_t count = 0;
    std::string_view unit;
    if (!read_number(text, count, unit) || count < 0) return std::nullopt;
    std::int64_t factor = 0;
    if (unit == "ms") factor = 1;
    if (unit == "s") factor = 1000;
    if (unit == "m") factor = 60'000;
    if (unit == "h") factor = 3'600'000;
    constexpr std::int64_t longest = std::int64_t{1000} * 3'600'000;
    if (factor == 0 || count > longest / factor) return std::nullopt;
    return milliseconds{count * factor};
}

result<FaultStep> parse_fault_step(std::string_view line) {
    Words words(words_of(line));
    FaultStep out;
    if (words.take("after")) {
        const auto after = words.take_duration();
        if (!after) return not_understood(line, words.next());
        out.after = *after;
    }
    bool known = false;
    for (const auto& [name, kind] : kinds) {
        if (!words.take(name)) continue;
        out.fault.kind = kind;
        known = true;
        break;
    }
    if (!known || !read_details(words, out.fault)) return not_understood(line, words.next());
    const bool lasts = words.take("for");
    if (const auto duration = words.take_duration()) {
        // A cut is over when it has happened and health is what is meant to last.
        if (out.fault.kind == Fault::Kind::cut || out.fault.kind == Fault::Kind::heal) {
            return not_understood(line, "a duration");
        }
        out.duration = *duration;
    } else if (lasts) {
        return not_understood(line, words.next());
    }
    if (!words.empty()) return not_understood(line, words.next());
    return out;
}

result<std::vector<FaultStep>> parse_fault_schedule(std::string_view text) {
    std::vector<FaultStep> out;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        const auto line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        const auto words = words_of(line);
        if (words.empty() || words.front().starts_with('#')) continue;
        auto step = parse_fault_step(line);
        if (!step) {
            auto error = step.error();
            error.where = fmt::format("line {}: {}", number, error.where);
            return error;
        }
        if (out.size() == step_limit) {
            return Error{"too many steps", fmt::format("line {}", number),
                         fmt::format("at most {}", step_limit)};
        }
        out.push_back(std::move(*step));
    }
    return out;
}

std::string fault_text(const Fault& fault) {
    std::string out;
    for (const auto& [name, kind] : kinds) {
        if (kind == fault.kind) out = name;
    }
    if (fault.direction == Direction::up) out += " up";
    if (fault.direction == Direction::down) out += " down";
    if (fault.bytes_per_second != 0) out += fmt::format(" {}B/s", fault.bytes_per_second);
    if (fault.latency.count() != 0) out += fmt::format(" latency {}ms", fault.latency.count());
    if (fault.jitter.count() != 0) out += fmt::format(" jitter {}ms", fault.jitter.count());
    return out;
}

}  // namespace anju::sim
