// Widths follow Unicode's East Asian Width (UAX #11) in the blocks that occur in names and
// sentences here; ambiguous characters count one, as terminals draw them by default.
#include "app/anjuctl/table.hpp"

#include <algorithm>

#include "control/printable.hpp"

namespace anju::ctl {
namespace {

struct Block {
    char32_t first;
    char32_t last;
};

constexpr Block wide[] = {
    {0x1100, 0x115f},   {0x2e80, 0x303e},   {0x3041, 0x33ff},   {0x3400, 0x4dbf},
    {0x4e00, 0x9fff},   {0xa000, 0xa4cf},   {0xa960, 0xa97f},   {0xac00, 0xd7a3},
    {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},   {0xffe0, 0xffe6},
    {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};
constexpr Block narrowest[] = {
    {0x0300, 0x036f}, {0x200b, 0x200f}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}};

template <std::size_t N>
bool within(char32_t code, const Block (&blocks)[N]) {
    return std::ranges::any_of(
        blocks, [code](const Block& b) { return code >= b.first && code <= b.last; });
}

}  // namespace

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const control::Glyph glyph = control::first_glyph(text);
        if (within(glyph.code, wide)) {
            width += 2;
        } else if (!within(glyph.code, narrowest)) {
            width += 1;
        }
        text.remove_prefix(std::max<std::size_t>(glyph.bytes, 1));
    }
    return width;
}

void Table::row(std::vector<std::string> cells) {
    for (std::string& cell : cells) cell = control::printable(cell);
    cells.resize(header_.size());
    rows_.push_back(std::move(cells));
}

std::string Table::text() const {
    std::vector<std::size_t> widths;
    for (const std::string& cell : header_) widths.push_back(display_width(cell));
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], display_width(row[i]));
        }
    }
    std::string out;
    const auto line = [&](const std::vector<std::string>& cells) {
        std::string one;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            one += cells[i];
            one.append(widths[i] - display_width(cells[i]) + 2, ' ');
        }
        one.erase(one.find_last_not_of(' ') + 1);
        out += one + "\n";
    };
    line(header_);
    for (const auto& row : rows_) line(row);
    return out;
}

}  // namespace anju::ctl
