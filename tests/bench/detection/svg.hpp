// The little of SVG that a chart takes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace anju::bench {

struct At {
    double x{};
    double y{};
};

enum class Mark { disc, square, diamond, triangle, triangle_down };
enum class Anchor { start, middle, end };

class Svg {
public:
    Svg(double width, double height);

    /// `style` is a class of the sheet in svg.cpp, several separated by blanks.
    void line(At from, At to, std::string_view style);
    void polyline(const std::vector<At>& points, std::string_view style);
    void rect(At corner, double width, double height, std::string_view style);
    void mark(Mark mark, At at, std::string_view style);
    void text(At at, Anchor anchor, std::string_view style, std::string_view words);
    void text_upright(At at, std::string_view style, std::string_view words);

    [[nodiscard]] std::string done() const { return body_ + "</svg>\n"; }

private:
    std::string body_;
};

}  // namespace anju::bench
