// score_drivers --decode PROGRAM --corpora FOLDER [--verbose]: the table of docs/figures.md.
// Exit 0: every aim reached and no wrong value; 77: the corpora are not there.
#include <cstdio>
#include <cstring>
#include <exception>

#include "score/tool.hpp"

namespace {

bool print(const anju::score::Score& score, bool verbose) {
    std::printf("%-34s %4zu of %4zu right  %5.1f %%   refused %3zu   wrong %3zu   %s\n",
                score.what.c_str(), score.right, score.all(),
                score.all() == 0
                    ? 0.0
                    : 100.0 * static_cast<double>(score.right) / static_cast<double>(score.all()),
                score.refused, score.wrong, score.good() ? "ok" : "MISSED");
    if (verbose || !score.good()) {
        for (const auto& complaint : score.complaints) std::printf("    %s\n", complaint.c_str());
    }
    return score.good();
}

}  // namespace

int main(int argc, char** argv) {
    std::filesystem::path program;
    std::filesystem::path corpora;
    bool verbose = false;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--verbose") == 0) verbose = true;
        if (i + 1 >= argc) continue;
        if (std::strcmp(argv[i], "--decode") == 0) program = argv[i + 1];
        if (std::strcmp(argv[i], "--corpora") == 0) corpora = argv[i + 1];
    }
    if (!std::filesystem::exists(corpora / "wmbus.jsonl")) {
        std::printf("skipped: there are no device corpora in '%s'\n", corpora.c_str());
        return 77;
    }
    bool good = true;
    try {
        for (const auto& run : {anju::score::score_zigbee2mqtt, anju::score::score_wmbus,
                                anju::score::score_cjt188}) {
            for (const auto& score : run(program, corpora)) good = print(score, verbose) && good;
        }
    } catch (const std::exception& failure) {
        std::printf("score_drivers: %s\n", failure.what());
        return 1;
    }
    return good ? 0 : 1;
}
