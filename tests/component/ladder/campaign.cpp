// A thousand incidents, in which the process is killed again and again.
//
//   ladder_campaign [--incidents 1000] [--seed 1]
//
// Each is lived through undisturbed and once more with up to four kills that take no time; a plain
// one beside it with up to four from which the process comes back after up to 40 minutes. See
// trial.hpp for what is compared. Prints what it counted; exit 0 when nobody was missed or told
// twice and every step was made within a second.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "tests/component/ladder/trial.hpp"

namespace {

using namespace anju;

bool report(const char* what, const test::Trials& trials) {
    const bool good = trials.wrong.empty() && trials.latest < std::chrono::seconds{1};
    fmt::print(
        "{}: {} incidents, {} kills, {} calls, {} notices; {} calls fell due while dead; "
        "the latest {} ms after its due time; {} messages went out again\n",
        what, trials.incidents, trials.kills, trials.calls, trials.notices, trials.delayed,
        trials.latest.count(), trials.repeated);
    fmt::print("{}\n", good ? "nobody missed, nobody told twice" : "FAILED " + trials.wrong);
    std::fflush(stdout);
    return good;
}

}  // namespace

int main(int argc, char** argv) {
    std::uint64_t incidents = 1'000;
    std::uint64_t seed = 1;
    CLI::App app{"Kills the gateway at every step of the ladder and counts who was told"};
    app.add_option("--incidents", incidents)->capture_default_str();
    app.add_option("--seed", seed)->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    try {
        const bool at_once = report("back at once", test::kill_at_random(seed, incidents));
        const bool later = report("back later", test::kill_for_a_while(seed, incidents));
        return at_once && later ? 0 : 1;
    } catch (const std::exception& error) {
        fmt::print("ladder_campaign: {}\n", error.what());
        return 1;
    }
}
