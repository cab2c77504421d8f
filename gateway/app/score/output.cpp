#include "app/score/output.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "core/model/names.hpp"
#include "recorded/local_time.hpp"

namespace anju::score {
namespace {

using recorded::format_time;

boost::json::string_view text(std::string_view from) {
    return {from.data(), from.size()};
}

std::string line(boost::json::object object) {
    return boost::json::serialize(object) + "\n";
}

std::string alert_line(const std::string& home, const Raised& raised, bool explain) {
    boost::json::object alert{{"at", format_time(raised.at)},
                              {"kind", text(name(raised.kind))},
                              {"priority", text(name(raised.priority))}};
    if (explain) {
        alert["rule"] = raised.rule;
        alert["sentence_en"] = raised.sentence_en;
    }
    return line({{"home", home}, {"alert", std::move(alert)}});
}

std::string cut_line(const std::string& home, const Cut& cut) {
    boost::json::object object{{"home", home}, {"cut", format_time(cut.at)}, {"alert_at", nullptr}};
    if (cut.told_at) {
        object["alert_at"] = format_time(*cut.told_at);
        object["priority"] = text(name(cut.priority));
        if (cut.urgent_at) object["p2_at"] = format_time(*cut.urgent_at);
    }
    if (cut.away) object["away"] = true;
    return line(std::move(object));
}

}  // namespace

std::string as_json_lines(const Score& score, bool explain) {
    std::string out;
    for (const Raised& raised : score.raised) out += alert_line(score.home, raised, explain);
    for (const Cut& cut : score.cuts) out += cut_line(score.home, cut);
    // By hand: the library writes fractions with an exponent.
    out += fmt::format("{{\"home\":{},\"covered_months\":{:.4f},\"readings\":{}}}\n",
                       boost::json::serialize(boost::json::value(score.home)),
                       months(score.covered), score.readings);
    return out;
}

}  // namespace anju::score
