#include "app/anjuctl/views_discovery.hpp"

#include <fmt/format.h>

#include "app/anjuctl/field.hpp"
#include "app/anjuctl/table.hpp"
#include "control/printable.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;

constexpr std::size_t widest = 80;

std::string in_words(Text words, const std::string& fact, Lang lang) {
    return fmt::format(fmt::runtime(words.in(lang)), fact);
}

/// Strangers choose how long their names are. Never cut within a character.
std::string shortened(std::string text) {
    if (text.size() <= widest) return text;
    std::size_t cut = widest;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xc0U) == 0x80) --cut;
    return text.substr(0, cut) + "…";
}

std::string model_of(const json::value& one) {
    const std::string model = field(one, "model");
    const std::string alias = field(one, "alias");
    if (alias.empty()) return model;
    return model.empty() ? alias : model + " (" + alias + ")";
}

std::string signal_of(const json::value& one) {
    const std::string rssi = field(one, "rssi_dbm");
    const std::string lqi = field(one, "lqi");
    std::string out = rssi.empty() ? "" : rssi + " dBm";
    if (!lqi.empty()) out += (out.empty() ? "LQI " : ", LQI ") + lqi;
    return out;
}

std::string says(const json::value& one, Lang lang) {
    const json::value& error = member(one, "error");
    const std::string code = field(error, "code");
    if (flag(one, "needs_key")) return in_words(text::needs_key, code, lang);
    if (code == "profile_missing") return in_words(text::needs_profile, code, lang);
    if (!code.empty()) return code + ": " + field(error, "text");
    std::string out;
    for (const json::value& reading : rows(one, "readings")) {
        out += (out.empty() ? "" : ", ") + term_field(reading, "kind", lang) + " " +
               field(reading, "value");
    }
    return out;
}

std::string ignored_table(const json::value& result, Lang lang) {
    Table table({std::string(text::driver.in(lang)), std::string(text::address.in(lang)),
                 std::string(text::model.in(lang)), std::string(text::seems.in(lang)),
                 std::string(text::ignored_since.in(lang))});
    for (const json::value& one : rows(result, "ignored")) {
        table.row({field(one, "driver"), field(one, "address"), shortened(field(one, "model")),
                   term_field(one, "kind", lang), time_field(one, "since", lang)});
    }
    return table.empty() ? "" : "\n" + table.text();
}

}  // namespace

std::string show_discovery(const json::value& result, Lang lang) {
    std::vector<std::string> header;
    for (const Text& one : {text::driver, text::address, text::model, text::seems, text::messages,
                            text::last_heard, text::signal, text::says}) {
        header.emplace_back(one.in(lang));
    }
    Table table(std::move(header));
    for (const json::value& one : rows(result, "proposals")) {
        table.row({field(one, "driver"), field(one, "address"), shortened(model_of(one)),
                   term_field(one, "kind", lang), field(one, "messages"),
                   time_field(one, "last_heard", lang), signal_of(one),
                   shortened(says(one, lang))});
    }
    std::string out = table.empty()
                          ? std::string(text::nothing.in(lang)) + "\n"
                          : table.text() + std::string(text::how_to_accept.in(lang)) + "\n";
    const std::string ignored = ignored_table(result, lang);
    if (const std::int64_t hidden = number(result, "ignored_total");
        hidden > 0 && ignored.empty()) {
        out += in_words(text::ignored_some, std::to_string(hidden), lang) + "\n";
    }
    return out + ignored;
}

}  // namespace anju::ctl
