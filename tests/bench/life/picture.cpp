#include "picture.hpp"

#include <fmt/format.h>

namespace anju::bench {

namespace {

constexpr int columns = 2;
constexpr int panel_width = 430;
constexpr int panel_height = 190;
constexpr int plot_left = 44;
constexpr int plot_top = 44;
constexpr int plot_width = 360;
constexpr int plot_height = 96;
constexpr const char* recorded_colour = "#8a8f98";
constexpr const char* simulated_colour = "#0f6cbd";

std::string text(double x, double y, const std::string& what, const char* more = "") {
    return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" {}>{}</text>\n", x, y, more, what);
}

std::string panel(const Twin& twin) {
    std::string out;
    const auto& want = twin.recorded.statistics;
    const auto& have = twin.simulated.statistics;
    out += text(plot_left, 18, twin.recorded.name, "font-weight=\"600\"");
    const auto numbers = [](const MeasuredHome& home) {
        const auto& of = home.statistics;
        std::string line = home.meter ? fmt::format("{:.0f} L/d · ", of.litres_a_day) : "";
        line += fmt::format("gap p90 {:.1f} h · {:.1f} uses/d · {:.2f} a night", of.p90_gap_h,
                            of.uses_a_day, of.night_uses);
        if (!home.meter) line += fmt::format(" · door {:.1f}/d", home.passages);
        return line;
    };
    out += fmt::format("<g font-size=\"10\"><g fill=\"#5c636e\">{}</g><g fill=\"{}\">{}</g></g>\n",
                       text(plot_left, 31, "recorded: " + numbers(twin.recorded)), simulated_colour,
                       text(plot_left, 43, "simulated: " + numbers(twin.simulated)));
    const auto y = [](double share) { return plot_top + 12 + plot_height * (1 - share); };
    for (const double share : {0.0, 0.5, 1.0}) {
        out += fmt::format(
            "<line x1=\"{}\" x2=\"{}\" y1=\"{:.1f}\" y2=\"{:.1f}\" "
            "stroke=\"#d7dae0\"/>\n",
            plot_left, plot_left + plot_width, y(share), y(share));
        out += text(plot_left - 6, y(share) + 3, fmt::format("{:.0f} %", share * 100),
                    "font-size=\"9\" fill=\"#5c636e\" text-anchor=\"end\"");
    }
    const double step = plot_width / 24.0;
    std::string line;
    for (std::size_t h = 0; h < 24; ++h) {
        const double x = plot_left + step * static_cast<double>(h);
        out += fmt::format(
            "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" "
            "fill=\"{}\" opacity=\"0.55\"/>\n",
            x + 1, y(want.profile[h]), step - 2, plot_height * want.profile[h], recorded_colour);
        line += fmt::format("{}{:.1f},{:.1f}", h == 0 ? "" : " ", x + step / 2, y(have.profile[h]));
        if (h % 6 == 0) {
            out += text(x, y(0) + 13, fmt::format("{:02}", h),
                        "font-size=\"9\" fill=\"#5c636e\" text-anchor=\"middle\"");
        }
    }
    out += text(plot_left + plot_width, y(0) + 13, "24",
                "font-size=\"9\" fill=\"#5c636e\" text-anchor=\"middle\"");
    return out + fmt::format(
                     "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" "
                     "stroke-width=\"2\"/>\n",
                     line, simulated_colour);
}

}  // namespace

std::string as_svg(const std::vector<Twin>& twins) {
    const auto rows = (static_cast<int>(twins.size()) + columns - 1) / columns;
    const int height = 44 + rows * panel_height;
    std::string out = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
        "height=\"{1}\" font-family=\"sans-serif\" font-size=\"12\">\n"
        "<rect width=\"{0}\" height=\"{1}\" fill=\"#ffffff\"/>\n",
        columns * panel_width, height);
    out += text(plot_left, 26, "Hours of the day with a use: recorded (bars), simulated (line)",
                "font-size=\"14\" font-weight=\"600\"");
    for (std::size_t i = 0; i < twins.size(); ++i) {
        const auto at = static_cast<int>(i);
        out +=
            fmt::format("<g transform=\"translate({},{})\">\n{}</g>\n", at % columns * panel_width,
                        40 + at / columns * panel_height, panel(twins[i]));
    }
    return out + "</svg>\n";
}

}  // namespace anju::bench
