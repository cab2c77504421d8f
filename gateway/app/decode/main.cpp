// anju-decode: an integrator pipes messages in and sees what Anju makes of them.
#include <google/protobuf/stubs/logging.h>
#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "app/decode/line.hpp"
#include "app/decode/outcome.hpp"
#include "drivers/profile/profiles.hpp"

namespace anju::decode {
namespace {

constexpr const char* about =
    "Shows what Anju makes of messages. Without telegrams on the command line, reads one JSON\n"
    "object a line and writes one a line:\n\n"
    R"(  {"topic": "zigbee2mqtt/door", "payload": "{\"contact\":false}"})"
    "\n\n  members: topic, payload | payload_hex, retained, time, driver, key, profile\n\n"
    "读入消息,显示安居如何解读。命令行未给出报文时,逐行读入 JSON,逐行输出。\n\n"
    "Examples:\n"
    "  mosquitto_sub -t '#' -F '{\"topic\":\"%t\",\"payload_hex\":\"%x\",\"retained\":%r}' …\n"
    "  anju-decode --driver wmbus --key 00112233445566778899AABBCCDDEEFF 2E4401…\n"
    "  anju-decode --driver cjt188 --pretty 6810670517240000008116901F01…";

struct Options {
    std::vector<std::string> telegrams;
    std::string driver;
    std::string key;
    std::string profile;
    std::string profiles_dir;
    std::string lang = "en";
    std::vector<std::string> bases{"zigbee2mqtt"};
    bool pretty = false;
    bool list = false;
};

void list_drivers() {
    for (const drivers::Driver& driver : drivers::all_drivers()) {
        std::string filters;
        for (const std::string_view filter : driver.filters) filters += "  " + std::string(filter);
        std::printf("%-14s %-24s%s\n", std::string(driver.name).c_str(),
                    std::string(driver.title).c_str(), filters.c_str());
    }
}

/// False when a file there is not a profile; every mistake has been printed.
bool add_profiles(const std::string& dir, drivers::Profiles& profiles) {
    bool good = true;
    std::error_code failure;
    for (const auto& entry : std::filesystem::directory_iterator(dir, failure)) {
        if (entry.path().extension() != ".toml") continue;
        std::ifstream in(entry.path(), std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        for (const auto& mistake : profiles.add(text.str(), entry.path().string())) {
            std::fprintf(stderr, "%s: %s; %s\n", mistake.where.c_str(), mistake.what.c_str(),
                         mistake.remedy.c_str());
            good = false;
        }
    }
    if (failure) {
        std::fprintf(stderr, "%s: %s\n", dir.c_str(), failure.message().c_str());
        return false;
    }
    return good;
}

class Program {
public:
    explicit Program(Options options)
        : options_(std::move(options)),
          decoder_(options_.bases),
          lang_(options_.lang.starts_with("zh") ? Lang::zh : Lang::en) {}

    int run() {
        if (!options_.profiles_dir.empty() &&
            !add_profiles(options_.profiles_dir, decoder_.profiles())) {
            return 1;
        }
        return options_.telegrams.empty() ? run_lines() : run_telegrams();
    }

private:
    int run_telegrams() {
        int status = 0;
        for (const std::string& telegram : options_.telegrams) {
            Given given;
            given.driver = options_.driver;
            given.payload = telegram;
            const Outcome outcome = answer(std::move(given));
            if (outcome.error) status = 2;
            write(outcome);
        }
        return status;
    }

    int run_lines() {
        for (std::string line; std::getline(std::cin, line);) {
            if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
            auto given = read_line(line);
            if (given) {
                write(answer(std::move(*given)));
            } else {
                Outcome outcome;
                outcome.bad_request = true;
                outcome.error = given.error();
                write(outcome);
            }
        }
        return 0;
    }

    /// What the command line says holds where the line says nothing.
    Outcome answer(Given given) {
        if (given.driver.empty()) given.driver = options_.driver;
        if (given.profile.empty()) given.profile = options_.profile;
        if (!given.key && !options_.key.empty()) given.key = drivers::parse_key(options_.key);
        return decoder_.decode(given);
    }

    void write(const Outcome& outcome) const {
        const std::string text = options_.pretty ? to_text(outcome, lang_)
                                                 : boost::json::serialize(to_json(outcome)) + "\n";
        std::fwrite(text.data(), 1, text.size(), stdout);
        // Whoever feeds one line at a time waits for its answer.
        if (std::cin.rdbuf()->in_avail() <= 0) std::fflush(stdout);
    }

    Options options_;
    Decoder decoder_;
    Lang lang_;
};

int run(int argc, char** argv) {
    CLI::App app{about, "anju-decode"};
    app.set_version_flag("--version", std::string("anju-decode ") + ANJU_VERSION);
    Options options;
    app.add_option("TELEGRAM", options.telegrams, "Messages as hexadecimal digits or text");
    app.add_option("--driver", options.driver, "Which driver to ask; else the topic decides");
    app.add_option("--key", options.key, "AES key of the device, 32 hexadecimal digits");
    app.add_option("--profile", options.profile, "Profile of the device");
    app.add_option("--profiles", options.profiles_dir, "Folder with more profiles (*.toml)");
    app.add_option("--base", options.bases, "Topic prefix of Zigbee2MQTT, repeatable");
    app.add_option("--lang", options.lang, "zh or en, for --pretty");
    app.add_flag("--pretty", options.pretty, "Words instead of JSON");
    app.add_flag("--list", options.list, "Drivers and their topics");
    CLI11_PARSE(app, argc, argv);
    if (options.list) {
        list_drivers();
        return 0;
    }
    if (!options.key.empty() && !drivers::parse_key(options.key)) {
        std::fputs("--key: expected 32 hexadecimal digits\n", stderr);
        return 1;
    }
    if (!options.telegrams.empty() && options.driver.empty()) {
        std::fputs("a telegram on the command line needs --driver (try --list)\n", stderr);
        return 1;
    }
    google::protobuf::SetLogHandler(nullptr);  // what is malformed is answered, not printed
    std::ios::sync_with_stdio(false);
    return Program(std::move(options)).run();
}

}  // namespace
}  // namespace anju::decode

int main(int argc, char** argv) {
    try {
        return anju::decode::run(argc, argv);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "anju-decode: %s\n", failure.what());
        return 1;
    }
}
