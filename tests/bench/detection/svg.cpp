#include "svg.hpp"

#include <fmt/format.h>

#include <array>

#include "base/markup.hpp"

namespace anju::bench {
namespace {

// Blue and vermilion of Okabe and Ito (2008): told apart with every kind of colour blindness.
constexpr std::string_view sheet = R"(<style>
text { font-family: "DejaVu Sans", Verdana, "Noto Sans", sans-serif; fill: #222; }
.title { font-size: 19px; font-weight: bold; }
.note { font-size: 13px; fill: #555; }
.panel { font-size: 15px; font-weight: bold; }
.axis { font-size: 13px; }
.tick { font-size: 12px; fill: #444; }
.small { font-size: 11px; fill: #444; }
.paper { fill: #fff; }
.frame { fill: none; stroke: #888; stroke-width: 1; }
.lane { fill: #f1f1f1; }
.grid { stroke: #ddd; stroke-width: 1; }
.asked { stroke: #999; stroke-width: 1.2; stroke-dasharray: 2 3; fill: none; }
.median { stroke: #0072b2; }
.late { stroke: #d55e00; }
.neutral { stroke: #333; }
.curve { fill: none; stroke-width: 2; }
.phone { stroke-dasharray: 6 4; }
.spread { stroke-width: 1; stroke-opacity: 0.55; }
.full.median { fill: #0072b2; }
.full.late { fill: #d55e00; }
.full.neutral { fill: #333; }
.hollow { fill: #fff; stroke-width: 1.8; }
.rule { fill: none; stroke-width: 1.8; }
</style>
)";

std::string points_of(const std::vector<At>& points) {
    std::string out;
    for (const At& at : points) out += fmt::format("{:.1f},{:.1f} ", at.x, at.y);
    if (!out.empty()) out.pop_back();
    return out;
}

}  // namespace

Svg::Svg(double width, double height)
    : body_(fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" "
                        "width=\"{0}\" height=\"{1}\">\n",
                        width, height)) {
    body_ += sheet;
    rect({0, 0}, width, height, "paper");
}

void Svg::line(At from, At to, std::string_view style) {
    body_ += fmt::format(
        "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" class=\"{}\"/>\n", from.x,
        from.y, to.x, to.y, style);
}

void Svg::polyline(const std::vector<At>& points, std::string_view style) {
    body_ += fmt::format("<polyline points=\"{}\" class=\"{}\"/>\n", points_of(points), style);
}

void Svg::rect(At corner, double width, double height, std::string_view style) {
    body_ += fmt::format(
        "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" class=\"{}\"/>\n",
        corner.x, corner.y, width, height, style);
}

void Svg::mark(Mark mark, At at, std::string_view style) {
    constexpr double r = 4.5;
    const auto polygon = [&](const std::vector<At>& offsets) {
        std::vector<At> points;
        for (const At& offset : offsets) points.push_back({at.x + offset.x, at.y + offset.y});
        body_ += fmt::format("<polygon points=\"{}\" class=\"{}\"/>\n", points_of(points), style);
    };
    switch (mark) {
        case Mark::disc:
            body_ += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\" class=\"{}\"/>\n",
                                 at.x, at.y, r, style);
            return;
        case Mark::square:
            return rect({at.x - r + 0.5, at.y - r + 0.5}, 2 * r - 1, 2 * r - 1, style);
        case Mark::diamond:
            return polygon({{0, -6}, {6, 0}, {0, 6}, {-6, 0}});
        case Mark::triangle:
            return polygon({{0, -6}, {5.5, 4.5}, {-5.5, 4.5}});
        case Mark::triangle_down:
            return polygon({{0, 6}, {5.5, -4.5}, {-5.5, -4.5}});
    }
}

void Svg::text(At at, Anchor anchor, std::string_view style, std::string_view words) {
    constexpr std::array<std::string_view, 3> anchors{"start", "middle", "end"};
    body_ += fmt::format(
        "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\" class=\"{}\">{}</text>\n", at.x, at.y,
        anchors[static_cast<std::size_t>(anchor)], style, markup_escape(words));
}

void Svg::text_upright(At at, std::string_view style, std::string_view words) {
    body_ += fmt::format(
        "<text transform=\"translate({:.1f} {:.1f}) rotate(-90)\" text-anchor=\"middle\" "
        "class=\"{}\">{}</text>\n",
        at.x, at.y, style, markup_escape(words));
}

}  // namespace anju::bench
