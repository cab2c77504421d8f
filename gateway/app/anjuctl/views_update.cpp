#include "app/anjuctl/views_update.hpp"

#include <fmt/format.h>

#include "app/anjuctl/field.hpp"
#include "app/anjuctl/update_text.hpp"
#include "app/anjuctl/update_words.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;

std::string joined(const json::array& texts, const char* between) {
    std::string out;
    for (const json::value& one : texts) {
        if (!one.is_string()) continue;
        out.append(out.empty() ? "" : between).append(one.get_string());
    }
    return out;
}

/// How the last one ended: "rolled back 2026-03-02 03:10:00, 0.1 → 0.2 (anjud does not answer)".
std::string ending(const json::value& update, Lang lang) {
    const auto ended = update::ending_of(field(update, "outcome"));
    if (ended == update::Ending::none) return std::string(text::update_line_never.in(lang));
    std::string out = fmt::format(fmt::runtime(text::update_line_ended.in(lang)), word(ended, lang),
                                  time_field(update, "ended_at", lang), field(update, "from"),
                                  field(update, "to"));
    std::string why = reasons(field(update, "reason"), lang);
    const std::string noticed = reasons(joined(rows(update, "noticed"), ","), lang);
    if (!noticed.empty()) {
        const bool first = why.empty();
        why.append(first ? "" : "; ").append(text::update_line_besides.in(lang)).append(noticed);
    }
    if (!why.empty()) out += " (" + why + ")";
    return out;
}

}  // namespace

std::string update_line(const json::value& result, Lang lang) {
    const json::value& update = member(member(result, "box"), "update");
    if (!update.is_object()) return "";
    const std::string version = field(result, "version");
    std::string out = fmt::format(fmt::runtime(text::update_line_runs.in(lang)), version);
    const auto add = [&](const Text& words, const auto&... values) {
        out.append(lang == Lang::zh ? "；" : "; ")
            .append(fmt::format(fmt::runtime(words.in(lang)), values...));
    };
    out.append(lang == Lang::zh ? "；" : "; ").append(ending(update, lang));
    const auto step = update::step_of(field(update, "step"));
    if (step != update::Step::idle) {
        add(text::update_line_step, word(step, lang), field(update, "waiting"));
    } else if (const std::string waiting = field(update, "waiting");
               !waiting.empty() && field(update, "waiting_reason") != "later") {
        add(text::update_line_waits, waiting,
            word(update::rest_of(field(update, "waiting_reason")), lang));
    }
    if (const json::value& failed = member(update, "failed"); failed.is_object()) {
        add(text::update_line_failures, field(failed, "version"), number(failed, "failures"),
            time_field(failed, "again_at", lang), reason(field(failed, "reason"), lang));
    }
    if (const std::string refused = joined(rows(update, "refused"), ", "); !refused.empty()) {
        add(text::update_line_refused, refused);
    }
    return out;
}

}  // namespace anju::ctl
