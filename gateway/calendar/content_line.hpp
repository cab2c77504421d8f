// Content lines of iCalendar (RFC 5545, 3.1 and 3.3.11): escaped, folded, ended by CRLF.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace anju::calendar {

/// Bytes of a line without its CRLF, RFC 5545, 3.1.
inline constexpr std::size_t line_bytes = 75;

/// A TEXT value: backslash, comma and semicolon escaped, line ends as \n; control characters, which
/// no TEXT may hold, are left out.
[[nodiscard]] std::string escape(std::string_view text);

/// One content line ("SUMMARY:…", without line end) as it goes on the wire: broken where it would
/// exceed `line_bytes`, never inside a character, each part ended by CRLF.
[[nodiscard]] std::string fold(std::string_view line);

/// Collects lines.
class Lines {
public:
    /// `value` as it is: dates, numbers, names of the format.
    void raw(std::string_view name, std::string_view value);
    /// `value` is TEXT. Nothing when it is empty.
    void text(std::string_view name, std::string_view value);
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    std::string out_;
};

}  // namespace anju::calendar
