#include "app/anjuctl/views_policy.hpp"

#include <fmt/format.h>

#include "app/anjuctl/field.hpp"
#include "app/anjuctl/policy_text.hpp"
#include "app/anjuctl/table.hpp"
#include "control/printable.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;

template <class... Facts>
std::string in_words(Text words, Lang lang, const Facts&... facts) {
    return fmt::format(fmt::runtime(words.in(lang)), facts...);
}

std::string with_unit(const std::string& value, const std::string& unit, Lang lang) {
    if (value.empty()) return value;
    if (unit == "percent") return value + " %";
    if (unit == "per_month") return in_words(text::per_month_unit, lang, value);
    return value;
}

std::string layer_word(const std::string& layer, Lang lang) {
    if (layer == "district") return std::string(text::layer_district.in(lang));
    if (layer == "community") return std::string(text::layer_community.in(lang));
    if (layer == "resident") return std::string(text::layer_resident.in(lang));
    return std::string(text::layer_product.in(lang));
}

std::string yes_or_no(bool value, Lang lang) {
    return std::string(value ? text::yes.in(lang) : text::no.in(lang));
}

}  // namespace

std::string show_policy(const json::value& result, bool all, Lang lang) {
    const auto say = [lang](Text text) { return std::string(text.in(lang)); };
    Table table({say(text::policy_key), say(text::policy_means), say(text::policy_value),
                 say(text::policy_layer), say(text::layer_product), say(text::layer_district),
                 say(text::layer_community)});
    std::string notes;
    for (const json::value& row : rows(result, "values")) {
        const std::string key = field(row, "key");
        const std::string next = field(row, "next");
        if (!next.empty()) {
            notes += control::printable(in_words(text::policy_next, lang, key,
                                                 lang == Lang::zh ? field(row, "value") : next,
                                                 lang == Lang::zh ? next : field(row, "value"))) +
                     "\n";
        }
        const std::string layer = field(row, "layer");
        if (!all && layer == "product" && next.empty()) continue;
        const std::string unit = field(row, "unit");
        const auto cell = [&](std::string_view name) {
            return with_unit(field(row, name), unit, lang);
        };
        table.row({key, std::string(policy_meaning(key, lang)), cell("value"),
                   layer_word(layer, lang), cell("product"), cell("district"), cell("community")});
    }
    if (table.empty()) return say(text::policy_all_product) + "\n";
    return table.text() + notes;
}

std::string show_holidays(const json::value& result, Lang lang) {
    const auto say = [lang](Text text) { return std::string(text.in(lang)); };
    Table table({say(text::holiday_year), say(text::holiday_off), say(text::holiday_worked),
                 say(text::holiday_source)});
    for (const json::value& year : rows(result, "years")) {
        table.row({field(year, "year"), field(year, "days_off"), field(year, "worked"),
                   field(year, "source")});
    }
    std::string out = control::printable(field(result, "file")) + "\n";
    if (!table.empty()) out += table.text();
    for (const json::value& error : rows(result, "errors")) {
        out += control::printable(error.is_string() ? std::string(error.as_string()) : "") + "\n";
    }
    for (const json::value& year : rows(result, "missing")) {
        out += in_words(text::holiday_missing_year, lang, json::serialize(year)) + "\n";
    }
    return out;
}

std::string show_consent(const json::value& result, Lang lang) {
    const auto say = [lang](Text text) { return std::string(text.in(lang)); };
    Table now({say(text::consent_kind), say(text::consent_state), say(text::consent_collected),
               say(text::consent_devices), say(text::consent_by), say(text::consent_basis),
               say(text::consent_at), say(text::consent_actor)});
    for (const json::value& row : rows(result, "kinds")) {
        const std::string at = field(row, "at").empty() ? "" : time_field(row, "at", lang);
        now.row({term_field(row, "kind", lang), term_field(row, "state", lang),
                 yes_or_no(flag(row, "collected"), lang), field(row, "devices"),
                 field(row, "said_by"), field(row, "basis"), at, field(row, "actor")});
    }
    std::string out = now.text();
    for (const json::value& row : rows(result, "history")) {
        out += control::printable(time_field(row, "at", lang) + "  " +
                                  term_field(row, "kind", lang) + "  " +
                                  term_field(row, "state", lang) + "  " + field(row, "said_by") +
                                  "  " + field(row, "basis") + "  " + field(row, "actor")) +
               "\n";
        const json::value& erasure = member(row, "erasure");
        if (!erasure.is_object()) continue;
        const std::string kind = term_field(row, "kind", lang);
        if (member(erasure, "erased_at").is_string()) {
            out += in_words(text::erased_at, lang, kind, time_field(erasure, "erased_at", lang),
                            field(erasure, "readings"), field(erasure, "snapshots"),
                            field(erasure, "messages"));
        } else {
            out += in_words(text::erasing, lang, kind, field(erasure, "readings"));
        }
        out += "\n";
    }
    return out;
}

std::string show_consent_answers(const json::value& result, Lang lang) {
    std::string out;
    for (const json::value& row : rows(result, "answers")) {
        const std::string said = field(row, "text");
        out += control::printable(in_words(text::consent_done, lang, term_field(row, "kind", lang),
                                           term_field(row, "status", lang)) +
                                  (said.empty() ? "" : " (" + said + ")")) +
               "\n";
    }
    return out;
}

}  // namespace anju::ctl
