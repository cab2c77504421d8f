// What a board has in its store, against what it had told its sensors.
//
//   board_audit --store DIR [--seal-key FILE] --report FILE [--platform FILE]
//
// DIR holds a copy of a board's anju.db, FILE is the report of `anju-sim load --devices-per-home
// 1`: every alarm that was acknowledged has to be in the journal, once, and to have its alert. With
// the stand-in platform's file, whose board has nothing left to send: every decision is up there,
// once, under one number, in one epoch, without a hole. Prints the table; exit 0 when all holds.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fstream>
#include <stdexcept>

#include "tests/e2e/audit.hpp"
#include "vault/key_file.hpp"

namespace anju::test {
namespace {

Acknowledged read_report(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in) throw std::runtime_error("cannot read " + file.string());
    Acknowledged out;
    // A last line without its end is still being written.
    for (std::string line; std::getline(in, line) && !in.eof();) {
        const auto fact = boost::json::parse(line).as_object();
        if (fact.at("type").as_string() != "ack") continue;
        if (fact.at("refused").as_bool()) throw std::runtime_error("an alarm was refused: " + line);
        out[std::string(fact.at("device").as_string())].emplace_back(
            fact.at("boot").to_number<std::uint64_t>(), fact.at("seq").to_number<std::uint64_t>());
    }
    return out;
}

/// As `anju-sim directory --load --devices-per-home 1` calls it.
std::string home_of(const std::string& device) {
    return "load-home-" + device.substr(device.rfind('-') + 1);
}

int run(const AuditFiles& files, const std::filesystem::path& report) {
    const Audit audit = audit_files(files, read_report(report), home_of);
    print(audit);
    if (!files.platform.empty()) {
        fmt::print("{:<46}{:>10}\n", "epochs of the board at the platform", audit.epochs);
        return audit.good() && audit.epochs == 1 ? 0 : 1;
    }
    return audit.lost == 0 && audit.stored_twice == 0 && audit.alarms_without_alert == 0 ? 0 : 1;
}

}  // namespace
}  // namespace anju::test

int main(int argc, char** argv) {
    CLI::App app{"what a board has in its store, against what it had acknowledged"};
    anju::test::AuditFiles files;
    std::filesystem::path report, seal_key;
    app.add_option("--store", files.data_dir)->required();
    app.add_option("--seal-key", seal_key);
    app.add_option("--report", report)->required();
    app.add_option("--platform", files.platform);
    CLI11_PARSE(app, argc, argv);
    try {
        if (!seal_key.empty()) {
            auto keys = anju::vault::read_keys(seal_key);
            if (!keys) throw std::runtime_error(keys.error().text());
            files.keys = std::move(*keys);
        }
        return anju::test::run(files, report);
    } catch (const std::exception& error) {
        fmt::print(stderr, "board_audit: {}\n", error.what());
        return 2;
    }
}
