// "label  value" lines for terminals.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "app/anjuctl/table.hpp"
#include "app/anjuctl/text.hpp"
#include "control/printable.hpp"

namespace anju::ctl {

/// "label  value" lines with their values below one another.
class Sheet {
public:
    explicit Sheet(Lang lang) : lang_(lang) {}
    void line(Text label, const std::string& value) {
        if (value.empty()) return;
        lines_.emplace_back(label.in(lang_), control::printable(value));
    }
    [[nodiscard]] std::string text() const {
        std::size_t width = 0;
        for (const auto& [label, value] : lines_) width = std::max(width, display_width(label));
        std::string out;
        for (const auto& [label, value] : lines_) {
            out += label + std::string(width - display_width(label) + 2, ' ') + value + "\n";
        }
        return out;
    }

private:
    Lang lang_;
    std::vector<std::pair<std::string, std::string>> lines_;
};

}  // namespace anju::ctl
