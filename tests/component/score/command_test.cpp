// The program itself: options, output, exit codes.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <sstream>

#include "tests/component/score/files.hpp"
#include "tests/support/child.hpp"

namespace anju::score {
namespace {

class Command : public ::testing::Test {
protected:
    struct Ran {
        int code{};
        std::string text;
    };

    Ran run(std::vector<std::string> arguments) {
        const auto log = files_.path() / "log";
        std::filesystem::remove(log);
        arguments.insert(arguments.begin(), ANJU_SCORE);
        test::Child child(arguments, log);
        const auto status = child.wait(60s);
        Ran ran{.code = status && WIFEXITED(*status) ? WEXITSTATUS(*status) : -1, .text = {}};
        std::ifstream in(log);
        ran.text = {std::istreambuf_iterator<char>(in), {}};
        return ran;
    }

    Files files_;
};

/// Thirty days; on the last the meter does not tell for five hours.
std::string month_with_a_hole() {
    std::string rows;
    std::istringstream in(hourly_meter(30));
    for (std::string line; std::getline(in, line);) {
        const Instant at = time(line.substr(0, 19));
        if (at < time("2020-03-30T10:00:00") || at >= time("2020-03-30T14:00:00")) {
            rows += line + "\n";
        }
    }
    return rows;
}

TEST_F(Command, PrintsAlertsMomentsAndASummaryOfEachHome) {
    const std::string file = files_.gzip("flat.csv.gz", header + month_with_a_hole());
    const std::string cuts = files_.plain("cuts", "2020-03-10T12:00:00\n");
    const Ran ran = run({file, file, "--cuts", cuts});
    EXPECT_EQ(ran.code, 0);
    const std::string once =
        R"({"home":"flat","alert":{"at":"2020-03-30T11:30:00","kind":"data_stale",)"
        R"("priority":"P4"}})"
        "\n"
        R"({"home":"flat","cut":"2020-03-10T12:00:00","alert_at":"2020-03-10T22:00:00",)"
        R"("priority":"P2","p2_at":"2020-03-10T22:00:00"})"
        "\n"
        R"({"home":"flat","covered_months":0.0575,"readings":716})"
        "\n";
    EXPECT_EQ(ran.text, once + once);
}

TEST_F(Command, DrawsNoMomentsFromAnEmptyList) {
    const std::string file = files_.gzip("flat.csv.gz", header + hourly_meter(3));
    const Ran ran = run(
        {file, "--cuts", files_.plain("cuts", ""), "--from", "2020-03-02", "--warmup-days", "0"});
    EXPECT_EQ(ran.code, 0);
    EXPECT_EQ(ran.text, "{\"home\":\"flat\",\"covered_months\":0.0643,\"readings\":72}\n");
}

TEST_F(Command, ExitsWith2AndSaysWhatIsWrong) {
    const std::string good = files_.gzip("flat.csv.gz", header + hourly_meter(3));
    const std::string bad = files_.gzip("bad.csv.gz", header + "now,Hall,motion,1\n");
    Ran ran = run({good, bad});
    EXPECT_EQ(ran.code, 2);
    EXPECT_NE(ran.text.find("anju-score: " + bad +
                            ":2: \"now\" is no time (write it like 2017-03-01T09:00:00)\n"),
              std::string::npos)
        << ran.text;
    ran = run({good, "--from", "yesterday"});
    EXPECT_EQ(ran.code, 2);
    EXPECT_EQ(ran.text,
              "anju-score: --from: \"yesterday\" is no date (write it like 2017-03-31)\n");
    ran = run({good, "--entrance", "meter,Gate"});
    EXPECT_EQ(ran.code, 2);
    EXPECT_EQ(ran.text,
              "anju-score: --entrance: there is no sensor \"Gate\" (it takes names as the "
              "recordings have them)\n");
    const std::string away = files_.plain("away", "2019-01-01T00:00:00\n9999-01-01T00:00:00\n");
    ran = run({"--entrance", "meter", good, "--cuts", away, "--warmup-days", "0"});
    EXPECT_EQ(ran.code, 0) << "what follows the list of entrances is a file";
    EXPECT_NE(ran.text.find(R"("cut":"2019-01-01T00:00:00","alert_at":null)"), std::string::npos)
        << ran.text;
    EXPECT_NE(ran.text.find(R"("cut":"9999-01-01T00:00:00","alert_at":null)"), std::string::npos);
    for (const auto& wrong : std::vector<std::vector<std::string>>{{},
                                                                   {good, "--budget", "0"},
                                                                   {good, "--phone-budget", "-1"},
                                                                   {good, "--warmup-days", "x"},
                                                                   {good, "--absence", "perhaps"},
                                                                   {good, "--colour"}}) {
        ran = run(wrong);
        EXPECT_EQ(ran.code, 2) << ran.text;
        EXPECT_FALSE(ran.text.empty());
    }
    EXPECT_EQ(run({"--help"}).code, 0);
}

}  // namespace
}  // namespace anju::score
