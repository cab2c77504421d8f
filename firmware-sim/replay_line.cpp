// The command line of `anju-sim replay`.
#include <memory>

#include "firmware-sim/command_line.hpp"
#include "firmware-sim/replay/replay_run.hpp"
#include "recorded/local_time.hpp"

namespace anju::sim {

namespace {

struct Words {
    std::string speed = "step";
    std::string protocol = "native";
    std::string from;
    std::string to;
    std::vector<std::string> entrances;
    int warm_up_days = 28;
    bool like_score = false;
};

/// As anju-score judges, without options of its own: its rules, and who closes alerts.
Rules rules_of_score(int warm_up_days) {
    Rules rules;
    rules.alert_budget_milli = 300;
    rules.phone_budget_milli = 0;
    rules.warm_up = std::chrono::days{warm_up_days};
    rules.ladder.self_check_asks = 0;
    return rules;
}

result<std::optional<Instant>> day(const std::string& text, const std::string& option) {
    if (text.empty()) return std::optional<Instant>{};
    const auto at = recorded::parse_time(text);
    if (!at) return Error{"\"" + text + "\" is no date", option, "write it like 2017-03-31"};
    return at;
}

result<void> understand(const Words& words, ReplayOptions& options) {
    options.rate.reset();
    if (words.speed == "real") {
        options.rate = 1.0;
    } else if (words.speed != "step") {
        double rate = 0;
        if (!CLI::detail::lexical_cast(words.speed, rate) || !(rate > 0 && rate <= 100'000)) {
            return Error{"\"" + words.speed + "\" is no speed", "--speed",
                         "write a number up to 100000, real or step"};
        }
        options.rate = rate;
    }
    const auto protocol = parse_protocol(words.protocol);
    if (!protocol) {
        return Error{"\"" + words.protocol + "\" is no protocol", "--protocol",
                     "one of native zigbee2mqtt wmbus cjt188-chirpstack cjt188-ctwing"};
    }
    options.playback.protocol = *protocol;
    options.playback.entrances = {words.entrances.begin(), words.entrances.end()};
    const auto from = day(words.from, "--from");
    if (!from) return from.error();
    const auto to = day(words.to, "--to");
    if (!to) return to.error();
    options.playback.from = *from;
    options.playback.to = *to;
    if (words.like_score) {
        options.playback.rules = rules_of_score(words.warm_up_days);
        options.close_alerts = true;
    }
    if (!options.print_directory && options.link.broker.empty()) {
        return Error{"no broker", "--broker", "write --broker mqtt://127.0.0.1:1883"};
    }
    return {};
}

}  // namespace

void add_replay(CLI::App& app, std::function<int()>& action) {
    auto* command = app.add_subcommand("replay", "recorded homes as live sensors");
    auto options = std::make_shared<ReplayOptions>();
    auto words = std::make_shared<Words>();
    options->link.shared = true;
    command
        ->add_option("recordings", options->recordings,
                     "FILE.csv[.gz] as anju-score reads it, or a folder of them")
        ->required();
    command->add_option("--broker", options->link.broker, "mqtt://host:port");
    command->add_option("--credentials,--password-file", options->link.credentials,
                        "directory with one file a user, or the password file of 'simulator'");
    command->add_option("--control", options->control,
                        "control socket of the gateway: registers the homes there");
    command
        ->add_option("--speed", words->speed,
                     "recorded seconds a second; real = 1; step = message by message, each at "
                     "its time and acknowledged before the next")
        ->capture_default_str();
    command->add_option("--protocol", words->protocol, "of devices whose kind speaks it")
        ->capture_default_str();
    command->add_option("--from", words->from, "from this date on, like 2017-03-31");
    command->add_option("--to", words->to, "before this date");
    command->add_option("--entrance", words->entrances, "sensors that are the entrance ID,…")
        ->delimiter(',')
        ->allow_extra_args(false);
    command->add_option("--community", options->playback.community, "where the homes are put")
        ->capture_default_str();
    command->add_flag("--like-score", words->like_score,
                      "the rules of anju-score without options, and alerts closed as it does");
    command->add_option("--warmup-days", words->warm_up_days, "with --like-score")
        ->check(CLI::Range(1, 90))
        ->capture_default_str();
    command->add_flag("--close-alerts", options->close_alerts,
                      "somebody closes alerts when the resident is seen again");
    command->add_flag("--remove", options->remove, "take the homes off the gateway at the end");
    command->add_flag("--staff", options->staff,
                      "on a real clock: who works in the community is told, not maintainers alone");
    command->add_flag("--directory", options->print_directory,
                      "print the homes.toml of these homes, play nothing");
    command->add_flag("--json", options->json);
    add_seconds(*command, "--ack-limit", options->ack_limit, "for answers of the gateway");
    command->callback([=, &action] {
        action = [=] {
            if (const auto clear = understand(*words, *options); !clear) return fail(clear.error());
            return run_replay(*options);
        };
    });
}

}  // namespace anju::sim
