// Aligned tables for terminals, where a Chinese character is two columns wide.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace anju::ctl {

/// Columns of a terminal that `text` takes (UTF-8; East Asian wide characters count two).
[[nodiscard]] std::size_t display_width(std::string_view text);

class Table {
public:
    explicit Table(std::vector<std::string> header) : header_(std::move(header)) {}

    /// As many cells as the header has. What comes from outside is made printable.
    void row(std::vector<std::string> cells);
    [[nodiscard]] bool empty() const { return rows_.empty(); }
    /// The header and the rows, columns two blanks apart, nothing at the line ends.
    [[nodiscard]] std::string text() const;

private:
    std::vector<std::string> header_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace anju::ctl
