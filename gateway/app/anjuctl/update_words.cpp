#include "app/anjuctl/update_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "app/anjuctl/update_text.hpp"

namespace anju::ctl {

std::string_view word(update::Step step, Lang lang) {
    switch (step) {
        case update::Step::installing:
            return text::step_installing.in(lang);
        case update::Step::proving:
            return text::step_proving.in(lang);
        case update::Step::rolling_back:
            return text::step_rolling_back.in(lang);
        case update::Step::proving_again:
            return text::step_proving_again.in(lang);
        case update::Step::idle:
            break;
    }
    return "";
}

std::string_view word(update::Ending ending, Lang lang) {
    switch (ending) {
        case update::Ending::updated:
            return text::end_updated.in(lang);
        case update::Ending::rolled_back:
            return text::end_rolled_back.in(lang);
        case update::Ending::failed:
            return text::end_failed.in(lang);
        case update::Ending::abandoned:
            return text::end_abandoned.in(lang);
        case update::Ending::none:
            break;
    }
    return "";
}

std::string_view word(update::Rest why, Lang lang) {
    switch (why) {
        case update::Rest::off:
            return text::rest_off.in(lang);
        case update::Rest::taken_back:
            return text::rest_taken_back.in(lang);
        case update::Rest::not_its_turn:
            return text::rest_turn.in(lang);
        case update::Rest::no_way_back:
            return text::rest_no_way_back.in(lang);
        case update::Rest::not_now:
            return text::rest_not_now.in(lang);
        case update::Rest::alerts:
            return text::rest_alerts.in(lang);
        case update::Rest::clock:
            return text::rest_clock.in(lang);
        case update::Rest::no_answer:
            return text::rest_no_answer.in(lang);
        case update::Rest::later:
            return text::rest_later.in(lang);
        case update::Rest::no_room:
            return text::rest_no_room.in(lang);
        case update::Rest::broken:
            return text::rest_broken.in(lang);
        case update::Rest::current:
        case update::Rest::none:
            break;
    }
    return text::rest_current.in(lang);
}

std::string reasons(std::string_view codes, Lang lang) {
    std::string out;
    while (!codes.empty()) {
        const std::string_view one = codes.substr(0, codes.find(','));
        out.append(out.empty() ? "" : lang == Lang::zh ? "；" : "; ").append(reason(one, lang));
        codes.remove_prefix(std::min(one.size() + 1, codes.size()));
    }
    return out;
}

std::string reason(std::string_view why, Lang lang) {
    constexpr std::array<std::pair<std::string_view, Text>, 13> all{{
        {"not_active", {"anjud 没有运行", "anjud does not run"}},
        {"no_answer", {"anjud 没有应答", "anjud does not answer"}},
        {update::still_opening,
         {"打开存储的时间太长", "it did not come to an end with opening the store"}},
        {update::broker_down,
         {"盒子上的消息代理不工作，无法判断", "the broker of the box was down: nothing is known"}},
        {update::broker_restarted,
         {"消息代理被重新启动", "the broker of the box had to be started anew"}},
        {"other_version", {"运行的不是这个版本", "another version is what runs"}},
        {"store_began_anew", {"存储重新开始了", "the store began anew"}},
        {"store_low", {"存储空间不足", "the store has no room"}},
        {"not_steady", {"anjud 反复重启", "anjud restarts again and again"}},
        {update::cut_short,
         {"检验时多次断电", "the power went while it was proved, again and again"}},
        {update::not_installed, {"未能装上", "it could not be installed"}},
        {update::scripts_failed,
         {"软件包自带的脚本出错", "the scripts of its packages ended with an error"}},
        {update::by_hand, {"人工退回", "a person wanted it"}},
    }};
    constexpr std::string_view link = "link:";
    if (why.starts_with(link)) {
        const std::string name(term(lang, why.substr(link.size())));
        return lang == Lang::zh ? "连接未恢复：" + name : "this link did not come back: " + name;
    }
    for (const auto& [code, text] : all) {
        if (code == why) return std::string(text.in(lang));
    }
    return std::string(why);
}

}  // namespace anju::ctl
