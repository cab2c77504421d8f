#include "provision/label.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace anju::provision {
namespace {

using Modules = std::vector<std::vector<bool>>;  ///< dark, with the quiet zone

constexpr std::string_view uri =
    "mqtts://H0001-water:00112233445566778899aabbccddeeff@anju.local:8883";

/// What a phone sees of the terminal: blocks are light.
Modules of_terminal(const std::string& text) {
    Modules out;
    for (std::size_t at = 0; at < text.size();) {
        std::vector<bool> above;
        std::vector<bool> below;
        for (; text[at] != '\n';) {
            const bool space = text[at] == ' ';
            const std::string_view block = std::string_view(text).substr(at, space ? 1 : 3);
            above.push_back(block == " " || block == "▄");
            below.push_back(block == " " || block == "▀");
            at += block.size();
        }
        ++at;
        out.push_back(above);
        out.push_back(below);
    }
    return out;
}

Modules of_svg(const std::string& text) {
    std::smatch box;
    const std::regex view("viewBox=\"0 0 (\\d+) ");
    if (!std::regex_search(text, box, view)) return {};
    const auto side = static_cast<std::size_t>(std::stoi(box[1]));
    Modules out(side, std::vector<bool>(side));
    const std::regex run("M(\\d+) (\\d+)h(\\d+)v1h-(\\d+)z");
    for (std::sregex_iterator it(text.begin(), text.end(), run), end; it != end; ++it) {
        for (int i = 0; i < std::stoi((*it)[3]); ++i) {
            out.at(static_cast<std::size_t>(std::stoi((*it)[2])))
                .at(static_cast<std::size_t>(std::stoi((*it)[1]) + i)) = true;
        }
    }
    return out;
}

/// The three large squares by which a reader finds a code.
bool has_finder(const Modules& code, std::size_t top, std::size_t left) {
    for (std::size_t y = 0; y < 7; ++y) {
        for (std::size_t x = 0; x < 7; ++x) {
            const std::size_t ring = std::min({x, y, 6 - x, 6 - y});
            if (code[top + y][left + x] != (ring != 1)) return false;
        }
    }
    return true;
}

TEST(Label, ShowsTheSameCodeOnATerminalAndOnPaper) {
    const auto terminal = code_for_terminal(uri);
    const auto svg = code_as_svg(uri, {"H0001-water"});
    ASSERT_TRUE(terminal && svg);
    Modules shown = of_terminal(*terminal);
    const Modules printed = of_svg(*svg);
    ASSERT_GT(printed.size(), 29U);
    // An odd height leaves half a line, which is no part of the code.
    ASSERT_EQ(shown.size(), printed.size() + printed.size() % 2);
    shown.resize(printed.size());
    EXPECT_EQ(shown, printed);
    const std::size_t far = printed.size() - 4 - 7;
    EXPECT_TRUE(has_finder(printed, 4, 4));
    EXPECT_TRUE(has_finder(printed, 4, far));
    EXPECT_TRUE(has_finder(printed, far, 4));
    EXPECT_FALSE(has_finder(printed, far, far));
}

TEST(Label, KeepsAQuietZoneOfFourModules) {
    const auto svg = code_as_svg(uri, {});
    ASSERT_TRUE(svg);
    const Modules code = of_svg(*svg);
    for (std::size_t i = 0; i < code.size(); ++i) {
        for (std::size_t edge = 0; edge < 4; ++edge) {
            EXPECT_FALSE(code[edge][i] || code[i][edge] || code[code.size() - 1 - edge][i] ||
                         code[i][code.size() - 1 - edge]);
        }
    }
}

TEST(Label, WritesCaptionsAsTextWhateverIsInThem) {
    const auto svg = code_as_svg(uri, {"<script>&"});
    ASSERT_TRUE(svg);
    EXPECT_NE(svg->find("&lt;script&gt;&amp;"), std::string::npos);
    EXPECT_EQ(svg->find("<script>"), std::string::npos);
}

TEST(Label, HoldsAtMostAKibibyte) {
    EXPECT_TRUE(code_for_terminal(std::string(1024, 'x')));
    EXPECT_FALSE(code_for_terminal(std::string(1025, 'x')));
    EXPECT_FALSE(code_for_terminal(""));
}

}  // namespace
}  // namespace anju::provision
