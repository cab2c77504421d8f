#include "recorded/local_time.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace anju::recorded {
namespace {

/// Takes text from the front, piece by piece; once a piece is wrong, all is.
class Pieces {
public:
    explicit Pieces(std::string_view text) : rest_(text) {}

    unsigned number(std::size_t digits) {
        unsigned value = 0;
        const auto piece = rest_.substr(0, digits);
        const auto [end, error] = std::from_chars(piece.data(), piece.data() + piece.size(), value);
        if (piece.size() < digits || error != std::errc{} || end != piece.data() + digits) {
            good_ = false;
            return 0;
        }
        rest_.remove_prefix(digits);
        return value;
    }
    bool skip(char wanted) {
        if (!rest_.starts_with(wanted)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void expect(char wanted) { good_ = skip(wanted) && good_; }
    /// Milliseconds of the digits behind a decimal point.
    unsigned fraction() {
        unsigned value = 0;
        unsigned worth = 100;
        if (rest_.empty()) good_ = false;
        while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
            value += static_cast<unsigned>(rest_.front() - '0') * worth;
            worth /= 10;
            rest_.remove_prefix(1);
        }
        return value;
    }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    [[nodiscard]] bool good() const { return good_; }

private:
    std::string_view rest_;
    bool good_ = true;
};

}  // namespace

std::optional<Instant> parse_time(std::string_view text) {
    using namespace std::chrono;
    Pieces pieces(text);
    const unsigned y = pieces.number(4);
    pieces.expect('-');
    const unsigned m = pieces.number(2);
    pieces.expect('-');
    const unsigned d = pieces.number(2);
    const year_month_day date{year{static_cast<int>(y)}, month{m}, day{d}};
    if (!pieces.good() || !date.ok()) return std::nullopt;
    const sys_time<milliseconds> midnight = sys_days{date};
    if (pieces.at_end()) return midnight;

    pieces.expect('T');
    const unsigned hour = pieces.number(2);
    pieces.expect(':');
    const unsigned minute = pieces.number(2);
    const unsigned second = pieces.skip(':') ? pieces.number(2) : 0;
    const unsigned ms = pieces.skip('.') ? pieces.fraction() : 0;
    if (!pieces.good() || !pieces.at_end() || hour > 23 || minute > 59 || second > 59) {
        return std::nullopt;
    }
    return midnight + hours{hour} + minutes{minute} + seconds{second} + milliseconds{ms};
}

std::string format_time(Instant at) {
    using namespace std::chrono;
    const auto midnight = floor<days>(at);
    const year_month_day date(midnight);
    const hh_mm_ss time(at - midnight);
    std::string text =
        fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                    time.hours().count(), time.minutes().count(), time.seconds().count());
    if (time.subseconds().count() != 0) text += fmt::format(".{:03}", time.subseconds().count());
    return text;
}

}  // namespace anju::recorded
