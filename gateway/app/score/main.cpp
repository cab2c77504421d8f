// anju-score: scores the engine on recorded homes. Lines of JSON: the alerts raised on each
// recording as it is, the delay after each moment at which all activity ends, and a summary.
// Exit: 0 scored, 2 bad input.
#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <set>
#include <string>
#include <vector>

#include "app/score/output.hpp"
#include "recorded/local_time.hpp"

namespace {

using namespace anju::score;
using namespace anju::recorded;

int fail(const anju::Error& error) {
    std::cerr << "anju-score: " << error.text() << "\n";
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::string> files;
    double budget = 0.3;
    double phone_budget = 0;
    int warm_up_days = 28;
    std::vector<std::string> entrances;
    std::string absence;
    std::string from;
    std::string cuts;
    bool explain = false;

    CLI::App app("Scores the detection of silence on recorded homes. 用家庭录数据评估检测。");
    app.add_option("files", files, "recordings FILE.csv.gz 录数据")->required();
    app.add_option("--budget", budget, "false alerts a month that each home may cost 误报预算")
        ->check(CLI::Range(0.01, 1000.0))
        ->capture_default_str();
    app.add_option("--phone-budget", phone_budget,
                   "the same for \"please phone\"; 0: nobody is asked to 电话预算")
        ->check(CLI::Range(0.0, 1000.0))
        ->capture_default_str();
    app.add_option("--warmup-days", warm_up_days, "days of learning, not scored 学习天数")
        ->check(CLI::Range(0, 3650))
        ->capture_default_str();
    app.add_option("--entrance", entrances, "sensors that are the entrance ID,… 入户门")
        ->delimiter(',')
        ->allow_extra_args(false);
    app.add_option("--absence", absence,
                   "how absence is known: door (default with an entrance), derived, none 外出")
        ->check(CLI::IsMember({"door", "derived", "none"}));
    app.add_option("--from", from, "score from this date on 起始日期");
    app.add_option("--cuts", cuts, "moments at which activity ends, one a line 静默时刻");
    app.add_flag("--explain", explain, "with the sentence of each alert 附说明");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }

    Options options;
    options.rules.alert_budget_milli = static_cast<std::uint32_t>(std::lround(budget * 1000));
    options.rules.phone_budget_milli = static_cast<std::uint32_t>(std::lround(phone_budget * 1000));
    options.rules.warm_up = std::chrono::days{warm_up_days};
    options.entrances.insert(entrances.begin(), entrances.end());
    if (absence == "door") options.absence = Absence::door;
    if (absence == "derived") options.absence = Absence::derived;
    if (absence == "none") options.absence = Absence::none;
    if (!from.empty()) {
        options.from = parse_time(from);
        if (!options.from) {
            return fail({"\"" + from + "\" is no date", "--from", "write it like 2017-03-31"});
        }
    }
    if (!cuts.empty()) {
        auto moments = read_times(cuts);
        if (!moments) return fail(moments.error());
        options.cuts = std::move(*moments);
    }
    // With several homes, each has the entrances that it has.
    std::set<std::string> missing = options.entrances;
    for (const std::string& file : files) {
        const auto recording = read_recording(file);
        if (!recording) return fail(recording.error());
        std::erase_if(missing, [&](const auto& id) { return has_sensor(*recording, id); });
        if (file == files.back() && !missing.empty()) {
            return fail({"there is no sensor \"" + *missing.begin() + "\"", "--entrance",
                         "it takes names as the recordings have them"});
        }
        const auto scored = score(*recording, options);
        if (!scored) return fail(scored.error());
        std::cout << as_json_lines(*scored, explain) << std::flush;
    }
    return 0;
}
