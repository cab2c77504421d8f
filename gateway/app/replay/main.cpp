// anju-replay: recomputes the decisions of a store and compares them with those on record.
//
// It reads over a connection that cannot write, so it may run beside anjud as the same user;
// anjud's log cannot be emptied meanwhile. For a store of months work on a copy.
// With --export it writes recordings of what was heard instead.
// Exit: 0 equal (or what-if, or exported), 1 different, 2 cannot read.
#include <CLI/CLI.hpp>
#include <cstdint>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/replay/export.hpp"
#include "app/replay/replay.hpp"
#include "app/replay/report.hpp"
#include "core/model/names.hpp"
#include "vault/key_file.hpp"

namespace {

int fail(const anju::Error& error) {
    std::cerr << "anju-replay: " << error.text() << "\n";
    return 2;
}

/// Rules count budgets in thousandths.
std::uint32_t thousandths(double budget) {
    return static_cast<std::uint32_t>(budget * 1000 + 0.5);
}

std::string known_presets() {
    std::string out;
    for (const auto known : anju::preset_names()) out += " " + std::string(known);
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    std::string store;
    std::vector<std::string> presets;
    std::optional<double> alert_budget;
    std::optional<double> phone_budget;
    anju::replay::Options options;
    int offset_minutes = 8 * 60;
    bool json = false;
    anju::replay::ExportOptions trace;
    std::string household;
    std::string seal_key;
    CLI::App app("Recomputes the decisions of a store and compares. 重算并比对决定。");
    app.add_option("--store", store, "data_dir of a gateway, or a copy of it 数据目录")->required();
    app.add_option("--seal-key", seal_key,
                   "key of a sealed store, /etc/anju/seal.key on a box 封存密钥文件");
    app.add_option("--preset", presets,
                   "what if every home had these rules 假设规则:" + known_presets());
    app.add_option("--alert-budget", alert_budget,
                   "what if every home had this alert_budget 假设每月误报预算")
        ->check(CLI::Range(0.01, 31.0));
    app.add_option("--phone-budget", phone_budget,
                   "what if every home had this phone_budget 假设每月电话预算")
        ->check(CLI::Range(0.0, 31.0));
    app.add_option("--utc-offset", offset_minutes, "minutes, as in [gateway] utc_offset 时区")
        ->capture_default_str();
    app.add_option("--show", options.shown, "differences shown 显示差异数")->capture_default_str();
    app.add_option(
        "--export", trace.folder,
        "write what was heard as recordings into this folder instead; private 导出录数据");
    app.add_option("--household", household, "with --export, this home alone 住户")
        ->needs("--export");
    app.add_flag("--json", json, "for programs 机器可读");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    options.engine.utc_offset = std::chrono::minutes{offset_minutes};
    if (alert_budget) options.alert_budget_milli = thousandths(*alert_budget);
    if (phone_budget) options.phone_budget_milli = thousandths(*phone_budget);
    for (const std::string& text : presets) {
        const auto preset = anju::parse_preset(text);
        if (!preset) return fail({"unknown preset " + text, "", "one of" + known_presets()});
        if (!options.presets) options.presets.emplace();
        options.presets->push_back(*preset);
    }

    std::shared_ptr<const anju::vault::Keys> keys;
    if (!seal_key.empty()) {
        auto read = anju::vault::read_keys(seal_key);
        if (!read) return fail(read.error());
        keys = std::move(*read);
    }
    const auto reader = anju::store::StoreReader::open(store, keys);
    if (!reader) return fail(reader.error());
    if (!trace.folder.empty()) {
        trace.utc_offset = options.engine.utc_offset;
        if (!household.empty()) trace.household = anju::HouseholdId{household};
        const auto done = anju::replay::export_traces(**reader, trace);
        if (!done) return fail(done.error());
        std::cout << done->homes << " homes, " << done->rows << " rows, " << done->left_out
                  << " readings left out\n";
        return 0;
    }
    const auto report = anju::replay::replay(**reader, options);
    if (!report) return fail(report.error());
    std::cout << (json ? as_json(*report) : as_text(*report));
    return report->differences == 0 || options.what_if() ? 0 : 1;
}
