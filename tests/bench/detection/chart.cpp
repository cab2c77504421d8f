#include "chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "svg.hpp"

namespace anju::bench {
namespace {

constexpr double width = 1080;
constexpr double height = 800;
constexpr double left = 66;
constexpr double panel_width = 284;
constexpr double panel_gap = 62;
constexpr double delays_top = 152;
constexpr double delays_height = 310;
constexpr double rates_top = 550;
constexpr double rates_height = 180;
constexpr double lane = 22;  ///< beside a scale, for what has no place on it
constexpr double longest = 48;
constexpr std::size_t panels = 3;

/// Logarithmic from `low` to `high`; what is 0 or less than `low` lies in the lane before it.
struct LogScale {
    double low;
    double high;
    double from;  ///< where `low` is drawn
    double to;
    double lane_at;

    [[nodiscard]] double operator()(double value) const {
        if (value < low) return lane_at;
        return from + (to - from) * std::log(std::min(value, high) / low) / std::log(high / low);
    }
};

struct RuleMark {
    Mark mark;
    std::string_view label;
};

constexpr RuleMark rules[] = {
    {Mark::diamond, "12 h silent"}, {Mark::triangle, "SH-12"}, {Mark::triangle_down, "24h-10L"}};

Mark mark_of(const std::string& rule) {
    for (const RuleMark& known : rules) {
        if (known.label == rule) return known.mark;
    }
    return Mark::diamond;
}

std::string number(double value) {
    return fmt::format("{:g}", value);
}

std::string in_words(double budget) {
    return budget >= 1 ? fmt::format("{:.0f}", budget) : fmt::format("1/{:.0f}", 1 / budget);
}

/// The points of a curve, in the order of their budgets.
std::vector<const Point*> curve(const Measured& measured, Level level) {
    std::vector<const Point*> points;
    for (const Point& point : measured.points) {
        if (point.budget > 0 && point.level == level) points.push_back(&point);
    }
    return points;
}

class DelayPanel {
public:
    DelayPanel(Svg& svg, double x, const Measured& measured)
        : svg_(svg),
          left_(x),
          measured_(measured),
          rate_{.low = 0.02,
                .high = 30,
                .from = x + lane + 8,
                .to = x + panel_width - 6,
                .lane_at = x + lane / 2} {}

    void draw(bool first) {
        axes(first);
        curves(Level::phone, "curve phone", "hollow");
        curves(Level::alert, "curve", "full");
        for (const Point& point : measured_.points) {
            if (point.budget > 0) continue;
            marks(point, mark_of(point.label), mark_of(point.label), "rule");
        }
    }

private:
    [[nodiscard]] double delay(double hours) const {
        if (hours > longest) return delays_top + lane / 2;
        const double bottom = delays_top + delays_height;
        return bottom - (delays_height - lane - 6) * hours / longest;
    }

    void axes(bool first) {
        const double right = left_ + panel_width;
        const double bottom = delays_top + delays_height;
        svg_.text({left_ + panel_width / 2, delays_top - 10}, Anchor::middle, "panel",
                  measured_.profile->name);
        svg_.rect({left_, delays_top}, panel_width, lane, "lane");
        svg_.rect({left_, delays_top}, lane, delays_height, "lane");
        for (const double hours : {0, 6, 12, 18, 24, 36, 48}) {
            const double y = delay(hours);
            if (hours > 0) svg_.line({left_, y}, {right, y}, "grid");
            svg_.text({left_ - 7, y + 4}, Anchor::end, "tick", number(hours));
        }
        svg_.text({left_ - 7, delay(no_alert) + 4}, Anchor::end, "tick", ">48");
        for (const double rate : {0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0}) {
            svg_.line({rate_(rate), delays_top}, {rate_(rate), bottom}, "grid");
            svg_.text({rate_(rate), bottom + 17}, Anchor::middle, "tick", number(rate));
        }
        svg_.text({rate_.lane_at, bottom + 17}, Anchor::middle, "tick", "0");
        svg_.rect({left_, delays_top}, panel_width, delays_height, "frame");
        svg_.text({left_ + panel_width / 2, bottom + 37}, Anchor::middle, "axis",
                  "false alerts a month");
        if (first) {
            svg_.text_upright({left_ - 44, delays_top + delays_height / 2}, "axis",
                              "delay until told, hours");
        }
    }

    void marks(const Point& point, Mark median, Mark late, const std::string& style) {
        const double x = rate_(point.pooled.rate());
        svg_.mark(late, {x, delay(point.pooled.delay(0.9))}, style + " late");
        svg_.mark(median, {x, delay(point.pooled.delay(0.5))}, style + " median");
    }

    void curves(Level level, const std::string& line, const std::string& style) {
        std::vector<At> median;
        std::vector<At> late;
        const auto points = curve(measured_, level);
        for (const Point* point : points) {
            const double x = rate_(point->pooled.rate());
            median.push_back({x, delay(point->pooled.delay(0.5))});
            late.push_back({x, delay(point->pooled.delay(0.9))});
            const Interval interval = point->pooled.rate_interval();
            for (const auto& [at, tone] : {std::pair{median.back(), "spread median"},
                                           std::pair{late.back(), "spread late"}}) {
                svg_.line({rate_(interval.low), at.y}, {rate_(interval.high), at.y}, tone);
            }
        }
        svg_.polyline(late, line + " late");
        svg_.polyline(median, line + " median");
        for (std::size_t i = 0; i < points.size(); ++i) {
            marks(*points[i], Mark::disc, Mark::square, style);
        }
    }

    Svg& svg_;
    double left_;
    const Measured& measured_;
    LogScale rate_;
};

class RatePanel {
public:
    RatePanel(Svg& svg, double x, const Measured& measured)
        : svg_(svg),
          left_(x),
          measured_(measured),
          asked_{.low = 0.05, .high = 5, .from = x, .to = x + panel_width, .lane_at = x},
          got_{.low = 0.02,
               .high = 10,
               .from = rates_top + rates_height - lane - 6,
               .to = rates_top + 6,
               .lane_at = rates_top + rates_height - lane / 2} {}

    void draw(bool first) {
        axes(first);
        points(Level::phone, "hollow", 5);
        points(Level::alert, "full", 0);
    }

private:
    void axes(bool first) {
        const double bottom = rates_top + rates_height;
        svg_.rect({left_, bottom - lane}, panel_width, lane, "lane");
        for (const double rate : {0.03, 0.1, 0.3, 1.0, 3.0, 10.0}) {
            svg_.line({left_, got_(rate)}, {left_ + panel_width, got_(rate)}, "grid");
            svg_.text({left_ - 7, got_(rate) + 4}, Anchor::end, "tick", number(rate));
        }
        svg_.text({left_ - 7, got_.lane_at + 4}, Anchor::end, "tick", "0");
        for (const double budget : budgets) {
            svg_.line({asked_(budget), rates_top}, {asked_(budget), bottom}, "grid");
            svg_.text({asked_(budget), bottom + 17}, Anchor::middle, "tick", in_words(budget));
        }
        svg_.polyline({{asked_(0.05), got_(0.05)}, {asked_(5), got_(5)}}, "asked");
        if (first)
            svg_.text({asked_(0.42), got_(0.16)}, Anchor::start, "small", "dotted: as asked");
        svg_.rect({left_, rates_top}, panel_width, rates_height, "frame");
        svg_.text({left_ + panel_width / 2, bottom + 37}, Anchor::middle, "axis",
                  "asked for, a month");
        if (first) {
            svg_.text_upright({left_ - 44, rates_top + rates_height / 2}, "axis",
                              "obtained, a month");
        }
    }

    void points(Level level, const std::string& style, double aside) {
        for (const Point* point : curve(measured_, level)) {
            const double x = asked_(point->budget) + aside;
            const Interval interval = point->pooled.rate_interval();
            svg_.line({x, got_(interval.low)}, {x, got_(interval.high)}, "spread neutral");
            svg_.mark(Mark::disc, {x, got_(point->pooled.rate())}, style + " neutral");
        }
    }

    Svg& svg_;
    double left_;
    const Measured& measured_;
    LogScale asked_;
    LogScale got_;
};

void legend(Svg& svg) {
    svg.text({left, 34}, Anchor::start, "title",
             "How soon a sudden silence is told, and what that costs in false alerts");
    svg.text({left, 56}, Anchor::start, "note",
             "Recorded homes, 300 moments each at which all activity ends. Points: budgets 1/12, "
             "1/3, 1 and 3; bars: 95 % Poisson.");
    double x = left;
    const auto entry = [&](double y, double wide, std::string_view words) {
        svg.text({x + 36, y + 4}, Anchor::start, "tick", words);
        x += wide;
    };
    constexpr double upper = 82;
    constexpr double lower = 106;
    const auto stroke = [&](double y, const std::string& style, Mark mark,
                            const std::string& marked) {
        svg.line({x, y}, {x + 30, y}, style);
        svg.mark(mark, {x + 15, y}, marked);
    };
    stroke(upper, "curve median", Mark::disc, "full median");
    entry(upper, 190, "alert: median delay");
    stroke(upper, "curve late", Mark::square, "full late");
    entry(upper, 220, "alert: 90th percentile");
    stroke(upper, "curve phone median", Mark::disc, "hollow median");
    entry(upper, 220, "please phone: median");
    stroke(upper, "curve phone late", Mark::square, "hollow late");
    entry(upper, 0, "please phone: 90th percentile");
    x = left;
    for (const RuleMark& rule : rules) {
        svg.mark(rule.mark, {x + 8, lower}, "rule median");
        svg.mark(rule.mark, {x + 24, lower}, "rule late");
        entry(lower, 190, fmt::format("fixed rule {}", rule.label));
    }
}

}  // namespace

std::string as_chart(const Result& result) {
    Svg svg(width, height);
    legend(svg);
    for (std::size_t i = 0; i < std::min(panels, result.profiles.size()); ++i) {
        const double x = left + static_cast<double>(i) * (panel_width + panel_gap);
        DelayPanel(svg, x, result.profiles[i]).draw(i == 0);
        RatePanel(svg, x, result.profiles[i]).draw(i == 0);
    }
    return svg.done();
}

}  // namespace anju::bench
